"""How quick training is on this machine, measured on the project's own lines in a few seconds."""

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.document import Split
from core.jobs import CancelToken
from core.storage.lines import TruthLine, truth_lines
from core.storage.models import get_model, model_source, promoted_model
from core.storage.project import Project
from core.training.config import FineTuneConfig, with_settings
from core.training.run_folder import RunRequest, SnapshotLine, write_request
from core.worker.process import run_worker

STEPS = 3
"""Steps that are taken; the first pays for warming up and does not count."""

READ = 8
"""Lines that are read."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds per line when learning (forward, backward, update) and when reading."""

    learn: float
    read: float


def measure_pace(
    project: Project,
    config: FineTuneConfig,
    *,
    base: str | None = None,
    cancel: CancelToken,
    background: bool = True,
) -> Pace | None:
    """Train and read some of the corrected lines in a worker, and throw the result away.

    Returns:
        ``None`` if there is no corrected line to measure on.

    Raises:
        Cancelled: On request.
        WorkerFailed: If the worker process died.
    """
    lines = truth_lines(project, sample=STEPS * config.batch_size + READ)
    if not lines:
        return None
    version = get_model(project, base) if base else promoted_model(project)
    train = _sample(lines, STEPS * config.batch_size, Split.TRAIN)
    chosen = (*train, *_sample(lines, READ, Split.VAL))
    with tempfile.TemporaryDirectory() as folder:
        request = RunRequest(model_source(project, version), version.name, _short(config), chosen)
        write_request(Path(folder), request)
        work = {"kind": "measure-pace", "folder": folder}
        for event in run_worker(work, cancel, background=background):
            if event["event"] == "succeeded":
                return Pace(event["learn"], event["read"])
    return None


def _short(config: FineTuneConfig) -> FineTuneConfig:
    """The same training of one network, ended after some steps: each fold takes as long."""
    changes = {"epochs": 1, "min_steps": STEPS, "max_minutes": None, "validations": 1, "folds": 0}
    return with_settings(config, changes)


def _sample(lines: list[TruthLine], count: int, split: Split) -> tuple[SnapshotLine, ...]:
    """Some lines by chance, repeated if there are too few: as wide as those of the training will be."""
    chance = random.Random(0)
    chosen = chance.sample(lines, count) if len(lines) >= count else chance.choices(lines, k=count)
    return tuple(SnapshotLine(line.image, split, line.text) for line in chosen)
