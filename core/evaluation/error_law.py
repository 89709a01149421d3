"""How many characters of a draft are wrong in truth, as against what its confidences promise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

USUAL_RATE = 0.01
"""Promised error rate (0-1) at which the law's level is given."""

LEAST_RATE = 1e-4
"""Promised rates below this count as this much: nobody is surer than that of print he has not seen."""

LEVEL, LEVEL_SPREAD = 0.7, 0.7
SLOPE, SLOPE_SPREAD = 1.0, 0.3
"""What is known of any model on any material: mean and standard deviation of the prior.

The level is that of five pairs of a model and lines of another kind than it had learned, which had 0.8 to 5.6
times as many errors as promised (docs/MEASUREMENTS.md); a dozen corrected lines outweigh it.
"""

_STEPS = 50

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ErrorLaw:
    """``true rate = USUAL_RATE * exp(level) * (promised rate / USUAL_RATE) ** slope``.

    ``level`` 0 and ``slope`` 1 would be what confidences promise. A model on material unlike its own is
    often as wrong where it is sure as where it is not: its slope is near 0. What the law was learned from
    stands in ``lines``, ``characters``, ``promised`` and ``edits``.
    """

    level: float = LEVEL
    slope: float = SLOPE
    lines: int = 0
    characters: int = 0
    promised: float = 0.0
    edits: int = 0

    def errors(self, promised: Numbers, characters: Numbers) -> Numbers:
        """Wrong characters (L,) to expect in drafts whose confidences promise ``promised`` (L,) of them.

        A draft without characters counts as one of a single character.
        """
        rates = _rates(_terms(promised, characters), self.level, self.slope)
        return np.minimum(rates, 1.0) * np.maximum(characters, 1)


UNKNOWN = ErrorLaw()
"""The law of a model of which nothing is known."""


def fit_error_law(promised: Numbers, characters: Numbers, edits: Numbers) -> ErrorLaw:
    """The most probable law (MAP) for drafts of one model and the truth of their lines.

    A Poisson regression of the edits with normal priors on both parameters, by Newton's method; what it
    looks for is concave, so it has one maximum. Errors of a line come together more often than Poisson's do,
    so the law is a little surer of itself than it may be; audits are what bounds the rate.

    Args:
        promised: (L,) expected wrong characters by the confidences.
        characters: (L,) length of each draft; those without any are left out.
        edits: (L,) edit distance between draft and truth; more than a draft has characters count as so many,
            or a scrap of a line would outweigh all others.
    """
    some = characters > 0
    promised, characters, edits = promised[some], characters[some], edits[some]
    edits = np.minimum(edits, characters)
    terms = _terms(promised, characters)
    features = np.stack([np.ones_like(terms), terms])  # (2, L)
    centre, precision = np.array([LEVEL, SLOPE]), np.diag([LEVEL_SPREAD**-2, SLOPE_SPREAD**-2])
    law = centre.copy()
    for _ in range(_STEPS):
        expected = _rates(terms, *law) * characters
        slope = features @ (edits - expected) - precision @ (law - centre)
        step = np.linalg.solve((features * expected) @ features.T + precision, slope)
        law += step / max(1.0, float(np.abs(step).max()))  # far from the maximum a whole step may overshoot
    return ErrorLaw(
        level=float(law[0]),
        slope=max(float(law[1]), 0.0),
        lines=len(edits),
        characters=int(characters.sum()),
        promised=float(promised.sum()),
        edits=int(edits.sum()),
    )


def _terms(promised: Numbers, characters: Numbers) -> Numbers:
    """Logarithm of the promised rate over the usual one."""
    return np.log(np.maximum(promised / np.maximum(characters, 1), LEAST_RATE) / USUAL_RATE)


def _rates(terms: Numbers, level: float, slope: float) -> Numbers:
    """True rates; above 1 where the law says more than that every character is wrong."""
    rates: Numbers = USUAL_RATE * np.exp(level + slope * terms)
    return rates
