"""What is known of model versions: what made them and how they read. Frozen, as all of ``core.document``."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.document import Split


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """Weights with their charset, lineage and scores. ``file`` is ``None`` for the base models."""

    id: int
    name: str
    parent: str | None
    architecture: str
    file: str | None
    sha256: str
    charset_size: int
    created_at: dt.datetime
    promoted: bool = False
    note: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def is_base(self) -> bool:
        """Whether it came with the program (and can never be deleted)."""
        return self.file is None


class RunState(StrEnum):
    """How a training run stands. ``interrupted``: its process died or was stopped; it can be resumed."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of a training run's curves; values not measured at that step are ``None``."""

    step: int
    seconds: float
    learning_rate: float
    train_loss: float
    val_loss: float | None = None
    val_cer: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One fine-tuning: where its files are (relative to the project), how it ended, what it made."""

    id: int
    base: str
    model: str | None
    state: RunState
    folder: str
    config: dict[str, Any]
    started_at: dt.datetime
    ended_at: dt.datetime | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class LineScore:
    """How one model read one line whose truth is known; ``promised`` as in ``LineReading``."""

    line_id: int
    truth: str
    text: str
    edits: int
    characters: int
    promised: float | None = None

    @property
    def cer(self) -> float:
        """Edit distance / reference characters of this line (an empty truth counts as one character)."""
        return self.edits / max(self.characters, 1)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's scores on one split; per-line results are fetched by ``id``."""

    id: int
    model: str
    split: Split
    lines: int
    characters: int
    cer: float
    accuracy_lcs: float
    wer: float
    exact: int
    lines_per_second: float
    created_at: dt.datetime
