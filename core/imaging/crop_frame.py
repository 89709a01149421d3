"""Where the crop of a line lies on its page: two edges, from which both mappings follow.

A crop reads from left to right. Its upper edge and its lower edge are polylines on the page with the
same number of points; column ``x`` of the crop is the straight segment between the two points at the
same fraction of the edges. Straight lines need two points, curved ones a point every half height.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.document import Direction, LineShape, Point, Polygon

Floats = NDArray[np.float64]

_STRAIGHT = 0.1  # deviation from a straight line / line height that is not worth bending a crop for
_KNOT_SPACING = 0.5  # line heights
_BASELINE_WINDOW = 1.5  # line heights; rounds the corners of a drawn baseline
_MIDDLE_WINDOW = 2.5  # line heights; ascenders must not make the middle of a close outline dance
_DECIMALS = 3  # of a px; finer steps in an outline have no direction worth computing
_MAX_LENGTH = 20_000  # px
_MAX_HEIGHT = 4_000  # px
_UPPER, _LOWER = 10, 90  # percentiles of a ragged outline's upper and lower edge


@dataclass(frozen=True, slots=True)
class CropFrame:
    """Edges of a crop on the page, ``(K, 2)`` each in px; ``width`` and ``height`` are the crop's px."""

    upper: Floats
    lower: Floats
    width: int
    height: int

    @property
    def is_straight(self) -> bool:
        """Whether four corners describe it."""
        return len(self.upper) == 2

    def quad(self, start: float, end: float) -> Polygon:
        """The part of the page between two fractions (0-1) of the crop's width.

        Fractions run along the crop from left to right, for columns from top to bottom; for
        right-to-left script 0 is therefore the visual left, where the reading ends.

        Returns:
            Upper edge from start to end, then lower edge back: four points, more on a curved line.
        """
        first, last = sorted((min(max(start, 0.0), 1.0), min(max(end, 0.0), 1.0)))
        knots = np.linspace(0.0, 1.0, len(self.upper))
        inner = knots[(knots > first) & (knots < last)]
        cuts = np.concatenate(([first], inner, [last]))
        upper, lower = along(self.upper, cuts), along(self.lower, cuts)
        return tuple(_points(upper) + _points(lower[::-1]))

    def maps(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """For every crop pixel ``(height, width)`` the x and the y on the page, for ``cv2.remap``."""
        columns = (np.arange(self.width) + 0.5) / self.width
        rows = ((np.arange(self.height) + 0.5) / self.height)[:, np.newaxis]
        upper, lower = along(self.upper, columns), along(self.lower, columns)
        x = upper[:, 0] * (1 - rows) + lower[:, 0] * rows - 0.5
        y = upper[:, 1] * (1 - rows) + lower[:, 1] * rows - 0.5
        return x.astype(np.float32), y.astype(np.float32)


def along(edge: Floats, fractions: Floats) -> Floats:
    """Points ``(N, 2)`` at fractions (0-1) of an edge whose knots are evenly numbered."""
    knots = np.linspace(0.0, 1.0, len(edge))
    return np.column_stack([np.interp(fractions, knots, edge[:, axis]) for axis in (0, 1)])


def frame_of(shape: LineShape, margin: float = 0.0) -> CropFrame:
    """Lay a frame around a line.

    Four corners are taken as they are (perspective included); of any other outline the course is
    that of the baseline if there is one, else that of the middle between its edges. An outline
    without area gets the frame of its bounding box, at least one pixel.

    Args:
        shape: The line; its outline may leave the page.
        margin: Added on all four sides, as a part of the line's height.
    """
    outline = np.round(np.asarray(shape.polygon, dtype=np.float64).reshape(-1, 2), _DECIMALS)
    if not _has_area(outline):
        outline = _box_around(outline)
    forward = _forward(shape)
    edges = _corners(outline, forward)
    if edges is None:
        edges = _course(outline, forward, shape.baseline)
    return _finished(*_widened(*edges, margin))


def _has_area(outline: Floats) -> bool:
    return len(outline) >= 3 and cv2.contourArea(outline.astype(np.float32)) >= 1.0


def _box_around(outline: Floats) -> Floats:
    """Corners of a box of at least one pixel around points that enclose nothing."""
    left, top = np.floor(outline.min(axis=0))
    right, bottom = np.maximum(np.ceil(outline.max(axis=0)), (left + 1, top + 1))
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _forward(shape: LineShape) -> Floats:
    """Unit vector of the reading direction on the page (for rtl: visual left to right)."""
    nominal = np.array([0.0, 1.0] if shape.direction is Direction.TTB else [1.0, 0.0])
    if shape.baseline is None or len(shape.baseline) < 2:
        return nominal
    run = np.asarray(shape.baseline[-1], dtype=np.float64) - np.asarray(shape.baseline[0])
    length = float(np.hypot(*run))
    return run / length if length > 1 else nominal


def _downward(forward: Floats) -> Floats:
    """A quarter turn clockwise: from a row's upper edge to its lower, from a column's right to its left."""
    return np.array([-forward[1], forward[0]])


def _corners(outline: Floats, forward: Floats) -> tuple[Floats, Floats] | None:
    """Upper and lower edge of a convex outline of four corners, ``None`` for any other."""
    if len(outline) != 4 or not cv2.isContourConvex(outline.astype(np.float32)):
        return None
    position = outline @ np.column_stack([forward, _downward(forward)])
    by_start = np.argsort(position[:, 0], kind="stable")
    start, end = by_start[:2], by_start[2:]
    upper_left, lower_left = start[np.argsort(position[start, 1], kind="stable")]
    upper_right, lower_right = end[np.argsort(position[end, 1], kind="stable")]
    return outline[[upper_left, upper_right]], outline[[lower_left, lower_right]]


def _course(outline: Floats, forward: Floats, baseline: Polygon | None) -> tuple[Floats, Floats]:
    """Upper and lower edge at an even distance from the course of the line."""
    axes = np.column_stack([forward, _downward(forward)])
    along_down = outline @ axes
    first, last = float(along_down[:, 0].min()), float(along_down[:, 0].max())
    s = np.linspace(first, last, int(np.clip((last - first) / 4, 8, 400)))
    top, bottom = _edges(along_down, s)
    height = max(float(np.median(bottom - top)), 1.0)
    if baseline is not None and len(baseline) >= 2:
        guide = _guide(np.asarray(baseline, dtype=np.float64) @ axes, s)
        course = _smoothed(s, guide, height, _BASELINE_WINDOW)
    else:
        course = _smoothed(s, (top + bottom) / 2, height, _MIDDLE_WINDOW)
    rise = float(np.percentile(top - course, _UPPER))
    fall = float(np.percentile(bottom - course, _LOWER))
    upper, lower = _offset(s, course, min(rise, fall - 1.0), fall)
    return upper @ axes.T, lower @ axes.T


def _edges(outline: Floats, s: Floats) -> tuple[Floats, Floats]:
    """Highest and lowest crossing of the outline at each place ``s`` along the line."""
    top, bottom = np.full(len(s), np.inf), np.full(len(s), -np.inf)
    for (s0, t0), (s1, t1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        reached = (s >= min(s0, s1)) & (s <= max(s0, s1))
        if s0 == s1:
            crossing = np.full(int(reached.sum()), t0)
        else:
            crossing = t0 + (s[reached] - s0) / (s1 - s0) * (t1 - t0)
        top[reached] = np.minimum(top[reached], crossing)
        bottom[reached] = np.maximum(bottom[reached], crossing)
    return top, bottom


def _guide(baseline: Floats, s: Floats) -> Floats:
    """The baseline at each place ``s``, carried on level beyond its ends."""
    order = np.argsort(baseline[:, 0], kind="stable")
    return np.asarray(np.interp(s, baseline[order, 0], baseline[order, 1]), dtype=np.float64)


def _smoothed(s: Floats, guide: Floats, height: float, window: float) -> Floats:
    """The guide averaged over a window (line heights); a straight line where that nearly is one."""
    slope, offset = np.polyfit(s - s[0], guide, 1)
    straight = np.asarray(offset + slope * (s - s[0]), dtype=np.float64)
    step = max(float(s[1] - s[0]), 1e-6)
    reach = int(np.clip(window * height / step / 2, 1, (len(s) - 1) // 2))
    kernel = np.hanning(2 * reach + 3)[1:-1]
    residue = np.pad(guide - straight, reach, mode="edge")
    bend = np.convolve(residue, kernel / kernel.sum(), mode="valid")
    if float(np.percentile(np.abs(bend), 95)) <= _STRAIGHT * height:
        return straight
    return straight + bend


def _offset(s: Floats, course: Floats, rise: float, fall: float) -> tuple[Floats, Floats]:
    """Edges square to the course; two knots if it is straight, else one every half height."""
    curve = np.column_stack([s, course])
    bend = np.abs(np.diff(course, 2)).max(initial=0.0)
    count = 2 if bend < 1e-6 else int(np.clip(np.ptp(s) / (_KNOT_SPACING * (fall - rise)), 3, 400))
    knots = along(curve, np.linspace(0.0, 1.0, count))
    tangent = np.gradient(knots, axis=0) if count > 2 else np.repeat(np.diff(knots, axis=0), 2, axis=0)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-9)[:, np.newaxis]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    return knots + rise * normal, knots + fall * normal


def _widened(upper: Floats, lower: Floats, margin: float) -> tuple[Floats, Floats]:
    down = lower - upper
    height = float(np.mean(np.hypot(down[:, 0], down[:, 1])))
    upper, lower = upper - margin * down, lower + margin * down
    for edge in (upper, lower):
        for end, inner in ((0, 1), (-1, -2)):
            outward = edge[end] - edge[inner]
            edge[end] += outward * (margin * height / max(float(np.hypot(*outward)), 1e-9))
    return upper, lower


def _finished(upper: Floats, lower: Floats) -> CropFrame:
    """Frame with sides as long in the crop as on the page."""
    width = max(_length(upper), _length(lower))
    down = lower - upper
    height = float(np.mean(np.hypot(down[:, 0], down[:, 1])))
    return CropFrame(
        upper,
        lower,
        int(np.clip(round(width), 1, _MAX_LENGTH)),
        int(np.clip(round(height), 1, _MAX_HEIGHT)),
    )


def _length(edge: Floats) -> float:
    steps = np.diff(edge, axis=0)
    return float(np.hypot(steps[:, 0], steps[:, 1]).sum())


def _points(values: Floats) -> list[Point]:
    return [(float(x), float(y)) for x, y in values]
