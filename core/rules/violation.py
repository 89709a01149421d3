"""What is wrong with a text in the eyes of a rule."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Violation:
    """A place of a text that breaks a rule.

    ``first`` and ``last`` bound the characters (``last`` exclusive); ``repair`` is what should stand there,
    if the rule knows. ``sentence`` is for the annotator.
    """

    first: int
    last: int
    sentence: str
    repair: str | None = None
    rule: str = ""

    def repaired(self, text: str) -> str:
        """The text with the repair in its place; as it is if there is no repair."""
        if self.repair is None:
            return text
        return text[: self.first] + self.repair + text[self.last :]

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "rule": self.rule,
            "first": self.first,
            "last": self.last,
            "sentence": self.sentence,
            "repair": self.repair,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """A thing that was found in a text and looks like a field; ``fault`` is empty if it is in order."""

    first: int
    last: int
    fault: str = ""
    repair: str | None = None
