"""Which characters of a text are doubtful, where they lie in the crop, and what else they may be."""

import unicodedata
from dataclasses import dataclass

from core.document import Draft, ReadCharacter
from core.evaluation.alignment import align

MAX_ALTERNATIVES = 9

_WIDE = ("W", "F")
"""East Asian widths of ideographs and of what is set among them."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful place in a text that a human has in hand.

    ``first`` and ``last`` bound the characters in the text (``last`` exclusive; equal to ``first`` where
    a character may be missing); ``start`` and ``end`` are fractions (0-1) of the crop.
    """

    first: int
    last: int
    start: float
    end: float
    alternatives: tuple[str, ...] = ()


def doubts_of(text: str, draft: Draft | None) -> tuple[Doubt, ...]:
    """The doubtful places of a draft that still stand in ``text``, in order.

    Whatever a human changed is not doubtful any more.
    """
    if draft is None:
        return ()
    units = _units(draft)
    where = _places_in(text, "".join(unit for unit, _ in units))
    found: list[Doubt] = []
    at = 0
    for unit, read in units:
        places = [where.get(at + offset) for offset in range(len(unit))]
        at += len(unit)
        if read.doubtful and unit and None not in places:
            first = places[0] or 0
            found.append(Doubt(first, first + len(unit), read.start, read.end, _alternatives(read)))
    return tuple(sorted([*found, *_gaps(draft, units, where)], key=lambda doubt: (doubt.first, doubt.start)))


def with_alternative(text: str, doubt: Doubt, number: int) -> str:
    """The text with alternative ``number`` (0-based) in the doubtful place."""
    return text[: doubt.first] + doubt.alternatives[number] + text[doubt.last :]


def word_around(text: str, doubt: Doubt, number: int) -> str:
    """The word that alternative ``number`` would make, for the eye to judge.

    Where words are not set apart (ideographs), one neighbour on either side is enough.
    """
    changed = with_alternative(text, doubt, number)
    end_of_change = doubt.first + len(doubt.alternatives[number])
    nearest = closely_around(text, doubt, number)
    if any(unicodedata.east_asian_width(char) in _WIDE for char in nearest):
        return nearest
    start = changed.rfind(" ", 0, doubt.first) + 1
    end = changed.find(" ", end_of_change)
    word = changed[start : end if end >= 0 else len(changed)]
    if len(word) <= 14:
        return word
    return changed[max(start, doubt.first - 6) : end_of_change + 6]


def closely_around(text: str, doubt: Doubt, number: int) -> str:
    """Alternative ``number`` with one neighbour on either side, where there is room for no more."""
    changed = with_alternative(text, doubt, number)
    end_of_change = doubt.first + len(doubt.alternatives[number])
    return changed[max(doubt.first - 1, 0) : end_of_change + 1]


def doubt_at(doubts: tuple[Doubt, ...], position: int) -> Doubt | None:
    """The doubt under or next to a cursor position, else the first one after it, else the first."""
    touching = [d for d in doubts if d.first <= position <= d.last]
    if touching:
        return touching[-1]
    later = [d for d in doubts if d.first >= position]
    return next(iter(later or doubts), None)


def _units(draft: Draft) -> list[tuple[str, ReadCharacter]]:
    """Read characters with their NFC text; combining marks belong to the character before."""
    units: list[tuple[str, ReadCharacter]] = []
    for read in draft.recognition.characters:
        if units and read.char and unicodedata.combining(read.char[0]):
            before, base = units[-1]
            units[-1] = (
                unicodedata.normalize("NFC", before + read.char),
                min(base, read, key=lambda c: c.confidence),
            )
        else:
            units.append((unicodedata.normalize("NFC", read.char), read))
    return units


def _places_in(text: str, drafted: str) -> dict[int, int]:
    """For each character of the drafted text that stands unchanged: its index in ``text``."""
    places: dict[int, int] = {}
    at_draft = at_text = 0
    for span in align(drafted, text):
        if span.kind == "equal":
            places.update((at_draft + i, at_text + i) for i in range(len(span.reference)))
        at_draft += len(span.reference)
        at_text += len(span.read)
    return places


def _alternatives(read: ReadCharacter) -> tuple[str, ...]:
    return tuple(char for char, _ in read.alternatives if char != read.char)[:MAX_ALTERNATIVES]


def _gaps(draft: Draft, units: list[tuple[str, ReadCharacter]], where: dict[int, int]) -> list[Doubt]:
    found = []
    for gap in draft.recognition.gaps:
        at = sum(len(unit) for unit, read in units if (read.start + read.end) / 2 <= gap)
        before, after = where.get(at - 1, -1 if at == 0 else None), where.get(at)
        if before is not None and (after is None or after == before + 1):
            found.append(Doubt(before + 1, before + 1, gap, gap))
    return found
