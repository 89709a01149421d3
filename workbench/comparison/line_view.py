"""The table of compared lines; says which lines are in sight."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from core.wording import say

ROW_HEIGHT = 36


def sort_by_current_column(view: QTableView) -> None:
    """Sort by the column of the cell in hand; once more turns the order round."""
    header, column = view.horizontalHeader(), view.currentIndex().column()
    rising = header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
    again = header.sortIndicatorSection() == column and rising
    if column >= 0:
        view.sortByColumn(column, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)


class LineView(QTableView):
    """``crops_wanted``: other rows may have come into sight; ``resized``: the columns have other room."""

    crops_wanted = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Compared lines"))
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as everywhere
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideLeft)  # page names differ at their end
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def room(self) -> int:
        """Px that all columns have together once there are more rows than fit."""
        bar = self.verticalScrollBar()
        return self.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())

    def rows_in_sight(self) -> range:
        """Rows of the view's model that are shown now."""
        first = max(self.rowAt(0), 0)
        count = self.viewport().height() // ROW_HEIGHT + 2
        return range(first, min(first + count, self.model().rowCount()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Tell of the other room."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, then ask for what was missing."""
        super().paintEvent(event)
        self.crops_wanted.emit()
