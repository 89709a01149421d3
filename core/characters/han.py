"""Ideographs: readings, radical, meaning, from the Unihan database."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.characters.pinyin import Syllable, syllable
from core.characters.tables import read_table

RADICALS = 214
"""Number of Kangxi radicals."""

_FIRST_RADICAL = 0x2F00
"""Code point of the first Kangxi radical."""


@dataclass(frozen=True, slots=True)
class Ideograph:
    """One ideograph: readings in pinyin, the usual first; radical (1-214) and strokes beside it; meaning."""

    char: str
    readings: tuple[str, ...]
    radical: int
    strokes: int
    meaning: str


@cache
def ideographs() -> Mapping[str, Ideograph]:
    """All ideographs by character; read once, in a tenth of a second."""
    return {row[0]: _ideograph(*row) for row in read_table("han")}


@cache
def readings() -> Mapping[Syllable, tuple[str, ...]]:
    """Ideographs by reading: with its tone, and without it all tones together; usual readings first."""
    found: dict[Syllable, dict[str, int]] = {}
    known = cache(syllable)
    for char, ideograph in ideographs().items():
        for place, reading in enumerate(ideograph.readings):
            if said := known(reading):
                found.setdefault(said, {}).setdefault(char, place)
                found.setdefault(Syllable(said.letters, None), {}).setdefault(char, place)
    return {said: tuple(sorted(chars, key=lambda char: chars[char])) for said, chars in found.items()}


@cache
def of_radical(number: int) -> tuple[str, ...]:
    """Ideographs with a radical (1-214), those with fewer strokes first."""
    found = [each for each in ideographs().values() if each.radical == number]
    return tuple(each.char for each in sorted(found, key=lambda each: (each.strokes, each.char)))


def radical_number(char: str) -> int | None:
    """Which radical a character is, in whichever of its forms (水, 氵, ⽔)."""
    found = ideographs().get(unicodedata.normalize("NFKC", char))
    return found.radical if found and found.strokes == 0 else None


def radical_sign(number: int) -> str:
    """The radical as an ideograph."""
    return unicodedata.normalize("NFKC", chr(_FIRST_RADICAL + number - 1))


def _ideograph(char: str, said: str, place: str, meaning: str) -> Ideograph:
    radical, _, strokes = place.partition(".")
    return Ideograph(char, tuple(said.split()), int(radical or 0), max(int(strokes or 0), 0), meaning)
