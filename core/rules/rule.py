"""A field rule: a name, the lines it is for, and what it demands of their text."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from core.errors import BadRule
from core.rules.checks import Check, check_from_json
from core.rules.scope import LinePlace, Scope
from core.rules.violation import Violation
from core.wording import say


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What the text of some lines must look like."""

    name: str
    check: Check
    scope: Scope = field(default_factory=Scope)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadRule(say("The rule has no name; give it one."))

    def violations(self, text: str) -> tuple[Violation, ...]:
        """What is wrong with a text, wherever it stands; an empty text breaks no rule."""
        if not text:
            return ()
        return tuple(replace(each, rule=self.name) for each in self.check.violations(text))

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"name": self.name, "scope": self.scope.to_json(), "rule": self.check.to_json()}

    @staticmethod
    def from_json(values: dict[str, Any]) -> "FieldRule":
        """The inverse of ``to_json``.

        Raises:
            BadRule: If a part is missing or wrong.
        """
        if not isinstance(values, dict) or not isinstance(values.get("rule"), dict):
            raise BadRule(say("A rule is an object with a name, a scope and a rule."))
        scope = Scope.from_json(values.get("scope") or {})
        return FieldRule(str(values.get("name") or ""), check_from_json(values["rule"]), scope)


def check_text(rules: Iterable[FieldRule], place: LinePlace, text: str) -> tuple[Violation, ...]:
    """What is wrong with a line's text in the eyes of all rules that are for it, from left to right."""
    found = [each for rule in rules if rule.scope.holds(place) for each in rule.violations(text)]
    return tuple(sorted(found, key=lambda each: (each.first, each.last)))


def repair_text(rules: Iterable[FieldRule], place: LinePlace, text: str) -> tuple[str, tuple[str, ...]]:
    """A text with all repairs its rules know of, and the names of the rules that made some.

    A repair counts only if its own rule is content with it; each rule sees what those before it made.
    """
    names = []
    for rule in rules:
        if not rule.scope.holds(place):
            continue
        before = text
        for each in reversed(rule.violations(text)):
            text = each.repaired(text)
        if text != before and len(rule.violations(text)) < len(rule.violations(before)):
            names.append(rule.name)
        else:
            text = before
    return text, tuple(names)
