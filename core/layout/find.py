"""The lines of a page: found, cleaned, ordered."""

import numpy as np
from numpy.typing import NDArray

from core.document import Direction, LineShape, Polygon
from core.layout.bending import Cores
from core.layout.cleaning import cut_by_edge, joined, tightened, without_specks
from core.layout.detector import detect
from core.layout.reading_order import MIN_GUTTER, reading_order
from core.layout.splitting import split_at_gutters
from core.layout.turning import Corners, box_of, thickness, turning_of

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
    cores = Cores(seen.text, image.shape[:2])
    outlines = [_outline(turning.to_page(strips[index]), cores, image.shape[:2]) for index in order]
    directions = _directions(strips[order], turning.direction)
    return [LineShape(*line) for line in zip(outlines, directions, strict=True)]


def _outline(corners: Corners, cores: Cores, page: tuple[int, int]) -> Polygon:
    bent = cores.bent_outline(corners)
    inside = np.clip(np.round(corners if bent is None else bent), 0, (page[1], page[0]))
    return tuple((float(x), float(y)) for x, y in inside)


def _directions(strips: Corners, page: Direction) -> list[Direction]:
    """The page's direction, but the other for strips that are long the other way: titles on their side."""
    usual = float(np.median([thickness(strip) for strip in strips]))
    other = Direction.LTR if page is Direction.TTB else Direction.TTB
    boxes = [box_of(strip) for strip in strips]
    return [other if box.height > _ODD * max(box.width, usual) else page for box in boxes]
