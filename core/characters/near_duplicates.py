"""Characters of a project that are probably meant as one: a list for whoever decides what to teach."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.characters.findings import MOSTLY
from core.characters.look_alikes import look_alike, other_habits, other_width, same_width, script_of

EXAMPLES = 3
"""Lines that are named for each."""


class Nearness(StrEnum):
    """Why two characters are near."""

    NORMAL_FORM = "normal form"
    WIDTH = "width"
    LOOK_ALIKE = "look-alike"
    HABIT = "habit"


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """``rare`` is probably meant as ``usual``; ``lines`` are ids of the first lines that have ``rare``.

    It is the rarer one, unless a model knows it alone and the other is not much commoner.
    """

    why: Nearness
    rare: str
    usual: str
    rare_count: int
    usual_count: int
    lines: tuple[int, ...]


def near_duplicates(
    texts: Iterable[tuple[int, str]], known: Collection[str] = frozenset()
) -> tuple[NearDuplicate, ...]:
    """Look through lines ``(id, text)``; the pairs with the most of the rare one come first.

    Args:
        texts: The lines.
        known: What the model can write, if that is known.
    """
    counts: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    for line_id, text in texts:
        counts.update(text)
        for char in set(text):
            first = lines.setdefault(char, [])
            if len(first) < EXAMPLES:
                first.append(line_id)
    pairs = [
        NearDuplicate(why, rare, usual, counts[rare], counts[usual], tuple(lines[rare]))
        for why, rare, usual in _pairs(counts, known)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.rare_count, pair.rare)))


def _pairs(counts: Mapping[str, int], known: Collection[str]) -> Iterator[tuple[Nearness, str, str]]:
    """Each pair once, from the side of the one that gives way."""
    scripts = {script for char in counts if (script := script_of(char))}
    for char in counts:
        composed = unicodedata.normalize("NFC", char)
        if composed != char:
            yield Nearness.NORMAL_FORM, char, composed
        width = other_width(char)
        only_known = char not in known and width in known and not counts.get(width)
        if only_known or _gives_way(char, width, counts, known):
            yield Nearness.WIDTH, char, width
        for other in other_habits(char):
            if _gives_way(char, other, counts, known):
                yield Nearness.HABIT, char, other
        for script in sorted(scripts):
            if _gives_way(char, other := look_alike(char, script), counts, known):
                yield Nearness.LOOK_ALIKE, char, other


def _gives_way(char: str, other: str, counts: Mapping[str, int], known: Collection[str]) -> bool:
    """Whether ``other`` is written too, and to be preferred."""
    own, others = (sum(counts.get(each, 0) for each in same_width(one)) for one in (char, other))
    if not other or not others:
        return False
    if (char in known) != (other in known) and max(own, others) < MOSTLY * min(own, others):
        return other in known
    return (own, not _compatible(char), char) < (others, not _compatible(other), other)


def _compatible(char: str) -> bool:
    """Whether Unicode has a character only for the sake of other encodings, as full and half widths."""
    return unicodedata.decomposition(char).startswith("<")
