"""Outlines that follow a curved line, taken from the detector's map of where text is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from core.layout.turning import Corners, thickness

_HEIGHT = 24  # px of a strip while it is looked at
_BENT = 0.08  # of the widened strip's height by which its middle leaves the straight line
_SAMPLED = 0.6  # of the strip's length in which text has to be seen
_DEGREE = 3
_KNOTS = 8
_WIDER = 0.3  # of the box's height added above and below while looking; a curve reaches out of its box
_GROWN = 1.0
"""Half height of a bent outline / height of the seen core; the detector grows its boxes in the same way."""


def bent_outline(
    corners: Corners, text: NDArray[np.uint8], page: tuple[int, int]
) -> NDArray[np.float64] | None:
    """Outline ``(2 K, 2)`` of a line that bends, clockwise from where it begins; ``None`` if it is straight.

    Args:
        corners: The line's box on the page ``(4, 2)``, from the corner where reading begins.
        text: The detector's map ``(h, w)``, 1 in the core of lines.
        page: Height and width of the page in px.
    """
    corners = _widened(corners)
    length = float(np.linalg.norm(corners[1] - corners[0]))
    height = thickness(corners)
    width = round(_HEIGHT * length / max(height, 1.0))
    if width < 4 * _HEIGHT:  # short pieces look bent by their letters
        return None
    scale = np.array([text.shape[1] / page[1], text.shape[0] / page[0]])
    target = np.array([(0, 0), (width, 0), (width, _HEIGHT), (0, _HEIGHT)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform((corners * scale).astype(np.float32), target)
    core = _own(np.asarray(cv2.warpPerspective(text, matrix, (width, _HEIGHT)), dtype=np.uint8))
    course = _course(core)
    if course is None:
        return None
    middle, half = course
    fractions = np.linspace(0.0, 1.0, _KNOTS)[:, np.newaxis]
    upper = corners[0] + (corners[1] - corners[0]) * fractions
    lower = corners[3] + (corners[2] - corners[3]) * fractions
    centre = upper + (lower - upper) * middle[:, np.newaxis]
    offset = (lower - upper) * half
    return np.vstack([centre - offset, (centre + offset)[::-1]])


def _widened(corners: Corners) -> Corners:
    left, right = _WIDER * (corners[3] - corners[0]), _WIDER * (corners[2] - corners[1])
    return np.stack([corners[0] - left, corners[1] - right, corners[2] + right, corners[3] + left])


def _own(seen: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The connected piece that the box was laid around, so that its centre is the box's.

    The neighbours of a curved line reach into its box too, often with more of their area.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(seen)
    lengths, tops, heights = (
        stats[:, cv2.CC_STAT_WIDTH],
        stats[:, cv2.CC_STAT_TOP],
        stats[:, cv2.CC_STAT_HEIGHT],
    )
    distance = np.abs(tops + heights / 2 - seen.shape[0] / 2)
    long = [label for label in range(1, len(stats)) if lengths[label] >= _SAMPLED * seen.shape[1]]
    if not long:
        return np.zeros(seen.shape, dtype=np.bool_)
    return np.asarray(labels == min(long, key=lambda label: distance[label]))


def _course(core: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float] | None:
    """Middle (0-1 across the strip) at the knots, and half the height; ``None`` if that is straight."""
    filled = core.sum(axis=0)
    columns = np.flatnonzero(filled)
    if len(columns) < _SAMPLED * core.shape[1]:
        return None
    rows = np.arange(core.shape[0])[:, np.newaxis] + 0.5
    middle = (core * rows).sum(axis=0)[columns] / filled[columns] / core.shape[0]
    place = columns / core.shape[1]
    curve = np.polynomial.Polynomial.fit(place, middle, _DEGREE)
    knots = np.clip(np.linspace(0.0, 1.0, _KNOTS), place[0], place[-1])
    bent = curve(knots)
    if np.ptp(bent - np.polyval(np.polyfit(knots, bent, 1), knots)) < _BENT:
        return None
    return bent, float(np.median(filled[columns])) / core.shape[0] * _GROWN
