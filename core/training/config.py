"""Settings of a fine-tuning, their presets, and reading them from YAML.

A file may use our own keys and those of the article's ``config.yaml`` side by side. Unknown keys are
refused: a misspelt setting that is silently ignored costs hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from core.document import BASE_MODELS
from core.errors import BadConfig
from core.imaging.augment import AugmentStep
from core.imaging.normalize import Normalization, Step
from core.wording import say

USUAL_STEPS: tuple[AugmentStep, ...] = ("affine", "stroke", "contrast", "blur", "noise", "strips")
"""All but *elastic*, which changed nothing on two books (docs/MEASUREMENTS.md) and costs time."""

LEAST_BUDGET = 320
"""Px of line length that are computed at once at the least."""

LEAST_STEPS = 1 / 3
"""Share of the planned steps; the schedule is shortened to the time, so half of them do nearly as well."""


class FineTuneConfig(BaseModel):
    """All that decides a fine-tuning, beside the base model and the lines.

    Rates are those at the schedule's peak. A *step* is one update of the weights by ``batch_size`` lines;
    ``epochs`` counts passes over the training lines, and is stretched to ``min_steps`` for small data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    optimizer: Literal["adamw", "adam", "sgd"] = "adamw"
    learning_rate: float = Field(default=3e-4, gt=0, le=1, description="backbone and neck")
    head_learning_rate: float = Field(default=1e-3, gt=0, le=1, description="last layer")
    open_script_rates: float = Field(
        default=0.1,
        gt=0,
        le=1,
        description="factor of both rates for Chinese, Japanese, Korean: few of their characters are shown",
    )
    weight_decay: float = Field(default=0.01, ge=0, le=1)
    scheduler: Literal["one_cycle", "step", "constant"] = "one_cycle"
    warmup: float = Field(default=0.1, ge=0, lt=1, description="share of the training (one_cycle)")
    step_size: int = Field(default=10, ge=1, description="epochs between two falls of the rate (step)")
    gamma: float = Field(default=0.5, gt=0, le=1, description="factor of each fall (step)")
    epochs: int = Field(default=12, ge=1, le=10_000)
    min_steps: int = Field(default=300, ge=1)
    batch_size: int = Field(default=8, ge=1, le=512)
    pixel_budget: int = Field(
        default=3840,
        ge=LEAST_BUDGET,
        description="px of line length at once, half as many for a large charset; memory hangs on it",
    )
    clip: float = Field(default=5.0, gt=0, description="largest norm of the gradient")
    ema_decay: float = Field(default=0.98, ge=0, lt=1, description="averaging of the weights; 0 is off")
    freeze_batch_norm: bool = True
    normalization: tuple[Step, ...] | None = Field(
        default=None,
        description="steps from crop to network (grey, contrast_stretch, size); None: the base's",
    )
    augment: tuple[AugmentStep, ...] = USUAL_STEPS
    augment_strength: float = Field(default=1.0, ge=0, le=3)
    replay: float = Field(
        default=0.1, ge=0, le=0.5, description="share of ordinary print in what is learned, to begin with"
    )
    charset: Literal["project", "union", "keep"] = "project"
    new_row_range: float = Field(
        default=0.1, gt=0, le=1, description="new characters' weights start within +-this"
    )
    folds: Literal[0, 3, 5] = Field(
        default=0, description="train so many networks, each without a part of the lines, and let them vote"
    )
    validations: int = Field(default=12, ge=1, le=1000, description="how often the validation lines are read")
    patience: int = Field(
        default=6, ge=0, description="stop after so many validations without a gain; 0 is never"
    )
    max_minutes: float | None = Field(default=None, gt=0)
    max_lines: int | None = Field(default=None, ge=1)
    threads: int | None = Field(
        default=None, ge=1, le=256, description="cores; None is what the caller gives"
    )
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    seed: int = Field(default=1, ge=0, lt=2**32)

    @field_validator("normalization")
    @classmethod
    def _size_is_needed(cls, steps: tuple[Step, ...] | None) -> tuple[Step, ...] | None:
        """The network's height is no choice, nor is the order of the steps."""
        return None if steps is None else Normalization.of(steps).steps

    def planned_steps(self, lines: int) -> int:
        """Steps for so many training lines, before any limit of time."""
        per_epoch = self.steps_per_epoch(lines)
        return max(self.epochs * per_epoch, self.min_steps)

    def broken_off(self, lines: int, steps: int) -> bool:
        """Whether it ended so early that the result says nothing of what the lines can teach.

        Be it that the time ran out or that somebody stopped it and kept its best; not that nothing was gained
        any more, as ``patience`` has it.

        Args:
            lines: Training lines.
            steps: Steps taken, by all folds together.
        """
        patient = self.patience / self.validations if self.patience else 1.0
        return steps < min(LEAST_STEPS, patient) * self.planned_steps(lines) * max(self.folds, 1)

    def steps_per_epoch(self, lines: int) -> int:
        """Steps of one pass over the training lines."""
        return -(-max(lines, 1) // self.batch_size)


PRESETS: Mapping[str, FineTuneConfig] = {
    "default": FineTuneConfig(),
    "article": FineTuneConfig(
        optimizer="adam",
        learning_rate=1e-4,
        head_learning_rate=1e-4,
        open_script_rates=1.0,
        weight_decay=0.0,
        scheduler="step",
        step_size=10,
        gamma=0.5,
        epochs=20,
        min_steps=1,
        batch_size=32,
        clip=5.0,
        ema_decay=0.0,
        augment=("contrast", "blur", "noise"),
        replay=0.0,
        validations=20,
    ),
}
"""*default* is what measured best here; *article* is the recipe of the article Linewright grew from."""


def preset(name: str) -> FineTuneConfig:
    """A preset by name.

    Raises:
        BadConfig: If there is none of that name.
    """
    if name not in PRESETS:
        raise BadConfig(
            say("There is no preset “{name}”; there are {names}.", name=name, names=" and ".join(PRESETS))
        )
    return PRESETS[name]


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A YAML file read: the settings, and what else the article's keys say.

    ``notes`` are sentences about keys that have no effect here, for the user to see.
    """

    config: FineTuneConfig
    base: str | None = None
    notes: tuple[str, ...] = ()


def read_config_file(file: Path) -> ConfigFile:
    """Settings and base model from a YAML file; a relative path is relative to the file.

    The file's settings go on top of the preset it names (``preset: article``). Without a name that is
    *article* if the file has any key that only the article's format knows, else *default*.

    Raises:
        BadConfig: If it cannot be read, or a key or value is wrong.
    """
    try:
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadConfig(
            say(
                "{file} cannot be opened ({strerror}). Name another file.", file=file, strerror=error.strerror
            )
        ) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise BadConfig(say("{file} cannot be read as YAML: {reason}.", file=file, reason=reason)) from error
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        raise BadConfig(say("{file} must hold settings as “name: value”, one a line.", file=file.name))
    return _interpret(values, file)


_ARTICLE_ONLY = {
    "model_name",
    "pretrained_model_path",
    "train_data_dir",
    "output_dir",
    "image_height",
    "image_width",
    "num_epochs",
}
_RENAMED = {"num_epochs": "epochs"}
_SCHEDULERS = {"steplr": "step", "onecyclelr": "one_cycle", "onecycle": "one_cycle", "none": "constant"}
_BASES = {"crnn_chinese": "crnn-ppocr-v2"}


def _interpret(values: dict[str, Any], file: Path) -> ConfigFile:
    name = values.get("preset", "article" if _ARTICLE_ONLY & values.keys() else "default")
    ours = {
        _RENAMED.get(key, key): value
        for key, value in values.items()
        if key in _RENAMED or key not in _ARTICLE_ONLY | {"preset"}
    }
    for key, spellings in (("scheduler", _SCHEDULERS), ("optimizer", {})):
        if isinstance(ours.get(key), str):
            lower = ours[key].lower()
            ours[key] = spellings.get(lower, lower)
    if "learning_rate" in ours and "head_learning_rate" not in ours and _ARTICLE_ONLY & values.keys():
        ours["head_learning_rate"] = ours["learning_rate"]  # the article knows a single rate
    base, base_notes = _base(values, file)
    return ConfigFile(
        config=with_settings(preset(str(name)), ours, where=file.name),
        base=base,
        notes=(*base_notes, *_unused_notes(values)),
    )


def with_settings(config: FineTuneConfig, settings: Mapping[str, Any], where: str = "") -> FineTuneConfig:
    """``config`` with some settings changed, all checked.

    Raises:
        BadConfig: If a name is unknown or a value out of range; the sentence begins with ``where``.
    """
    try:
        return FineTuneConfig.model_validate(config.model_dump() | dict(settings))
    except ValidationError as error:
        prefix = f"{where}: " if where else ""
        raise BadConfig(prefix + "; ".join(_complaint(detail) for detail in error.errors()) + ".") from error


def _complaint(detail: Any) -> str:
    name = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"there is no setting “{name}” (there are: {', '.join(sorted(FineTuneConfig.model_fields))})"
    return f"“{name}” cannot be {detail['input']!r}: {detail['msg'].rstrip('.').lower()}"


def _base(values: Mapping[str, Any], file: Path) -> tuple[str | None, list[str]]:
    """The base model that the article's keys mean."""
    path = values.get("pretrained_model_path")
    if path and Path(str(path)).suffix == ".safetensors":
        return str(file.parent / str(path)), []
    notes = []
    if path:
        notes.append(
            f"pretrained_model_path {path} is not used: only .safetensors model files can be a base."
        )
    name = values.get("model_name")
    if name is None:
        return None, notes
    base = _BASES.get(str(name), str(name))
    if base not in BASE_MODELS:
        raise BadConfig(
            say(
                "{file}: there is no base model “{name}”; there are {names}.",
                file=file.name,
                name=name,
                names=" and ".join(BASE_MODELS),
            )
        )
    return base, notes


def _unused_notes(values: Mapping[str, Any]) -> list[str]:
    notes = [
        f"{key} {values[key]} is not used: every base model has its own height, and lines keep their ratio."
        for key in ("image_height", "image_width")
        if key in values
    ]
    notes += [
        f"{key} {values[key]} is not used: {why}"
        for key, why in (
            (
                "train_data_dir",
                "a training learns from the project's corrected lines; import the folder first.",
            ),
            (
                "output_dir",
                "the new version goes into the project; “models PROJECT export” writes it elsewhere.",
            ),
        )
        if key in values
    ]
    return notes
