"""The lines of a page: found, cleaned, ordered."""

import numpy as np
from numpy.typing import NDArray

from core.document import Direction, LineShape
from core.layout.bending import bent_outline
from core.layout.cleaning import cut_by_edge, joined, tightened, without_specks
from core.layout.detector import detect
from core.layout.reading_order import MIN_GUTTER, reading_order
from core.layout.splitting import split_at_gutters
from core.layout.turning import Corners, Turning, box_of, thickness, turning_of

LAYOUTS = ("auto", "ltr", "ttb")

# Half columns of commentary stand close under large characters without being a column of the page.
_MIN_GUTTERS = {Direction.LTR: MIN_GUTTER, Direction.TTB: 1.5}
_ODD = 2.5  # height / length of a strip that runs across the page's direction, and / median height


def find_lines(image: NDArray[np.uint8], *, layout: str = "auto") -> list[LineShape]:
    """Find the lines of a page, in reading order.

    Args:
        image: The page as displayed, BGR ``(H, W, 3)``.
        layout: ``ltr`` (rows from top to bottom), ``ttb`` (columns from right to left), or ``auto``: what
            most of the text's length says.

    Returns:
        Shapes with outlines of four corners, of more where a line is bent; whole px inside the page.

    Raises:
        ValueError: If ``layout`` is none of the three.
    """
    if layout not in LAYOUTS:
        raise ValueError(f"layout must be one of {LAYOUTS}, not {layout!r}")
    seen = detect(image)
    if not len(seen.corners):
        return []
    turning = turning_of(seen.corners, layout)
    cut = cut_by_edge(image, seen.corners, turning.direction)
    gutter = _MIN_GUTTERS[turning.direction]
    strips = without_specks(turning.strips(seen.corners[~cut]))
    strips = joined(split_at_gutters(image, strips, turning), gutter)
    strips = tightened(strips, turning.direction)
    order = reading_order([box_of(strip) for strip in strips], gutter)
    return [_shape(strips[index], strips, turning, seen.text, image.shape[:2]) for index in order]


def _shape(
    strip: Corners, strips: Corners, turning: Turning, text: NDArray[np.uint8], page: tuple[int, int]
) -> LineShape:
    corners = turning.to_page(strip)
    outline = bent_outline(corners, text, page)
    rounded = np.round(corners if outline is None else outline)
    inside = np.clip(rounded, 0, (page[1], page[0]))
    polygon = tuple((float(x), float(y)) for x, y in inside)
    return LineShape(polygon, _direction(strip, strips, turning.direction))


def _direction(strip: Corners, strips: Corners, page: Direction) -> Direction:
    """The page's direction, unless the strip is long the other way: a running title on its side."""
    box = box_of(strip)
    usual = float(np.median([thickness(other) for other in strips]))
    if box.height > _ODD * max(box.width, usual):
        return Direction.LTR if page is Direction.TTB else Direction.TTB
    return page
