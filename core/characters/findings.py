"""What is odd about the characters of one line, in sentences for its annotator."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.characters.census import Census
from core.characters.look_alikes import foreign_letters, other_habits, other_width, same_width, script_of
from core.characters.naming import titled
from core.wording import say, say_count

MOSTLY = 10
"""So many times as often, and at least so often, is what a project mostly writes."""


class FindingKind(StrEnum):
    """What is odd."""

    UNKNOWN = "unknown"
    NOT_NORMAL = "not normal"
    LOOK_ALIKE = "look-alike"
    WIDTH = "width"
    HABIT = "habit"


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters ``first`` to ``last`` (excluded) of a text, with one sentence about them."""

    kind: FindingKind
    first: int
    last: int
    sentence: str


def findings_in(text: str, census: Census) -> tuple[Finding, ...]:
    """All that is odd in a text, in its order; each character is told of once a text and kind."""
    found = [*_not_normal(text), *_foreign(text), *_unusual(text, census.shown), *_unknown(text, census)]
    return tuple(sorted(found, key=lambda each: (each.first, each.last)))


def _unknown(text: str, census: Census) -> Iterator[Finding]:
    """Characters that the model cannot write."""
    model = census.model
    if model is None:
        return
    for _, char in _firsts(unicodedata.normalize("NFC", text)):
        # Places are told in the text as it is typed.
        place = text.find(char)
        if not char.isspace() and char not in model.known and place >= 0:
            sentence = _unknown_sentence(char, census.confirmed.get(char, 0), learns=model.learns)
            yield Finding(FindingKind.UNKNOWN, place, place + 1, sentence)


def _unknown_sentence(char: str, examples: int, *, learns: bool) -> str:
    if not learns:
        return say(
            "The model does not know {char}, and fine-tuning kept the base's characters; let it take the "
            "project's (Fine-tune, Details).",
            char=titled(char),
        )
    if not examples:
        return say(
            "The model does not know {char}; it learns it from confirmed lines that have it.",
            char=titled(char),
        )
    return say_count(
        examples,
        "The model does not know {char}; it will learn it from {count} example.",
        "The model does not know {char}; it will learn it from {count} examples.",
        char=titled(char),
    )


def _not_normal(text: str) -> Iterator[Finding]:
    """What saving writes in another way (NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return
    for first, last in _clusters(text):
        cluster = text[first:last]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            written = " ".join(titled(char) for char in cluster)
            saved = " ".join(titled(char) for char in composed)
            sentence = say("{written} is saved as {saved} (NFC).", written=written, saved=saved)
            yield Finding(FindingKind.NOT_NORMAL, first, last, sentence)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks on it."""
    starts = [at for at, char in enumerate(text) if at == 0 or not unicodedata.combining(char)]
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _foreign(text: str) -> Iterator[Finding]:
    """Letters of another script than their word's that look like one of it."""
    for at, likely in foreign_letters(text):
        sentence = say("{char} only looks like {likely}.", char=_named(text[at]), likely=titled(likely))
        yield Finding(FindingKind.LOOK_ALIKE, at, at + 1, sentence)


def _unusual(text: str, shown: Mapping[str, int]) -> Iterator[Finding]:
    """Widths and marks of which the project mostly writes another one."""
    for at, char in _firsts(text):
        width = other_width(char)
        if width and _mostly(width, char, shown):
            yield Finding(FindingKind.WIDTH, at, at + 1, _unusual_sentence(char, width))
        for other in other_habits(char):
            if _mostly(other, char, shown):
                yield Finding(FindingKind.HABIT, at, at + 1, _unusual_sentence(char, other))
                break


def _unusual_sentence(char: str, other: str) -> str:
    return say("The project mostly writes {other}, not {char}.", other=titled(other), char=titled(char))


def _mostly(other: str, char: str, shown: Mapping[str, int]) -> bool:
    return _count(other, shown) >= MOSTLY * max(_count(char, shown), 1)


def _count(char: str, shown: Mapping[str, int]) -> int:
    return sum(shown.get(each, 0) for each in same_width(char))


def _firsts(text: str) -> Iterator[tuple[int, str]]:
    """Each character where it stands first."""
    seen: set[str] = set()
    for at, char in enumerate(text):
        if char not in seen:
            seen.add(char)
            yield at, char


def _named(char: str) -> str:
    return f"{titled(char)}, {script_of(char).capitalize()},"
