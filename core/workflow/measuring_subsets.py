"""Short trainings on part of the lines, for points of a learning curve; what they learned is thrown away."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.document import Split
from core.errors import KnownError, NotEnoughLines
from core.evaluation.forecast import LearningPoint
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.lines import truth_lines
from core.storage.project import Project
from core.storage.project_settings import note_setting, project_setting
from core.storage.splits import fix_splits
from core.training.config import FineTuneConfig, with_settings
from core.training.events import Evaluated, Started, Step, from_json
from core.versions import ModelVersion
from core.wording import say
from core.worker.process import run_worker
from core.workflow.finetuning import write_run
from core.workflow.line_finding import ChangeSink, ignore_change

SUBSETS = (0.25, 0.5)
"""Shares of the training lines."""

MINUTES = 5.0
"""A short training ends after this."""

KEY = "forecast.points"
"""Setting: what was measured, by the model that was trained."""


@dataclass(frozen=True, slots=True)
class MeasuredPoint:
    """A point of the curve, and which pages it was read on."""

    split: Split
    point: LearningPoint


def measured_points(project: Project, base: str) -> list[MeasuredPoint]:
    """What was measured last with a base."""
    return [
        MeasuredPoint(Split(split), LearningPoint(*numbers))
        for split, *numbers in project_setting(project, KEY).get(base, [])
    ]


def measure_subsets(
    project: Project,
    base: ModelVersion,
    config: FineTuneConfig,
    *,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> list[MeasuredPoint]:
    """Train on a quarter and on a half of the lines, and note how well that reads; no model is kept.

    Args:
        project: The open project.
        base: What to start from.
        config: Settings of the training that is planned; it is shortened to ``MINUTES``.
        cancel: Stops within a step; nothing is noted then.
        progress: Told of steps.
        changed: Told when splits are fixed.
        background: Let the window's threads go first.

    Raises:
        NotEnoughLines: If there are too few corrected lines to part, or none to check on can be read.
        KnownError: If the time ran out long before the end of a training.
        Cancelled: On request.
        WorkerFailed: If the worker process died.
    """
    changed(fix_splits(project, config.seed))
    lines = len(truth_lines(project, Split.TRAIN))
    if int(lines * SUBSETS[0]) < 1:
        raise NotEnoughLines(
            say("{count} lines to learn from cannot be parted. Correct more and try again.", count=lines)
        )
    minutes = min(config.max_minutes or MINUTES, MINUTES)
    found: list[MeasuredPoint] = []
    for number, share in enumerate(SUBSETS):

        def tell(step: Step, number: int = number) -> None:
            progress(Progress(number * step.total + step.step, len(SUBSETS) * step.total, say("steps")))

        short = with_settings(config, {"max_lines": int(lines * share), "max_minutes": minutes, "folds": 0})
        found.append(_measured(project, base, short, cancel, tell, background))
    points = [[str(each.split), each.point.lines, each.point.errors, each.point.characters] for each in found]
    note_setting(project, KEY, {**project_setting(project, KEY), base.name: points})
    return found


def _measured(
    project: Project,
    base: ModelVersion,
    config: FineTuneConfig,
    cancel: CancelToken,
    tell: Callable[[Step], None],
    background: bool,
) -> MeasuredPoint:
    """One training in a folder that is gone afterwards, and how well it read.

    Raises:
        NotEnoughLines: If it could read no line.
        KnownError: If the time ran out long before its end.
    """
    lines, read, last = 0, None, None
    with tempfile.TemporaryDirectory() as folder:
        write_run(project, base, config, Path(folder))
        work = {"kind": "measure-subset", "folder": folder}
        for values in run_worker(work, cancel, background=background):
            event = None if values["event"] == "succeeded" else from_json(values)
            if isinstance(event, Started):
                lines = event.train_lines
            elif isinstance(event, Step):
                last = event
                tell(event)
            elif isinstance(event, Evaluated):
                read = event
    if read is None:
        raise NotEnoughLines(
            say(
                "None of the lines to check on can be read. See that their scans are in the project's "
                "folder, then measure again."
            )
        )
    if last is not None and config.broken_off(lines, last.step):
        raise KnownError(
            say(
                "In {minutes:g} minutes the short training on {lines} lines came to {steps} of {planned} "
                "steps, which tells nothing. Allow it more minutes, or train once and look at the "
                "forecast then.",
                minutes=config.max_minutes,
                lines=lines,
                steps=last.step,
                planned=config.planned_steps(lines),
            )
        )
    return MeasuredPoint(read.split, LearningPoint(lines, round(read.cer * read.characters), read.characters))
