"""Student's t distribution for whole degrees of freedom; the program does not carry scipy."""

import math
from functools import lru_cache

_HALVINGS = 60
"""So often the angle is narrowed down: to 1e-18 of a right angle, less than a float tells."""

NORMAL_FROM = 2_000
"""From so many degrees of freedom on the quantile differs from their limit by less than 0.2 %."""


@lru_cache(maxsize=256)
def t_quantile(within: float, freedom: int) -> float:
    """How far from 0, to either side, lies the share ``within`` (0-1) of a t distribution.

    Found by halving the angle atan(t / sqrt(freedom)) at which the share is reached.

    Args:
        within: The share between -t and t, 0.95 for an interval of 95 %.
        freedom: Degrees of freedom, at least 1; beyond ``NORMAL_FROM`` they change nothing any more.
    """
    if freedom < 1:
        raise ValueError(f"{freedom} degrees of freedom")
    freedom = min(freedom, NORMAL_FROM)
    low, high = 0.0, math.pi / 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _share_within(middle, freedom) < within else (low, middle)
    return math.tan(high) * math.sqrt(freedom)


def _share_within(angle: float, freedom: int) -> float:
    """Share (0-1) between -t and t at ``angle`` = atan(t / sqrt(freedom)), in radians.

    Abramowitz and Stegun 1964, 26.7.3 (odd degrees of freedom) and 26.7.4 (even ones).
    """
    cosine, odd = math.cos(angle), freedom % 2
    term = cosine if odd else 1.0
    total = term if freedom > 1 else 0.0
    for power in range(2 + odd, freedom - 1, 2):
        term *= cosine * cosine * (power - 1) / power
        total += term
    share = math.sin(angle) * total
    return 2 / math.pi * (angle + share) if odd else share
