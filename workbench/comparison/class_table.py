"""Errors of the compared models by class of character."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from core.evaluation.classes import ClassErrors
from core.wording import say


class ClassTable(QTableWidget):
    """One row a class: how often it stands in the truth, and each model's errors in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Errors by class of character"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setToolTip(say("Lost, replaced and added characters; rare ones are counted in their class too."))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def show_classes(self, models: Sequence[str], classes: Sequence[ClassErrors]) -> None:
        """Fill the table; ``models`` are the first and the last of the comparison."""
        heads = [say("Class"), say("Characters"), *models]
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setRowCount(len(classes))
        for row, each in enumerate(classes):
            shares = [each.told(place) for place in range(len(each.edits))]
            for column, value in enumerate((say(each.kind), str(each.characters), *shares)):
                item = QTableWidgetItem(value)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, column, item)
        self.resizeColumnsToContents()
