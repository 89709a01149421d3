"""From what a detector sees to one strip per line; strips are in reading coordinates."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.document import Direction
from core.layout.reading_order import Box, page_parts, rows_of
from core.layout.turning import Corners, box_of, thickness

_SPECK = 0.4  # of the page's median line height; lower boxes are dirt, dots, bits of rules
_INSIDE = 0.7  # of a box's area that lies within another box
_JOIN_GAP = 0.8  # line heights between two pieces of one line
_JOIN_HEIGHT = 0.6  # height of the lower piece / height of the higher
_JOIN_SHIFT = 0.25  # line heights by which the pieces' middles may differ

_PADDING = 0.1
"""Of a box's height, taken back on all four sides of level lines.

The detector grows its boxes evenly on all sides. With that taken back the mean IoU with hand-drawn outlines
rises from 0.74 to 0.83 (a book of 1550), 0.50 to 0.63 (Fraktur), 0.58 to 0.70 (handwriting). Columns of
Chinese keep theirs: their characters fill the boxes.
"""

_EDGE = 3  # px from the scan's edge
_EDGE_INK = 0.3  # ink at the edge / ink in the box, from which letters are cut off
_FEW = 4  # boxes; fewer may well be a cropped piece of a page, cut close to its letters


def without_specks(strips: Corners) -> Corners:
    """Leave out dirt, and boxes that lie within other boxes."""
    if not len(strips):
        return strips
    boxes = [box_of(strip) for strip in strips]
    least = _SPECK * float(np.median([box.height for box in boxes]))
    kept = [
        index
        for index, box in enumerate(boxes)
        if box.height >= least
        and not any(_lies_in(box, other) for place, other in enumerate(boxes) if place != index)
    ]
    return strips[kept]


def _lies_in(box: Box, other: Box) -> bool:
    width = min(box.right, other.right) - max(box.left, other.left)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    if width <= 0 or height <= 0:
        return False
    area = box.width * box.height
    return width * height >= _INSIDE * area and other.width * other.height > area


def joined(strips: Corners, min_gutter: float) -> Corners:
    """Join pieces of one line: neighbours in a row, level, of like height, and in the same column."""
    boxes = [box_of(strip) for strip in strips]
    result: list[Corners] = []
    for part in page_parts(boxes, min_gutter):
        for row in rows_of(boxes, part):
            line = strips[row[0]]
            for index in row[1:]:
                if _continues(line, strips[index]):
                    line = np.stack([line[0], strips[index][1], strips[index][2], line[3]])
                else:
                    result.append(line)
                    line = strips[index]
            result.append(line)
    return np.stack(result) if result else strips


def _continues(piece: Corners, following: Corners) -> bool:
    heights = sorted((thickness(piece), thickness(following)))
    end = (piece[1] + piece[2]) / 2
    start = (following[0] + following[3]) / 2
    gap, shift = start - end
    return bool(
        heights[0] >= _JOIN_HEIGHT * heights[1]
        and -heights[0] <= gap <= _JOIN_GAP * heights[1]
        and abs(shift) <= _JOIN_SHIFT * heights[1]
    )


def tightened(strips: Corners, direction: Direction) -> Corners:
    """Take the detector's padding back where it pads more than hand-drawn outlines do."""
    if direction is Direction.TTB or not len(strips):
        return strips
    down = np.stack([strips[:, 3] - strips[:, 0], strips[:, 2] - strips[:, 1]], axis=1)
    along = strips[:, 1] - strips[:, 0]
    length = np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    height = np.linalg.norm(down, axis=2).mean(axis=1, keepdims=True)
    inward = along / length * np.minimum(_PADDING * height, length / 4)
    upper_left, upper_right, lower_right, lower_left = (strips[:, corner] for corner in range(4))
    return np.stack(
        [
            upper_left + _PADDING * down[:, 0] + inward,
            upper_right + _PADDING * down[:, 1] - inward,
            lower_right - _PADDING * down[:, 1] - inward,
            lower_left - _PADDING * down[:, 0] + inward,
        ],
        axis=1,
    )


def cut_by_edge(
    image: NDArray[np.uint8], corners: Sequence[Corners] | Corners, direction: Direction
) -> list[bool]:
    """Which boxes hold letters that the edge of the scan cuts through lengthwise.

    They belong to a facing page or to the fold, and nobody can read them.

    Args:
        image: The page, BGR ``(H, W, 3)``.
        corners: Boxes of the page ``(N, 4, 2)``, px.
        direction: Rows are cut by the upper and lower edge, columns by the left and right edge.
    """
    if len(corners) < _FEW:
        return [False] * len(corners)
    # Columns are looked at with the page on its side, so that there is one case only.
    page = image.transpose(1, 0, 2) if direction is Direction.TTB else image
    found = []
    for box in corners:
        left, top = np.floor(box.min(axis=0)).astype(int)
        right, bottom = np.ceil(box.max(axis=0)).astype(int)
        if direction is Direction.TTB:
            left, top, right, bottom = top, left, bottom, right
        part = page[max(top, 0) : bottom + 1, max(left, 0) : right + 1]
        found.append(_is_cut(part, top <= _EDGE, bottom >= page.shape[0] - 1 - _EDGE))
    return found


def _is_cut(part: NDArray[np.uint8], at_top: bool, at_bottom: bool) -> bool:
    if part.size == 0 or not (at_top or at_bottom):
        return False
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2GRAY)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = grey <= threshold
    if ink.mean() > 0.5:
        ink = ~ink
    edge = ink[:_EDGE] if at_top else ink[-_EDGE:]
    return bool(edge.mean() >= _EDGE_INK * ink.mean() > 0)
