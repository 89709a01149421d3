"""Runs a fine-tuning in a thread of its own and buffers what it tells."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from core.document import CurvePoint
from core.errors import KnownError
from core.jobs import CancelToken, ProgressSink
from core.storage.changes import Change
from core.storage.models import promote_model
from core.storage.runs import resumable_run
from core.training.config import FineTuneConfig
from core.training.events import Evaluated, Log, Step, TrainingEvent, Validated
from core.workflow.finetuning import FineTuneReport, fine_tune, resume_fine_tuning
from workbench.jobs import Job, JobCancelled, JobOutcome, JobRunner, JobSucceeded
from workbench.workspace import Workspace

Act = Callable[[CancelToken, ProgressSink, Callable[[Change], None]], FineTuneReport]


class Controller(QObject):
    """One training at a time, beside the window's other jobs.

    Signals:
        began(): a training is under way. ``ended(FineTuneReport | None, str)``: how it went, in words.
    """

    began = Signal()
    ended = Signal(object, str)
    _told = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._runner = JobRunner(self)
        self._runner.changed.connect(workspace.changes.announce)
        self._runner.finished.connect(self._finish)
        self._told.connect(self._note)
        self._keep_best = False
        self.points: list[CurvePoint] = []
        self.last: Step | None = None
        self.best: Validated | None = None
        self.newest: Validated | None = None
        self.base_cer: float | None = None
        self.log: list[str] = []

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self._runner.current is not None

    def start(self, config: FineTuneConfig, base: str | None) -> None:
        """Begin a training."""
        project = self._workspace.project

        def act(
            cancel: CancelToken, progress: ProgressSink, changed: Callable[[Change], None]
        ) -> FineTuneReport:
            return fine_tune(
                project,
                config,
                base=base,
                cancel=cancel,
                progress=progress,
                events=self._told.emit,
                changed=changed,
            )

        self._begin(act)

    def resume(self, *, finish: bool = False) -> None:
        """Go on with the last run that did not end well; or keep its best model as it is."""
        project = self._workspace.project
        run = resumable_run(project)
        if run is None:
            return

        def act(
            cancel: CancelToken, progress: ProgressSink, changed: Callable[[Change], None]
        ) -> FineTuneReport:
            return resume_fine_tuning(
                project,
                run.id,
                finish=finish,
                cancel=cancel,
                progress=progress,
                events=self._told.emit,
                changed=changed,
            )

        self._begin(act)

    @Slot()
    def pause(self) -> None:
        """Stop within a step; the run can be resumed."""
        self._runner.cancel()

    @Slot()
    def stop_and_keep_best(self) -> None:
        """Stop, then make a model version of the best weights so far."""
        self._keep_best = True
        self._runner.cancel()

    def promote(self, model: str) -> None:
        """Let drafts use a version from now on."""
        self._workspace.changes.announce(promote_model(self._workspace.project, model))

    def shut_down(self) -> None:
        """Stop a training that runs and end the thread."""
        self._keep_best = False
        self._runner.shut_down()

    def _begin(self, act: Act) -> None:
        if self.running:
            return
        self.points, self.log = [], []
        self.last = self.best = self.newest = self.base_cer = None
        self._runner.start(Job("Fine-tuning", act))
        self.began.emit()

    @Slot(object)
    def _note(self, event: TrainingEvent) -> None:
        if isinstance(event, Step):
            self.last = event
            self.points.append(CurvePoint(event.step, event.seconds, event.learning_rate, event.loss))
        elif isinstance(event, Validated):
            self._note_validation(event)
        elif isinstance(event, Evaluated):
            if event.split == "val" and not event.after:
                self.base_cer = event.cer
            when = "after" if event.after else "before"
            self.log.append(f"{event.split} pages {when}: CER {100 * event.cer:.2f} % on {event.lines} lines")
        elif isinstance(event, Log):
            self.log.append(event.text)

    def _note_validation(self, event: Validated) -> None:
        self.newest = event
        if event.is_best:
            self.best = event
        self.log.append(f"step {event.step}: CER {100 * event.val_cer:.2f} % on validation")
        if self.points:
            p = self.points[-1]
            self.points[-1] = CurvePoint(
                p.step, p.seconds, p.learning_rate, p.train_loss, event.val_loss, event.val_cer
            )

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded):
            self.ended.emit(outcome.result, verdict(outcome.result))
        elif isinstance(outcome, JobCancelled):
            if self._keep_best:
                self._keep_best = False
                self.resume(finish=True)
            else:
                self.ended.emit(None, "Stopped. Resume goes on where it stood.")
        elif isinstance(outcome.error, KnownError):
            self.ended.emit(None, str(outcome.error))
        else:
            self.ended.emit(None, f"The training ran into a fault: {outcome.error}")
            raise outcome.error


def verdict(report: FineTuneReport) -> str:
    """What a training achieved, in plain words."""
    outcome = report.outcome
    before, after, where = outcome.test_cer_before, outcome.test_cer_after, "test pages it has never seen"
    if before is None or after is None:
        before, after, where = outcome.val_cer_before, outcome.val_cer_after, "validation pages"
    change = (before - after) / before if before else 0.0
    word = f"{abs(change):.0%} {'fewer' if change >= 0 else 'more'} wrong characters on {where}"
    return f"{word}: {100 * before:.1f} % -> {100 * after:.1f} %."
