"""Fine-tuning: from the corrected lines of a project to a new model version with its scores."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.document import CurvePoint, LineReading, ModelVersion, RunState, Split, TrainingRun
from core.errors import BadConfig, KnownError, WorkerFailed
from core.jobs import Cancelled, CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.evaluations import NewEvaluation
from core.storage.lines import TruthLine, truth_lines
from core.storage.models import NewModel, free_model_name, get_model, model_source, promoted_model
from core.storage.project import Project
from core.storage.runs import add_points, conclude_run, finish_run, resume_run, start_run
from core.storage.splits import fix_splits
from core.training.config import FineTuneConfig
from core.training.events import Evaluated, Step, Succeeded, TrainingEvent, Validated, from_json
from core.training.run_folder import (
    RunRequest,
    SnapshotLine,
    evaluation_file,
    read_readings,
    read_request,
    scores_of,
    write_readings,
    write_request,
)
from core.wording import say
from core.worker.process import run_worker
from core.workflow.evaluating import scored_evaluation, stored_scores
from core.workflow.line_finding import ChangeSink, ignore_change

EventSink = Callable[[TrainingEvent], None]

_POINTS = 20
"""Curve points stored at a time."""


@dataclass(frozen=True, slots=True)
class FineTuneReport:
    """The new model version and how it was made."""

    run: TrainingRun
    model: ModelVersion
    base: str
    outcome: Succeeded
    change: Change


def ignore_event(_event: TrainingEvent) -> None:
    """For callers who do not watch."""


def fine_tune(
    project: Project,
    config: FineTuneConfig,
    *,
    base: str | None = None,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    events: EventSink = ignore_event,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> FineTuneReport:
    """Train a new model version on the corrected lines; evaluate it beside its base.

    Args:
        project: The open project.
        config: All settings.
        base: What to start from; the promoted version by default.
        cancel: Stops within a step; the run can be resumed then.
        progress: Told of steps.
        events: Told of everything, in the calling thread.
        changed: Told when splits or models change.
        background: Let the window's threads go first.

    Raises:
        UnknownModel: If there is no such base.
        NotEnoughLines: If there are not two pages with corrected lines.
        Cancelled: On request.
        WorkerFailed: If the training process died; the run can be resumed.
    """
    run = _begin_run(project, config, base, changed)
    return _Supervision(project, run, cancel, progress, events, changed, background).run(finish=False)


def prepare_fine_tuning(project: Project, config: FineTuneConfig, *, base: str | None = None) -> TrainingRun:
    """Write down all that a training needs, for processes started by ``torchrun``: core.training.distributed.

    The run counts as interrupted until it is resumed; resuming it takes in what those processes learned.

    Raises:
        UnknownModel: If there is no such base.
        BadConfig: If folds are wanted.
    """
    if config.folds:
        raise BadConfig(say("Folds are trained by one process; leave them out or train without torchrun."))
    run = _begin_run(project, config, base, ignore_change)
    finish_run(project, run.id, RunState.INTERRUPTED, message=say("Prepared for several processes."))
    return run


def _begin_run(
    project: Project, config: FineTuneConfig, base: str | None, changed: ChangeSink
) -> TrainingRun:
    version = get_model(project, base) if base else promoted_model(project)
    changed(fix_splits(project, config.seed))
    run = start_run(project, version.name, config.model_dump(mode="json"))
    write_run(project, version, config, project.folder / run.folder)
    return run


def write_run(project: Project, base: ModelVersion, config: FineTuneConfig, folder: Path) -> None:
    """Write all that a training process needs to know into its folder."""
    request = RunRequest(model_source(project, base), base.name, config, snapshot(project, config))
    write_request(folder, request)
    _note_known_readings(project, base.name, folder)


def resume_fine_tuning(
    project: Project,
    run_id: int,
    *,
    finish: bool = False,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    events: EventSink = ignore_event,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> FineTuneReport:
    """Go on with a run that was stopped or died; or, with ``finish``, keep its best model as it is.

    Raises:
        KnownError: If the run ended well already, or its files are gone.
        Cancelled: On request.
        WorkerFailed: If the training process died again.
    """
    run = resume_run(project, run_id)
    return _Supervision(project, run, cancel, progress, events, changed, background).run(finish=finish)


def _note_known_readings(project: Project, base: str, folder: Path) -> None:
    """What the base read in these very lines before needs not be read again."""
    for split in (Split.VAL, Split.TEST):
        if scores := stored_scores(project, base, split):
            readings = {each.line_id: LineReading(each.text, each.promised) for each in scores}
            write_readings(folder / evaluation_file(split, after=False), readings)


def snapshot(project: Project, config: FineTuneConfig) -> tuple[SnapshotLine, ...]:
    """All corrected lines as they stand; at most ``max_lines`` to train on, drawn by the seed."""
    lines = truth_lines(project)
    train = [line for line in lines if line.split is Split.TRAIN]
    if config.max_lines is not None and len(train) > config.max_lines:
        chosen = random.Random(config.seed).sample(range(len(train)), config.max_lines)
        train = [train[place] for place in sorted(chosen)]
    rest = [line for line in lines if line.split in (Split.VAL, Split.TEST)]
    return tuple(_snapshot_line(line) for line in (*train, *rest))


def _snapshot_line(line: TruthLine) -> SnapshotLine:
    assert line.split is not None
    return SnapshotLine(line.image, line.split, line.text)


@dataclass
class _Supervision:
    """Runs the worker of one training, stores what it tells, and concludes the run exactly once."""

    project: Project
    training: TrainingRun
    cancel: CancelToken
    progress: ProgressSink
    events: EventSink
    changed: ChangeSink
    background: bool
    points: list[CurvePoint] = field(default_factory=list)
    evaluated: dict[tuple[Split, bool], Evaluated] = field(default_factory=dict)
    last: Step | None = None

    @property
    def folder(self) -> Path:
        """The run's files."""
        return self.project.folder / self.training.folder

    def run(self, *, finish: bool) -> FineTuneReport:
        """Supervise to the end; whatever happens, the run is left in a final state."""
        request = {"kind": "train", "folder": str(self.folder), "finish": finish}
        outcome: Succeeded | None = None
        try:
            for values in run_worker(request, self.cancel, background=self.background):
                event = from_json(values)
                self._note(event)
                self.events(event)
                if isinstance(event, Succeeded):
                    outcome = event
            assert outcome is not None
            self._store_points()
            return self._conclude(outcome)
        except BaseException as error:
            self._store_points()
            self._end_early(error)
            raise

    def _end_early(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            finish_run(
                self.project, self.training.id, RunState.CANCELLED, message=say("Stopped; it can be resumed.")
            )
        elif isinstance(error, WorkerFailed):
            finish_run(self.project, self.training.id, RunState.INTERRUPTED, message=str(error))
        else:
            message = str(error) if isinstance(error, KnownError) else f"{type(error).__name__}: {error}"
            finish_run(self.project, self.training.id, RunState.FAILED, message=message)
        self.changed(Change(runs=True))

    def _note(self, event: TrainingEvent) -> None:
        if isinstance(event, Step):
            self.last = event
            self.points.append(CurvePoint(event.step, event.seconds, event.learning_rate, event.loss))
            self.progress(Progress(event.step, event.total, say("steps")))
        elif isinstance(event, Validated) and self.last is not None:
            point = self.last
            self.points.append(
                CurvePoint(
                    point.step,
                    event.seconds,
                    point.learning_rate,
                    point.loss,
                    event.val_loss,
                    event.val_cer,
                )
            )
        elif isinstance(event, Evaluated):
            self.evaluated[event.split, event.after] = event
        if len(self.points) >= _POINTS:
            self._store_points()

    def _store_points(self) -> None:
        newest = {point.step: point for point in self.points}
        add_points(self.project, self.training.id, list(newest.values()))
        self.points = []

    def _conclude(self, outcome: Succeeded) -> FineTuneReport:
        """Put the model file in its place, then register model, evaluations and run in one transaction."""
        request = read_request(self.folder)
        name = free_model_name(self.project)
        file = self.project.models / f"{name}.safetensors"
        (self.folder / outcome.file).replace(file)
        new = NewModel(
            name=name,
            parent=request.base_name,
            architecture=get_model(self.project, request.base_name).architecture,
            file=f"models/{file.name}",
            sha256=outcome.sha256,
            charset_size=outcome.charset_size,
            config=request.config.model_dump(mode="json"),
            data={
                "run": self.training.id,
                "lines": outcome.train_lines,
                "steps": outcome.steps,
                "train_seconds": outcome.train_seconds,
                "learned_share": outcome.learned_share,
                "temperature": outcome.temperature,
                "legacy_cer": [outcome.legacy_cer_before, outcome.legacy_cer_after],
                "recall": [list(each) for each in outcome.recall],
                "calibration_error": outcome.calibration_error,
                "reliability": [list(each) for each in outcome.reliability],
            },
            scores={},
        )
        run = conclude_run(self.project, self.training.id, new, self._evaluations(request, name))
        change = Change(models=True, runs=True)
        self.changed(change)
        return FineTuneReport(run, get_model(self.project, name), request.base_name, outcome, change)

    def _evaluations(self, request: RunRequest, name: str) -> list[NewEvaluation]:
        evaluations = []
        for (split, after), event in self.evaluated.items():
            readings = read_readings(self.folder / event.file)
            scores = scores_of((line for line in request.lines if line.split is split), readings)
            model = name if after else request.base_name
            evaluations.append(scored_evaluation(model, split, scores, event.lines_per_second))
        return evaluations
