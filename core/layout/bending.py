"""Outlines that follow a curved line, taken from the detector's map of where text is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.layout.turning import Corners, thickness

_HEIGHT = 24  # px of a strip while it is looked at
_WIDER = 0.3  # of the box's height added above and below while looking; a curve reaches out of its box
_BENT = 0.08  # of the widened strip's height by which its middle leaves the straight line
_LONG = 4.0  # length / height; shorter pieces look bent by their letters
_SAMPLED = 0.6  # of the strip's length in which text has to be seen
_DEGREE = 3
_KNOTS = 8
_GROWN = 1.0
"""Half height of a bent outline / height of the seen core; the detector grows its boxes in the same way."""


class Cores:
    """The cores of lines as the detector saw them on one page.

    Args:
        text: The detector's map ``(h, w)``, 1 in the core of lines.
        page: Height and width of the page in px.
    """

    def __init__(self, text: NDArray[np.uint8], page: tuple[int, int]) -> None:
        self._size = text.shape
        self._scale = np.array([text.shape[1] / page[1], text.shape[0] / page[0]])
        self._contours, _ = cv2.findContours(text, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        self._centres = np.array([cv2.minAreaRect(contour)[0] for contour in self._contours])

    def bent_outline(self, corners: Corners) -> NDArray[np.float64] | None:
        """Outline ``(2 K, 2)`` of a line that bends, clockwise from where it begins; ``None`` if straight.

        Args:
            corners: The line's box on the page ``(4, 2)``, from the corner where reading begins.
        """
        corners = _widened(corners)
        length = float(np.linalg.norm(corners[1] - corners[0]))
        width = round(_HEIGHT * length / max(thickness(corners), 1.0))
        if width < _LONG * _HEIGHT or not len(self._centres):
            return None
        course = _course(self._core(corners, width))
        return None if course is None else _outline(corners, *course)

    def _core(self, corners: Corners, width: int) -> NDArray[np.uint8]:
        """The core around which the box was laid (it has the same centre), straightened by the box."""
        box = corners * self._scale
        distance = np.linalg.norm(self._centres - box.mean(axis=0), axis=1)
        mask = np.zeros(self._size, dtype=np.uint8)
        cv2.drawContours(mask, self._contours, int(np.argmin(distance)), 1, cv2.FILLED)
        target = np.array([(0, 0), (width, 0), (width, _HEIGHT), (0, _HEIGHT)], dtype=np.float32)
        matrix = cv2.getPerspectiveTransform(box.astype(np.float32), target)
        return np.asarray(cv2.warpPerspective(mask, matrix, (width, _HEIGHT)), dtype=np.uint8)


def _widened(corners: Corners) -> Corners:
    left, right = _WIDER * (corners[3] - corners[0]), _WIDER * (corners[2] - corners[1])
    return np.stack([corners[0] - left, corners[1] - right, corners[2] + right, corners[3] + left])


def _course(core: NDArray[np.uint8]) -> tuple[NDArray[np.float64], float] | None:
    """Middle (0-1 across the strip) at the knots, and half the height; ``None`` if that is straight."""
    filled = core.sum(axis=0, dtype=np.int64)
    columns = np.flatnonzero(filled)
    if len(columns) < _SAMPLED * core.shape[1]:
        return None
    rows = np.arange(core.shape[0])[:, np.newaxis] + 0.5
    middle = (core * rows).sum(axis=0)[columns] / filled[columns] / core.shape[0]
    place = columns / core.shape[1]
    curve = np.polynomial.Polynomial.fit(place, middle, _DEGREE)
    knots = np.clip(np.linspace(0.0, 1.0, _KNOTS), place[0], place[-1])
    bent = np.asarray(curve(knots), dtype=np.float64)
    if np.ptp(bent - np.polyval(np.polyfit(knots, bent, 1), knots)) < _BENT:
        return None
    return bent, float(np.median(filled[columns])) / core.shape[0] * _GROWN


def _outline(corners: Corners, middle: NDArray[np.float64], half: float) -> NDArray[np.float64]:
    fractions = np.linspace(0.0, 1.0, _KNOTS)[:, np.newaxis]
    upper = corners[0] + (corners[1] - corners[0]) * fractions
    lower = corners[3] + (corners[2] - corners[3]) * fractions
    centre = upper + (lower - upper) * middle[:, np.newaxis]
    offset = (lower - upper) * half
    return np.vstack([centre - offset, (centre + offset)[::-1]])
