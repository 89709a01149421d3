"""Runs a fine-tuning in a thread of its own and buffers what it tells."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from core.document import Split
from core.errors import KnownError
from core.jobs import CancelToken, ProgressSink
from core.storage.changes import Change
from core.storage.evaluations import latest_evaluation
from core.storage.models import promoted_model
from core.storage.project import Project
from core.storage.runs import curve, list_runs, resumable_run
from core.training.config import FineTuneConfig
from core.training.events import TrainingEvent
from core.training.run_folder import forget_state
from core.versions import CurvePoint, RunState
from core.wording import say
from core.workflow import finetuning
from core.workflow.finetuning import FineTuneReport
from core.workflow.verdict import verdict
from workbench.finetuning.story import Story
from workbench.jobs import Job, JobCancelled, JobOutcome, JobRunner, JobSucceeded
from workbench.project_changes import ProjectChanges

Act = Callable[[CancelToken, ProgressSink, Callable[[Change], None]], FineTuneReport]


class Controller(QObject):
    """One training at a time, beside the window's other jobs.

    Signals:
        began(): a training is under way.
        ended(FineTuneReport | None, str): how it went, in words; without a report it made no version.
    """

    began = Signal()
    ended = Signal(object, str)
    _told = Signal(object)

    def __init__(self, project: Project, changes: ProjectChanges, runner: JobRunner) -> None:
        super().__init__()
        self._project, self._changes = project, changes
        self.runner = runner
        self.runner.finished.connect(self._finish)
        self._told.connect(self._note)
        self._keep_best = self._drop = False
        self._stopping = False
        self.story = Story()

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self.runner.current is not None

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop and has not done so yet."""
        return self.running and self._stopping

    @property
    def points(self) -> list[CurvePoint]:
        """The curves of the training that runs or ran last."""
        return self.story.points

    def start(self, config: FineTuneConfig, base: str | None) -> None:
        """Begin a training."""
        project, tell = self._project, self._told.emit

        def act(
            cancel: CancelToken, progress: ProgressSink, changed: Callable[[Change], None]
        ) -> FineTuneReport:
            return finetuning.fine_tune(
                project, config, base=base, cancel=cancel, progress=progress, events=tell, changed=changed
            )

        name = base or promoted_model(project).name
        self._begin(act, Story(base_cer=self._val_cer(name), folds=config.folds))

    def resume(self, *, finish: bool = False) -> None:
        """Go on with the last run that did not end well; or keep its best model as it is."""
        project, tell = self._project, self._told.emit
        run = resumable_run(project)
        if run is None:
            return
        run_id = run.id

        def act(
            cancel: CancelToken, progress: ProgressSink, changed: Callable[[Change], None]
        ) -> FineTuneReport:
            return finetuning.resume_fine_tuning(
                project, run_id, finish=finish, cancel=cancel, progress=progress, events=tell, changed=changed
            )

        folds = run.config.get("folds", 0)
        self._begin(act, Story(points=curve(project, run_id), base_cer=self._val_cer(run.base), folds=folds))

    @Slot()
    def pause(self) -> None:
        """Stop within a step; the run can be resumed."""
        self._stop()

    @Slot()
    def stop_and_keep_best(self) -> None:
        """Stop, then make a model version of the best weights so far."""
        self._stop(keep_best=True)

    @Slot()
    def throw_away(self) -> None:
        """Stop and forget the run."""
        self._stop(drop=True)

    def shut_down(self) -> None:
        """Stop a training that runs and end the thread; the run can be resumed."""
        self._keep_best = self._drop = False
        self.runner.shut_down()

    def _stop(self, *, keep_best: bool = False, drop: bool = False) -> None:
        if self.running:
            self._keep_best, self._drop, self._stopping = keep_best, drop, True
            self.runner.cancel()

    def _val_cer(self, model: str) -> float | None:
        evaluation = latest_evaluation(self._project, model, Split.VAL)
        return evaluation.cer if evaluation else None

    def _begin(self, act: Act, story: Story) -> None:
        if self.running:
            return
        self._keep_best = self._drop = self._stopping = False
        self.story = story
        self.runner.start(Job(say("Fine-tuning"), act, pauses=True))
        self.began.emit()

    @Slot(object)
    def _note(self, event: TrainingEvent) -> None:
        self.story.note(event)

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded):
            self.ended.emit(outcome.result, self._praise(outcome.result))
        elif isinstance(outcome, JobCancelled):
            self._finish_stopped()
        elif isinstance(outcome.error, KnownError):
            self.ended.emit(None, str(outcome.error))
        else:
            self.ended.emit(None, say("The training ran into a fault: {error}", error=outcome.error))
            raise outcome.error

    def _finish_stopped(self) -> None:
        project = self._project
        run = next(iter(list_runs(project)), None)
        if self._drop and run is not None and run.state is RunState.CANCELLED:
            forget_state(project.folder / run.folder)
            self.ended.emit(None, say("The training was thrown away; nothing of it was kept."))
        elif resumable_run(project) is None:
            self.ended.emit(None, say("Stopped before the first step; nothing was learned yet."))
        elif self._keep_best:
            story = self.story
            self.resume(finish=True)
            self.story.first_samples, self.story.newest = story.first_samples, story.newest
            self.story.log, self.story.kept = story.log, story.kept
        else:
            self.ended.emit(None, say("Paused. Resume goes on where it stood."))

    def _praise(self, report: FineTuneReport) -> str:
        found = verdict(self._project, report.base, report.model.name)
        if found:
            return found.text
        return say("{model} is made; it could not be compared with its base.", model=report.model.name)
