"""Fine-tune: what the model will learn from, one button, what happens, how it ended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.document import RunState, Split, TrainingRun
from core.storage.changes import Change
from core.storage.evaluations import latest_evaluation
from core.storage.models import get_model, list_models
from core.storage.runs import curve, list_runs, resumable_run
from core.training.config import FineTuneConfig
from core.workflow.finetuning import FineTuneReport
from core.workflow.pace import Pace, measure_pace
from core.workflow.readiness import Grade, Readiness, readiness
from core.workflow.verdict import Verdict, verdict
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import Command, Message, Place, Target
from workbench.training.controller import Controller
from workbench.training.details import Details
from workbench.training.readiness_panel import ReadinessPanel
from workbench.training.story import Story
from workbench.training.watching_panel import WatchingPanel
from workbench.workspace import Workspace

REDRAW_MS = 100
SPLITTER = "training/splitter"
MEASURING = "Measuring this machine"


class TrainingPlace(Place):
    """One screen, one button."""

    title = "Fine-tune"
    icon_name = "graduation-cap"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.controller = Controller(workspace)
        self.controller.began.connect(self._show_running)
        self.controller.ended.connect(self._show_end)
        self._redraw = QTimer(self, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._made: str | None = None
        self._stale = True
        self._measuring: str | None = None
        self._measured: set[str] = set()
        self._paces: dict[str, Pace] = {}
        self._build_left()
        self.watching = WatchingPanel(self.controller, workspace.theme)
        self._build_splitter()
        self._build_commands()
        workspace.changes.changed.connect(self._note_change)
        workspace.jobs.finished.connect(self._note_job)

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Look at the corrected lines anew, if they changed."""
        if self._stale:
            self.refresh()
        self.button.setFocus()

    def leave(self) -> None:
        """Remember the splitter."""
        self.workspace.settings.save_state(SPLITTER, self._splitter.saveState())

    def shut_down(self) -> None:
        """Stop a training that runs; it can be resumed."""
        self._redraw.stop()
        self.controller.shut_down()

    def _build_left(self) -> None:
        self.panel = ReadinessPanel(self.workspace.theme)
        self.details = Details(self.workspace.theme)
        self.details.changed.connect(self.refresh)
        self.button = self._push("Fine-tune", self.start, primary=True)
        self.resume_button = self._push("Resume", self._resume)
        self.resume_button.setToolTip("Go on with the last training where it stood")
        self.keep_button = self._push("Keep its best", self._finish_early)
        self.keep_button.setToolTip("Make a model version of the best state of the stopped training")
        content = QFrame()
        content.setObjectName("pane")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self.panel)
        layout.addWidget(self.button)
        layout.addLayout(_row(self.resume_button, self.keep_button))
        layout.addWidget(self._build_verdict())
        layout.addWidget(self.details)
        layout.addStretch(1)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setMinimumWidth(360)
        self._left.setObjectName("pane")
        self._left.setWidget(content)

    def _build_verdict(self) -> QWidget:
        self._verdict = QFrame()
        self._verdict.setObjectName("verdict")
        self._verdict_text = QLabel()
        self._verdict_text.setWordWrap(True)
        self.compare_button = self._push("Compare", self._compare)
        self.use_button = self._push("Use this model", self._use, primary=True)
        layout = QVBoxLayout(self._verdict)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._verdict_text)
        layout.addLayout(_row(self.use_button, self.compare_button))
        self._verdict.hide()
        return self._verdict

    def _build_splitter(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self.watching)
        self._splitter.setSizes([420, 760])
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        if state := self.workspace.settings.state(SPLITTER):
            self._splitter.restoreState(state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def _build_commands(self) -> None:
        make, menu = self.command, "Fine-tune"
        self._commands = [
            make(menu, "Fine-tune", "Ctrl+Shift+T", self.start, icon="graduation-cap"),
            make(menu, "Pause", "Ctrl+Shift+U", self.controller.pause, group=True),
            make(menu, "Stop and keep the best", "", self.controller.stop_and_keep_best),
            make(menu, "Resume", "Ctrl+Shift+R", self._resume),
        ]

    def _push(self, text: str, act: object, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        if primary:
            button.setProperty("primary", "true")
        button.clicked.connect(act)
        return button

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        self._stale = True
        if self.isVisible() and (change.models or change.runs or change.pages):
            self.refresh()

    def config(self) -> FineTuneConfig:
        """The settings as chosen under Details."""
        return self.details.config()

    @Slot()
    def refresh(self) -> None:
        """Look at the project again."""
        project = self.workspace.project
        self._stale = False
        self.details.show_models(list_models(project))
        ready = readiness(project, self.config(), self.details.base, self._paces.get(self.details.base or ""))
        self.panel.show_readiness(ready)
        self._measure_if_needed(ready)
        running = self.controller.running
        self.button.setText("Training …" if running else "Fine-tune")
        self.button.setEnabled(not running and not project.read_only and ready.grade is not Grade.NOT_YET)
        can_resume = not running and not project.read_only and resumable_run(project) is not None
        self.resume_button.setVisible(can_resume)
        self.keep_button.setVisible(can_resume)
        if not running:
            self._show_last_run()

    def _measure_if_needed(self, ready: Readiness) -> None:
        """Learn how quick this machine is, once for each base."""
        base, config = self.details.base or "", self.config()
        busy = self.controller.running or self._measuring is not None
        if busy or base in self._measured or ready.grade is Grade.NOT_YET or not self.isVisible():
            return
        self._measuring = base
        self._measured.add(base)
        project = self.workspace.project
        self.workspace.jobs.start(
            Job(
                MEASURING,
                lambda cancel, _progress, _changed: measure_pace(project, config, base=base, cancel=cancel),
            )
        )

    @Slot(object)
    def _note_job(self, outcome: JobOutcome) -> None:
        if self._measuring is None or outcome.job.name != MEASURING:
            return
        base, self._measuring = self._measuring, None
        if isinstance(outcome, JobSucceeded) and isinstance(outcome.result, Pace):
            self._paces[base] = outcome.result
            self.refresh()

    def _show_last_run(self) -> None:
        project = self.workspace.project
        run = next(iter(list_runs(project)), None)
        if run is None:
            self.watching.show_past(Story(), "")
            return
        base = latest_evaluation(project, run.base, Split.VAL)
        story = self.controller.story
        if not story.points:
            story = Story(points=curve(project, run.id), base_cer=base.cer if base else None)
        self.watching.show_past(story, _past_words(run))
        if run.state is RunState.SUCCEEDED and run.model:
            self._show_verdict(run.model, verdict(project, run.base, run.model))

    def _show_verdict(self, model: str, found: Verdict | None) -> None:
        self._made = model
        text = found.text if found else "It was not compared with its base on the same lines."
        advice = " – look at them before you use it" if found and found.worse else ""
        self._verdict_text.setText(f"<b>{model}</b>: {text.rstrip('.')}{advice}.")
        roles = self.workspace.theme
        ground = roles.colour("done_soft" if found and found.better else "doubt_soft").name()
        self._verdict.setStyleSheet(f"#verdict {{ background: {ground}; border-radius: 6px; }}")
        promoted = any(each.name == model and each.promoted for each in list_models(self.workspace.project))
        self.use_button.setEnabled(not promoted and not self.workspace.project.read_only)
        self.use_button.setText("Makes the drafts now" if promoted else "Use this model")
        self._verdict.show()

    @Slot()
    def start(self) -> None:
        """Begin."""
        if self.button.isEnabled():
            self.controller.start(self.config(), self.details.base)

    @Slot()
    def _resume(self) -> None:
        self.controller.resume()

    @Slot()
    def _finish_early(self) -> None:
        self.controller.resume(finish=True)

    @Slot()
    def _compare(self) -> None:
        if self._made:
            parent = get_model(self.workspace.project, self._made).parent
            self.target_wanted.emit(Target(models=(parent, self._made) if parent else (self._made,)))

    @Slot()
    def _use(self) -> None:
        if self._made:
            self.controller.promote(self._made)
            self.message_wanted.emit(Message(f"{self._made} makes the drafts from now on.", "done"))

    @Slot()
    def _show_running(self) -> None:
        self._verdict.hide()
        self.watching.show_running()
        self.refresh()
        self._redraw.start()

    @Slot()
    def _draw(self) -> None:
        self.watching.show_story(self.controller.story, stopping=self.controller.stopping)

    @Slot(object, str)
    def _show_end(self, report: FineTuneReport | None, text: str) -> None:
        self._redraw.stop()
        self._draw()
        self.refresh()
        self.watching.show_ended(f"{report.model.name} is made." if report else text)
        resumable = not report and resumable_run(self.workspace.project) is not None
        self.message_wanted.emit(
            Message(
                text,
                "done" if report else "doubt",
                action="Resume" if resumable else "",
                act=self._resume if resumable else None,
                seconds=None,
            )
        )


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    return row


def _past_words(run: TrainingRun) -> str:
    when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    words = {RunState.SUCCEEDED: f"made {run.model}" if run.model else "its model was deleted since"}
    return f"Last training, {when}: {words.get(run.state, run.message or str(run.state))}"
