"""Letters by which the entries of a menu are reached, none of them twice."""

import re
from collections.abc import Sequence
from string import ascii_uppercase

from core.wording import Sentence

LETTER = re.compile(r"[A-Za-z]")
NO_LETTERS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
"""Scripts whose characters no keyboard has: a Latin letter in brackets follows the text."""


def with_mnemonics(texts: Sequence[str], taken: str = "") -> list[str]:
    """The texts as a menu takes them, each with a letter of its own after an ampersand.

    Args:
        texts: What the entries say.
        taken: Letters that are not to be had.
    """
    used = set(taken.upper())
    made = []
    for text in texts:
        plain = text.replace("&", "&&")
        if NO_LETTERS.search(text):
            made.append(_appended(plain, _english(text), used))
        else:
            made.append(_marked(plain, used))
    return made


def _marked(text: str, used: set[str]) -> str:
    """``&Find lines``: the first letter of a word, else any that is free."""
    initials = [match.start() for match in re.finditer(r"\b[A-Za-z]", text)]
    others = [match.start() for match in LETTER.finditer(text)]
    for place in (*initials, *others):
        if (letter := text[place].upper()) not in used:
            used.add(letter)
            return f"{text[:place]}&{text[place:]}"
    return _appended(text, "", used)


def _appended(text: str, english: str, used: set[str]) -> str:
    """``查找行(&F)``, with the letter that the English text would have if that is free."""
    letters = "".join(re.findall(r"\b[A-Za-z]", english) + LETTER.findall(english)).upper() + ascii_uppercase
    letter = next((each for each in letters if each not in used), None)
    if letter is None:
        return text
    used.add(letter)
    words, dots = re.fullmatch(r"(.*?)(\s*…?)", text).groups()  # type: ignore[union-attr]
    gap = "" if NO_LETTERS.search(text) else " "
    return f"{words}{gap}(&{letter}){dots}"


def _english(text: str) -> str:
    return re.sub(r"\{.*?\}", "", text.template) if isinstance(text, Sentence) else ""
