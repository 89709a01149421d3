"""How strongly a reading speaks against a text that a human vouches for."""

from collections.abc import Sequence
from statistics import fmean

from rapidfuzz.distance import Levenshtein

UNKNOWN = 0.5
"""Confidence (0-1) of a character whose confidence nobody has kept."""


def suspicion(text: str, read: str, confidences: Sequence[float] | None = None) -> float:
    """Edit distance, each edit weighted by how sure the model was; 0 if both are the same.

    What a model that never saw the line reads surely and otherwise is probably an error of the label, what
    it reads doubtfully an error of its own (ranking by self-confidence: Northcutt, Jiang and Chuang, JAIR
    2021). A character that only the text has weighs as much as its neighbours in the reading are sure.

    Args:
        text: What the human wrote.
        read: What the model read.
        confidences: 0-1, one for each character of ``read``; ``None`` if unknown.
    """
    sure = list(confidences) if confidences is not None else [UNKNOWN] * len(read)
    total = 0.0
    for edit in Levenshtein.editops(text, read):
        if edit.tag == "delete":
            around = sure[max(edit.dest_pos - 1, 0) : edit.dest_pos + 1]
            total += fmean(around) if around else UNKNOWN
        else:
            total += sure[edit.dest_pos]
    return total
