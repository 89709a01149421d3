"""How far a model's confidences can be believed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Characters read with about the same confidence: how many, how sure, how often right (0-1)."""

    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins of a reliability diagram, least sure first; empty bins are left out.

    ``error`` is the expected calibration error (Guo et al. 2017): the mean gap between confidence and
    accuracy, weighted by count.
    """

    bins: tuple[ReliabilityBin, ...]
    error: float


def reliability(confidences: Sequence[float] | NDArray[np.float32], right: Sequence[bool]) -> Reliability:
    """Bin characters by confidence, in ten equal steps from 0 to 1.

    Args:
        confidences: Of the characters read (0-1).
        right: Whether each is true.
    """
    sure = np.asarray(confidences, dtype=np.float64)
    true = np.asarray(right, dtype=np.float64)
    places = np.minimum((sure * BINS).astype(np.intp), BINS - 1)
    bins = tuple(
        ReliabilityBin(int(own.sum()), float(sure[own].mean()), float(true[own].mean()))
        for own in (places == number for number in range(BINS))
        if own.any()
    )
    total = sum(each.count for each in bins)
    gaps = sum(each.count * abs(each.confidence - each.accuracy) for each in bins)
    return Reliability(bins, gaps / total if total else 0.0)
