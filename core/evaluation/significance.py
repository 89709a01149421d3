"""Whether one model is better than another, or only luckier, on the lines at hand."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation.comparison import ComparedLine

DRAWS = 4000
CONFIDENCE = 0.95

COUNTS = 1_000_000
"""Numbers held at once while drawing, 8 MB, however many lines a single page has."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a difference of two CERs lies (fractions; below 0 the second model is better).

    ``units`` says how many pages were drawn from; with a single page lines are drawn, and ``by_page`` is
    false: then nothing is known of how the models fare on another page.
    """

    difference: float
    low: float
    high: float
    units: int
    by_page: bool

    @property
    def excludes_worse(self) -> bool:
        """Whether all of it speaks for the second model."""
        return self.high < 0


def difference_interval(
    lines: Sequence[ComparedLine], pages: Mapping[int, Hashable], seed: int = 0
) -> Interval | None:
    """Bootstrap interval (percentiles, 95 %) of last model's CER minus the first's.

    Pages are drawn with replacement, all lines of a page together: lines of one page share hand, print and
    scan, so drawing lines would promise too much (cluster bootstrap: Davison and Hinkley 1997, 3.8).

    Args:
        lines: The compared lines.
        pages: Page by line id.
        seed: For the same interval again.

    Returns:
        ``None`` if there are fewer than two lines.
    """
    if len(lines) < 2:
        return None
    by_page = len({pages[line.line_id] for line in lines}) > 1
    sums: dict[Hashable, list[int]] = {}
    for line in lines:
        unit = sums.setdefault(pages[line.line_id] if by_page else line.line_id, [0, 0])
        unit[0] += line.scores[-1].edits - line.scores[0].edits
        unit[1] += line.scores[0].characters
    table = np.array(list(sums.values()), dtype=np.int64)  # (units, 2): change of edits, characters
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(_drawn(table, seed), (tail, 1 - tail))
    total = table.sum(axis=0)
    return Interval(float(total[0] / max(total[1], 1)), float(low), float(high), len(table), by_page)


def _drawn(table: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """Change of CER in each draw of as many units as there are; ``table`` (units, 2): change, characters."""
    chance, units = np.random.default_rng(seed), len(table)
    at_once = max(1, COUNTS // units)
    rates = []
    for first in range(0, DRAWS, at_once):
        size = min(at_once, DRAWS - first)
        counts = chance.multinomial(units, np.full(units, 1 / units), size=size)  # (size, units)
        change, characters = (counts @ table).T
        rates.append(change / np.maximum(characters, 1))
    return np.concatenate(rates)


def sign_test(wins: int, losses: int) -> float:
    """Two-sided exact sign test: how likely so uneven a split is if both models are equally good.

    Ties say nothing and are left out. 1 where there is neither win nor loss.
    """
    n, fewer = wins + losses, min(wins, losses)
    if n == 0:
        return 1.0
    logs = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in range(fewer + 1)]
    return min(1.0, 2 * sum(math.exp(each - n * math.log(2)) for each in logs))
