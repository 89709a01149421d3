"""Cutting boxes that run across a gutter, into the next column or into marginalia."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.layout.reading_order import Box
from core.layout.turning import Corners, Turning, box_of, thickness

_HEIGHT = 24  # px of a strip while it is looked at
_GAP = 0.5  # line heights without ink, at least
_NEAR = 0.8  # line heights between the gap and where the neighbours end
_REACH = 6.0  # line heights up and down in which lines are neighbours
_VOTES = 3  # neighbours that have to end at the gap; and three for each that runs across it
_CONTRAST = 40  # grey levels between paper and ink, from which a strip counts as written on
_TRACE = 0.06  # of the strip's height; less ink in a place is dirt


def split_at_gutters(image: NDArray[np.uint8], strips: Corners, turning: Turning) -> Corners:
    """Cut every strip at a gap in its ink where most lines above and below it end too.

    Args:
        image: The page, BGR ``(H, W, 3)``.
        strips: Boxes ``(N, 4, 2)`` in reading coordinates.
        turning: What leads from there to the page.
    """
    boxes = [box_of(strip) for strip in strips]
    pieces: list[Corners] = []
    for index, strip in enumerate(strips):
        around = [box for place, box in enumerate(boxes) if place != index and _near(boxes[index], box)]
        rest, begin = strip, 0.0
        for start, end in _candidates(image, strip, turning, around):
            pieces.append(_between(strip, begin, start))
            rest, begin = _between(strip, end, 1.0), end
        pieces.append(rest)
    return np.stack(pieces) if pieces else strips


def _near(box: Box, other: Box) -> bool:
    return abs(other.middle - box.middle) <= _REACH * box.height


def _candidates(
    image: NDArray[np.uint8], strip: Corners, turning: Turning, around: list[Box]
) -> list[tuple[float, float]]:
    """Gaps (fractions of the strip) at which it has to be cut."""
    length = float(np.linalg.norm(strip[1] - strip[0]))
    height = thickness(strip)
    # Nothing is looked up in the picture for the many lines beside which no other line ends.
    left, right = float(strip[[0, 3], 0].mean()), float(strip[[1, 2], 0].mean())
    inside = [x for box in around for x in (box.left, box.right) if left + height < x < right - height]
    if len(inside) < _VOTES or height < 1:
        return []
    return [
        (start, end)
        for start, end in _gaps(image, turning.to_page(strip), length / height)
        if _is_gutter(left + start * length, left + end * length, height, around)
    ]


def _is_gutter(start: float, end: float, height: float, around: list[Box]) -> bool:
    near = _NEAR * height
    before = sum(abs(box.right - start) < near for box in around)
    after = sum(abs(box.left - end) < near for box in around)
    middle = (start + end) / 2
    across = sum(box.left < middle - near and box.right > middle + near for box in around)
    return max(before, after) >= max(_VOTES, _VOTES * across)


def _gaps(image: NDArray[np.uint8], corners: Corners, ratio: float) -> list[tuple[float, float]]:
    """Places (fractions of the length) without ink, at least half a line height long."""
    width = max(round(_HEIGHT * ratio), 1)
    target = np.array([(0, 0), (width, 0), (width, _HEIGHT), (0, _HEIGHT)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    strip = cv2.warpPerspective(image, matrix, (width, _HEIGHT), flags=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY), dtype=np.float64)
    paper = float(np.median(grey))
    # A fifth at each edge belongs to the lines above and below.
    core = np.abs(grey - paper)[_HEIGHT // 5 : -_HEIGHT // 5] > _CONTRAST
    written = np.flatnonzero(core.mean(axis=0) > _TRACE)
    if len(written) < 2:
        return []
    wide = np.flatnonzero(np.diff(written) > _GAP * _HEIGHT)
    return [(float(written[i] + 1) / width, float(written[i + 1]) / width) for i in wide]


def _between(strip: Corners, start: float, end: float) -> Corners:
    upper, lower = strip[1] - strip[0], strip[2] - strip[3]
    return np.stack(
        [strip[0] + start * upper, strip[0] + end * upper, strip[3] + end * lower, strip[3] + start * lower]
    )
