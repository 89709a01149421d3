"""Regular expressions matched in linear time, so that no pattern can make the window stand still.

Python's own matcher tries alternatives one after the other and needs exponential time for patterns like
``(a+)+``. Here all alternatives are followed at once (Thompson 1968), and the sets of states met on the way
are kept, as in a lazily built automaton. That also tells *where* a text stops fitting. Only whole texts are
matched, and what needs memory (back references, looking around) is refused.
"""

import importlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from core.errors import BadRule
from core.wording import say

LONGEST_PATTERN = 1000
MOST_STATES = 4000
MOST_KEPT = 20_000
"""Steps that are remembered; then it begins anew."""

Accepts = Callable[[str], bool]
States = frozenset[int]

_BEGINNING, _END = "beginning", "end"
_ANCHORS = {
    "AT_BEGINNING": _BEGINNING,
    "AT_BEGINNING_STRING": _BEGINNING,
    "AT_END": _END,
    "AT_END_STRING": _END,
}
_CATEGORIES: dict[str, Accepts] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda char: not char.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda char: not char.isspace(),
    "CATEGORY_WORD": lambda char: char.isalnum() or char == "_",
    "CATEGORY_NOT_WORD": lambda char: not (char.isalnum() or char == "_"),
}


class Automaton:
    """A compiled pattern."""

    def __init__(self, pattern: str) -> None:
        self._steps: list[list[tuple[Accepts, int]]] = []
        self._free: list[list[tuple[int, str]]] = []
        tree = parse_pattern(pattern)
        self._ignore_case = bool(tree.state.flags & re.IGNORECASE)
        self._start = self._state()
        self._goal = self._sequence(tree, self._start)
        self._kept: dict[tuple[States, str], States] = {}
        self._first = self._closure([self._start], _BEGINNING)

    def fault(self, text: str) -> int | None:
        """Where a text stops fitting: a character's index, or its length if more should follow.

        ``None`` if the whole text fits.
        """
        states = self._first
        for place, char in enumerate(text):
            states = self._next(states, char)
            if not states:
                return place
        # At the end of an empty text the beginning is near, too.
        last = self._closure(states, _END, *((_BEGINNING,) if not text else ()))
        return None if self._goal in last else len(text)

    def _next(self, states: States, char: str) -> States:
        known = self._kept.get((states, char))
        if known is None:
            reached = [goal for state in states for accepts, goal in self._steps[state] if accepts(char)]
            known = self._closure(reached)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[states, char] = known
        return known

    def _closure(self, states: Iterable[int], *anchors: str) -> States:
        seen: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += [goal for goal, anchor in self._free[state] if not anchor or anchor in anchors]
        return frozenset(seen)

    def _state(self) -> int:
        if len(self._steps) >= MOST_STATES:
            raise BadRule(say("The pattern is too large: write it with fewer or smaller repetitions."))
        self._steps.append([])
        self._free.append([])
        return len(self._steps) - 1

    def _sequence(self, tree: Any, start: int) -> int:
        for operator, argument in tree:
            start = self._item(str(operator), argument, start)
        return start

    def _item(self, operator: str, argument: Any, start: int) -> int:
        if operator in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, tree = argument
            return self._repeat(least, int(most), tree, start)
        if operator == "SUBPATTERN":
            return self._sequence(argument[3], start)
        end = self._state()
        if operator == "BRANCH":
            for branch in argument[1]:
                self._free[self._sequence(branch, start)].append((end, ""))
        elif operator == "AT" and str(argument) in _ANCHORS:
            self._free[start].append((end, _ANCHORS[str(argument)]))
        else:
            self._steps[start].append((self._acceptor(operator, argument), end))
        return end

    def _repeat(self, least: int, most: int, tree: Any, start: int) -> int:
        for _ in range(least):
            start = self._sequence(tree, start)
        end = self._state()
        self._free[start].append((end, ""))
        if most > MOST_STATES:
            loop = self._state()
            self._free[start].append((loop, ""))
            self._free[self._sequence(tree, loop)] += [(loop, ""), (end, "")]
            return end
        for _ in range(most - least):
            start = self._sequence(tree, start)
            self._free[start].append((end, ""))
        return end

    def _acceptor(self, operator: str, argument: Any) -> Accepts:
        accepts = _acceptor(operator, argument)
        if not self._ignore_case:
            return accepts
        return lambda char: accepts(char) or accepts(char.lower()) or accepts(char.upper())


def _acceptor(operator: str, argument: Any) -> Accepts:
    """Which characters one step of a pattern takes."""
    if operator == "LITERAL":
        return chr(argument).__eq__
    if operator == "NOT_LITERAL":
        return chr(argument).__ne__
    if operator == "ANY":
        return "\n".__ne__
    if operator == "RANGE":
        first, last = chr(argument[0]), chr(argument[1])
        return lambda char: first <= char <= last
    if operator == "CATEGORY" and str(argument) in _CATEGORIES:
        return _CATEGORIES[str(argument)]
    if operator == "IN":
        negated = str(argument[0][0]) == "NEGATE"
        parts = [_acceptor(str(each), value) for each, value in argument[negated:]]
        return lambda char: any(part(char) for part in parts) is not negated
    raise BadRule(
        say(
            "The pattern uses something that rules for lines do not know (back references, "
            "looking ahead or behind, word boundaries). Write it without."
        )
    )


def parse_pattern(pattern: str) -> Any:
    """Python's own parse tree of a pattern.

    Raises:
        BadRule: If the pattern has an error.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise BadRule(
            say(
                "The pattern has {count} characters; {longest_pattern} are the most.",
                count=len(pattern),
                longest_pattern=LONGEST_PATTERN,
            )
        )
    try:
        # No public name leads to the tree; this one is the same in Python 3.11 to 3.13.
        return importlib.import_module("re._parser").parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise BadRule(
            say("The pattern “{pattern}” has an error: {error}.", pattern=pattern, error=error)
        ) from error


@lru_cache(maxsize=64)
def automaton(pattern: str) -> Automaton:
    """The compiled pattern.

    Raises:
        BadRule: If the pattern has an error, is too large, or needs memory.
    """
    return Automaton(pattern)
