"""Pure geometry of lines for edits by hand: drawing, joining, cutting, turning. Px of the displayed page."""

import math
from collections.abc import Sequence
from dataclasses import replace

from shapely import LineString, MultiPoint, clip_by_rect, make_valid
from shapely import Point as Spot
from shapely import Polygon as Area
from shapely import box as bounds
from shapely.geometry.base import BaseGeometry

from core.document import Direction, LineShape, Point, Polygon
from core.errors import KnownError
from core.wording import say

_FAR = 1e7  # px; beyond any page
SAME_AREA = 0.95
"""Intersection over union from which on two outlines show the same picture of a line.

Measured with ppocr-v6-small on 67 lines of the tests' pages (CER 12.4 %): crops that were moved across the
line or tilted so far are read otherwise in 2-3 % of their characters, and no better (12.5-12.6 %).
"""

SAME_END = 0.25
"""Line heights by which an end may move: half a character. Five hundredths of the length would hide or show
a whole one (shortened so far, the same lines are read with 16.0 %).
"""

_SAME_POINT = 0.2  # px; coordinates are kept to a tenth
_SMALLEST = 16.0  # square px; less is a slip of the mouse


def rectangle(left: float, top: float, right: float, bottom: float, direction: Direction) -> LineShape:
    """An upright box as a line."""
    return LineShape(((left, top), (right, top), (right, bottom), (left, bottom)), direction)


def on_page(shape: LineShape, width: float, height: float) -> LineShape:
    """A line drawn by hand without what lies off its page (px).

    Raises:
        KnownError: If its outline crosses itself, encloses next to nothing or lies off the page.
    """
    area = Area(shape.polygon) if len(shape.polygon) >= 3 else Area()
    if not area.is_valid:
        raise KnownError(
            say("The outline crosses itself; put its corners in their order around the line and try again.")
        )
    part = area.intersection(bounds(0, 0, width, height))
    if part.area < _SMALLEST:
        raise KnownError(say("The outline encloses nothing on the page; draw it around the line."))
    polygon = shape.polygon if part.equals(area) else _outline(part)
    return LineShape(polygon, shape.direction, moved_within(shape, width, height).baseline)


def moved_within(shape: LineShape, width: float, height: float) -> LineShape:
    """A line whose points off a page (px) are moved to its edge; their number stays."""

    def moved(points: Polygon) -> Polygon:
        return tuple((min(max(x, 0.0), width), min(max(y, 0.0), height)) for x, y in points)

    return LineShape(moved(shape.polygon), shape.direction, shape.baseline and moved(shape.baseline))


def around_baseline(points: Polygon, height: float, direction: Direction) -> LineShape:
    """A line of a height (px) along a drawn baseline.

    The baseline is turned to run from left to right, or down; three quarters of a row lie over it, a column
    lies evenly on both sides.
    """
    axis = 1 if direction is Direction.TTB else 0
    if points[-1][axis] < points[0][axis]:
        points = points[::-1]
    over = 0.5 if direction is Direction.TTB else 0.75
    ups = _upward(points)
    upper = [
        (x + over * height * ux, y + over * height * uy) for (x, y), (ux, uy) in zip(points, ups, strict=True)
    ]
    rest = (1 - over) * height
    lower = [(x - rest * ux, y - rest * uy) for (x, y), (ux, uy) in zip(points, ups, strict=True)]
    return LineShape((*upper, *reversed(lower)), direction, points)


def line_height(shape: LineShape) -> float:
    """How high a row or how wide a column is (px): its area by its length."""
    left, top, right, bottom = shape.box
    length = bottom - top if shape.direction is Direction.TTB else right - left
    return float(Area(shape.polygon).area / max(length, 1.0)) if len(shape.polygon) >= 3 else bottom - top


def same_picture(one: LineShape, other: LineShape) -> bool:
    """Whether what was read within one outline would be read within the other one, too."""
    if one.direction is not other.direction or min(len(one.polygon), len(other.polygon)) < 3:
        return False
    first, second = make_valid(Area(one.polygon)), make_valid(Area(other.polygon))
    slip = SAME_END * line_height(one)
    axis = 1 if one.direction is Direction.TTB else 0
    ends_stay = all(abs(one.box[end] - other.box[end]) <= slip for end in (axis, axis + 2))
    overlap = first.intersection(second).area >= SAME_AREA * first.union(second).area
    return ends_stay and overlap and _same_course(one.baseline, other.baseline, slip)


def _same_course(one: Polygon | None, other: Polygon | None, slip: float) -> bool:
    """Whether two baselines bend a crop alike."""
    if not one or not other:
        return one == other
    return bool(LineString(one).hausdorff_distance(LineString(other)) <= slip)


def contains(shape: LineShape, point: Point) -> bool:
    """Whether a point lies within a line's outline."""
    return len(shape.polygon) >= 3 and bool(make_valid(Area(shape.polygon)).covers(Spot(point)))


def merge_shapes(shapes: Sequence[LineShape]) -> LineShape:
    """The convex outline around several lines; their baselines are joined if all have one."""
    points = [point for shape in shapes for point in shape.polygon]
    axis = 1 if shapes[0].direction is Direction.TTB else 0
    baselines = [shape.baseline for shape in shapes if shape.baseline]
    joined = None
    if len(baselines) == len(shapes):
        ordered = sorted(baselines, key=lambda line: line[0][axis], reverse=_is_backward(shapes[0]))
        joined = tuple(point for line in ordered for point in line)
    return LineShape(_outline(MultiPoint(points).convex_hull), shapes[0].direction, joined)


def split_shape(shape: LineShape, fraction: float) -> tuple[LineShape, LineShape]:
    """Cut a line across its reading direction, at ``fraction`` (0-1) of its length from its beginning."""
    left, top, right, bottom = shape.box
    if shape.direction is Direction.TTB:
        cut = top + fraction * (bottom - top)
        windows = ((-_FAR, -_FAR, _FAR, cut), (-_FAR, cut, _FAR, _FAR))
    elif shape.direction is Direction.RTL:
        cut = right - fraction * (right - left)
        windows = ((cut, -_FAR, _FAR, _FAR), (-_FAR, -_FAR, cut, _FAR))
    else:
        cut = left + fraction * (right - left)
        windows = ((-_FAR, -_FAR, cut, _FAR), (cut, -_FAR, _FAR, _FAR))
    first, second = (_clipped(shape, window) for window in windows)
    return first, second


def shape_rotated(shape: LineShape, degrees: int, width: float, height: float) -> LineShape:
    """The line after its page (``width`` x ``height`` px before) was turned clockwise.

    The baseline says from then on which way the line runs, so one is laid through the middle if there was
    none; it goes again when the line runs once more as it would without one.

    Args:
        shape: The line before.
        degrees: A multiple of 90.
        width: Of the page before turning.
        height: Of the page before turning.
    """

    def turned(point: Point) -> Point:
        x, y = point
        return {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[
            degrees % 360
        ]

    baseline = shape.baseline or _middle(shape)
    result = LineShape(
        tuple(turned(point) for point in shape.polygon),
        shape.direction,
        tuple(turned(point) for point in baseline),
    )
    return replace(result, baseline=None) if _runs_as_without(result) else result


def _upward(points: Polygon) -> list[Point]:
    """At each point of a course the unit vector to its left, which is up where it runs to the right."""
    ups = []
    for number in range(len(points)):
        (x0, y0), (x1, y1) = points[max(number - 1, 0)], points[min(number + 1, len(points) - 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        ups.append(((y1 - y0) / length, -(x1 - x0) / length))
    return ups


def _is_backward(shape: LineShape) -> bool:
    """Whether the baseline runs to the left or upwards."""
    if not shape.baseline:
        return False
    axis = 1 if shape.direction is Direction.TTB else 0
    return shape.baseline[-1][axis] < shape.baseline[0][axis]


def _runs_as_without(shape: LineShape) -> bool:
    """Whether the baseline is the one that would be laid through the middle of the line."""
    laid = _middle(shape)
    return (
        shape.baseline is not None
        and len(shape.baseline) == len(laid)
        and all(math.dist(one, other) < _SAME_POINT for one, other in zip(shape.baseline, laid, strict=True))
    )


def _middle(shape: LineShape) -> Polygon:
    left, top, right, bottom = shape.box
    if shape.direction is Direction.TTB:
        return (((left + right) / 2, top), ((left + right) / 2, bottom))
    return ((left, (top + bottom) / 2), (right, (top + bottom) / 2))


def _clipped(shape: LineShape, window: tuple[float, float, float, float]) -> LineShape:
    part = clip_by_rect(make_valid(Area(shape.polygon)), *window)
    baseline = None
    if shape.baseline:
        left, top, right, bottom = window
        kept = tuple(p for p in shape.baseline if left <= p[0] <= right and top <= p[1] <= bottom)
        baseline = kept if len(kept) > 1 else None
    return LineShape(_outline(part), shape.direction, baseline)


def _outline(area: BaseGeometry) -> Polygon:
    """The outline of the largest part of an area."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.geom_type == "Polygon"]
    if not parts:
        left, top, right, bottom = area.bounds
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    largest = max(parts, key=lambda part: part.area)
    return tuple((float(x), float(y)) for x, y in largest.exterior.coords[:-1])
