"""Fine-tuning: from the corrected lines of a project to a new model version with its scores."""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.document import LineReading, Split
from core.errors import BadConfig, KnownError, WorkerFailed
from core.evaluation.metrics import total
from core.jobs import Cancelled, CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.evaluations import NewEvaluation, latest_evaluation, line_scores
from core.storage.lines import TruthLine, truth_lines
from core.storage.models import NewModel, free_model_name, get_model, model_source, promoted_model
from core.storage.project import Project
from core.storage.runs import add_points, conclude_run, finish_run, hand_over_run, resume_run, start_run
from core.storage.splits import fix_splits
from core.training.config import FineTuneConfig
from core.training.events import Evaluated, Step, Succeeded, TrainingEvent, Validated, from_json
from core.training.run_folder import (
    RunRequest,
    SnapshotLine,
    evaluation_file,
    forget_state,
    moved_to,
    read_readings,
    read_request,
    scores_of,
    write_readings,
    write_request,
)
from core.versions import CurvePoint, LineScore, ModelVersion, RunState, TrainingRun
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
    return hand_over_run(project, run.id, message=say("Prepared for several processes."))


def _begin_run(
    project: Project, config: FineTuneConfig, base: str | None, changed: ChangeSink
) -> TrainingRun:
    version = get_model(project, base) if base else promoted_model(project)
    changed(fix_splits(project, config.seed))
    files = _run_files(project, version, config)  # what can be lacking is found out before there is a run
    run = start_run(project, version.name, config.model_dump(mode="json"))
    try:
        files.write(project.folder / run.folder)
    except BaseException as error:
        finish_run(project, run.id, RunState.FAILED, message=_failure(error))
        changed(Change(runs=True))
        raise
    return run


def write_run(project: Project, base: ModelVersion, config: FineTuneConfig, folder: Path) -> None:
    """Write all that a training process needs to know into its folder."""
    _run_files(project, base, config).write(folder)


@dataclass(frozen=True, slots=True)
class _RunFiles:
    """What a training process needs to know; ``known``: what the base read in these very lines before."""

    request: RunRequest
    known: Mapping[Split, Mapping[int, LineReading]]

    def write(self, folder: Path) -> None:
        """Write it all; what is known needs not be read again."""
        write_request(folder, self.request)
        for split, readings in self.known.items():
            write_readings(folder / evaluation_file(split, after=False), readings)


def _run_files(project: Project, base: ModelVersion, config: FineTuneConfig) -> _RunFiles:
    request = RunRequest(model_source(project, base), base.name, config, snapshot(project, config))
    known = {
        split: {each.line_id: LineReading(each.text, each.promised) for each in scores}
        for split in (Split.VAL, Split.TEST)
        if (scores := stored_scores(project, base.name, split))
    }
    return _RunFiles(request, known)


def _failure(error: BaseException) -> str:
    """What is kept with a run that failed."""
    return str(error) if isinstance(error, KnownError) else f"{type(error).__name__}: {error}"


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
    return SnapshotLine(line.image, line.split, line.text, line.group)


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
        try:
            request = self._request()
            base = get_model(self.project, request.base_name)
            outcome = self._supervised(finish=finish)
            self._store_points()
            report = self._conclude(outcome, request, base)
        except BaseException as error:
            try:
                self._store_points()
            finally:
                self._end_early(error)
            raise
        self.changed(report.change)
        return report

    def _request(self) -> RunRequest:
        """What the run began with; written anew if the project was moved meanwhile."""
        begun = read_request(self.folder)
        request = moved_to(self.project.folder, begun)
        if request != begun:
            write_request(self.folder, request)
        return request

    def _supervised(self, *, finish: bool) -> Succeeded:
        """Let the worker train, and note what it tells."""
        work = {"kind": "train", "folder": str(self.folder), "finish": finish}
        outcome: Succeeded | None = None
        for values in run_worker(work, self.cancel, background=self.background):
            event = from_json(values)
            self._note(event)
            self.events(event)
            if isinstance(event, Succeeded):
                outcome = event
        assert outcome is not None
        return outcome

    def _end_early(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            finish_run(
                self.project, self.training.id, RunState.CANCELLED, message=say("Stopped; it can be resumed.")
            )
        elif isinstance(error, WorkerFailed):
            finish_run(self.project, self.training.id, RunState.INTERRUPTED, message=str(error))
        else:
            finish_run(self.project, self.training.id, RunState.FAILED, message=_failure(error))
        self.changed(Change(runs=True))

    def _note(self, event: TrainingEvent) -> None:
        if isinstance(event, Step):
            self.last = event
            self.points.append(CurvePoint(event.step, event.seconds, event.learning_rate, event.loss))
            self.progress(Progress(event.step, event.total, say("steps"), event.seconds_left))
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

    def _conclude(self, outcome: Succeeded, request: RunRequest, base: ModelVersion) -> FineTuneReport:
        """Put the model file in its place, then register model, evaluations and run in one transaction.

        Until that is done the file stays in the run's folder too, so that the run can be resumed and
        concluded after whatever went wrong.
        """
        name = free_model_name(self.project)
        file = self.project.models / f"{name}.safetensors"
        new = NewModel(
            name=name,
            parent=base.name,
            architecture=base.architecture,
            file=f"models/{file.name}",
            sha256=outcome.sha256,
            charset_size=outcome.charset_size,
            config=request.config.model_dump(mode="json"),
            data={
                "run": self.training.id,
                "lines": outcome.train_lines,
                "steps": outcome.steps,
                **({"best_step": outcome.best_step} if outcome.steps and not request.config.folds else {}),
                "train_seconds": outcome.train_seconds,
                "learned_share": outcome.learned_share,
                "temperature": outcome.temperature,
                "legacy_cer": [outcome.legacy_cer_before, outcome.legacy_cer_after],
                "legacy_lines": outcome.legacy_lines,
                "recall": [list(each) for each in outcome.recall],
                "calibration_error": outcome.calibration_error,
                "reliability": [list(each) for each in outcome.reliability],
            },
            scores={},
        )
        evaluations = self._evaluations(request, name)
        with _also_at(file, self.folder / outcome.file):
            run = conclude_run(self.project, self.training.id, new, evaluations)
        forget_state(self.folder)
        change = Change(models=True, runs=True)
        return FineTuneReport(run, get_model(self.project, name), base.name, outcome, change)

    def _evaluations(self, request: RunRequest, name: str) -> list[NewEvaluation]:
        """What is new to the project; nothing is if no character was read, or if it is known of the base."""
        evaluations = []
        for (split, after), event in self.evaluated.items():
            readings = read_readings(self.folder / event.file)
            scores = scores_of((line for line in request.lines if line.split is split), readings)
            model = name if after else request.base_name
            if not total(scores).characters or (not after and self._is_known(model, split, scores)):
                continue
            evaluations.append(scored_evaluation(model, split, scores, event.lines_per_second))
        return evaluations

    def _is_known(self, model: str, split: Split, scores: Sequence[LineScore]) -> bool:
        """Whether the newest evaluation of a model says the very same."""
        newest = latest_evaluation(self.project, model, split)
        return newest is not None and set(line_scores(self.project, newest.id)) == set(scores)


@contextmanager
def _also_at(target: Path, file: Path) -> Iterator[None]:
    """Have ``file`` at ``target`` as well; not any more if what is done meanwhile fails."""
    try:
        try:
            os.link(file, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(file, target)
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise
