"""The dialog that asks which pages go to whom; what is wrong with the pages is said as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.document import Page
from core.errors import KnownError
from core.wording import say, say_count
from core.workflow.second_reader import chosen_pages

WIDTH = 520


class HandOutDialog(QDialog):
    """Enter goes on, Esc closes. ``agreed(list of Page, str)``: hand these pages out to that reader."""

    agreed = Signal(object, str)

    def __init__(self, parent: QWidget, project: str, pages: Sequence[Page]) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Hand pages out"))
        self._project, self._all = project, pages
        self._chosen: list[Page] = []
        self.pages, self.reader, self.note = QLineEdit(), QLineEdit(), QLabel()
        self.take, self.cancel = QPushButton(say("Hand out …")), QPushButton(say("Cancel"))
        self._build_layout()
        self.pages.textChanged.connect(self._check)
        self.take.clicked.connect(self._agree)
        self.cancel.clicked.connect(self.reject)
        self._check("")
        self.resize(WIDTH, self.sizeHint().height())

    def _build_layout(self) -> None:
        form, below = QFormLayout(), QHBoxLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in ((say("Pages"), self.pages), (say("To whom"), self.reader)):
            field.setAccessibleName(name)
            form.addRow(name, field)
        self.pages.setPlaceholderText(say("like 10-40 or 1-3,9; empty: all"))
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().height())  # nothing jumps as the words change
        self.cancel.setAutoDefault(False)
        self.take.setProperty("primary", "true")
        self.take.setDefault(True)
        below.addStretch(1)
        below.addWidget(self.cancel)
        below.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self.note)
        layout.addStretch(1)
        layout.addLayout(below)

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
