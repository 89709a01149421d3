"""A table of plain rows: one is selected, Enter or a double click takes it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

ROW_HEIGHT, PADDING = 40, 8
"""Px."""


class RowTable(QTableWidget):
    """Texts by row and column; the columns of ``wide`` share the room that the others leave."""

    def __init__(self, name: str, titles: Sequence[str], *, wide: Sequence[int]) -> None:
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {PADDING}px; }}")
        modes = QHeaderView.ResizeMode
        for column in range(len(titles)):
            mode = modes.Stretch if column in wide else modes.ResizeToContents
            self.horizontalHeader().setSectionResizeMode(column, mode)

    def show_rows(self, rows: Sequence[Sequence[str]], fonts: dict[int, QFont] | None = None) -> None:
        """Show other rows; ``fonts`` are those of columns that are not shown in the usual one."""
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if fonts and column in fonts:
                    item.setFont(fonts[column])
                self.setItem(number, column, item)

    def put_button(self, row: int, column: int, button: QAbstractButton) -> None:
        """Let a button stand in a cell; its column is as wide as it."""
        self.setCellWidget(row, column, button)
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        # The cell's padding is taken off on either side, of the button too.
        self.setColumnWidth(column, button.sizeHint().width() + 4 * PADDING)

    def put_picture(self, row: int, column: int, picture: object) -> None:
        """Show a picture in a cell."""
        if item := self.item(row, column):
            item.setData(Qt.ItemDataRole.DecorationRole, picture)
