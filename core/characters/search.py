"""Looking for characters by themselves, code point, name, pinyin or radical."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from core.characters.han import RADICALS, ideographs, of_radical, radical_number, readings
from core.characters.naming import mufi_names
from core.characters.pinyin import syllable

MOST = 2000
"""Found characters that are worth showing."""

_NAMED = range(0x20000)
"""Planes whose characters have names of their own; ideographs beyond are in the Unihan table."""

_CODE = re.compile(r"(?:u\+|0x|\\u)([0-9a-f]{1,6})|([0-9a-f]{4,6})", re.IGNORECASE)
_RADICAL = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?")
_WORD = re.compile(r"\w+")
"""Hyphens part words, so that ``left right`` finds LEFT-TO-RIGHT MARK."""

_NO_NAME = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HANGUL SYLLABLE", "TANGUT", "NUSHU")


def find_characters(query: str, rank: Mapping[str, int]) -> list[str]:
    """Characters that a query may mean, the likeliest first, at most ``MOST``.

    Args:
        query: ``ſ``, ``U+E8B3``, ``e8b3``, ``long s``, ``zi4``, ``zì``, ``zi``, ``氵``, ``85``, or ``85.3``
            (radical and strokes). Of a name's words the beginnings are enough, but all have to occur.
        rank: Places of the characters that the project or its model knows; those come before others.
    """
    query = query.strip()
    if not query:
        return []

    def near(chars: Iterator[str] | tuple[str, ...]) -> list[str]:
        # Of those that nobody knows yet, the common ideographs before the extensions.
        return sorted(chars, key=lambda char: (rank.get(char, len(rank)), not "一" <= char <= "鿿"))

    found = [*_themselves(query), *_of_code(query)]
    found += near(_of_radical(query))
    found += near(_said(query))
    found += _named(query, rank)
    return list(dict.fromkeys(found))[:MOST]


def _themselves(query: str) -> Iterator[str]:
    """A character that was typed or pasted."""
    composed = unicodedata.normalize("NFC", query)
    if len(composed) == 1:
        yield composed


def _of_code(query: str) -> Iterator[str]:
    match = _CODE.fullmatch(query)
    number = int(match[1] or match[2], 16) if match else 0
    if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF:
        yield chr(number)


def _of_radical(query: str) -> tuple[str, ...]:
    match = _RADICAL.fullmatch(query)
    number = int(match[1]) if match else radical_number(query) if len(query) == 1 else None
    if number is None or not 1 <= number <= RADICALS:
        return ()
    found = of_radical(number)
    if match and match[2]:
        table = ideographs()
        return tuple(char for char in found if table[char].strokes == int(match[2]))
    return found


def _said(query: str) -> tuple[str, ...]:
    said = syllable(query)
    return readings().get(said, ()) if said else ()


def _named(query: str, rank: Mapping[str, int]) -> list[str]:
    """Whole words before beginnings of words, known characters before others, short names before long."""
    words = _WORD.findall(query.lower())
    if not words:
        return []
    wholes = [f" {word} " for word in words]
    named: Iterable[tuple[str, str]] = _names()
    for word in sorted(words, key=len, reverse=True):
        start = f" {word}"
        named = [each for each in named if start in each[0]]
    found = [(sum(whole in name for whole in wholes), name, char) for name, char in named]
    found.sort(key=lambda each: (-each[0], rank.get(each[2], len(rank)), len(each[1]), each[2]))
    return [char for _, _, char in found]


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Of each character the words that it can be found by, a blank before and after each word."""
    return tuple((f" {' '.join(_WORD.findall(words))} ", char) for words, char in _all_words())


def _all_words() -> Iterator[tuple[str, str]]:
    for code in _NAMED:
        name = unicodedata.name(chr(code), "")
        if name and not name.startswith(_NO_NAME):
            yield name.lower(), chr(code)
    yield from ((name, char) for char, name in mufi_names().items())
    yield from ((each.meaning.lower(), char) for char, each in ideographs().items() if each.meaning)
