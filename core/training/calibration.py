"""Fitting the temperature, so that a confidence of 0.9 is right nine times in ten (Guo et al. 2017)."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from core.recognition import ctc
from core.recognition.charset import Charset

TEMPERATURES = tuple(float(t) for t in np.round(np.geomspace(0.4, 4.0, 19), 3))


def fit_temperature(logits: Sequence[NDArray[np.float32]], truths: Sequence[str], charset: Charset) -> float:
    """The temperature with the least cross-entropy between confidence and being right, by character.

    Args:
        logits: (T, C) of each validation line, without padding.
        truths: What stands there.
        charset: Characters of the classes.

    Returns:
        1.0 if there is too little to fit on, else one of ``TEMPERATURES``.
    """
    if sum(len(truth) for truth in truths) < 50:
        return 1.0
    costs = {t: _cost(logits, truths, charset, t) for t in TEMPERATURES}
    return min(costs, key=costs.__getitem__)


def _cost(
    logits: Sequence[NDArray[np.float32]], truths: Sequence[str], charset: Charset, temperature: float
) -> float:
    cost, count = 0.0, 0
    for line, truth in zip(logits, truths, strict=True):
        reading = ctc.decode(line, charset, length=len(line), temperature=temperature)
        wrong = _wrong_places(truth, "".join(c.char for c in reading.characters))
        for place, character in enumerate(reading.characters):
            right = min(max(character.confidence, 1e-4), 1 - 1e-4)
            cost -= math.log(1 - right if place in wrong else right)
            count += 1
    return cost / max(count, 1)


def _wrong_places(truth: str, read: str) -> set[int]:
    """Places in ``read`` that the alignment with the truth replaces or deletes."""
    return {op.dest_pos for op in Levenshtein.editops(truth, read) if op.tag in ("replace", "insert")}
