"""How bad a rate may be of which only a sample was seen."""

import math

CONFIDENCE = 0.95
_STEPS = 60


def upper_bound(wrong: int, total: int, confidence: float = CONFIDENCE) -> float:
    """The largest rate (0-1) that a sample does not speak against: one-sided, exact.

    Clopper and Pearson (Biometrika 1934): the rate at which ``wrong`` or fewer of ``total`` would be seen
    with a probability of 1 - ``confidence``, found by bisection. It takes the characters as independent;
    errors that come in clusters make the true bound somewhat larger.

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
