"""What more corrected lines are likely to bring: a learning curve with its uncertainty.

Errors fall with the data by a power law, ``CER(n) = floor + a * n ** -b`` (Hestness et al., Deep Learning
Scaling is Predictable, Empirically, 2017). A handful of points does not settle three numbers, so each
combination on a grid is weighed by how well it explains the points and by what was measured elsewhere;
medians and intervals are those of the weighted curves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EXPONENT, EXPONENT_SPREAD = 0.22, 0.13
"""Mean and standard deviation of the exponent in our own trainings of ``ppocr-v6-small``, whose CER before
any training counts as that of one line: a print of 1550, 7.3 % -> 1.65 % with 100 lines (0.32); a Fraktur of
the 19th century, 10.0 % -> 2.6 % with 200 (0.25); handwritten wills, 33.6 % -> 22.7 % with 200 (0.07).
Hestness et al. found 0.07 to 0.35."""

BASE_SPREAD = 0.5
"""How far ``log a`` may be from the base's CER: that the base counts as one line is only a convention."""

SCATTER = 0.1
"""Relative standard deviation between trainings with as many lines; repeated ones of the demo differed by
5 %, and those learned from the very same lines."""

FLOORS = np.linspace(0.0, 0.9, 10)
"""Shares of the lowest CER seen that no number of lines may take away, weighed by ``(1 - share) ** 2``: a
guess, for the trainings above have one point each and say nothing of it."""

TAIL = 0.1
"""Probability left out on either side: the interval is one of 80 %."""

_EXPONENTS = np.linspace(0.01, 0.8, 60)
_OFFSETS = np.linspace(-4.0, 4.0, 161)


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """A model that learned from ``lines`` made ``errors`` in ``characters`` of lines it had not seen."""

    lines: int
    errors: int
    characters: int

    @property
    def cer(self) -> float:
        """Errors / characters."""
        return self.errors / max(self.characters, 1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The CER (0-1) to be expected after training on ``lines``, and where it lies with 80 % probability."""

    lines: int
    cer: float
    low: float
    high: float


def outlook(
    points: Sequence[LearningPoint], lines: Sequence[int], base_cer: float | None = None
) -> tuple[Outlook, ...]:
    """What to expect with so many lines.

    Args:
        points: What was measured; those without lines or characters say nothing.
        lines: Numbers of lines to look at.
        base_cer: CER of the model before any training, if it is known.

    Returns:
        One for each of ``lines``; none at all without a single point.
    """
    usable = [point for point in points if point.lines > 0 and point.characters > 0]
    if not usable:
        return ()
    curves = _Curves.through(usable)
    weights = curves.weights(usable, base_cer)
    return tuple(_outlook(n, curves.at(n), weights) for n in lines)


@dataclass(frozen=True, slots=True)
class _Curves:
    """All curves of the grid, flattened: (curves,) each; ``share`` is the floor's of the lowest CER."""

    log_a: NDArray[np.float64]
    b: NDArray[np.float64]
    share: NDArray[np.float64]
    lowest: float

    @classmethod
    def through(cls, points: Sequence[LearningPoint]) -> "_Curves":
        """Curves of every exponent around the best point: by what it can be, not by what it was."""
        # Half an error: none seen is not none to come.
        best = min(points, key=lambda point: (point.errors + 0.5) / point.characters)
        lowest = (best.errors + 0.5) / best.characters
        offset, b, share = (each.ravel() for each in np.meshgrid(_OFFSETS, _EXPONENTS, FLOORS))
        return cls(np.log(lowest) + b * np.log(best.lines) + offset, b, share, lowest)

    def at(self, lines: int) -> NDArray[np.float64]:
        """CER of each curve; nobody makes more errors than there are characters."""
        cer = self.lowest * self.share + np.exp(self.log_a - self.b * np.log(max(lines, 1)))
        return np.asarray(np.minimum(cer, 1.0), dtype=np.float64)

    def weights(self, points: Sequence[LearningPoint], base_cer: float | None) -> NDArray[np.float64]:
        """Posterior of the curves, summing to 1."""
        log = -0.5 * ((self.b - EXPONENT) / EXPONENT_SPREAD) ** 2 + 2 * np.log1p(-self.share)
        if base_cer:
            log -= 0.5 * ((self.log_a - np.log(base_cer)) / BASE_SPREAD) ** 2
        for point in points:
            log += _likelihood(point, self.at(point.lines))
        weights = np.exp(log - log.max())
        return np.asarray(weights / weights.sum(), dtype=np.float64)


def _likelihood(point: LearningPoint, cer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log probability of the errors: Poisson counts whose rate scatters (negative binomial)."""
    expected, shape = point.characters * cer, SCATTER**-2
    log = point.errors * np.log(expected / (expected + shape)) - shape * np.log1p(expected / shape)
    return np.asarray(log, dtype=np.float64)


def _outlook(lines: int, cer: NDArray[np.float64], weights: NDArray[np.float64]) -> Outlook:
    order = np.argsort(cer)
    reached = np.cumsum(weights[order])
    places = np.minimum(np.searchsorted(reached, (TAIL, 0.5, 1 - TAIL)), len(cer) - 1)
    low, middle, high = cer[order][places]
    return Outlook(lines, float(middle), float(low), float(high))
