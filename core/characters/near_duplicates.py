"""Characters of a project that are probably meant as one: a list for whoever decides what to teach."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.characters.look_alikes import look_alike, other_habits, other_width, script_of

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
    """``rare`` is probably meant as ``usual``; ``lines`` are ids of the first lines that have ``rare``."""

    why: Nearness
    rare: str
    usual: str
    rare_count: int
    usual_count: int
    lines: tuple[int, ...]


def near_duplicates(texts: Iterable[tuple[int, str]]) -> tuple[NearDuplicate, ...]:
    """Look through lines ``(id, text)``; the pairs with the most of the rare one come first."""
    counts: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    for line_id, text in texts:
        counts.update(text)
        for char in set(text):
            known = lines.setdefault(char, [])
            if len(known) < EXAMPLES:
                known.append(line_id)
    pairs = [
        NearDuplicate(why, rare, usual, counts[rare], counts[usual], tuple(lines[rare]))
        for why, rare, usual in _pairs(counts)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.rare_count, pair.rare)))


def _pairs(counts: Mapping[str, int]) -> Iterator[tuple[Nearness, str, str]]:
    """Each pair once, from the side of the rarer one."""
    scripts = {script for char in counts if (script := script_of(char))}
    for char in counts:
        composed = unicodedata.normalize("NFC", char)
        if composed != char:
            yield Nearness.NORMAL_FORM, char, composed
        if _rarer(char, width := other_width(char), counts):
            yield Nearness.WIDTH, char, width
        for other in other_habits(char):
            if _rarer(char, other, counts):
                yield Nearness.HABIT, char, other
        for script in sorted(scripts):
            if _rarer(char, other := look_alike(char, script), counts):
                yield Nearness.LOOK_ALIKE, char, other


def _rarer(char: str, other: str, counts: Mapping[str, int]) -> bool:
    return bool(other) and counts.get(other, 0) > 0 and (counts[char], char) < (counts[other], other)
