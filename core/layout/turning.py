"""Reading coordinates: every page turned so that its lines run to the right and follow downwards."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.document import Direction
from core.layout.reading_order import Box

Corners = NDArray[np.float64]
"""``(..., 4, 2)`` px, clockwise from the corner where reading begins, upper edge first."""

_LONG = 1.5  # length / height from which a box says which way its line runs
_MAX_SKEW = 20.0  # degrees


@dataclass(frozen=True, slots=True)
class Turning:
    """A turn of the page; ``axes`` ``(2, 2)`` has the reading direction and the next line's as columns."""

    direction: Direction
    axes: NDArray[np.float64]

    def to_reading(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points ``(..., 2)`` of the page in reading coordinates."""
        return points @ self.axes

    def to_page(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points ``(..., 2)`` in reading coordinates back on the page."""
        return points @ self.axes.T

    def strips(self, corners: Corners) -> Corners:
        """Boxes ``(N, 4, 2)`` of the page in reading coordinates, their first corner where reading begins."""
        if self.direction is Direction.TTB:
            corners = np.roll(corners, -1, axis=-2)  # a column begins at its upper right corner
        return self.to_reading(corners)


def turning_of(corners: Corners, layout: str = "auto") -> Turning:
    """How a page has to be turned for its boxes to lie level.

    Args:
        corners: Boxes of the page ``(N, 4, 2)``, clockwise from the upper left.
        layout: ``ltr`` or ``ttb`` if it is known; ``auto`` lets the boxes vote by their length.
    """
    across = np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)
    down = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    upright = down[down > _LONG * across].sum() > across[across > _LONG * down].sum()
    vertical = layout == "ttb" or (layout == "auto" and bool(upright))
    level = Turning(
        Direction.TTB if vertical else Direction.LTR,
        # Columns run down the page, the next one lies to the left.
        np.array([[0.0, -1.0], [1.0, 0.0]]) if vertical else np.eye(2),
    )
    angle = _skew(level.strips(corners))
    cosine, sine = np.cos(angle), np.sin(angle)
    return Turning(level.direction, level.axes @ np.array([[cosine, -sine], [sine, cosine]]))


def _skew(strips: Corners) -> float:
    """Angle (radians) by which most of the text's length runs askew; 0 for a page without long boxes."""
    run = strips[:, 1] - strips[:, 0]
    long = run[:, 0] > 2 * _LONG * np.linalg.norm(strips[:, 3] - strips[:, 0], axis=1)
    if not long.any():
        return 0.0
    angles = np.arctan2(run[long, 1], run[long, 0])
    order = np.argsort(angles)
    weight = np.cumsum(run[long, 0][order])
    middle = float(angles[order][np.searchsorted(weight, weight[-1] / 2)])
    return middle if abs(middle) <= np.radians(_MAX_SKEW) else 0.0


def box_of(strip: Corners) -> Box:
    """Box around a strip ``(4, 2)``, level in reading coordinates."""
    left, top = strip.min(axis=0)
    right, bottom = strip.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def thickness(strip: Corners) -> float:
    """Height of a strip, square to its run, in px."""
    return float(np.linalg.norm(strip[3] - strip[0]) + np.linalg.norm(strip[2] - strip[1])) / 2
