"""The lines of a page as an item model: everything that painting needs is worked out beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.document import LineEntry
from core.imaging.crop import line_frame
from core.imaging.crop_frame import CropFrame
from core.wording import say
from workbench.transcribe.doubts import Doubt, doubts_of
from workbench.transcribe.line_look import LineLook, look_name, look_of
from workbench.transcribe.line_notes import NOTHING, RowNotes

AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
PREPARED_MAX = 400


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line with what is shown of it; ``frame`` tells where its crop lies on the page."""

    entry: LineEntry
    doubts: tuple[Doubt, ...]
    look: LineLook
    frame: CropFrame
    notes: RowNotes = NOTHING

    @property
    def line_id(self) -> int:
        """Id of the line."""
        return self.entry.line.id


class LineModel(QAbstractListModel):
    """Lines in reading order. ``DisplayRole`` is the text, ``ROW_ROLE`` the whole ``LineRow``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LineRow] = []
        self._prepared: dict[int, LineRow] = {}
        self._notes: Callable[[LineEntry], RowNotes] = lambda _entry: NOTHING

    @property
    def rows(self) -> Sequence[LineRow]:
        """All rows."""
        return self._rows

    @property
    def following(self) -> Sequence[LineRow]:
        """Rows of the lines that will probably be shown next, as far as they are prepared."""
        return list(self._prepared.values())

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text or row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            look, text = look_name(row.look), row.entry.text
            return say("Line {line}, {look}: {text}", line=index.row() + 1, look=look, text=text)
        return row if role == ROW_ROLE else None

    def set_entries(self, entries: Sequence[LineEntry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        prepared, self._prepared = self._prepared, {}
        self._rows = [prepared.get(id(entry)) or self._row(entry) for entry in entries]
        self.endResetModel()

    def prepare(self, entries: Sequence[LineEntry]) -> None:
        """Work out the rows of lines that will probably be shown next; those shown then, and no others."""
        if len(self._prepared) > PREPARED_MAX:
            self._prepared.clear()
        # Rows hold their entry, so that an id stays its own for as long as the row is kept.
        self._prepared |= {id(entry): self._row(entry) for entry in entries}

    def update_entry(self, entry: LineEntry) -> None:
        """Show a line's new text, draft or state."""
        number = self.row_of(entry.line.id)
        if number is not None:
            before = self._rows[number]
            frame = before.frame if before.entry.line.shape == entry.line.shape else None
            self._rows[number] = self._row(entry, frame)
            index = self.index(number)
            self.dataChanged.emit(index, index)

    def take_notes(self, notes: Callable[[LineEntry], RowNotes]) -> None:
        """Ask ``notes`` what rules and people say of each line, now and from now on."""
        self._notes = notes
        self._prepared.clear()
        if self._rows:
            self._rows = [replace(row, notes=notes(row.entry)) for row in self._rows]
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, line_id: int) -> int | None:
        """At which row a line is."""
        return next((number for number, row in enumerate(self._rows) if row.line_id == line_id), None)

    def _row(self, entry: LineEntry, frame: CropFrame | None = None) -> LineRow:
        doubts = () if entry.state.is_truth else doubts_of(entry.text, entry.draft)
        frame = frame or line_frame(entry.line.shape)
        return LineRow(entry, doubts, look_of(entry, doubts), frame, self._notes(entry))
