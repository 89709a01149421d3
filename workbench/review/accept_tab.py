"""Accept: sure drafts as they are, under a budget of expected errors."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QPushButton

from core.storage.acceptances import Acceptance
from core.workflow.accepting import accept
from core.workflow.queueing import Selection
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import KeyHint, Message
from workbench.review.doubt_keeper import DoubtKeeper
from workbench.review.queue_view import QueueView
from workbench.review.tab import ReviewTab, on_key
from workbench.scans.line_pictures import CropReader
from workbench.workspace import Workspace

BELOW, BUDGET = 0.5, 10.0
"""Percent, and characters: what stands in the fields at first."""

NOTHING = Selection((), 0, 0.0)


class AcceptTab(ReviewTab):
    """Two limits, what they let through, one button."""

    title = "Accept"

    def __init__(self, workspace: Workspace, keeper: DoubtKeeper, crops: CropReader) -> None:
        super().__init__(workspace)
        self._keeper = keeper
        self._job: Job | None = None
        self.selection = NOTHING
        self._build_bar()
        self.view = QueueView(workspace.project, crops)
        self.view.setAccessibleName("Lines that would be accepted")
        self.view.line_wanted.connect(self.open_line)
        self.set_content(self.view)
        on_key(self, "Ctrl+Return", self.accept, inside=True)
        keeper.updated.connect(self.refresh)
        keeper.progressed.connect(self.empty.text.setText)
        workspace.jobs.finished.connect(self._take)

    def _build_bar(self) -> None:
        self.below = _field(BELOW, 100.0, " %", "Expected CER of a line at most")
        self.below.setSingleStep(0.1)
        self.budget = _field(BUDGET, 1e6, "", "Wrong characters expected in all lines together at most")
        self.summary = QLabel()
        self.button = QPushButton("Accept")
        self.button.setProperty("primary", "true")
        self.button.clicked.connect(self.accept)
        for part in (
            QLabel("Drafts with an expected CER below"),
            self.below,
            QLabel("until"),
            self.budget,
            QLabel("wrong characters are expected"),
            self.summary,
        ):
            self.bar_layout.addWidget(part)
        self.bar_layout.addStretch(1)
        self.bar_layout.addWidget(self.button)
        for field in (self.below, self.budget):
            field.valueChanged.connect(self.refresh)

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab."""
        return (KeyHint("Ctrl+Enter", "Accept the lines shown"), KeyHint("Enter", "Open the line"))

    def enter(self) -> None:
        """Show what the limits let through now."""
        self._keeper.ensure()
        self.refresh()
        if self.stack.currentWidget() is self.view:
            self.view.setFocus()
        else:
            self.below.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Show the lines that would be accepted, the surest first."""
        index = self._keeper.index
        self.selection = index.acceptable(self.below.value() / 100, self.budget.value()) if index else NOTHING
        chosen = self.selection
        self.button.setEnabled(bool(chosen.line_ids) and not self.workspace.project.read_only)
        self.summary.setText(
            f"→  <b>{len(chosen.line_ids):,}</b> lines, {chosen.characters:,} characters, "
            f"{chosen.expected:.2f} expected to be wrong"
        )
        if index is None:
            self.show_empty("Reading the drafts …", "This is done once after the project was opened.")
        elif not chosen.line_ids:
            self.show_empty(
                "No open line is sure enough",
                "Allow a higher expected CER or a larger budget, or draft the lines with a better model.",
            )
        else:
            self.view.lines.show(
                len(chosen.line_ids),
                lambda first, count: index.queued(chosen.line_ids[first : first + count]),
            )
            self.show_content()
            self.view.select(0)

    @Slot()
    def accept(self) -> None:
        """Accept the lines shown, behind the window."""
        if self._job is not None or not self.selection.line_ids or self.workspace.project.read_only:
            return
        project, selection, budget = self.workspace.project, self.selection, self.budget.value()

        def work(_cancel: object, _progress: object, changed: object) -> Acceptance:
            acceptance, change = accept(project, selection, budget)
            changed(change)  # type: ignore[operator]
            return acceptance

        self.button.setEnabled(False)
        self._job = Job("Accepting drafts", work)
        self.workspace.jobs.start(self._job)

    @Slot(object)
    def _take(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._job:
            return
        self._job = None
        self._keeper.ensure()
        self.refresh()
        if isinstance(outcome, JobSucceeded):
            lines = outcome.result.lines
            audited = sum(line.audited for line in lines)
            self.message_wanted.emit(
                Message(
                    f"{len(lines):,} lines are accepted; {audited} of them, by chance, wait under Audit.",
                    "done",
                )
            )


def _field(value: float, largest: float, suffix: str, name: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0.0, largest)
    field.setDecimals(2 if suffix else 1)
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setSuffix(suffix)
    field.setValue(value)
    field.setAccessibleName(name)
    field.setToolTip(name)
    return field
