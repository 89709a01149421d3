"""Model versions side by side on the very same lines."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.evaluation.metrics import Totals, total
from core.versions import LineScore


class Outcome(StrEnum):
    """What the second of two models made of a line."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line as each model read it; ``scores`` are in the order of the comparison's models."""

    line_id: int
    truth: str
    scores: tuple[LineScore, ...]

    @property
    def difference(self) -> float:
        """CER of the last model minus CER of the first; negative is better."""
        return self.scores[-1].cer - self.scores[0].cer

    @property
    def outcome(self) -> Outcome:
        """The last model against the first, by wrong characters."""
        change = self.scores[-1].edits - self.scores[0].edits
        return Outcome.SAME if change == 0 else Outcome.BETTER if change < 0 else Outcome.WORSE


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more models over the lines that all of them have read."""

    models: tuple[str, ...]
    lines: tuple[ComparedLine, ...]
    totals: tuple[Totals, ...]

    def count(self, outcome: Outcome) -> int:
        """How many lines ended so."""
        return sum(line.outcome is outcome for line in self.lines)

    def restricted(self, line_ids: Container[int]) -> "Comparison":
        """The same models over some of the lines."""
        lines = [line for line in self.lines if line.line_id in line_ids]
        return self if len(lines) == len(self.lines) else _comparison(self.models, lines)


def compare(scores: Mapping[str, Sequence[LineScore]]) -> Comparison:
    """Join per-line scores of several models by line.

    Lines that one of the models has not read, or read against another truth, are left out: only the very
    same task is compared.

    Args:
        scores: Scores by model name; the order of the mapping is the order of the models.
    """
    by_model = [{score.line_id: score for score in lines} for lines in scores.values()]
    first = next(iter(scores.values()), ())
    lines = []
    for score in first:
        readings = tuple(lines[score.line_id] for lines in by_model if score.line_id in lines)
        if len(readings) == len(by_model) and len({reading.truth for reading in readings}) == 1:
            lines.append(ComparedLine(score.line_id, score.truth, readings))
    return _comparison(tuple(scores), lines)


def _comparison(models: tuple[str, ...], lines: Sequence[ComparedLine]) -> Comparison:
    totals = tuple(total([line.scores[place] for line in lines]) for place in range(len(models)))
    return Comparison(models, tuple(lines), totals)
