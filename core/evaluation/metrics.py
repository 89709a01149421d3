"""Scores of readings against truth, over NFC text in code points.

CER = summed edit distance / summed reference characters: sums over the corpus, never a mean of means.
``accuracy_lcs`` is the character accuracy of the article that Linewright grew from: longest common
subsequence / reference characters, likewise summed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq, Levenshtein

from core.document import normalize_text
from core.versions import LineScore


@dataclass(frozen=True, slots=True)
class Totals:
    """Scores over some lines; rates are fractions (``nan`` where there is no truth at all)."""

    lines: int
    characters: int
    edits: int
    cer: float
    accuracy_lcs: float
    wer: float
    exact: int


def score_line(line_id: int, truth: str, text: str, promised: float | None = None) -> LineScore:
    """Compare one reading with its truth."""
    truth, text = normalize_text(truth), normalize_text(text)
    return LineScore(line_id, truth, text, Levenshtein.distance(truth, text), len(truth), promised)


def total(scores: Sequence[LineScore]) -> Totals:
    """Sum up lines."""
    characters = sum(score.characters for score in scores)
    edits = sum(score.edits for score in scores)
    common = sum(LCSseq.similarity(score.truth, score.text) for score in scores)
    words = [(score.truth.split(), score.text.split()) for score in scores]
    word_edits = sum(Levenshtein.distance(truth, text) for truth, text in words)
    return Totals(
        lines=len(scores),
        characters=characters,
        edits=edits,
        cer=_ratio(edits, characters),
        accuracy_lcs=_ratio(common, characters),
        wer=_ratio(word_edits, sum(len(truth) for truth, _ in words)),
        exact=sum(score.edits == 0 for score in scores),
    )


def cer(pairs: Sequence[tuple[str, str]]) -> float:
    """Character error rate of (truth, text) pairs."""
    return total([score_line(0, truth, text) for truth, text in pairs]).cer


def _ratio(part: float, whole: int) -> float:
    return part / whole if whole else math.nan
