"""How far two annotators agree who wrote the same lines without seeing each other's text."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two annotators over some lines; ``cer`` and ``kappa`` are ``nan`` without any.

    ``cer``: summed edit distance / summed mean length, so that neither of them is the truth. ``kappa``:
    agreement beyond chance over aligned characters (Cohen 1960), a gap being a character of its own.
    """

    lines: int
    exact: int
    characters: float
    edits: int
    kappa: float

    @property
    def cer(self) -> float:
        """Character error rate between the two, as a fraction."""
        return self.edits / self.characters if self.characters else math.nan


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """From pairs of texts, one of each annotator."""
    edits = sum(Levenshtein.distance(a, b) for a, b in pairs)
    characters = sum(len(a) + len(b) for a, b in pairs) / 2
    return Agreement(len(pairs), sum(a == b for a, b in pairs), characters, edits, _kappa(pairs))


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    columns = [column for a, b in pairs for column in _columns(a, b)]
    if not columns:
        return math.nan
    seen = sum(a == b for a, b in columns) / len(columns)
    first, second = Counter(a for a, _ in columns), Counter(b for _, b in columns)
    chance = sum(first[char] * second[char] for char in first) / len(columns) ** 2
    return 1.0 if chance >= 1.0 else (seen - chance) / (1 - chance)


def _columns(a: str, b: str) -> list[tuple[str, str]]:
    columns: list[tuple[str, str]] = []
    for code in Levenshtein.opcodes(a, b):
        one, two = a[code.src_start : code.src_end], b[code.dest_start : code.dest_end]
        width = max(len(one), len(two))
        columns += [(one[n : n + 1], two[n : n + 1]) for n in range(width)]
    return columns
