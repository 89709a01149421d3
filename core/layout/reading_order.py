"""In which order the lines of a page are read; pure geometry.

Everything works on boxes in reading coordinates: x grows along a line, y from line to line. Pages of
columns that are read from right to left are turned into that before, see :mod:`core.layout.turning`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MIN_GUTTER = 0.3  # median line heights between two columns; old prints set them very close
_MIN_COLUMN_ROWS = 2
_MARGIN_WIDTH = 0.45  # of the neighbour's width; a narrower column is marginalia and read after it
_MIN_FILL = 0.25  # of its height; a page number and a note far below it are no column
_NUMBER_WIDTH = 2.0  # line heights; narrower pieces beside a column are numbers of its lines
_SAME_ROW = 0.5  # of the lower box's height that has to lie beside the other
_OVERLAP = 0.3  # of the narrower box's width; boxes above one another never share a row


@dataclass(frozen=True, slots=True)
class Box:
    """A line in reading coordinates, px."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Extent along the line."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent across the line."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Centre across the line."""
        return (self.top + self.bottom) / 2


def reading_order(boxes: Sequence[Box], min_gutter: float = MIN_GUTTER) -> list[int]:
    """Indices of the boxes in the order in which they are read.

    Columns are read one after the other, between lines that run across them; marginalia follow the
    text beside which they stand; what stands side by side in one row is read along the row.

    Args:
        boxes: Lines in reading coordinates.
        min_gutter: Least gap between two columns, in median line heights.
    """
    parts = page_parts(boxes, min_gutter)
    return [index for part in parts for row in rows_of(boxes, part) for index in row]


def page_parts(boxes: Sequence[Box], min_gutter: float = MIN_GUTTER) -> list[list[int]]:
    """Indices of the boxes in the parts of the page (columns, bands between them), in reading order."""
    if not boxes:
        return []
    gap = min_gutter * median(box.height for box in boxes)
    return _parts(boxes, list(range(len(boxes))), gap)


def rows_of(boxes: Sequence[Box], members: Sequence[int]) -> list[list[int]]:
    """Rows of one part, each in reading order; the tallest box of a row says what stands beside it."""
    rows = []
    free = sorted(members, key=lambda i: -boxes[i].height)
    while free:
        seed = free[0]
        row = [index for index in free if index == seed or _beside(boxes[seed], boxes[index])]
        free = [index for index in free if index not in row]
        rows.append((boxes[seed].middle, _along_row(boxes, row)))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def _parts(boxes: Sequence[Box], members: list[int], gap: float) -> list[list[int]]:
    bands = _column_bands(boxes, members, gap)
    if len(bands) <= 1:
        return bands
    return [part for band in bands for part in _parts(boxes, band, gap)]


def _column_bands(boxes: Sequence[Box], members: list[int], gap: float) -> list[list[int]]:
    """Parts of a page read one after the other, by its clearest gutter; one part if it has none."""
    best: list[list[int]] = [members]
    most = 0
    for gutter in _gutters(boxes, members):
        bands, lines = _split_at(boxes, members, gutter, gap)
        if lines > most:
            best, most = bands, lines
    return best


def _gutters(boxes: Sequence[Box], members: list[int]) -> list[float]:
    """Places just before the beginning of lines: a gutter always ends at some line's beginning."""
    return sorted({boxes[index].left - 0.5 for index in members})


def _split_at(
    boxes: Sequence[Box], members: list[int], gutter: float, gap: float
) -> tuple[list[list[int]], int]:
    """Parts that a gutter makes, and how many lines stand in true columns beside it."""
    crossing = sorted(
        (i for i in members if boxes[i].left < gutter < boxes[i].right), key=lambda i: boxes[i].middle
    )
    sides: list[list[int]] = [[] for _ in range(len(crossing) + 1)]
    for index in members:
        if index not in crossing:
            sides[sum(boxes[i].middle < boxes[index].middle for i in crossing)].append(index)
    parts: list[list[int]] = []
    pending: list[int] = []
    lines = 0
    for number, band in enumerate(sides):
        left = [i for i in band if boxes[i].right <= gutter]
        right = [i for i in band if boxes[i].left >= gutter]
        if _are_columns(boxes, left, right, gap):
            lines += len(band)
            parts += [pending, *_in_column_order(boxes, left, right)]
            pending = []
        else:
            pending = pending + band
        pending = pending + crossing[number : number + 1]
    return [part for part in [*parts, pending] if part], lines


def _are_columns(boxes: Sequence[Box], left: list[int], right: list[int], gap: float) -> bool:
    if min(len(left), len(right)) < _MIN_COLUMN_ROWS:
        return False
    if min(boxes[i].left for i in right) - max(boxes[i].right for i in left) < gap:
        return False
    if any(all(boxes[i].width < _NUMBER_WIDTH * boxes[i].height for i in side) for side in (left, right)):
        return False
    if any(_fill(boxes, side) < _MIN_FILL for side in (left, right)):
        return False
    beside = min(max(boxes[i].bottom for i in s) for s in (left, right)) - max(
        min(boxes[i].top for i in s) for s in (left, right)
    )
    return beside >= _MIN_COLUMN_ROWS * 0.75 * median(boxes[i].height for i in left + right)


def _fill(boxes: Sequence[Box], side: list[int]) -> float:
    """Part of a side's height that its lines fill (0-1)."""
    extent = max(boxes[i].bottom for i in side) - min(boxes[i].top for i in side)
    return sum(boxes[i].height for i in side) / max(extent, 1e-9)


def _in_column_order(boxes: Sequence[Box], left: list[int], right: list[int]) -> list[list[int]]:
    widths = [max(boxes[i].right for i in s) - min(boxes[i].left for i in s) for s in (left, right)]
    return [right, left] if widths[0] < _MARGIN_WIDTH * widths[1] else [left, right]


def _beside(one: Box, other: Box) -> bool:
    shared_height = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared_width = min(one.right, other.right) - max(one.left, other.left)
    return shared_height >= _SAME_ROW * min(one.height, other.height) and shared_width <= _OVERLAP * min(
        one.width, other.width
    )


def _along_row(boxes: Sequence[Box], row: list[int]) -> list[int]:
    """Piece after piece; pieces above one another (half columns, lines beside an initial) top down."""
    stacks: list[list[int]] = []
    reach = float("-inf")
    for index in sorted(row, key=lambda i: boxes[i].left):
        box = boxes[index]
        if not stacks or reach - box.left < _OVERLAP * box.width:
            stacks.append([index])
            reach = box.right
        else:
            stacks[-1].append(index)
            reach = max(reach, box.right)
    return [index for stack in stacks for index in sorted(stack, key=lambda i: boxes[i].middle)]
