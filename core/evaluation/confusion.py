"""Which characters a model takes for which."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.evaluation.alignment import SpanKind, align
from core.versions import LineScore


@dataclass(frozen=True, slots=True)
class Confusion:
    """``truth`` read as ``read``, ``count`` times; one side is empty where a character is added or lost."""

    truth: str
    read: str
    count: int
    line_ids: tuple[int, ...]


def confusions(scores: Iterable[LineScore]) -> list[Confusion]:
    """All confusions, most frequent first; a replaced stretch of equal length counts by character."""
    counts: Counter[tuple[str, str]] = Counter()
    lines: dict[tuple[str, str], dict[int, None]] = {}
    for score in scores:
        for span in align(score.truth, score.text):
            if span.kind is SpanKind.EQUAL:
                continue
            for pair in _pairs(span.reference, span.read):
                counts[pair] += 1
                lines.setdefault(pair, {})[score.line_id] = None
    return [
        Confusion(truth, read, count, tuple(lines[truth, read]))
        for (truth, read), count in counts.most_common()
    ]


def _pairs(reference: str, read: str) -> list[tuple[str, str]]:
    if len(reference) == len(read):
        return list(zip(reference, read, strict=True))
    return [(char, "") for char in reference] + [("", char) for char in read]
