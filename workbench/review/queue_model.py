"""Open lines as a table model: fetched from the index a stretch at a time, however many there are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from core.wording import say
from core.workflow.queueing import QueuedLine
from workbench.theme.fonts import reading_font

AnyIndex = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], Sequence[QueuedLine]]
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
CROP, DRAFT, ERRORS, CER, COLUMNS = 2, 3, 4, 5, 6
STRETCH, KEPT_STRETCHES = 200, 20


class QueueModel(QAbstractTableModel):
    """``LINE_ROLE`` gives the ``QueuedLine`` of a row."""

    def __init__(self, crop: Callable[[int], QImage | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crop = crop
        self._fetch: Fetch = lambda _first, _count: ()
        self._count = 0
        self._stretches: dict[int, Sequence[QueuedLine]] = {}
        self._font = reading_font(18)

    def show(self, count: int, fetch: Fetch) -> None:
        """Show other lines; ``fetch(first, count)`` gives a stretch of them."""
        self.beginResetModel()
        self._count, self._fetch, self._stretches = count, fetch, {}
        self.endResetModel()

    def line(self, row: int) -> QueuedLine | None:
        """The line of a row."""
        if not 0 <= row < self._count:
            return None
        start = row // STRETCH
        if start not in self._stretches:
            if len(self._stretches) >= KEPT_STRETCHES:
                del self._stretches[next(iter(self._stretches))]
            self._stretches[start] = self._fetch(start * STRETCH, STRETCH)
        stretch = self._stretches[start]
        return stretch[row % STRETCH] if row % STRETCH < len(stretch) else None

    def note_crop(self, line_id: int, rows: range) -> None:
        """A line's picture has arrived; it is one of the rows in sight, or nobody needs to know."""
        for row in rows:
            line = self.line(row)
            if line and line.line_id == line_id:
                at = self.index(row, CROP)
                self.dataChanged.emit(at, at, [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of lines."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            say("Page"),
            say("Line"),
            say("Crop"),
            say("Draft"),
            say("Expected errors"),
            say("Expected CER"),
        )
        return names[section] if 0 <= section < COLUMNS else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, picture, the line itself."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        column = index.column()
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _text(line, column) if column != CROP else say("Picture of the line")
        if role == Qt.ItemDataRole.DecorationRole and column == CROP:
            return self._crop(line.line_id)
        if role == Qt.ItemDataRole.FontRole and column == DRAFT:
            return self._font
        if role == Qt.ItemDataRole.TextAlignmentRole and column not in (CROP, DRAFT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _text(line: QueuedLine, column: int) -> str:
    undrafted = line.expected != line.expected  # nan
    texts = {
        0: str(line.page_number),
        1: str(line.order + 1),
        DRAFT: line.text if not undrafted else say("no draft yet"),
        ERRORS: "–" if undrafted else f"{line.expected:.2f}",
        CER: "–" if undrafted else f"{100 * line.expected_cer:.2f} %",
    }
    return texts.get(column, "")
