"""How strongly a reading speaks against a text that a human vouches for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from rapidfuzz.distance import Editop, Levenshtein

UNKNOWN = 0.5
"""Confidence (0-1) of a character whose confidence nobody has kept."""


Pair = tuple[str, str]
"""What stands in a text and what was read for it; one side is empty where a character is added or lost."""


def suspicion(
    text: str,
    read: str,
    confidences: Sequence[float] | None = None,
    usual: Mapping[Pair, int] | None = None,
) -> float:
    """Edit distance, each edit weighted by how sure the model was; 0 if both are the same.

    What a model that never saw the line reads surely and otherwise is probably an error of the label, what
    it reads doubtfully an error of its own (ranking by self-confidence: Northcutt, Jiang and Chuang, JAIR
    2021). So is what it reads for the same character in many lines: such an edit counts that much less. A
    character that only the text has weighs as much as its neighbours in the reading are sure.

    Args:
        text: What the human wrote.
        read: What the model read.
        confidences: 0-1, one for each character of ``read``; ``None`` if unknown.
        usual: In how many lines the model reads so (``usual_edits``).
    """
    sure = list(confidences) if confidences is not None else [UNKNOWN] * len(read)
    total = 0.0
    for edit in Levenshtein.editops(text, read):
        if edit.tag == "delete":
            around = sure[max(edit.dest_pos - 1, 0) : edit.dest_pos + 1]
            weight = fmean(around) if around else UNKNOWN
        else:
            weight = sure[edit.dest_pos]
        total += weight / max((usual or {}).get(_pair(text, read, edit), 1), 1)
    return total


def usual_edits(pairs: Iterable[tuple[str, str]]) -> Counter[Pair]:
    """In how many (text, read) pairs of one model each edit happens."""
    counts: Counter[Pair] = Counter()
    for text, read in pairs:
        counts.update({_pair(text, read, edit) for edit in Levenshtein.editops(text, read)})
    return counts


def _pair(text: str, read: str, edit: Editop) -> Pair:
    stood = "" if edit.tag == "insert" else text[edit.src_pos]
    return stood, "" if edit.tag == "delete" else read[edit.dest_pos]
