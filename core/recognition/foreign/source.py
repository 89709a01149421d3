"""A foreign model file as it was found: its tensors by bare name, and the files beside it."""

import json
import pickle
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor

from core.errors import BadCheckpoint
from core.recognition.foreign.other_files import START, what_it_is
from core.wording import Sentence, say

WRAPPERS = ("state_dict", "model_state_dict", "model", "net")
"""Entries under which training programs keep the weights beside optimiser and counters."""

PREFIXES = ("module.", "recognizer.", "model.", "_orig_mod.")
"""What ``DataParallel``, ModelScope, Lightning and ``torch.compile`` put before every name."""


PASSED_OVER = ("pytorch_lightning.", "lightning.", "laia.")
"""Packages whose classes stand in checkpoints beside the weights; empty dictionaries are read for them."""


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What the user tells about a model; the rest is looked for beside its file.

    Args:
        charset: The characters in the order of the classes, without the blank.
        vocab: File of characters, one a line, or all in one line.
        config: The file in which the source keeps its settings.
        keep_ratio: Lines keep their ratio though the model was trained on images of one width.
    """

    charset: str | None = None
    vocab: Path | None = None
    config: Path | None = None
    keep_ratio: bool = False


@dataclass(frozen=True, slots=True)
class ForeignModel:
    """A file that was read; ``metadata`` is that of a safetensors header."""

    file: Path
    state: Mapping[str, Tensor]
    facts: SideFacts = field(default_factory=SideFacts)
    metadata: Mapping[str, str] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether all these tensors are there."""
        return all(name in self.state for name in names)

    def shape(self, name: str) -> tuple[int, ...]:
        """Shape of a tensor.

        Raises:
            BadCheckpoint: If it is missing.
        """
        if name not in self.state:
            raise self.misfit(say("the layer “{layer}” is missing", layer=name))
        return tuple(self.state[name].shape)

    def beside(self, *names: str) -> Path | None:
        """The first of these files that lies in the model's folder."""
        found = (self.file.with_name(name) for name in names)
        return next((file for file in found if file.is_file()), None)

    def misfit(self, what: Sentence, advice: Sentence | None = None) -> BadCheckpoint:
        """The error that tells the user what does not fit; ``what`` is a clause without a full stop."""
        return BadCheckpoint(
            say(
                "{name} cannot be imported: {what}. {advice}",
                name=self.file.name,
                what=what,
                advice=advice or say("Choose another file."),
            )
        )


def read_foreign(file: Path, facts: SideFacts) -> ForeignModel:
    """Read the tensors of a file; code in it is refused, not run.

    Raises:
        BadCheckpoint: If the file holds no weights, or more than weights.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(START)
    except OSError as error:
        raise BadCheckpoint(
            say(
                "The model file {file} cannot be opened ({strerror}). Choose another file.",
                file=file,
                strerror=error.strerror,
            )
        ) from error
    if file.suffix == ".mlmodel":
        raise ForeignModel(file, {}).misfit(
            say("it is a model of kraken in its older format"),
            say("Convert it with “ketos convert -o NEW.safetensors OLD.mlmodel” and import that."),
        )
    metadata: dict[str, str] = {}
    if start[8:9] == b"{":
        state, metadata = _read_safetensors(file)
    elif other := what_it_is(file, start):
        raise ForeignModel(file, {}).misfit(*other)
    else:
        state = weights_of(load_pickle(file))
    if not state:
        raise ForeignModel(file, {}).misfit(say("it holds no weights"))
    return ForeignModel(file, without_prefixes(state), facts, metadata)


def _read_safetensors(file: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        with safetensors.safe_open(file, framework="pt") as opened:
            metadata = dict(opened.metadata() or {})
        return safetensors.torch.load_file(file), metadata
    except (OSError, safetensors.SafetensorError) as error:
        raise BadCheckpoint(
            say("{file} is damaged ({error}). Get the file again.", file=file.name, error=error)
        ) from error


def load_pickle(file: Path, allowed: Sequence[Any] = ()) -> Any:
    """What ``torch.load`` finds without running code; ``allowed`` are classes that may be named in the file.

    Raises:
        BadCheckpoint: If the file is no torch file, or would run code.
    """
    unreadable = ForeignModel(file, {})
    advice = say(
        "Save the weights alone where the model was made, with torch.save(model.state_dict(), FILE)."
    )
    try:
        passed_over = [(OrderedDict, name) for name in _named_in(file) if name.startswith(PASSED_OVER)]
        with torch.serialization.safe_globals([*allowed, *passed_over]), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's advice to programmers, about the file's age
            return torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        what = say("it is a pickle that runs code when opened, or it is damaged")
        raise unreadable.misfit(what, advice) from error
    except Exception as error:  # what torch stumbles over in a broken file is of any type
        script = "torchscript" in str(error).lower()
        what = (
            say("it is a TorchScript program") if script else say("it is not a torch file, or it is damaged")
        )
        raise unreadable.misfit(what, advice) from error


def _named_in(file: Path) -> list[str]:
    """Names of classes and functions in a torch file that torch would not load; found without loading it."""
    if not zipfile.is_zipfile(file):
        return []  # as torch wrote before 1.6; no training program of those days is passed over
    return torch.serialization.get_unsafe_globals_in_checkpoint(str(file))


def weights_of(content: Any) -> dict[str, Tensor]:
    """The tensors of a loaded file, out of whatever they are wrapped in.

    Where no entry has a name that we know, the only one that holds tensors is taken.
    """
    while isinstance(content, Mapping):
        wrapped = next((content[name] for name in WRAPPERS if isinstance(content.get(name), Mapping)), None)
        if wrapped is None:
            found = _tensors(content)
            inner = [tensors for value in content.values() if (tensors := _tensors(value))]
            return inner[0] if not found and len(inner) == 1 else found
        content = wrapped
    return {}


def _tensors(content: Any) -> dict[str, Tensor]:
    if not isinstance(content, Mapping):
        return {}
    return {str(name): value for name, value in content.items() if isinstance(value, Tensor)}


def without_prefixes(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Bare names: prefixes that all names have in common go, however many there are."""
    bare = dict(state)
    for _ in PREFIXES:
        for prefix in PREFIXES:
            if all(name.startswith(prefix) for name in bare):
                bare = {name.removeprefix(prefix): tensor for name, tensor in bare.items()}
    return bare


def read_json(file: Path) -> Any:
    """A JSON file beside a model.

    Raises:
        BadCheckpoint: If it cannot be read.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadCheckpoint(
            say(
                "{file} cannot be read as JSON ({error}). Take the one that belongs to the model.",
                file=file.name,
                error=error,
            )
        ) from error
