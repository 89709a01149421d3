"""The dialog that asks what is to be written, and where."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.document import TranscriptionState
from core.wording import say
from core.workflow.exporting import StateCounts, TextFormat, report_before
from workbench.exporting.target import folder_of, free_folder, problem_of
from workbench.exporting.words import amount, format_words, pages_in_words, state_words
from workbench.fields import Picker
from workbench.settings import Settings

FORMAT, STATE, PARENT = "export/format", "export/lines", "export/parent"
"""What the settings remember."""

FINISHED = "finished"
"""How no single state is written in the settings."""

FORMAT_ROLE = int(Qt.ItemDataRole.UserRole)
WIDTH, GAP, ROOM = 760, 16, 12
"""Px of the dialog, between the names of formats and what they are good for, and between their rows."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is to be written where; ``None``: all finished lines, all pages."""

    format: TextFormat
    state: TranscriptionState | None
    page_ids: Collection[int] | None
    folder: Path


class ExportDialog(QDialog):
    """Enter exports, Esc closes; what cannot be written is told before.

    Signals:
        ordered(ExportOrder): write this.
    """

    ordered = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        name: str,
        pages: int,
        selected: Collection[int],
        *,
        selected_first: bool = False,
    ) -> None:
        """Ask for an export.

        Args:
            parent: Window it belongs to.
            settings: Know what was chosen last.
            name: Of the project; the proposed folder gets it.
            pages: How many pages the project has.
            selected: Ids of the pages that are selected in the Library.
            selected_first: Whether those are proposed.
        """
        super().__init__(parent)
        self.setWindowTitle(say("Export texts"))
        self._settings, self._name, self._selected = settings, name, selected
        self._counts: StateCounts | None = None
        self._proposed = Path()
        self._build_formats()
        self._build_pages(pages, selected_first=selected_first)
        self._build_fields()
        self._build_layout()
        self._connect_parts()
        self._propose(self._last_parent)
        self._show_amount()
        self.resize(WIDTH, self.sizeHint().height())
        self.formats.setFocus()

    @property
    def format(self) -> TextFormat:
        """The chosen format."""
        index = self.formats.currentIndex()
        return TextFormat(index.siblingAtColumn(0).data(FORMAT_ROLE))

    @property
    def state(self) -> TranscriptionState | None:
        """The lines that are wanted."""
        value = self.lines.currentData()  # Qt gives back the text, not the member
        return TranscriptionState(value) if value else None

    @property
    def page_ids(self) -> Collection[int] | None:
        """The pages that are wanted; ``None`` are all."""
        return self._selected if self.pages.currentData() else None

    def show_counts(self, counts: StateCounts) -> None:
        """How many lines there are of each kind is known now."""
        self._counts = counts
        self._show_amount()

    @property
    def _last_parent(self) -> Path:
        last = self._settings.choice(PARENT)
        return Path(last) if last and Path(last).is_dir() else Path.home()

    def _build_formats(self) -> None:
        self.formats = QTreeWidget()
        self.formats.setAccessibleName(say("Format"))
        self.formats.setColumnCount(2)
        self.formats.setHeaderHidden(True)
        self.formats.setRootIsDecorated(False)
        self.formats.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        last, height = self._settings.choice(FORMAT), self.fontMetrics().lineSpacing() + ROOM
        for each, (name, purpose) in format_words().items():
            item = QTreeWidgetItem([name, purpose])
            item.setData(0, FORMAT_ROLE, each)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}: {purpose}")
            item.setToolTip(1, purpose)
            item.setSizeHint(1, QSize(0, height))
            self.formats.addTopLevelItem(item)
            if each == last or self.formats.currentItem() is None:
                self.formats.setCurrentItem(item)
        self.formats.resizeColumnToContents(0)
        self.formats.setColumnWidth(0, self.formats.columnWidth(0) + GAP)
        self.formats.setFixedHeight(len(format_words()) * height + 2 * self.formats.frameWidth())

    def _build_pages(self, pages: int, *, selected_first: bool) -> None:
        self.pages = Picker()
        self.pages.setAccessibleName(say("Pages"))
        self.pages.addItem(say("All: {pages}", pages=pages_in_words(pages)), False)
        if selected := len(self._selected):
            chosen = pages_in_words(selected)
            self.pages.addItem(say("Selected in the Library: {pages}", pages=chosen), True)
            self.pages.setCurrentIndex(int(selected_first))

    def _build_fields(self) -> None:
        self.lines, self.folder = Picker(), QLineEdit()
        for state, words in state_words().items():
            self.lines.addItem(words, state)
            if self._settings.choice(STATE) == (state or FINISHED):
                self.lines.setCurrentIndex(self.lines.count() - 1)
        self.lines.setAccessibleName(say("Lines"))
        self.folder.setAccessibleName(say("New or empty folder"))
        self.choose, self.export = QPushButton(say("Choose …")), QPushButton(say("Export"))
        self.choose.setAccessibleName(say("Choose the folder"))
        self.cancel = QPushButton(say("Cancel"))
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)  # Enter exports
        self.export.setProperty("primary", "true")
        self.export.setDefault(True)
        self.amount, self.problem = QLabel(), QLabel()
        self.amount.setProperty("role", "heading")
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(2 * self.fontMetrics().lineSpacing())

    def _build_layout(self) -> None:
        choices, where, below = QGridLayout(), QHBoxLayout(), QHBoxLayout()
        for column, (title, field) in enumerate(((say("Pages"), self.pages), (say("Lines"), self.lines))):
            choices.addWidget(_caption(title), 0, column)
            choices.addWidget(field, 1, column)
            choices.setColumnStretch(column, 1)
        choices.setHorizontalSpacing(16)
        where.addWidget(self.folder, 1)
        where.addWidget(self.choose)
        below.addWidget(self.amount, 1)
        below.addWidget(self.cancel)
        below.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(_caption(say("Format")))
        layout.addWidget(self.formats)
        layout.addSpacing(12)
        layout.addLayout(choices)
        layout.addSpacing(12)
        layout.addWidget(_caption(say("New or empty folder")))
        layout.addLayout(where)
        layout.addWidget(self.problem)
        layout.addSpacing(4)
        layout.addStretch(1)
        layout.addLayout(below)

    def _connect_parts(self) -> None:
        self.formats.currentItemChanged.connect(self._follow_format)
        self.pages.currentIndexChanged.connect(self._show_amount)
        self.lines.currentIndexChanged.connect(self._show_amount)
        self.folder.textChanged.connect(self._show_amount)
        self.choose.clicked.connect(self._ask_for_folder)
        self.export.clicked.connect(self._order)
        self.cancel.clicked.connect(self.reject)

    @Slot()
    def _follow_format(self) -> None:
        """The proposed folder is named for the format, unless somebody wrote another one."""
        if folder_of(self.folder.text()) == self._proposed:
            self._propose(self._proposed.parent)

    def _propose(self, parent: Path) -> None:
        self._proposed = free_folder(parent, f"{self._name}-{self.format}")
        self.folder.setText(str(self._proposed))

    @Slot()
    def _ask_for_folder(self) -> None:
        now = folder_of(self.folder.text()) or self._proposed
        title = say("Folder for the texts")
        chosen = QFileDialog.getExistingDirectory(self, title, str(now if now.is_dir() else now.parent))
        if not chosen:
            return
        if problem_of(Path(chosen)):
            self._propose(Path(chosen))  # what is there stays, and the texts get a folder of their own
        else:
            self.folder.setText(chosen)

    @Slot()
    def _show_amount(self) -> None:
        problem = self._problem()
        self.problem.setText(problem)
        self.export.setToolTip(problem)
        self.export.setEnabled(self._counts is not None and not problem)
        if self._counts is None:
            self.amount.setText(say("Counting lines …"))
        else:
            self.amount.setText(amount(report_before(self._counts, self.state, self.page_ids)))

    def _problem(self) -> str:
        """Why nothing would be written; empty if something would."""
        if self._counts is not None and not report_before(self._counts, self.state, self.page_ids).lines:
            return say(
                "These pages have no such line. Choose other pages or lines, or correct some in Transcribe."
            )
        folder = folder_of(self.folder.text())
        return problem_of(folder) if folder else say("Say into which folder the texts should go.")

    @Slot()
    def _order(self) -> None:
        folder = folder_of(self.folder.text())
        if folder is None:
            return
        self._settings.keep_choice(FORMAT, self.format)
        self._settings.keep_choice(STATE, self.state or FINISHED)
        self._settings.keep_choice(PARENT, str(folder.parent))
        self.ordered.emit(ExportOrder(self.format, self.state, self.page_ids, folder))
        self.accept()


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    return label
