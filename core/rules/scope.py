"""Which lines a rule is for: by tag, by page number, by region of the page."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from core.errors import BadRule
from core.wording import say

Region = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions (0-1) of the page's width and height."""


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Where a line stands: its page's number, its tag, the middle of its box as fractions of the page."""

    page: int
    tag: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scope:
    """What is empty or ``None`` does not restrict; page ranges include both their ends."""

    tag: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    region: Region | None = None

    def holds(self, place: LinePlace) -> bool:
        """Whether a line at that place is meant."""
        if self.tag and self.tag != place.tag:
            return False
        if self.pages and not any(first <= place.page <= last for first, last in self.pages):
            return False
        if self.region is None:
            return True
        left, top, right, bottom = self.region
        return left <= place.x <= right and top <= place.y <= bottom

    @property
    def page_words(self) -> str:
        """The page ranges as ``parse_pages`` reads them."""
        return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in self.pages)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "tag": self.tag,
            "pages": [list(pages) for pages in self.pages],
            "region": list(self.region) if self.region else None,
        }

    @staticmethod
    def from_json(values: dict[str, Any]) -> "Scope":
        """The inverse of ``to_json``.

        Raises:
            BadRule: If a value makes no sense.
        """
        try:
            pages = tuple((int(first), int(last)) for first, last in values.get("pages") or ())
            region = values.get("region")
            corners = tuple(float(value) for value in region) if region else None
        except (TypeError, ValueError) as error:
            raise BadRule(
                say("A rule's pages are pairs of numbers and its region four fractions.")
            ) from error
        return Scope(str(values.get("tag") or ""), _checked_pages(pages), _checked_region(corners))


def parse_pages(words: str) -> tuple[tuple[int, int], ...]:
    """Page ranges as people write them: ``1, 3-5``.

    Raises:
        BadRule: If it is something else.
    """
    found = []
    for part in re.split(r"[,;，、\s]+", words.strip()):
        if not part:
            continue
        match = re.fullmatch(r"(\d{1,9})(?:[-–](\d{1,9}))?", part)
        if match is None:
            raise BadRule(say("“{part}” is no page number or range; write for example 1, 3-5.", part=part))
        found.append((int(match[1]), int(match[2] or match[1])))
    return _checked_pages(tuple(found))


def parse_region(words: str) -> Region | None:
    """A region as people write it: four fractions ``left top right bottom``; empty for the whole page.

    Raises:
        BadRule: If it is something else.
    """
    parts = re.split(r"[,;\s]+", words.strip())
    if parts == [""]:
        return None
    try:
        return _checked_region(tuple(float(part) for part in parts))
    except ValueError as error:
        raise BadRule(
            say("A region is four fractions of the page: left, top, right, bottom; for example 0 0 1 0.2.")
        ) from error


def _checked_pages(pages: Collection[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    for first, last in pages:
        if not 1 <= first <= last:
            raise BadRule(
                say(
                    "Pages {first}-{last} are no range: the first must come before the last.",
                    first=first,
                    last=last,
                )
            )
    return tuple(pages)


def _checked_region(corners: tuple[float, ...] | None) -> Region | None:
    if corners is None:
        return None
    if len(corners) != 4:
        raise BadRule(say("A region is four fractions of the page: left, top, right, bottom."))
    left, top, right, bottom = corners
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise BadRule(
            say("A region's fractions lie between 0 and 1, left before right and top before bottom.")
        )
    return left, top, right, bottom
