"""Keeping Python's own matcher from patterns that could take it forever.

Replacing needs groups and looking around, which ``core.rules.automaton`` does not know; so the patterns that
make a backtracking matcher exponential are refused: a repetition without end within another one, or
alternatives within one that can begin alike.
"""

from typing import Any

from core.errors import BadRule
from core.rules.automaton import parse_pattern
from core.wording import say

ENDLESS = 50
"""A repetition of more than this is as good as endless."""

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")


def refuse_nested_repetition(pattern: str) -> None:
    """Pass over a harmless pattern.

    Raises:
        BadRule: If the pattern has an error or could take forever.
    """
    _walk(parse_pattern(pattern), repeated=False)


def _walk(tree: Any, *, repeated: bool) -> None:
    for operator, argument in tree:
        name = str(operator)
        if name in _REPEATS:
            endless = int(argument[1]) > ENDLESS
            if endless and repeated:
                _refuse()
            _walk(argument[2], repeated=repeated or endless)
        elif name == "BRANCH":
            if repeated and not _begin_differently(argument[1]):
                _refuse()
            for branch in argument[1]:
                _walk(branch, repeated=repeated)
        elif name == "SUBPATTERN":
            _walk(argument[3], repeated=repeated)
        elif name in ("ASSERT", "ASSERT_NOT"):
            _walk(argument[1], repeated=repeated)
        elif name == "ATOMIC_GROUP":
            _walk(argument, repeated=repeated)


def _begin_differently(branches: Any) -> bool:
    firsts = [branch[0] if len(branch) else ("", None) for branch in branches]
    letters = [argument for operator, argument in firsts if str(operator) == "LITERAL"]
    return len(letters) == len(firsts) == len(set(letters))


def _refuse() -> None:
    raise BadRule(
        say(
            "The regular expression repeats something that is itself repeated, which could "
            "take forever. Write it with one repetition."
        )
    )
