"""What else may stand at one place of a line, all other characters as they are."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from core.decoding.alignment import align, labels_of
from core.decoding.fusion import Fusion
from core.decoding.posteriors import Posteriors
from core.recognition.charset import BLANK
from core.recognition.ctc import ALTERNATIVES

SHARE = 0.002
"""What has less than this share is not worth a key press."""

CONSIDERED = 12
"""So many of the frames' favourites are put to the language model."""


def alternatives_at(
    posteriors: Posteriors,
    text: str,
    position: int,
    *,
    insertion: bool = False,
    fusion: Fusion | None = None,
) -> tuple[tuple[str, float], ...]:
    """Characters for one place, also the one that stands there, with their shares (0-1), best first.

    Args:
        posteriors: The line.
        text: All of its text, as it stands.
        position: Place in the NFC text; at its end, what may follow.
        insertion: Ask what may be missing before the character at ``position``, rather than what it may be.
        fusion: Language model with its weight.

    Returns:
        At most six; the empty text stands for "nothing".
    """
    text = unicodedata.normalize("NFC", text)
    before, after = text[:position], text[position + (not insertion) :]
    start, end, left, right = _region(posteriors, text, before, after)
    if start >= end:
        return ()
    masses = _masses(posteriors.probabilities[start:end], left, right)
    ranked = np.argsort(-masses, kind="stable")[:CONSIDERED]
    scored = [
        (unicodedata.normalize("NFC", posteriors.name(column)), float(masses[column]))
        for column in ranked.tolist()
        if masses[column] > 0.0
    ]
    if fusion:
        reach = fusion.model.order
        scores = np.array([fusion.score(before, char + after[:reach]) for char, _ in scored])
        weights = np.exp(scores - scores.max(initial=-np.inf))
        scored = [(char, mass * float(w)) for (char, mass), w in zip(scored, weights, strict=True)]
    return _shares(scored)


def _region(posteriors: Posteriors, text: str, before: str, after: str) -> tuple[int, int, int, int]:
    """First frame and one past the last between two texts, and the columns of the characters beside."""
    head, tail = labels_of(posteriors, before), labels_of(posteriors, after)
    labels = labels_of(posteriors, text)
    runs = align(posteriors, labels)
    if not posteriors.frames or runs is None or len(head) + len(tail) > len(labels):
        return 0, 0, BLANK, BLANK
    start = runs[len(head) - 1].last + 1 if head else 0
    end = runs[len(runs) - len(tail)].first if tail else posteriors.frames
    return start, end, head[-1].column if head else BLANK, tail[0].column if tail else BLANK


def _masses(rows: NDArray[np.float32], left: int, right: int) -> NDArray[np.float64]:
    """(S,) probability that frames (T, S) read as exactly one character; as nothing in the blank's place.

    ``left`` and ``right`` are the columns of the neighbours, or the blank's: an equal character needs a blank
    between.
    """
    columns = rows.shape[1]
    nothing = 1.0
    spike, passed = np.zeros(columns), np.zeros(columns)
    for frame, row in enumerate(rows.astype(np.float64)):
        passed = (passed + spike) * row[BLANK]
        entering = np.full(columns, nothing)
        if frame == 0 and BLANK < left < columns:
            entering[left] = 0.0
        spike = (spike + entering) * row
        nothing *= row[BLANK]
    if BLANK < right < columns:
        spike[right] = 0.0
    masses = passed + spike
    masses[BLANK] = nothing
    return masses


def _shares(scored: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    total = sum(score for _, score in scored) or 1.0
    shares: dict[str, float] = {}
    for char, score in scored:
        shares[char] = shares.get(char, 0.0) + score / total
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return tuple((char, share) for char, share in ranked[: ALTERNATIVES + 1] if share >= SHARE)
