"""Errors by class of character: a model may gain on letters what it loses on figures."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.evaluation.alignment import Span, SpanKind, align
from core.versions import LineScore
from core.wording import mark

RARE = 10
"""A character with fewer examples to learn from is rare."""


class CharacterClass(StrEnum):
    """What a character is; ``RARE`` cuts across the others and counts for itself."""

    LETTERS = mark("letters")
    DIGITS = mark("digits")
    PUNCTUATION = mark("punctuation")
    SPACES = mark("spaces")
    CJK = mark("CJK")
    MARKS = mark("combining marks")
    OTHER = mark("other")
    RARE = mark("rare characters")


@dataclass(frozen=True, slots=True)
class ClassErrors:
    """``characters`` of a class in the truth; ``edits`` by model: those lost, replaced or put in."""

    kind: CharacterClass
    characters: int
    edits: tuple[int, ...]

    def rate(self, model: int) -> float:
        """Edits per character of the class, by place of the model; ``nan`` if the truth has none."""
        return self.edits[model] / self.characters if self.characters else math.nan

    def told(self, model: int) -> str:
        """The edits and, where there is one, their rate: “4 (0.9 %)”."""
        rate = self.rate(model)
        return f"{self.edits[model]} (–)" if math.isnan(rate) else f"{self.edits[model]} ({rate * 100:.1f} %)"


def class_of(char: str) -> CharacterClass:
    """The class of a character, by its Unicode category; never ``RARE``."""
    name = unicodedata.name(char, "")
    if name.startswith("CJK"):
        return CharacterClass.CJK
    return _BY_CATEGORY.get(unicodedata.category(char)[0], CharacterClass.OTHER)


def class_errors(
    scores: Sequence[Iterable[LineScore]], examples: Mapping[str, int] | None = None
) -> list[ClassErrors]:
    """Errors by class, for models that read the same lines.

    Args:
        scores: Per model the scores of the lines, in the same order.
        examples: How often each character stands in what was learned from; without it none is rare.
    """
    edits = [_edits(lines, examples) for lines in scores]
    characters = Counter(
        kind for line in scores[0] for char in line.truth for kind in _classes(char, examples)
    )
    return [
        ClassErrors(kind, characters[kind], tuple(counts[kind] for counts in edits))
        for kind in CharacterClass
        if characters[kind] or any(counts[kind] for counts in edits)
    ]


def _edits(lines: Iterable[LineScore], examples: Mapping[str, int] | None) -> Counter[CharacterClass]:
    return Counter(
        kind
        for line in lines
        for span in align(line.truth, line.text)
        for char in _blamed(span)
        for kind in _classes(char, examples)
    )


def _blamed(span: Span) -> str:
    """The true characters that went wrong; of an addition, what was added."""
    if span.kind is SpanKind.EQUAL:
        return ""
    return span.reference + span.read[len(span.reference) :]


def _classes(char: str, examples: Mapping[str, int] | None) -> list[CharacterClass]:
    own = class_of(char)
    rare = examples is not None and not char.isspace() and examples.get(char, 0) < RARE
    return [own, CharacterClass.RARE] if rare else [own]


_BY_CATEGORY = {
    "L": CharacterClass.LETTERS,
    "N": CharacterClass.DIGITS,
    "P": CharacterClass.PUNCTUATION,
    "Z": CharacterClass.SPACES,
    "M": CharacterClass.MARKS,
}
