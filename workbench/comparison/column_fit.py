"""Dividing the room of the compared lines among their columns."""

from PySide6.QtCore import QObject, Slot

from workbench.comparison.line_table import CROP, TRUTH, LineTable
from workbench.comparison.line_view import LineView

NARROW, NARROWEST_TEXT = 80, 124
"""The least px of a column of numbers, and of a column of text."""


class ColumnFit(QObject):
    """Columns of numbers get what their headings need, texts share the rest, until somebody moves an edge."""

    def __init__(self, view: LineView, table: LineTable) -> None:
        super().__init__(view)
        self._view, self._table = view, table
        self._given: list[int] = []
        view.resized.connect(self._fit_again)

    @Slot()
    def fit(self) -> None:
        """Divide the room there is."""
        columns, header = range(self._table.columnCount()), self._view.horizontalHeader()
        texts = [c for c in columns if c in (CROP, TRUTH) or self._table.text_column(c) is not None]
        # A heading is wider in some languages and text sizes than the numbers under it.
        numbers = {c: max(header.sectionSizeHint(c), NARROW) for c in columns if c not in texts}
        share = max((self._view.room - sum(numbers.values())) // max(len(texts), 1), NARROWEST_TEXT)
        self._given = [numbers.get(column, share) for column in columns]
        for column, width in enumerate(self._given):
            self._view.setColumnWidth(column, width)

    @Slot()
    def _fit_again(self) -> None:
        if self._given and self._given == [self._view.columnWidth(c) for c in range(len(self._given))]:
            self.fit()
