"""Between the order in which a text is read and the order in which its characters stand in a picture.

A network's frames run from left to right, the letters of Arabic and Hebrew from right to left, with numbers
and Latin words among them from left to right. Without turning the text, CTC could not align it at all.

This is the Unicode bidirectional algorithm (UAX 9) for a single line, cut down to what can be taken back, for
what the picture shows must tell the text. The direction of a line is that of most of its letters; in a line
from right to left numbers side by side run from right to left, but with a Latin word among them from left to
right; in a line from left to right numbers always do. Explicit marks of direction are characters like others.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from core.document import ReadCharacter, Recognition

_RIGHT_TO_LEFT = ("R", "AL")
_DIGITS = ("EN", "AN")
_BESIDE_DIGITS = "ET"
_IN_NUMBERS = (*_DIGITS, "ES", "CS", _BESIDE_DIGITS)
"""Classes of characters in UAX 9; points and signs stand within a number, percent signs also beside it."""

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
        mirrored(text[place]) if turned else text[place] for place, turned in order_in_picture(text)
    )


def runs_right_to_left(text: str) -> bool:
    """Whether some of a text runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def begins_at_the_right(text: str) -> bool:
    """Whether a line some of which runs from right to left does so as a whole."""
    return _is_to_left([unicodedata.bidirectional(text[letter[0]][0]) for letter in _letters(text)])


def mirrored(char: str) -> str:
    """A character as it stands where text runs to the left."""
    return _MIRRORED.get(char, char)


def in_reading_order(read: Recognition) -> Recognition:
    """What was read from left to right, in the order of the text.

    Places stay where they are in the picture. Gaps are left out where the text was turned: they lie between
    neighbours of the picture, which are none of the text.
    """
    if not runs_right_to_left(read.text):
        return read
    order = order_in_picture([character.char for character in read.characters])
    characters = ((read.characters[place], turned) for place, turned in order)
    return Recognition(tuple(_mirrored(each) if turned else each for each, turned in characters))


def _mirrored(read: ReadCharacter) -> ReadCharacter:
    alternatives = tuple((mirrored(char), probability) for char, probability in read.alternatives)
    return replace(read, char=mirrored(read.char), alternatives=alternatives)


def order_in_picture(text: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Places of a text's characters in the other order, and whether each is part of what runs to the left."""
    letters = _letters(text)
    kinds = [unicodedata.bidirectional(text[letter[0]][0]) for letter in letters]
    to_left = _is_to_left(kinds)
    against = set(chain.from_iterable(_to_right(kinds) if to_left else _to_left(kinds)))
    turned = [(place in against) != to_left for place in range(len(letters))]
    runs = [list(run) for _, run in groupby(range(len(letters)), key=turned.__getitem__)]
    for run in reversed(runs) if to_left else runs:
        for unit in reversed(run) if turned[run[0]] else run:
            yield from ((place, turned[unit]) for place in letters[unit])


def _is_to_left(kinds: Sequence[str]) -> bool:
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) >= kinds.count("L")


def _letters(text: Sequence[str]) -> list[list[int]]:
    """Places of each character with the marks on it, which stay behind it in either order."""
    letters: list[list[int]] = []
    for place, char in enumerate(text):
        if letters and unicodedata.category(char[0]).startswith("M"):
            letters[-1].append(place)
        else:
            letters.append([place])
    return letters


def _to_left(kinds: Sequence[str]) -> Iterator[range]:
    """What runs to the left in a line to the right: its letters and what is between them, but no digits."""
    for stretch in _stretches(kinds, range(len(kinds)), lambda kind: kind not in ("L", *_DIGITS)):
        yield _core(kinds, stretch, _RIGHT_TO_LEFT)


def _to_right(kinds: Sequence[str]) -> Iterator[range]:
    """What runs to the right in a line to the left: Latin words and the numbers among them, or each number.

    Percent signs beside words with a number are part of them on either side, for in the other order the
    digits are at the other end.
    """
    for stretch in _stretches(kinds, range(len(kinds)), lambda kind: kind not in _RIGHT_TO_LEFT):
        if "L" in kinds[stretch.start : stretch.stop]:
            words = _core(kinds, stretch, ("L", *_DIGITS))
            yield _with_signs(kinds, stretch, words) if _has_digits(kinds, stretch) else words
        else:
            for number in _stretches(kinds, stretch, lambda kind: kind in _IN_NUMBERS):
                if _has_digits(kinds, number):
                    yield _core(kinds, number, (*_DIGITS, _BESIDE_DIGITS))


def _has_digits(kinds: Sequence[str], stretch: range) -> bool:
    return any(kinds[place] in _DIGITS for place in stretch)


def _with_signs(kinds: Sequence[str], stretch: range, words: range) -> range:
    first, stop = words.start, words.stop
    while first > stretch.start and kinds[first - 1] == _BESIDE_DIGITS:
        first -= 1
    while stop < stretch.stop and kinds[stop] == _BESIDE_DIGITS:
        stop += 1
    return range(first, stop)


def _stretches(kinds: Sequence[str], places: range, belongs: Callable[[str], bool]) -> Iterator[range]:
    """Each unbroken run of the kinds that belong."""
    for inside, run in groupby(places, key=lambda place: belongs(kinds[place])):
        if inside:
            stretch = list(run)
            yield range(stretch[0], stretch[-1] + 1)


def _core(kinds: Sequence[str], stretch: range, ends: Collection[str]) -> range:
    """A stretch from the first to the last of its kinds that can stand at its ends; empty without any."""
    places = [place for place in stretch if kinds[place] in ends]
    return range(places[0], places[-1] + 1) if places else range(0)
