"""One row per line as a table model, with sorting and filters."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QImage

from core.evaluation.comparison import ComparedLine, Comparison, Outcome
from core.wording import say

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
LINE_ROLE = SORT_ROLE + 1
CROP, TRUTH, FIXED = 1, 2, 3
"""Columns; the models' begin at ``FIXED``."""

PICTURE_HEIGHT = 30


class LineTable(QAbstractTableModel):
    """Columns: page, crop, truth; per model text and CER; the difference of last and first."""

    def __init__(self, crop: Callable[[int], QImage | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crop = crop
        self._models: tuple[str, ...] = ()
        self._lines: Sequence[ComparedLine] = ()
        self._rows: dict[int, int] = {}
        self._pages: Mapping[int, str] = {}

    @property
    def lines(self) -> Sequence[ComparedLine]:
        """All compared lines."""
        return self._lines

    def show(self, comparison: Comparison | None, pages: Mapping[int, str]) -> None:
        """Show another comparison; ``pages`` names the page of each line."""
        self.beginResetModel()
        self._models = comparison.models if comparison else ()
        self._lines = comparison.lines if comparison else ()
        self._rows = {line.line_id: row for row, line in enumerate(self._lines)}
        self._pages = pages
        self.endResetModel()

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the compared models."""
        return self._models

    def row_of(self, line_id: int) -> int | None:
        """Which row shows a line."""
        return self._rows.get(line_id)

    def note_crop(self, line_id: int) -> None:
        """A line's picture has arrived."""
        row = self._rows.get(line_id)
        if row is not None:
            self.dataChanged.emit(
                self.index(row, CROP), self.index(row, CROP), [Qt.ItemDataRole.DecorationRole]
            )

    def text_column(self, column: int) -> int | None:
        """Which model's text a column shows."""
        place = column - FIXED
        return place // 2 if 0 <= place < 2 * len(self._models) and place % 2 == 0 else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else FIXED + 2 * len(self._models) + 1

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        scores = (name for model in self._models for name in (model, say("CER")))
        names = [say("Page"), say("Crop"), say("Truth"), *scores, say("Difference")]
        return names[section] if 0 <= section < len(names) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, picture, value to sort by."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line, column = self._lines[index.row()], index.column()
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DecorationRole and column == CROP:
            return self._picture(line.line_id)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == CROP:
            return say("Picture of the line")
        if role == Qt.ItemDataRole.ToolTipRole and column == TRUTH:
            return line.truth
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        return self._sort_value(line, column) if role == SORT_ROLE else None

    def _picture(self, line_id: int) -> QImage | None:
        image = self._crop(line_id)
        if image is None:
            return None
        shown = QImage(image)  # shares its pixels; only the size it is shown at differs
        shown.setDevicePixelRatio(image.height() / PICTURE_HEIGHT)
        return shown

    def _text(self, line: ComparedLine, column: int) -> str:
        place = column - FIXED
        if column == 0:
            return self._pages.get(line.line_id, "")
        if column == CROP:
            return ""
        if column == TRUTH:
            return line.truth
        if place >= 2 * len(self._models):
            return f"{100 * line.difference:+.1f} %"
        score = line.scores[place // 2]
        return score.text if place % 2 == 0 else f"{100 * score.cer:.1f} %"

    def _sort_value(self, line: ComparedLine, column: int) -> float | str | int:
        place = column - FIXED
        if column == CROP:
            return line.line_id
        if place >= 2 * len(self._models):
            return line.difference
        if place >= 0 and place % 2:
            return line.scores[place // 2].cer
        return self._text(line, column)


class LineFilter(QSortFilterProxyModel):
    """Shows lines of one outcome and one page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self._page = ""
        self.setSortRole(SORT_ROLE)

    def show_only(self, outcome: Outcome | None, page: str) -> None:
        """``None`` and the empty name mean all."""
        self.beginFilterChange()
        self._outcome, self._page = outcome, page
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:  # noqa: N802
        """Whether a line is shown."""
        index = self.sourceModel().index(source_row, 0, source_parent)
        line = index.data(LINE_ROLE)
        if not isinstance(line, ComparedLine):
            return False
        fits_page = not self._page or index.data() == self._page
        return fits_page and (self._outcome is None or line.outcome is self._outcome)
