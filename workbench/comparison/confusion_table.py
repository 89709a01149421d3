"""What each model most often reads for what."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from core.evaluation.comparison import Comparison
from core.evaluation.confusion import Confusion, confusions

SHOWN = 100
"""Confusions of each model, the commonest first."""

NAMES = {"": {True: "(added)", False: "(lost)"}, " ": {True: "␣", False: "␣"}}


class ConfusionTable(QTableWidget):
    """``line_wanted`` carries the id of a line where the double-clicked confusion happened."""

    line_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setAccessibleName("Confusions")
        self.setHorizontalHeaderLabels(["Model", "Truth", "Read as", "Times"])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.cellActivated.connect(self._tell_line)

    def show_comparison(self, comparison: Comparison) -> None:
        """Fill the table."""
        rows = [
            (model, confusion)
            for place, model in enumerate(comparison.models)
            for confusion in confusions([line.scores[place] for line in comparison.lines])[:SHOWN]
        ]
        self.setSortingEnabled(False)
        self.setRowCount(len(rows))
        for number, (model, confusion) in enumerate(rows):
            self._fill(number, model, confusion)
        self.setSortingEnabled(True)
        self.resizeColumnsToContents()

    def _fill(self, row: int, model: str, confusion: Confusion) -> None:
        values = (model, _shown(confusion.truth, True), _shown(confusion.read, False), confusion.count)
        for column, value in enumerate(values):
            item = QTableWidgetItem()
            item.setData(Qt.ItemDataRole.DisplayRole, value)
            item.setData(Qt.ItemDataRole.UserRole, confusion.line_ids[0])
            self.setItem(row, column, item)

    @Slot(int, int)
    def _tell_line(self, row: int, _column: int) -> None:
        if item := self.item(row, 0):
            self.line_wanted.emit(int(item.data(Qt.ItemDataRole.UserRole)))


def _shown(text: str, is_truth: bool) -> str:
    return NAMES[text][is_truth] if text in NAMES else text
