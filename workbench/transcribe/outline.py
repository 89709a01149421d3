"""Changing the outline and the baseline of a line point by point. No Qt; px of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from shapely import LineString
from shapely import Point as Spot

from core.document import LineShape, Point, Polygon

Part = Literal["polygon", "baseline"]


@dataclass(frozen=True, slots=True)
class Grip:
    """A point of an outline or a baseline; ``edge``: the whole edge that begins there."""

    part: Part
    number: int
    edge: bool = False


def points_of(shape: LineShape, part: Part) -> Polygon:
    """Corners of the outline, or points of the baseline if there is one."""
    return shape.polygon if part == "polygon" else shape.baseline or ()


def grips_of(shape: LineShape) -> list[Grip]:
    """All points: around the outline, then along the baseline."""
    parts: tuple[Part, Part] = ("polygon", "baseline")
    return [Grip(part, number) for part in parts for number in range(len(points_of(shape, part)))]


def moved(shape: LineShape, grip: Grip | None, by: Point) -> LineShape:
    """The line with a point or an edge moved; without ``grip`` all of it."""
    if grip is None:
        baseline = _moved(shape.baseline, set(range(len(shape.baseline))), by) if shape.baseline else None
        return LineShape(_moved(shape.polygon, set(range(len(shape.polygon))), by), shape.direction, baseline)
    points = points_of(shape, grip.part)
    chosen = {grip.number, (grip.number + 1) % len(points)} if grip.edge else {grip.number}
    return _with(shape, grip.part, _moved(points, chosen, by))


def inserted(shape: LineShape, edge: Grip, point: Point) -> LineShape:
    """The line with one more point on an edge."""
    points = points_of(shape, edge.part)
    return _with(shape, edge.part, (*points[: edge.number + 1], point, *points[edge.number + 1 :]))


def without(shape: LineShape, grip: Grip) -> LineShape | None:
    """The line without a point; ``None`` if no outline would be left. A baseline may go altogether."""
    points = points_of(shape, grip.part)
    left = (*points[: grip.number], *points[grip.number + 1 :])
    if grip.part == "polygon":
        return _with(shape, "polygon", left) if len(left) >= 3 else None
    return replace(shape, baseline=left if len(left) >= 2 else None)


def neighbour(shape: LineShape, grip: Grip | None, step: int) -> Grip:
    """The next or the previous point, around and around."""
    grips = grips_of(shape)
    if grip not in grips:
        return grips[0]
    return grips[(grips.index(grip) + step) % len(grips)]


def point_near(shape: LineShape, point: Point, reach: float) -> Grip | None:
    """The nearest point of the line that is not farther than ``reach``."""
    near = [(_distance(points_of(shape, grip.part)[grip.number], point), grip) for grip in grips_of(shape)]
    distance, grip = min(near, key=lambda each: each[0])
    return grip if distance <= reach else None


def edge_near(shape: LineShape, point: Point, reach: float) -> Grip | None:
    """The nearest edge of outline or baseline that is not farther than ``reach``."""
    near = [(LineString(ends).distance(Spot(point)), grip) for grip, ends in _edges(shape)]
    distance, grip = min(near, key=lambda each: each[0])
    return grip if distance <= reach else None


def _edges(shape: LineShape) -> Iterator[tuple[Grip, tuple[Point, Point]]]:
    corners = shape.polygon
    for number, corner in enumerate(corners):
        yield Grip("polygon", number, edge=True), (corner, corners[(number + 1) % len(corners)])
    course = shape.baseline or ()
    for number in range(len(course) - 1):
        yield Grip("baseline", number, edge=True), (course[number], course[number + 1])


def _moved(points: Polygon, chosen: set[int], by: Point) -> Polygon:
    return tuple(
        (x + by[0], y + by[1]) if number in chosen else (x, y) for number, (x, y) in enumerate(points)
    )


def _with(shape: LineShape, part: Part, points: Polygon) -> LineShape:
    return replace(shape, polygon=points) if part == "polygon" else replace(shape, baseline=points)


def _distance(a: Point, b: Point) -> float:
    return Spot(a).distance(Spot(b))
