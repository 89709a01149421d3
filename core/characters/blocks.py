"""The blocks of Unicode, by which large charsets are parted."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from core.characters.tables import read_table


def block_of(char: str) -> str:
    """Name of the block that a character is in; empty if it is in none."""
    firsts, blocks = _blocks()
    place = bisect_right(firsts, ord(char)) - 1
    if place < 0 or ord(char) > blocks[place][0]:
        return ""
    return blocks[place][1]


def by_block(chars: Iterable[str]) -> dict[str, list[str]]:
    """Characters by block, both in the order of their code points."""
    parted: dict[str, list[str]] = {}
    for char in sorted(chars):
        parted.setdefault(block_of(char), []).append(char)
    return parted


@cache
def _blocks() -> tuple[list[int], list[tuple[int, str]]]:
    rows = [(int(first), int(last), name) for first, last, name in read_table("blocks")]
    return [first for first, _, _ in rows], [(last, name) for _, last, name in rows]
