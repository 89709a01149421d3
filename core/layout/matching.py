"""Which found line is which true line, when both describe the same page."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely import Polygon as Area
from shapely import STRtree, make_valid
from shapely.geometry.base import BaseGeometry

from core.document import Direction, LineShape

_INSIDE = 0.5
"""A found line belongs to the true line that covers more than this share of it."""

_END_TOLERANCE = 1.2
"""Both ends of the two outlines agree within this many line heights: no character more or less."""


@dataclass(frozen=True, slots=True)
class Match:
    """``truth`` is the index of a true line.

    ``found`` is the index of the found line that outlines the same text, or ``None``; then ``pieces`` are
    found lines that cover parts of it only.
    """

    truth: int
    found: int | None
    pieces: tuple[int, ...] = ()


def match_lines(found: Sequence[LineShape], truth: Sequence[LineShape]) -> list[Match]:
    """Match every true line with the found line that holds its whole text and no other's."""
    owners = _owners(found, truth)
    matches = []
    for index, shape in enumerate(truth):
        pieces = tuple(place for place, owner in enumerate(owners) if owner == index)
        whole = pieces[0] if len(pieces) == 1 and _same_ends(found[pieces[0]], shape) else None
        matches.append(Match(index, whole, () if whole is not None else pieces))
    return matches


def _owners(found: Sequence[LineShape], truth: Sequence[LineShape]) -> list[int | None]:
    """For each found line the true line it lies in most, if it lies there mainly."""
    areas = [_area(shape) for shape in truth]
    tree = STRtree(areas)
    owners: list[int | None] = []
    for shape in found:
        area = _area(shape)
        shares = [(float(area.intersection(areas[near]).area), int(near)) for near in tree.query(area)]
        best, owner = max(shares, default=(0.0, -1))
        owners.append(owner if best > _INSIDE * area.area > 0 else None)
    return owners


def _area(shape: LineShape) -> BaseGeometry:
    return make_valid(Area(shape.polygon))


def _same_ends(found: LineShape, truth: LineShape) -> bool:
    left, top, right, bottom = found.box
    true_left, true_top, true_right, true_bottom = truth.box
    if truth.direction is Direction.TTB:
        tolerance = _END_TOLERANCE * (true_right - true_left)
        return abs(top - true_top) <= tolerance and abs(bottom - true_bottom) <= tolerance
    tolerance = _END_TOLERANCE * (true_bottom - true_top)
    return abs(left - true_left) <= tolerance and abs(right - true_right) <= tolerance
