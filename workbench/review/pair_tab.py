"""A table of lines with two readings, and below it the line in hand: 1 takes the one, 2 the other."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QSplitter, QTableView

from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.lines import images_of
from core.storage.unfinished import OF_LINES
from core.wording import say, say_count
from workbench.command import CommandButton
from workbench.jobs import Job, JobOutcome, JobRunner, JobSucceeded
from workbench.place import KeyHint
from workbench.review.line_card import LineCard
from workbench.review.pair_model import CROP, NOTE, OURS, THEIRS, Pair, PairDelegate, PairModel
from workbench.review.tab import ReviewTab, on_escape
from workbench.scans.crop_delegate import CropDelegate
from workbench.scans.line_pictures import CropReader, CutLine
from workbench.unfinished import UnfinishedTexts
from workbench.workspace import Workspace

ROW_HEIGHT = 44
NARROW, WORDS = 56, 130
"""Px of the columns of numbers and of the last one at least."""


class PairView(QTableView):
    """The columns share the room: crop and texts alike."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The columns have other room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give numbers and words what they need, within bounds; crop and texts share the rest."""
        header = self.horizontalHeader()
        least = {column: max(header.sectionSizeHint(column), NARROW) for column in range(CROP)}
        words = min(self.sizeHintForColumn(NOTE), self.viewport().width() // 5)
        least[NOTE] = max(header.sectionSizeHint(NOTE), words, WORDS)
        room = (self.viewport().width() - sum(least.values())) // 3
        for column in range(NOTE + 1):
            self.setColumnWidth(column, least.get(column, room))


class PairTab(ReviewTab):
    """What the two readings are, and what becomes of them, is up to the kinds of this tab."""

    def __init__(self, workspace: Workspace, looking: JobRunner, crops: CropReader) -> None:
        super().__init__(workspace)
        self._looking = looking
        self._crops = crops
        self._job: Job | None = None
        self._stale, self._acting = True, False
        self._shown: Pair | None = None
        self._sought: int | None = None  # the line to go to when the pairs are found
        self._written = UnfinishedTexts(workspace.project, f"{OF_LINES}{self.name}", self)
        self.model = PairModel(self.titles, crops.image, self)
        self._build_bar()
        self.view = self._build_view()
        self._build_commands()
        self.card = LineCard(workspace.theme)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.view)
        split.addWidget(self.card)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        self.set_content(split, self.view)
        self._connect_parts()

    @property
    def titles(self) -> tuple[str, str, str]:
        """Names of the two readings and of the last column."""
        raise NotImplementedError

    @property
    def acts(self) -> tuple[str, str]:
        """What taking the first and the second reading is called."""
        raise NotImplementedError

    @property
    def job_name(self) -> str:
        """What finding the pairs is called."""
        raise NotImplementedError

    @property
    def nothing(self) -> tuple[str, str]:
        """What is said when there is no pair: that it is so, and what to do."""
        raise NotImplementedError

    def load(self, cancel: CancelToken) -> Sequence[Pair]:
        """Find the pairs; runs behind the window."""
        raise NotImplementedError

    def keep(self, pair: Pair) -> Change:
        """Our text stays."""
        raise NotImplementedError

    def take(self, pair: Pair, text: str) -> Change:
        """Another text is right: the other reading, or an edited one."""
        raise NotImplementedError

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab."""
        return (
            KeyHint(say("Enter"), say("Save the edited text")),
            KeyHint("Esc", say("Leave the field")),
        )

    def enter(self) -> None:
        """Look again if something has changed."""
        if self._stale and self._job is None:
            self.reload()
        self.take_keyboard()

    def leave(self) -> None:
        """Write down what was begun in the field."""
        self._written.keep()

    def note_change(self, change: Change) -> None:
        """Texts or models changed elsewhere: look again when the tab comes to the front.

        What was undone in the tab itself is to be decided again, and comes back at once.
        """
        if self._acting or not (change.lines or change.models):
            return
        self._stale = True
        if change.focus_line is not None and self.isVisible():
            self._sought = change.focus_line
            self.reload()

    @Slot()
    def reload(self) -> None:
        """Find the pairs anew."""
        self._stale = False
        self._job = Job(self.job_name, lambda cancel, _progress, _changed: self.load(cancel))
        if not self.model.rowCount():
            self.show_empty(f"{self.job_name} …", "")
        self._looking.start(self._job)

    def _build_bar(self) -> None:
        self.count = QLabel()
        self.bar_layout.addWidget(self.count)
        self.bar_layout.addStretch(1)

    def _build_commands(self) -> None:
        make, view = partial(self.command, on=self.view), self.view
        self._choices = [
            make(name, words, str(number), partial(self.choose, number))
            for number, (name, words) in enumerate(zip(("first", "second"), self.acts, strict=True), start=1)
        ]
        make("edit", say("Edit the text"), "F2", self._edit)
        make("open", say("Open the line in Transcribe"), "Return Enter", self._open)
        self.buttons = [CommandButton(command) for command in self._choices]
        for button in self.buttons:
            self.bar_layout.addWidget(button)
        view.doubleClicked.connect(self._open)

    def _build_view(self) -> PairView:
        view = PairView()
        view.setAccessibleName(self.title)
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setHighlightSections(False)
        view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        view.setItemDelegateForColumn(CROP, CropDelegate(view))
        for column in (OURS, THEIRS):
            view.setItemDelegateForColumn(column, PairDelegate(self.workspace.theme, view))
        return view

    def _connect_parts(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._show_line)
        self.view.verticalScrollBar().valueChanged.connect(self._ask_for_crops)
        on_escape(self.card.field, self._leave_field)
        self.card.field.textEdited.connect(self._note_written)
        self.card.field.confirmed.connect(self._take_edited)
        self._crops.cut.connect(self._note_crop)
        self._looking.finished.connect(self._take_outcome)

    @property
    def current(self) -> Pair | None:
        """The pair in hand."""
        return self.model.pair(self.view.currentIndex().row())

    @Slot(object)
    def _take_outcome(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._job:
            return
        self._job = None
        if isinstance(outcome, JobSucceeded):
            holder = self.window().focusWidget()
            here = self.isVisible() and holder is not None and self.isAncestorOf(holder)
            had_keyboard = here and not self.card.field.hasFocus()
            row, sought = max(self.view.currentIndex().row(), 0), self._sought_line()
            self.model.show(outcome.result)
            row = self.model.row_of(sought, row)
            self.view.fit()
            self._tell_count()
            if self.model.rowCount():
                self._go(row)
                self._ask_for_crops()
            if had_keyboard:
                self.take_keyboard()

    def _sought_line(self) -> int | None:
        """The line to be in hand after looking again: the one that was changed, else the same as before."""
        sought, self._sought = self._sought, None
        if sought is None and self.current is not None:
            return self.current.line_id
        return sought

    def _tell_count(self) -> None:
        count = self.model.rowCount()
        self.count.setText(self.summary(count))
        for button in self.buttons:
            button.setEnabled(bool(count) and not self.workspace.project.read_only)
        if count:
            self.show_content()
        else:
            self.show_empty(*self.nothing)

    def summary(self, count: int) -> str:
        """What the bar says of so many pairs."""
        return say_count(count, "{count} line", "{count} lines") if count else ""

    def choose(self, number: int) -> None:
        """Take the first or the second reading."""
        pair = self.current
        if pair is None:
            return
        self._settle(pair, None if number == 1 else pair.theirs)

    @Slot(str)
    def _take_edited(self, text: str) -> None:
        pair = self.current
        if pair and text.strip():
            self._settle(pair, text)
            self.view.setFocus()

    def _settle(self, pair: Pair, text: str | None) -> None:
        self._acting = True
        try:
            done = self.act(lambda: self.keep(pair) if text is None else self.take(pair, text))
        finally:
            self._acting = False
        if done:
            self._written.drop(pair.line_id)
            row = self.view.currentIndex().row()
            self.model.remove(row)
            self._tell_count()
            self._go(row)

    def _go(self, row: int) -> None:
        if count := self.model.rowCount():
            self.view.selectRow(min(row, count - 1))
            self._show_line(self.view.currentIndex(), QModelIndex())

    @Slot(str)
    def _note_written(self, text: str) -> None:
        """What is not saved yet is there again when its line comes back."""
        if pair := self.current:
            self._written.note(pair.line_id, text, pair.ours)

    @Slot(QModelIndex, QModelIndex)
    def _show_line(self, _current: QModelIndex, _before: QModelIndex) -> None:
        pair = self.current
        if pair is None:
            return
        self._tell_kept(pair)
        self.card.field.setText(self._written.text(pair.line_id, pair.ours))
        self.card.picture.show_image(self._crops.image(pair.line_id))
        self._ask_for_crops()

    def _tell_kept(self, pair: Pair) -> None:
        left, self._shown = self._shown, pair
        if left is None or left.line_id == pair.line_id:
            return
        if self._written.text(left.line_id, left.ours) != left.ours:
            self.tell(say("What you wrote is kept beside its line; Enter in the field saves it."))

    @Slot()
    def _ask_for_crops(self) -> None:
        """Cut the lines in sight, and the one in hand."""
        first = max(self.view.rowAt(0), 0)
        rows = range(first, first + self.view.viewport().height() // ROW_HEIGHT + 2)
        pairs = [self.model.pair(row) for row in (*rows, self.view.currentIndex().row())]
        missing = {pair.line_id for pair in pairs if pair and self._crops.lacks(pair.line_id)}
        if missing:
            self._crops.read(images_of(self.workspace.project, missing))

    @Slot(object)
    def _note_crop(self, cut: CutLine) -> None:
        self.model.note_crop(cut.line_id)
        if (pair := self.current) and pair.line_id == cut.line_id:
            self.card.picture.show_image(cut.image)

    @Slot()
    def _edit(self) -> None:
        self.card.field.setFocus()

    @Slot()
    def _leave_field(self) -> None:
        if pair := self.current:
            self._written.drop(pair.line_id)
            self.card.field.setText(pair.ours)
        self.view.setFocus()

    @Slot()
    def _open(self) -> None:
        if pair := self.current:
            self.open_line(pair.line_id)
