"""How often the characters of a project occur, and what its model makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True)
class ModelCharacters:
    """What a model can write; ``learns`` tells whether fine-tuning takes new characters up."""

    name: str
    order: tuple[str, ...]
    known: frozenset[str]
    learns: bool = True


@dataclass(frozen=True, slots=True)
class Census:
    """``confirmed`` counts in the texts that a model may learn from, ``shown`` in all that is shown.

    ``model`` is ``None`` if its file is not there yet.
    """

    confirmed: Mapping[str, int] = field(default_factory=dict)
    shown: Mapping[str, int] = field(default_factory=dict)
    model: ModelCharacters | None = None


def count_characters(text: str) -> dict[str, int]:
    """How often each character occurs, blanks left out; millions of them in some milliseconds."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    counts = np.bincount(codes)
    found = ((chr(code), int(counts[code])) for code in np.flatnonzero(counts))
    return {char: count for char, count in found if not char.isspace()}
