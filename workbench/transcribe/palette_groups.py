"""Which characters the palette shows before anything was typed, in groups. No Qt."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.characters.blocks import by_block
from core.characters.census import Census
from core.characters.naming import mufi_names
from core.wording import say

FEW = 10
"""A character with fewer confirmed examples than this is rare: the model needs more of it."""

USUAL = "ſãẽĩõũæœçéèêëꝑꝓꝗꝛꝯ⁊⸗¬—–’“”„«»§†‡°½¼ß"
"""Characters of early print and of careful typography."""

MARKS = (range(0x300, 0x370), range(0x1DC0, 0x1E00))
"""Blocks of marks that stand on the letter before them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Characters under a title."""

    title: str
    chars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """A character in the group in which it stands."""

    char: str
    group: str


def groups_of(census: Census) -> list[Group]:
    """What the project has, what the model knows, what there is beside."""
    beyond = [char for char in census.shown if not char.isascii()]
    rare = [char for char in census.confirmed if census.confirmed[char] < FEW and not char.isascii()]
    groups = [
        Group(say("Rare in this project"), _sorted(rare, census.confirmed, fewest_first=True)),
        Group(say("In this project"), _sorted(beyond, census.shown)),
        Group(say("Early print"), tuple(USUAL)),
        *_of_model(census),
        Group(say("Combining marks"), tuple(_marks())),
        Group(say("Medieval (MUFI)"), tuple(mufi_names())),
    ]
    return [group for group in groups if group.chars]


def offered(groups: Sequence[Group]) -> list[Offered]:
    """All characters of some groups, each where it stands first."""
    first: dict[str, str] = {}
    for group in groups:
        for char in group.chars:
            first.setdefault(char, group.title)
    return [Offered(char, title) for char, title in first.items()]


def after_recent(recent: str, others: Sequence[Offered]) -> list[Offered]:
    """What was used last, then the others."""
    last = Group(say("Used last"), tuple(recent))
    return [*offered([last]), *(each for each in others if each.char not in recent)]


def with_recent(recent: str, char: str, most: int = 24) -> str:
    """What was used last, once more with another character."""
    return "".join(dict.fromkeys(char + recent))[:most]


def _sorted(
    chars: Iterable[str], counts: Mapping[str, int], *, fewest_first: bool = False
) -> tuple[str, ...]:
    sign = 1 if fewest_first else -1
    return tuple(sorted(chars, key=lambda char: (sign * counts[char], char)))


def _of_model(census: Census) -> list[Group]:
    if census.model is None:
        return []
    return [Group(block, tuple(chars)) for block, chars in by_block(census.model.order).items()]


def _marks() -> Iterable[str]:
    yield from (chr(code) for block in MARKS for code in block if unicodedata.name(chr(code), ""))
