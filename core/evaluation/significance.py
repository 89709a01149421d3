"""Whether one model is better than another, or only luckier, on the lines at hand."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evaluation.comparison import ComparedLine
from core.evaluation.student import t_quantile

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a difference of two CERs lies (fractions; below 0 the second model is better).

    ``units`` says by how many pages it was found; with a single page lines stand for them, and ``by_page``
    is false: then nothing is known of how the models fare on another page.
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


def difference_interval(lines: Sequence[ComparedLine], pages: Mapping[int, Hashable]) -> Interval | None:
    """Interval (95 %) of the last model's CER minus the first's, by how pages differ.

    Lines of one page share hand, print and scan, so pages are the units, not lines. The difference is a ratio
    of sums over pages of unequal length; its standard error comes from leaving out one page after the other
    (jackknife: Efron and Tibshirani 1993, 11.5), and as few pages tell little of how pages differ, the
    interval takes Student's t with one degree of freedom less than there are pages. Percentiles of a
    bootstrap are much too narrow with few pages: see docs/MEASUREMENTS.md.

    Args:
        lines: The compared lines.
        pages: Page by line id, or whatever else belongs together.

    Returns:
        ``None`` if there are fewer than two lines.
    """
    if len(lines) < 2:
        return None
    by_line = _changes(lines, {line.line_id: line.line_id for line in lines})
    by_page = _changes(lines, pages)
    units = by_page if len(by_page) > 1 else by_line
    change, characters = units.sum(axis=0)
    difference = float(change / max(characters, 1))
    reach = t_quantile(CONFIDENCE, len(units) - 1) * _standard_error(units, by_line)
    low = max(difference - reach, -_first_cer(lines))
    return Interval(difference, low, difference + reach, len(units), len(by_page) > 1)


def _first_cer(lines: Sequence[ComparedLine]) -> float:
    """CER of the first model (a fraction): more than all of its errors cannot go."""
    scores = [line.scores[0] for line in lines]
    return sum(each.edits for each in scores) / max(sum(each.characters for each in scores), 1)


def _changes(lines: Sequence[ComparedLine], units: Mapping[int, Hashable]) -> NDArray[np.int64]:
    """Change of wrong characters, and characters, of each unit: (units, 2)."""
    sums: dict[Hashable, list[int]] = {}
    for line in lines:
        unit = sums.setdefault(units[line.line_id], [0, 0])
        unit[0] += line.scores[-1].edits - line.scores[0].edits
        unit[1] += line.scores[0].characters
    return np.array(list(sums.values()), dtype=np.int64)


def _standard_error(units: NDArray[np.int64], by_line: NDArray[np.int64]) -> float:
    """Standard error of the difference of CERs (a fraction); both arrays as of ``_changes``.

    Two or three pages may agree by mere chance. So it is never less than if each line, or each wrong
    character that came or went, had happened for itself: sharing a page only adds to that.
    """
    change, characters = by_line.T
    single = math.sqrt(np.abs(change).sum()) / max(int(characters.sum()), 1)
    return max(_jackknife(units), _jackknife(by_line), single)


def _jackknife(table: NDArray[np.int64]) -> float:
    """Standard error of a ratio of sums, from the ratios without one unit each; ``table`` (units, 2)."""
    change, characters = (table.sum(axis=0) - table).T  # of all others, for each unit
    ratios = change / np.maximum(characters, 1)
    whole = table[:, 0].sum() / max(table[:, 1].sum(), 1)
    return float(np.sqrt((len(table) - 1) / len(table) * ((ratios - whole) ** 2).sum()))


def sign_test(wins: int, losses: int) -> float:
    """Two-sided exact sign test: how likely so uneven a split is if both models are equally good.

    Ties say nothing and are left out. 1 where there is neither win nor loss.
    """
    n, fewer = wins + losses, min(wins, losses)
    if n == 0:
        return 1.0
    logs = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in range(fewer + 1)]
    return min(1.0, 2 * sum(math.exp(each - n * math.log(2)) for each in logs))
