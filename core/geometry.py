"""Pure geometry of lines for edits by hand: joining, cutting, turning. Pixels of the displayed page."""

from collections.abc import Sequence

from shapely import MultiPoint, clip_by_rect, make_valid
from shapely import Polygon as Area
from shapely.geometry.base import BaseGeometry

from core.document import Direction, LineShape, Point, Polygon

_FAR = 1e7  # px; beyond any page


def rectangle(left: float, top: float, right: float, bottom: float, direction: Direction) -> LineShape:
    """An upright box as a line."""
    return LineShape(((left, top), (right, top), (right, bottom), (left, bottom)), direction)


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
    none.

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
    return LineShape(
        tuple(turned(point) for point in shape.polygon),
        shape.direction,
        tuple(turned(point) for point in baseline),
    )


def _is_backward(shape: LineShape) -> bool:
    """Whether the baseline runs to the left or upwards."""
    if not shape.baseline:
        return False
    axis = 1 if shape.direction is Direction.TTB else 0
    return shape.baseline[-1][axis] < shape.baseline[0][axis]


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
