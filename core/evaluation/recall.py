"""Which characters a model finds less often than another did."""

from collections import Counter
from collections.abc import Iterable

from core.evaluation.alignment import SpanKind, align

FEWEST = 5
"""Occurrences below which a fall may be a single slip."""


def found(pairs: Iterable[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """How often each character stands in the truth of (truth, text) pairs, and how often it was found."""
    wanted: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for truth, text in pairs:
        wanted.update(truth)
        for span in align(truth, text):
            if span.kind is SpanKind.EQUAL:
                read.update(span.reference)
    return wanted, read


def lost_characters(
    before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> tuple[tuple[str, int, float, float], ...]:
    """Characters whose recall fell, worst first: (character, count, recall before, recall after), 0-1.

    Args:
        before: (truth, text) pairs of the earlier model.
        after: The same lines as the later model read them.
    """
    wanted, was = found(before)
    _, now = found(after)
    losses = [
        (char, count, was[char] / count, now[char] / count)
        for char, count in wanted.items()
        if count >= FEWEST and now[char] < was[char]
    ]
    return tuple(sorted(losses, key=lambda loss: (loss[3] - loss[2]) * loss[1]))
