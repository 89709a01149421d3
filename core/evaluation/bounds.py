"""How bad a rate may be of which only a sample was seen."""

import math
from collections.abc import Sequence

CONFIDENCE = 0.95
TOGETHER = 2.0
"""So many times as far as independent errors those of sure lines scatter at the least; a few lines cannot
show it (1.6 and 3.1 in the demo's, docs/MEASUREMENTS.md)."""

_STEPS = 60


def bound_over_lines(wrong: Sequence[int], sizes: Sequence[int], confidence: float = CONFIDENCE) -> float:
    """The largest rate (0-1) of wrong characters that a random sample of lines does not speak against.

    Errors of a line come together, so a line tells less than its characters would one by one. Both counts
    are divided by how much farther the errors of the lines scatter than independent ones would (the design
    effect), before the exact bound is taken (Korn and Graubard, Survey Methodology 1998).

    Args:
        wrong: Wrong characters of each line.
        sizes: Characters of each line.
        confidence: 0-1.
    """
    edits, characters = sum(wrong), sum(sizes)
    if edits >= characters:
        return 1.0
    scatter = max(TOGETHER, _design_effect(wrong, sizes))
    return upper_bound(math.ceil(edits / scatter), max(int(characters / scatter), 1), confidence)


def _design_effect(wrong: Sequence[int], sizes: Sequence[int]) -> float:
    """Variance of the rate by how lines differ, over that of independent characters; 0 if unknown."""
    lines, characters = len(sizes), sum(sizes)
    rate = sum(wrong) / characters
    if lines < 2 or rate == 0:
        return 0.0
    squares = sum((own - rate * size) ** 2 for own, size in zip(wrong, sizes, strict=True))
    return lines / (lines - 1) * squares / (rate * (1 - rate) * characters)


def upper_bound(wrong: int, total: int, confidence: float = CONFIDENCE) -> float:
    """The largest rate (0-1) that a sample does not speak against: one-sided, exact.

    Clopper and Pearson (Biometrika 1934): the rate at which ``wrong`` or fewer of ``total`` would be seen
    with a probability of 1 - ``confidence``, found by bisection. It takes the characters as independent
    (errors that come together: ``bound_over_lines``).

    Args:
        wrong: Wrong ones in the sample.
        total: Size of the sample; of an empty one nothing is known, and the bound is 1.
        confidence: 0-1.
    """
    if total <= 0 or wrong >= total:
        return 1.0
    low, high = wrong / total, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(wrong, total, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, total: int, rate: float) -> float:
    """Probability of ``wrong`` or fewer of ``total`` (binomial), summed in logarithms."""
    if rate <= 0.0:
        return 1.0
    if rate >= 1.0:
        return 0.0
    hit, miss = math.log(rate), math.log1p(-rate)
    all_ = math.lgamma(total + 1)
    logs = [
        all_ - math.lgamma(k + 1) - math.lgamma(total - k + 1) + k * hit + (total - k) * miss
        for k in range(wrong + 1)
    ]
    largest = max(logs)
    return min(1.0, math.exp(largest) * sum(math.exp(each - largest) for each in logs))
