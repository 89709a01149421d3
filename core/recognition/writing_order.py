"""Between the order in which a text is read and the order in which its characters stand in a picture.

A network's frames run from left to right, the letters of Arabic and Hebrew from right to left, with numbers
and Latin words among them from left to right. Without turning the text, CTC could not align it at all.

This is the Unicode bidirectional algorithm (UAX 9) for a single line, cut down to what can be taken back, for
what the picture shows must tell the text. The direction of a line is that of most of its letters; in a line
from right to left two numbers side by side run from right to left, a Latin word and a number from left to
right; in a line from left to right numbers always do. Explicit marks of direction are characters like others.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from core.document import ReadCharacter, Recognition

_RIGHT_TO_LEFT = ("R", "AL")
_NUMBER = ("EN", "AN")
_IN_NUMBERS = ("ES", "CS", "ET")
"""Signs, points and percent signs, which belong to the numbers that they touch."""

_PAIRS = "()[]{}<>«»‹›⟨⟩"
_MIRRORED = {
    **dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)),
    **dict(zip(_PAIRS[1::2], _PAIRS[::2], strict=True)),
}


def visual(text: str) -> str:
    """A text (NFC) as its characters stand from left to right; its own inverse."""
    if not runs_right_to_left(text):
        return text
    return "".join(
        _MIRRORED.get(text[place], text[place]) if turned else text[place] for place, turned in _order(text)
    )


def runs_right_to_left(text: str) -> bool:
    """Whether some of a text runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def in_reading_order(read: Recognition) -> Recognition:
    """What was read from left to right, in the order of the text.

    Places stay where they are in the picture. Gaps are left out where the text was turned: they lie between
    neighbours of the picture, which are none of the text.
    """
    if not runs_right_to_left(read.text):
        return read
    order = _order([character.char for character in read.characters])
    characters = ((read.characters[place], turned) for place, turned in order)
    return Recognition(tuple(_mirrored(each) if turned else each for each, turned in characters))


def _mirrored(read: ReadCharacter) -> ReadCharacter:
    alternatives = tuple((_MIRRORED.get(char, char), probability) for char, probability in read.alternatives)
    return replace(read, char=_MIRRORED.get(read.char, read.char), alternatives=alternatives)


def _order(text: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Places of a text's characters in the other order, and whether each is part of what runs to the left."""
    letters = _letters(text)
    kinds = _kinds(text, letters)
    to_left = kinds.count("R") >= kinds.count("L")
    turned = [kind not in ("L", "N") if to_left else kind == "R" for kind in kinds]
    _join(kinds, turned, to_left)
    runs = [list(run) for _, run in groupby(range(len(letters)), key=turned.__getitem__)]
    for run in reversed(runs) if to_left else runs:
        for unit in reversed(run) if turned[run[0]] else run:
            yield from ((place, turned[unit]) for place in letters[unit])


def _letters(text: Sequence[str]) -> list[list[int]]:
    """Places of each character with the marks on it, which stay behind it in either order."""
    letters: list[list[int]] = []
    for place, char in enumerate(text):
        if letters and unicodedata.category(char[0]).startswith("M"):
            letters[-1].append(place)
        else:
            letters.append([place])
    return letters


def _kinds(text: Sequence[str], letters: Sequence[Sequence[int]]) -> list[str]:
    """Each letter as R, L, N (number) or a neutral (-)."""
    types = [unicodedata.bidirectional(text[letter[0]][0]) for letter in letters]
    kinds = ["R" if t in _RIGHT_TO_LEFT else "N" if t in _NUMBER else "L" if t == "L" else "-" for t in types]
    numbers = [False, *(kind == "N" for kind in kinds), False]
    for place, kind in enumerate(types):
        before, after = numbers[place], numbers[place + 2]
        if kind in _IN_NUMBERS and ((before or after) if kind == "ET" else (before and after)):
            kinds[place] = "N"
    return kinds


def _join(kinds: Sequence[str], turned: list[bool], to_left: bool) -> None:
    """Let neutrals go with what is on both sides of them, where that runs against the line.

    In a line to the left that are Latin words and numbers, but not two numbers; else what runs to the left.
    """
    against = [place for place, kind in enumerate(kinds) if (kind in ("L", "N") if to_left else kind == "R")]
    for first, last in pairwise(against):
        between = range(first + 1, last)
        if all(kinds[place] == "-" for place in between) and not kinds[first] == kinds[last] == "N":
            for place in between:
                turned[place] = not to_left
