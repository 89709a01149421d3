"""The three kinds of rules: a pattern for the whole line, a list of words, fields that can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from core.errors import BadRule
from core.rules.automaton import automaton
from core.rules.confusions import half_width, lookalikes
from core.rules.fields import FINDERS, FieldKind
from core.rules.violation import Violation
from core.wording import say

LONGEST_LINE = 1000
"""Longer texts are no field of a form; patterns and lists pass them over."""


@dataclass(frozen=True, slots=True)
class PatternCheck:
    """The whole line must match a regular expression."""

    pattern: str
    kind: str = field(default="pattern", init=False)

    def __post_init__(self) -> None:
        automaton(self.pattern)

    def violations(self, text: str) -> Iterator[Violation]:
        """What is wrong with a text: the character where it stops fitting."""
        fault = automaton(self.pattern).fault(text) if len(text) <= LONGEST_LINE else None
        if fault is None:
            return
        place = min(fault, max(len(text) - 1, 0))
        if fault == len(text):
            sentence = say("More should follow: the line must look like {pattern}.", pattern=self.pattern)
        else:
            sentence = say(
                "“{char}” does not fit: the line must look like {pattern}.",
                char=text[fault],
                pattern=self.pattern,
            )
        better = self._repair(text)
        if better is not None:
            yield Violation(0, len(text), sentence, better)
        else:
            yield Violation(place, min(place + 1, len(text)), sentence)

    def _repair(self, text: str) -> str | None:
        """The only text that fits among those with half-width forms or one character that looks alike."""
        narrow = half_width(text)
        if automaton(self.pattern).fault(narrow) is None:
            return narrow
        found = {
            changed
            for place, char in enumerate(narrow)
            for other in lookalikes(char)
            if automaton(self.pattern).fault(changed := narrow[:place] + other + narrow[place + 1 :]) is None
        }
        return found.pop() if len(found) == 1 else None

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"kind": self.kind, "pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class WordsCheck:
    """The line must be one entry of a list; or, with ``each``, each of its words must."""

    words: tuple[str, ...]
    each: bool = False
    kind: str = field(default="words", init=False)

    def __post_init__(self) -> None:
        if not self.words:
            raise BadRule(say("The word list is empty; write at least one word."))

    def violations(self, text: str) -> Iterator[Violation]:
        """What is wrong with a text: words that are not in the list, with the nearest that is."""
        known = set(self.words)
        for first, word in _words(text) if self.each else [(0, text)]:
            if word not in known and len(word) <= LONGEST_LINE:
                sentence = say("“{word}” is not in the list.", word=word)
                yield Violation(first, first + len(word), sentence, self._nearest(word))

    def _nearest(self, word: str) -> str | None:
        """The one entry within a quarter of the word's length; none if two are as near."""
        bound = max(1, len(word) // 4)
        found = process.extract(word, self.words, scorer=Levenshtein.distance, score_cutoff=bound, limit=2)
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return str(found[0][0])

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"kind": self.kind, "words": list(self.words), "each": self.each}


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """Whatever looks like such a field must be one; with ``required``, the line must hold one."""

    what: FieldKind
    required: bool = False
    kind: str = field(default="field", init=False)

    def violations(self, text: str) -> Iterator[Violation]:
        """What is wrong with a text: fields with a fault, or the lack of one."""
        found = list(FINDERS[self.what](text)) if len(text) <= LONGEST_LINE else []
        for each in found:
            if each.fault:
                yield Violation(each.first, each.last, each.fault, each.repair)
        if self.required and not found:
            yield Violation(0, len(text), say("The line should hold {field}.", field=self.what.article))

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"kind": self.kind, "what": str(self.what), "required": self.required}


Check = PatternCheck | WordsCheck | FieldCheck


def check_from_json(values: dict[str, Any]) -> Check:
    """The inverse of ``to_json``.

    Raises:
        BadRule: If it is no such thing.
    """
    try:
        if values["kind"] == "pattern":
            return PatternCheck(str(values["pattern"]))
        if values["kind"] == "words":
            return WordsCheck(tuple(str(word) for word in values["words"]), bool(values.get("each")))
        if values["kind"] == "field":
            return FieldCheck(FieldKind(values["what"]), bool(values.get("required")))
    except (KeyError, TypeError, ValueError) as error:
        raise BadRule(say("A rule lacks something or holds a wrong value: {error}.", error=error)) from error
    raise BadRule(
        say("There is no kind of rule “{values}”; known are pattern, words and field.", values=values["kind"])
    )


def _words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, word
        at += len(word)
