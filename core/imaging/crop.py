"""Cutting lines out of a page, upright and straight, ready for reading."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.document import LineShape
from core.imaging.crop_frame import CropFrame, frame_of

_MARGIN = 0.1
"""Widening of every side, as a part of the line's height.

Measured as CER of the base model ppocr-v6-small on 66 lines of a book of 1550, 35 to 38 handwritten, 23
Fraktur and 31 vertical lines. Outlines drawn by hand: 7.2, 26.7, 8.2, 2.5 % without it, 6.9, 27.7, 7.0, 2.2 %
with it, 7.5, 28.0, 7.3, 3.1 % with 0.2. Found outlines: 7.5, 29.4, 6.9, 2.5 % without, 7.2, 27.9, 6.7, 2.5 %
with it.
"""

_OUTLINE_MARGIN = 0.1  # line heights kept around a close outline, for strokes that it cuts
_SOFTNESS = 0.03  # line heights over which the surroundings fade into paper

Pixels = NDArray[np.uint8]


def line_frame(shape: LineShape) -> CropFrame:
    """The frame that :func:`crop_line` cuts along; it maps places in the crop back to the page.

    A line that begins in the very corner of its page is the picture of one line: nothing is around it.
    """
    left, top, _, _ = shape.box
    is_whole_picture = len(shape.polygon) == 4 and max(left, top) < 1
    return frame_of(shape, 0.0 if is_whole_picture else _MARGIN)


def crop_line(image: Pixels, shape: LineShape) -> Pixels:
    """Cut one line out of a page so that it reads from left to right.

    Skew is removed, a curved line straightened along its baseline (without one: along the middle of
    its outline), columns are turned 90 degrees counter-clockwise; right-to-left script stays as it
    looks. What lies outside of a close outline, or off the page, is filled with paper colour.

    Args:
        image: The page as displayed, BGR ``(H, W, 3)``.
        shape: The line; an outline without area gives the pixels of its bounding box.

    Returns:
        BGR, at least 1 x 1 px, in the page's resolution.
    """
    frame = line_frame(shape)
    left, top, right, bottom = _window(frame, image.shape[1], image.shape[0])
    part = image[top:bottom, left:right]
    paper = paper_colour(part)
    crop = _warp(part, frame, (left, top), paper)
    if len(shape.polygon) <= 4 or part.size == 0:
        return crop
    inside = _outline_mask(shape, (left, top), part.shape[:2], frame.height)
    return _faded(crop, _warp(inside, frame, (left, top), (0.0,)), paper)


def paper_colour(image: Pixels) -> tuple[float, float, float]:
    """Colour of the ground on which something is written: the median of Otsu's larger class.

    Light writing on dark ground (name plates) has dark paper. An empty picture is white.
    """
    if image.size == 0:
        return 255.0, 255.0, 255.0
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    light = grey > threshold
    ground = light if 2 * np.count_nonzero(light) >= light.size else ~light
    blue, green, red = np.median(image[ground], axis=0)
    return float(blue), float(green), float(red)


def _window(frame: CropFrame, width: int, height: int) -> tuple[int, int, int, int]:
    """The part of the page under a frame, with a pixel around it; may be empty off the page."""
    edges = np.vstack([frame.upper, frame.lower])
    left, top = np.floor(edges.min(axis=0)).astype(int) - 1
    right, bottom = np.ceil(edges.max(axis=0)).astype(int) + 1
    left, top = int(np.clip(left, 0, width)), int(np.clip(top, 0, height))
    return left, top, int(np.clip(right, left, width)), int(np.clip(bottom, top, height))


def _warp(part: Pixels, frame: CropFrame, origin: tuple[int, int], outside: tuple[float, ...]) -> Pixels:
    """The frame's pixels out of a part of the page that begins at ``origin``."""
    if part.size == 0:
        return np.full((frame.height, frame.width, len(outside)), outside, dtype=np.uint8)
    if frame.is_straight:
        warped = cv2.warpPerspective(
            part,
            _perspective(frame, origin),
            (frame.width, frame.height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=outside,
        )
    else:
        x, y = frame.maps()
        warped = cv2.remap(
            part,
            x - np.float32(origin[0]),
            y - np.float32(origin[1]),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=outside,
        )
    return np.asarray(warped, dtype=np.uint8)


def _perspective(frame: CropFrame, origin: tuple[int, int]) -> NDArray[np.float64]:
    corners = np.vstack([frame.upper, frame.lower[::-1]]) - origin - 0.5
    target = np.array([(0, 0), (frame.width, 0), (frame.width, frame.height), (0, frame.height)]) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    return np.asarray(matrix, dtype=np.float64)


def _outline_mask(shape: LineShape, origin: tuple[int, int], size: tuple[int, int], line: int) -> Pixels:
    """255 inside the outline and a margin around it, fading to 0; ``line`` is the line height in px."""
    mask = np.zeros(size, dtype=np.uint8)
    outline = np.round(np.asarray(shape.polygon) - origin).astype(np.int32)
    cv2.fillPoly(mask, [outline], 255)
    reach = max(round(_OUTLINE_MARGIN * line), 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(
        cv2.GaussianBlur(cv2.dilate(mask, kernel), (0, 0), max(_SOFTNESS * line, 0.5)), dtype=np.uint8
    )


def _faded(crop: Pixels, inside: Pixels, paper: tuple[float, float, float]) -> Pixels:
    weight = inside.reshape(*crop.shape[:2], 1).astype(np.float32) / 255.0
    mixed = crop * weight + np.asarray(paper, dtype=np.float32) * (1.0 - weight)
    return np.asarray(np.round(mixed), dtype=np.uint8)
