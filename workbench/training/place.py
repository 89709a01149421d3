"""Fine-tune: what the model will learn from, one button, what happens, how it ended."""

from collections.abc import Sequence
from functools import partial

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

from core.document import Split
from core.storage.changes import Change
from core.storage.evaluations import latest_evaluation
from core.storage.models import get_model, list_models
from core.storage.runs import curve, list_runs, resumable_run
from core.training.config import FineTuneConfig
from core.versions import RunState
from core.wording import say
from core.workflow.finetuning import FineTuneReport
from core.workflow.pace import Pace, measure_pace
from core.workflow.readiness import Grade, Readiness, readiness
from core.workflow.verdict import Verdict, verdict
from workbench.command import Command, CommandButton
from workbench.finetuning.story import Story
from workbench.flow_layout import FlowLayout
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.place import Message, Place, Target
from workbench.promoting import promote
from workbench.training.characters import CharactersDesk
from workbench.training.details import Details, DetailsMemory
from workbench.training.endings import past_words, verdict_html
from workbench.training.forecast_panel import ForecastPanel
from workbench.training.forecaster import Forecaster
from workbench.training.readiness_panel import ReadinessPanel
from workbench.training.watching_panel import WatchingPanel
from workbench.workspace import Workspace

REDRAW_MS = 100
SPLITTER = "training/splitter"


class TrainingPlace(Place):
    """One screen, one button."""

    name = "training"
    icon_name = "graduation-cap"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.controller = workspace.fine_tuning
        self.controller.began.connect(self._show_running)
        self.controller.ended.connect(self._show_end)
        self._redraw = QTimer(self, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._made: str | None = None
        self._told: Message | None = None
        self._stale = True
        self._measuring: Job | None = None
        self._measured: set[str] = set()
        self._paces: dict[str, Pace] = {}
        self._verdicts: dict[str, Verdict | None] = {}
        self._build_commands()
        self._build_left()
        self.watching = WatchingPanel(workspace.theme, self._commands[1:4])
        self.characters = CharactersDesk(self)
        self._build_splitter()
        if self.controller.running:
            self._show_running()
        workspace.changes.changed.connect(self._note_change)
        workspace.jobs.finished.connect(self._note_job)

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Fine-tune")

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
        """Draw no more, look no more; the training itself goes on."""
        self._redraw.stop()
        self.characters.shut_down()
        self.forecaster.shut_down()

    def memory(self) -> object:
        """How quick this machine was found to be, by base, and what is chosen under Details."""
        return self._paces, self.details.memory()

    def recall(self, memory: tuple[dict[str, Pace], DetailsMemory] | None) -> None:
        """It need not be measured again, nor chosen again."""
        if memory is None:
            return
        self._paces, details = memory
        self._measured = set(self._paces)
        self.details.show_models(list_models(self.workspace.project))
        self.details.recall(details)

    def _build_left(self) -> None:
        self.panel = ReadinessPanel(self.workspace.theme)
        self.forecast = ForecastPanel(self.workspace.theme)
        self.forecast.page_wanted.connect(self._open_page)
        self.forecaster = Forecaster(self.workspace.project, self)
        self.forecaster.made.connect(self.forecast.show_forecast)
        self.details = Details(self.workspace.theme)
        self.details.changed.connect(self.refresh)
        start, *_, resume, keep, characters = self._commands
        self.button, self.resume_button, self.keep_button = map(CommandButton, (start, resume, keep))
        self.button.setProperty("primary", "true")
        self.characters_button = CommandButton(characters)
        content = QFrame()
        content.setObjectName("pane")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self.panel)
        layout.addWidget(self.forecast)
        layout.addWidget(self.characters_button)
        layout.addWidget(self.button)
        layout.addLayout(_row(self.resume_button, self.keep_button))
        layout.addWidget(self._build_verdict())
        layout.addWidget(self.details)
        layout.addStretch(1)
        self._left = QScrollArea()
        self._left.setWidgetResizable(True)
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setMinimumWidth(360)
        self._left.setObjectName("pane")
        self._left.setAccessibleName(say("What the model will learn from"))
        self._left.setWidget(content)

    def _build_verdict(self) -> QWidget:
        self._verdict = QFrame()
        self._verdict.setObjectName("verdict")
        self._verdict_text = QLabel()
        self._verdict_text.setWordWrap(True)
        self.compare_button = self._push(say("Compare"), self._compare)
        self.use_button = self._push(say("Use this model"), self._use, primary=True)
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
        make, do = partial(self.command, "training"), self.controller
        self._commands = [
            make("start", say("Fine-tune"), "Ctrl+Shift+T", self.start),
            make("pause", say("Pause; Resume goes on where it stood"), "Ctrl+Shift+U", do.pause, group=True),
            make("keep", say("Stop and make a version of the best state so far"), "", do.stop_and_keep_best),
            make("cancel", say("Stop and throw this training away"), "", self._ask_to_throw_away),
            make("resume", say("Resume"), "Ctrl+Shift+R", self._resume, group=True),
            make("keep-stopped", say("Keep its best"), "", self._finish_early),
            make("characters", say("Characters …"), "Ctrl+Shift+C", self._open_characters, group=True),
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
        if change.models or change.runs or change.lines:  # the text that a verdict goes by may be another
            self._verdicts.clear()
        if self.isVisible() and (change.models or change.runs or change.pages):
            self.refresh()

    def config(self) -> FineTuneConfig:
        """The settings as chosen under Details."""
        return self.details.config()

    @Slot()
    def refresh(self) -> None:
        """Look at the project again."""
        project = self.workspace.project
        self.details.show_models(list_models(project))
        if self._stale or self.forecaster.base != self.details.base:
            self.forecaster.look(self.details.base)
        self._stale = False
        ready = readiness(project, self.config(), self.details.base, self._paces.get(self.details.base or ""))
        self._measure_if_needed(ready)
        self.panel.show_readiness(ready, measuring=self._measuring is not None)
        running = self.controller.running
        self.button.setText(say("Training …") if running else say("Fine-tune"))
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
        self._measured.add(base)
        project = self.workspace.project
        self._measuring = Job(
            say("Measuring this machine"),
            lambda cancel, _progress, _changed: (
                base,
                measure_pace(project, config, base=base, cancel=cancel),
            ),
            missed=False,
        )
        self.workspace.jobs.start(self._measuring)

    @Slot(object)
    def _note_job(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._measuring:
            return
        self._measuring = None
        if isinstance(outcome, JobSucceeded):
            base, pace = outcome.result
            self._paces[base] = pace
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_last_run(self) -> None:
        """The newest training that learned anything: its curves, and what came out."""
        project = self.workspace.project
        for run in list_runs(project):
            if points := curve(project, run.id):
                break
        else:
            self.watching.show_past(Story(), "")
            self._verdict.hide()
            return
        base = latest_evaluation(project, run.base, Split.VAL)
        kept = get_model(project, run.model).data.get("best_step") if run.model else None
        folds = run.config.get("folds", 0)
        past = Story(points=points, base_cer=base.cer if base else None, kept_before=kept, folds=folds)
        told = self.controller.story
        self.watching.show_past(
            told if told.points else past, past_words(run, resumable=resumable_run(project) == run)
        )
        if run.state is RunState.SUCCEEDED and run.model:
            self._show_verdict(run.model, self._verdict_on(run.base, run.model))
        else:  # its model may have been deleted since
            self._verdict.hide()

    def _verdict_on(self, base: str, model: str) -> Verdict | None:
        if model not in self._verdicts:
            self._verdicts[model] = verdict(self.workspace.project, base, model)
        return self._verdicts[model]

    def _show_verdict(self, model: str, found: Verdict | None) -> None:
        self._made = model
        self._verdict_text.setText(verdict_html(model, found))
        self._verdict.setProperty("kind", "done" if found and found.recommended else "doubt")
        self._verdict.style().unpolish(self._verdict)
        self._verdict.style().polish(self._verdict)
        promoted = any(each.name == model and each.promoted for each in list_models(self.workspace.project))
        self.use_button.setEnabled(not promoted and not self.workspace.project.read_only)
        self.use_button.setText(say("Makes the drafts now") if promoted else say("Use this model"))
        self._verdict.show()

    @Slot()
    def start(self) -> None:
        """Begin."""
        if self.button.isEnabled():
            self.controller.start(self.config(), self.details.base)

    @Slot()
    def _open_characters(self) -> None:
        self.characters.open(self.details.base)

    @Slot(int)
    def _open_page(self, page_id: int) -> None:
        self.target_wanted.emit(Target(page_id=page_id))

    @Slot()
    def _ask_to_throw_away(self) -> None:
        """Offer it: the button stands beside those that keep what was learned."""
        if self.controller.running:
            question = say("Throw this training away? What it has learned so far is lost.")
            act = self.controller.throw_away
            self.message_wanted.emit(Message(question, "doubt", say("Throw away"), act, seconds=None))

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
            promote(self.workspace, self._made, self.message_wanted.emit)

    @Slot()
    def _show_running(self) -> None:
        if self._told is not None:  # it may offer to resume what has just been resumed
            self.message_outdated.emit(self._told)
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
        self.watching.show_ended(say("{model} is made.", model=report.model.name) if report else text)
        found = self._verdict_on(report.base, report.model.name) if report else None
        resumable = not report and resumable_run(self.workspace.project) is not None
        self._told = Message(
            text,
            "done" if found and found.better else "doubt",
            action=say("Resume") if resumable else "",
            act=self._resume if resumable else None,
            seconds=None,
        )
        self.message_wanted.emit(self._told)


def _row(*parts: QWidget) -> FlowLayout:
    row = FlowLayout()
    for part in parts:
        row.addWidget(part)
    return row
