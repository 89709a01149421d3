"""The dialog that asks which pages go to whom; what is wrong with the pages is said as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from core.document import Page
from core.errors import KnownError
from core.wording import say, say_count
from core.workflow.second_reader import chosen_pages
from workbench.form_dialog import FormDialog

WIDTH = 520


class HandOutDialog(FormDialog):
    """``agreed(list of Page, str)``: hand these pages out to that reader."""

    agreed = Signal(object, str)

    def __init__(self, parent: QWidget, project: str, pages: Sequence[Page]) -> None:
        super().__init__(parent, say("Hand pages out"), say("Hand out …"))
        self._project, self._all = project, pages
        self._chosen: list[Page] = []
        self.pages, self.reader = QLineEdit(), QLineEdit()
        self.pages.setPlaceholderText(say("like 10-40 or 1-3,9; empty: all"))
        self.pages.textChanged.connect(self._check)
        self.take.clicked.connect(self._agree)
        self._check("")
        self.lay_out(((say("Pages"), self.pages), (say("To whom"), self.reader)), WIDTH)

    @Slot(str)
    def _check(self, words: str) -> None:
        """Say what the words mean, or what is wrong with them."""
        try:
            self._chosen = chosen_pages(self._all, words, self._project)
        except KnownError as error:
            self._chosen = []
            self.note.setText(str(error))
        else:
            self.note.setText(say_count(len(self._chosen), "{count} page", "{count} pages"))
        self.take.setEnabled(bool(self._chosen))

    @Slot()
    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self._chosen, self.reader.text().strip())
