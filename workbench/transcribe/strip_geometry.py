"""Where the line strips lie: rows from top to bottom, or columns from right to left. No painting.

Content coordinates are px of the pane; the origin is the upper edge of the first row, for columns the
right edge of the first column (so that x is negative).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from PySide6.QtCore import QRectF, QSizeF

CONTEXT_SCALE = 0.8
"""The lines around the current one are shown smaller."""

GUTTER = 56.0
END_MARGIN = 28.0
PAD = 10.0
GAP = 3.0
EXTRAS = 38.0
ROW_TEXT, COLUMN_TEXT = 0.78, 0.58
"""Size of the text (px) over thickness of the crop, at first; then it is spaced to the crop's length.

Columns are cut with their ruled borders, so that their characters fill less of the crop.
"""

TEXT_MIN, TEXT_MAX = 16.0, 56.0
CROP_MAX = 84.0
LEADING = 1.5


@dataclass(frozen=True, slots=True)
class StripBox:
    """Places of one strip's parts, in content coordinates; ``text_pixels`` is its text's size."""

    strip: QRectF
    crop: QRectF
    text: QRectF
    text_pixels: float


@dataclass(frozen=True, slots=True)
class StripGeometry:
    """All strips of a page for one pane size and zoom."""

    boxes: tuple[StripBox, ...]
    vertical: bool
    size: QSizeF

    def at(self, x: float, y: float) -> int | None:
        """Which strip lies at a point."""
        for number, box in enumerate(self.boxes):
            if box.strip.contains(x, y):
                return number
        return None

    def crossing(self, view: QRectF) -> range:
        """Which strips can be seen in a part of the content."""
        seen = [number for number, box in enumerate(self.boxes) if box.strip.intersects(view)]
        return range(seen[0], seen[-1] + 1) if seen else range(0)


@dataclass(frozen=True, slots=True)
class LineSize:
    """Length (in reading direction) and thickness of a line's crop, in px of the scan."""

    length: float
    thickness: float


def lay_out(
    lines: Sequence[LineSize],
    pane: QSizeF,
    zoom: float,
    current: int,
    *,
    vertical: bool,
    extras: float = EXTRAS,
) -> StripGeometry:
    """Lay all strips out.

    Args:
        lines: Sizes of the crops in reading order.
        pane: Size of the pane in px.
        zoom: 1 lets the longest line fit into the pane.
        current: Row in hand; shown larger, with room for its extras.
        vertical: Columns instead of rows.
        extras: Room in px under the current text for alternatives and differences.
    """
    if not lines:
        return StripGeometry((), vertical, QSizeF())
    room = pane.height() - GUTTER - extras if vertical else pane.width() - GUTTER - END_MARGIN
    scale = zoom * _fitting_scale(lines, max(room, 120.0))
    part = COLUMN_TEXT if vertical else ROW_TEXT
    text = min(max(part * scale * median(line.thickness for line in lines), TEXT_MIN), TEXT_MAX)
    boxes: list[StripBox] = []
    at = 0.0
    for number, line in enumerate(lines):
        lit = number == current
        factor = 1.0 if lit else CONTEXT_SCALE
        crop = QSizeF(line.length * scale * factor, line.thickness * scale * factor)
        pixels = max(text * factor, TEXT_MIN * 0.9)
        if vertical:
            box = _column(at, crop, pixels, pane.height(), extras)
            at -= box.strip.width()
        else:
            box = _row(at, crop, pixels, pane.width(), extras if lit else 0.0)
            at += box.strip.height()
        boxes.append(box)
    longest = max(box.crop.right() for box in boxes)
    across = pane.height() if vertical else max(longest + END_MARGIN, pane.width())
    return StripGeometry(tuple(boxes), vertical, QSizeF(-at, across) if vertical else QSizeF(across, at))


def _fitting_scale(lines: Sequence[LineSize], room: float) -> float:
    longest = max(line.length for line in lines)
    thickness = median(line.thickness for line in lines)
    return min(room / max(longest, 1.0), CROP_MAX / max(thickness, 1.0))


def _row(top: float, crop: QSizeF, pixels: float, pane_width: float, extras: float) -> StripBox:
    leading = pixels * LEADING
    crop_rect = QRectF(GUTTER, top + PAD, crop.width(), crop.height())
    text_rect = QRectF(GUTTER, crop_rect.bottom() + GAP, max(pane_width - GUTTER - 8, crop.width()), leading)
    # Whole px: then a strip looks the same wherever it stands, and its picture can be used again.
    height = ceil(text_rect.bottom() + extras + PAD - top)
    return StripBox(QRectF(0, top, max(pane_width, crop_rect.right()), height), crop_rect, text_rect, pixels)


def _column(right: float, crop: QSizeF, pixels: float, pane_height: float, extras: float) -> StripBox:
    across = pixels * LEADING
    width = ceil(2 * PAD + crop.height() + 2 * GAP + across)
    strip = QRectF(right - width, 0, width, pane_height)
    crop_rect = QRectF(right - PAD - crop.height(), GUTTER, crop.height(), crop.width())
    text_rect = QRectF(crop_rect.left() - 2 * GAP - across, GUTTER, across, pane_height - GUTTER - extras)
    return StripBox(strip, crop_rect, text_rect, pixels)


def is_vertical(directions: Sequence[str]) -> bool:
    """Whether a page is written in columns: most of its lines are."""
    return 2 * sum(each == "ttb" for each in directions) > len(directions)
