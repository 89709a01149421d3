"""From what a detector sees to one strip per line; strips are in reading coordinates."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.document import Direction
from core.layout.reading_order import Box, page_parts, rows_of
from core.layout.turning import Corners, box_of, thickness

_SPECK = 0.4  # of the page's median line height; lower boxes are dirt, dots, bits of rules
_INSIDE = 0.7  # of a box's area that lies within another box
_SMALL = 0.7  # of the median line height; what is lower and lies within another box is a part of it
_DOUBLE = 0.7  # of the other box's area
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
_SHORT = 3.0  # length / height; of longer lines enough is left to be read
_FEW = 4  # boxes; fewer may well be a cropped piece of a page, cut close to its letters


def without_specks(strips: Corners) -> Corners:
    """Leave out dirt, and within other boxes also small boxes and doubles.

    A line of usual height may well lie within the box of a bent neighbour.
    """
    if not len(strips):
        return strips
    boxes = [box_of(strip) for strip in strips]
    usual = float(np.median([box.height for box in boxes]))
    kept = [
        index
        for index, box in enumerate(boxes)
        if box.height >= _SPECK * usual
        and not any(_is_part(box, other, usual) for place, other in enumerate(boxes) if place != index)
    ]
    return strips[kept]


def _is_part(box: Box, other: Box, usual: float) -> bool:
    width = min(box.right, other.right) - max(box.left, other.left)
    height = min(box.bottom, other.bottom) - max(box.top, other.top)
    area, whole = box.width * box.height, other.width * other.height
    if width <= 0 or height <= 0 or whole <= area or width * height < _INSIDE * area:
        return False
    return box.height < _SMALL * usual or area >= _DOUBLE * whole


def joined(strips: Corners, min_gutter: float) -> Corners:
    """Join pieces of one line: neighbours in a row, level, of like height, and in the same column.

    That two pieces stand in the same column is seen from a line above or below that runs across the gap
    between them; nothing runs across the gap before marginalia or the facing page.
    """
    boxes = [box_of(strip) for strip in strips]
    result: list[Corners] = []
    for part in page_parts(boxes, min_gutter):
        rows = rows_of(boxes, part)
        for row in rows:
            line = strips[row[0]]
            for index in row[1:]:
                others = [boxes[i] for other in rows if other is not row for i in other]
                if _continues(line, strips[index]) and _is_crossed(line, strips[index], others):
                    line = np.stack([line[0], strips[index][1], strips[index][2], line[3]])
                else:
                    result.append(line)
                    line = strips[index]
            result.append(line)
    return np.stack(result) if result else strips


def _is_crossed(piece: Corners, following: Corners, others: list[Box]) -> bool:
    place = float(piece[1:3, 0].max() + following[[0, 3], 0].min()) / 2
    return len(others) < _FEW or any(box.left + box.height < place < box.right - box.height for box in others)


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


def cut_by_edge(image: NDArray[np.uint8], corners: Corners, direction: Direction) -> NDArray[np.bool_]:
    """Which boxes ``(N,)`` hold letters that the edge of the scan cuts through.

    Lengthwise cut lines, and the cut ends of short ones, belong to the facing page or to the fold; nobody
    can read them.

    Args:
        image: The page, BGR ``(H, W, 3)``.
        corners: Boxes of the page ``(N, 4, 2)``, px.
        direction: Which way the lines run.
    """
    # Columns are looked at with the page on its side, so that there is one case only.
    on_side = direction is Direction.TTB
    page = image.transpose(1, 0, 2) if on_side else image
    boxes = corners[..., ::-1] if on_side else corners
    few = len(boxes) < _FEW
    return np.array([not few and _is_cut(page, box) for box in boxes], dtype=np.bool_)


def _is_cut(page: NDArray[np.uint8], corners: Corners) -> bool:
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(axis=0)).astype(int), (page.shape[1], page.shape[0]))
    if right - left < 1 or bottom - top < 1:
        return True
    ink = _ink(page[top:bottom, left:right])
    edges = []
    if top < _EDGE:
        edges.append(ink[:_EDGE])
    if bottom > page.shape[0] - _EDGE:
        edges.append(ink[-_EDGE:])
    if right - left < _SHORT * (bottom - top):
        if left < _EDGE:
            edges.append(ink[:, :_EDGE])
        if right > page.shape[1] - _EDGE:
            edges.append(ink[:, -_EDGE:])
    return any(edge.mean() >= _EDGE_INK * ink.mean() > 0 for edge in edges)


def _ink(part: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The smaller of Otsu's two classes."""
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2GRAY)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    dark = grey <= threshold
    return np.asarray(dark if dark.mean() <= 0.5 else ~dark)
