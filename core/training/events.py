"""What a training tells while it runs: a closed union of frozen events, each a line of JSON.

The last event of a training is ``Succeeded``, ``Stopped`` or ``Failed``, and there is exactly one of them.
"""

import dataclasses
import types
import typing
from dataclasses import dataclass
from typing import Any

from core.document import Split
from core.wording import packed


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that is not trained with, and the reason as a clause."""

    line_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SampleReading:
    """A validation line as the model reads it now."""

    line_id: int
    truth: str
    text: str


@dataclass(frozen=True, slots=True)
class Started:
    """Data are read, steps are planned. ``resumed_at`` is the step a resumed training goes on from."""

    train_lines: int
    val_lines: int
    test_lines: int
    steps: int
    steps_per_epoch: int
    charset_size: int
    new_characters: tuple[str, ...]
    rejected: tuple[RejectedLine, ...]
    precision: str
    threads: int
    resumed_at: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """``loss``: mean CTC loss per character; ``seconds`` of training; ``total``: steps as planned now."""

    step: int
    total: int
    epoch: float
    loss: float
    learning_rate: float
    seconds: float

    @property
    def seconds_left(self) -> float | None:
        """Of the training steps, by their mean pace; ``None``: nobody can know yet."""
        return self.seconds / self.step * max(self.total - self.step, 0) if self.step else None


@dataclass(frozen=True, slots=True)
class Validated:
    """The validation lines were read with the averaged weights; ``val_cer`` is a fraction."""

    step: int
    seconds: float
    val_loss: float
    val_cer: float
    is_best: bool
    samples: tuple[SampleReading, ...]


@dataclass(frozen=True, slots=True)
class CheckpointSaved:
    """``file`` of the run folder was written whole, and says how far the training was."""

    file: str
    step: int


@dataclass(frozen=True, slots=True)
class Log:
    """A sentence for the user."""

    text: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """All lines of a split were read; per-line results are in ``file`` of the run folder."""

    split: Split
    after: bool
    lines: int
    characters: int
    cer: float
    lines_per_second: float
    file: str


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The new model is in ``file`` of the run folder. CERs are fractions; ``None``: no lines.

    ``legacy_cer_*``: on the frozen set of ordinary print, ``legacy_lines`` marks which lines of it.
    ``recall``: characters that are found less often than before, in that set and the test lines: (character,
    count, share found before, after).
    ``learned_share``: how far the weights went from the start to what was learned (``blending``).
    ``reliability`` are the bins (count, mean confidence, share that was right) of the characters read in the
    test lines or, without those, the validation lines; ``calibration_error`` is their expected error (0-1).
    """

    file: str
    sha256: str
    best_step: int
    steps: int
    train_lines: int
    charset_size: int
    learned_share: float
    temperature: float
    train_seconds: float
    cpu_seconds: float
    peak_rss_mib: float
    val_cer_before: float | None
    val_cer_after: float | None
    test_cer_before: float | None
    test_cer_after: float | None
    legacy_cer_before: float | None
    legacy_cer_after: float | None
    legacy_lines: str
    recall: tuple[tuple[str, int, float, float], ...]
    calibration_error: float
    reliability: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """Stopped on request; the training can be resumed, and its best model so far can be kept."""

    step: int
    resumable: bool
    best_val_cer: float | None


@dataclass(frozen=True, slots=True)
class Failed:
    """``message`` is the whole sentence for the user."""

    message: str


TrainingEvent = Started | Step | Validated | CheckpointSaved | Log | Evaluated | Succeeded | Stopped | Failed

_NAMES: dict[type[Any], str] = {
    Started: "started",
    Step: "step",
    Validated: "validated",
    CheckpointSaved: "checkpoint-saved",
    Log: "log",
    Evaluated: "evaluated",
    Succeeded: "succeeded",
    Stopped: "stopped",
    Failed: "failed",
}
_TYPES = {name: kind for kind, name in _NAMES.items()}


def to_json(event: TrainingEvent) -> dict[str, Any]:
    """The event as JSON values; ``event`` names its kind."""
    values: dict[str, Any] = packed(dataclasses.asdict(event))
    return {"event": _NAMES[type(event)], **values}


def from_json(values: dict[str, Any]) -> TrainingEvent:
    """The inverse of ``to_json``.

    Raises:
        ValueError: If the values are no training event.
    """
    fields = dict(values)
    kind = _TYPES.get(fields.pop("event", ""))
    if kind is None:
        raise ValueError(f"no training event: {values!r:.200}")
    event: TrainingEvent = _build(kind, fields)
    return event


def _build(kind: type[Any], fields: dict[str, Any]) -> Any:
    """A dataclass from JSON values: lists become tuples, objects the dataclass that their field names."""
    hints = typing.get_type_hints(kind)
    if fields.keys() - hints.keys():
        raise ValueError(f"{kind.__name__} has no {sorted(fields.keys() - hints.keys())}")
    return kind(**{name: _value(hints[name], value) for name, value in fields.items()})


def _value(hint: Any, value: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return tuple(_value(item, entry) for entry in value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value)
    if hint is Split:
        return Split(value)
    if isinstance(hint, types.UnionType) or hint in (int, float, str, bool):
        return value
    raise TypeError(f"no rule to read {hint}")
