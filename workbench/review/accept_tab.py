"""Accept: sure drafts as they are, under a budget of expected errors."""

from math import inf

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from core.storage.acceptances import Acceptance
from core.wording import say, say_count
from core.workflow.accepting import accept
from core.workflow.queueing import Selection
from core.workflow.sureness import evidence
from workbench.command import tie
from workbench.fields import DecimalField
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import Message
from workbench.review.doubt_keeper import DoubtKeeper
from workbench.review.no_lines import no_lines
from workbench.review.queue_view import QueueView
from workbench.review.tab import ReviewTab
from workbench.scans.line_pictures import CropReader
from workbench.workspace import Workspace

BELOW, BUDGET = 0.5, 10.0
"""Percent, and characters: what stands in the fields at first."""

NOTHING = Selection((), 0, 0.0)


class AcceptTab(ReviewTab):
    """Two limits, what they let through, one button."""

    name = "accept"

    @property
    def title(self) -> str:
        """What the tab is called."""
        return say("Accept")

    def __init__(self, workspace: Workspace, keeper: DoubtKeeper, crops: CropReader) -> None:
        super().__init__(workspace)
        self._keeper = keeper
        self._job: Job | None = None
        self.selection = NOTHING
        self._build_bar()
        self.view = QueueView(workspace.project, crops)
        self.view.setAccessibleName(say("Lines that would be accepted"))
        self.view.line_wanted.connect(self.open_line)
        self.set_content(self.view)
        self.command("open", say("Open the line in Transcribe"), "Return Enter", self.view.open, on=self.view)
        keeper.updated.connect(self.refresh)
        keeper.progressed.connect(self.empty.text.setText)
        workspace.jobs.finished.connect(self._take)

    def _build_bar(self) -> None:
        self.below = _field(BELOW, 100.0, " %", say("Expected CER of a line at most"))
        self.below.setSingleStep(0.1)
        self.budget = _field(BUDGET, 1e6, "", say("Wrong characters expected in all lines together at most"))
        self.summary, self.evidence = QLabel(), QLabel()
        self.summary.setWordWrap(True)
        self.evidence.setWordWrap(True)
        self.evidence.setProperty("role", "small")
        self.evidence.setContentsMargins(12, 6, 12, 6)
        self.add_below_bar(self.evidence)
        self.button = QPushButton(say("Accept"))
        self.button.setProperty("primary", "true")
        tie(self.button, self.command("accept", say("Accept the lines shown"), "Ctrl+Return", self.accept))
        self._build_rows()
        for field in (self.below, self.budget):
            field.valueChanged.connect(self.refresh)

    def _build_rows(self) -> None:
        """The limits, and below them what they come to: one row of all would be wider than a screen."""
        limits, outcome = QHBoxLayout(), QHBoxLayout()
        for part in (
            QLabel(say("Drafts with an expected CER below")),
            self.below,
            QLabel(say("until")),
            self.budget,
            QLabel(say("wrong characters are expected")),
        ):
            limits.addWidget(part)
        limits.addStretch(1)
        outcome.addWidget(self.summary, 1)
        outcome.addWidget(self.button)
        rows = QVBoxLayout()
        rows.addLayout(limits)
        rows.addLayout(outcome)
        self.bar_layout.addLayout(rows)

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
        self.evidence.setText(evidence(index.usual_law) if index else "")
        self.evidence.setVisible(bool(index))
        self.button.setEnabled(bool(chosen.line_ids) and not self.workspace.project.read_only)
        self.summary.setText(
            say_count(
                len(chosen.line_ids),
                "→  <b>{count:,}</b> line, {characters:,} characters, {wrong:.2f} expected to be wrong",
                "→  <b>{count:,}</b> lines, {characters:,} characters, {wrong:.2f} expected to be wrong",
                characters=chosen.characters,
                wrong=chosen.expected,
            )
        )
        if index is None:
            self.show_empty(
                say("Reading the drafts …"), say("This is done once after the project was opened.")
            )
        elif not chosen.line_ids:
            self.show_empty(*self._why_none())
        else:
            self.view.lines.show(
                len(chosen.line_ids),
                lambda first, count: index.queued(chosen.line_ids[first : first + count]),
            )
            self.show_content()
            self.view.select(0)

    def _why_none(self) -> tuple[str, str]:
        """Why no line is shown, and what to do."""
        index = self._keeper.index
        if without := no_lines(self.workspace.project):
            return without
        if index is not None and not index.acceptable(inf, inf).line_ids:
            return say("No open line has a draft"), say(
                "Drafts of lines that nobody has written are accepted here."
            )
        return (
            say("No open line is sure enough"),
            say("Allow a higher expected CER or a larger budget, or draft the lines with a better model."),
        )

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
        self._job = Job(say("Accepting drafts"), work)
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
                    say_count(
                        len(lines),
                        "{count} line is accepted; it waits under Audit.",
                        "{count:,} lines are accepted; drawn by chance, to be read under Audit: {audited}.",
                        audited=audited,
                    ),
                    "done",
                )
            )


def _field(value: float, largest: float, suffix: str, name: str) -> QDoubleSpinBox:
    field = DecimalField()
    field.setRange(0.0, largest)
    field.setDecimals(2 if suffix else 1)
    field.setSuffix(suffix)
    field.setValue(value)
    field.setAccessibleName(name)
    field.setToolTip(name)
    return field
