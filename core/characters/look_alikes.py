"""Characters that look like another one: of another script, of another width, of another typist's habit."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from core.characters.tables import read_table

HABITS = ("'’ʼ′´", '"″', "-‐−", "…⋯", "·•‧∙")
"""Marks of which a text usually wants one kind; which one is the project's own choice."""

DIGITS = ("0123456789", "０１２３４５６７８９")


ALPHABETS = frozenset(
    ["LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "GEORGIAN", "COPTIC", "MATHEMATICAL"]
)
"""Scripts that do not mix within a word. Japanese does mix its own: カ beside 力 is no slip."""


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """The alphabet of a letter, as the first word of its Unicode name; empty for what has none."""
    first = unicodedata.name(char, "").partition(" ")[0]
    return first if first in ALPHABETS and unicodedata.category(char).startswith("L") else ""


def other_width(char: str) -> str:
    """The usual form of a full-width or half-width character, or the full-width form of a usual one."""
    kind, _, code = unicodedata.decomposition(char).partition(" ")
    if kind in ("<wide>", "<narrow>"):
        return chr(int(code, 16))
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else ""


def look_alike(char: str, script: str) -> str:
    """The letter of another script that looks like this one; empty if there is none."""
    own = script_of(char)
    if "" in (own, script) or own == script:
        return ""
    likely = _families().get(char, {}).get(script, [])
    kind = unicodedata.category(char)
    return next((each for each in likely if unicodedata.category(each) == kind), "".join(likely[:1]))


def foreign_letters(text: str) -> Iterator[tuple[int, str]]:
    """Places of letters of another script than their word's, each with the letter that it looks like.

    A letter that stands alone belongs to the line's script.
    """
    line = _main_script(text)
    for word in re.finditer(r"[^\W\d_]+", text):
        script = _main_script(word[0]) if len(word[0]) > 1 else line
        for at, char in enumerate(word[0], start=word.start()):
            if likely := look_alike(char, script):
                yield at, likely


def _main_script(text: str) -> str:
    scripts = Counter(script for char in text if (script := script_of(char)))
    return scripts.most_common(1)[0][0] if scripts else ""


def other_habits(char: str) -> str:
    """Marks that serve for the same."""
    return next((group.replace(char, "") for group in HABITS if char in group), "")


def same_width(char: str) -> str:
    """What is counted together when asking for the usual width: all digits, or just this character."""
    return next((digits for digits in DIGITS if char in digits), char)


@cache
def _families() -> Mapping[str, Mapping[str, list[str]]]:
    """Of each letter the look-alikes by script (Unicode Technical Standard 39, single letters)."""
    families: dict[str, dict[str, list[str]]] = {}
    for char, stands_for in read_table("look_alikes"):
        family = families.setdefault(stands_for, {script_of(stands_for): [stands_for]})
        family.setdefault(script_of(char), []).append(char)
        families[char] = family
    return families
