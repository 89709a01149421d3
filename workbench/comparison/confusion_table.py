"""What each model most often reads for what."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from core.evaluation.comparison import Comparison
from core.evaluation.confusion import Confusion, confusions
from core.wording import say

SHOWN = 100
"""Confusions of each model, the commonest first."""

GLYPH_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class ConfusionTable(QTableWidget):
    """An activated cell leads to one of two things.

    Signals:
        glyph_wanted(str): a character in the columns of truth and of what was read.
        line_wanted(int): elsewhere, the id of a line where the confusion happened.
    """

    line_wanted = Signal(int)
    glyph_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setAccessibleName(say("Confusions"))
        self.setHorizontalHeaderLabels([say("Model"), say("Truth"), say("Read as"), say("Times")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.setToolTip(say("Enter on a character: all its places under Review, Glyphs"))
        self.cellActivated.connect(self._tell)

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
            item.setData(GLYPH_ROLE, ("", confusion.truth, confusion.read, "")[column].strip())
            self.setItem(row, column, item)

    @Slot(int, int)
    def _tell(self, row: int, column: int) -> None:
        item = self.item(row, column)
        if item is None:
            return
        if glyph := item.data(GLYPH_ROLE):
            self.glyph_wanted.emit(glyph)
        else:
            self.line_wanted.emit(int(item.data(Qt.ItemDataRole.UserRole)))


def _shown(text: str, is_truth: bool) -> str:
    if not text:
        return say("(added)") if is_truth else say("(lost)")
    return "␣" if text == " " else text
