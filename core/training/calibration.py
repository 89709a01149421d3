"""Fitting the temperature, so that a confidence of 0.9 is right nine times in ten (Guo et al. 2017)."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from core.document import Recognition
from core.recognition import ctc
from core.recognition.charset import Charset
from core.recognition.codec import Codec
from core.recognition.writing_order import visual

TEMPERATURES = tuple(float(t) for t in np.round(np.geomspace(0.5, 4.0, 19), 3))

FEWEST = 50
"""Characters read, below which nothing is fitted."""

KEPT = 64
"""Largest logits kept of a frame; the others share less than a thousandth of the probability."""


@dataclass(frozen=True, slots=True)
class _Spikes:
    """All frames that were read as a character.

    ``own`` (F,) the read class's logit; ``largest`` (F, K) the largest logits; ``firsts`` (R,) where each of
    the R characters begins; ``right`` (R,) whether the character is true.
    """

    own: NDArray[np.float32]
    largest: NDArray[np.float32]
    firsts: NDArray[np.intp]
    right: NDArray[np.bool_]


def fit_temperature(lines: Iterable[tuple[NDArray[np.float32], str]], charset: Charset) -> float:
    """The temperature with the least cross-entropy between confidence and being right, by character.

    Args:
        lines: Logits (T, C) of each validation line, without padding, and what stands there. Consumed one by
            one: with a Chinese charset the logits of 200 lines would fill gigabytes.
        charset: Characters of the classes.

    Returns:
        1.0 if there is too little to fit on, else one of ``TEMPERATURES``.
    """
    spikes = _collect(lines, Codec(charset))
    if spikes is None or spikes.right.size < FEWEST:
        return 1.0
    costs = {temperature: _cost(spikes, temperature) for temperature in TEMPERATURES}
    return min(costs, key=costs.__getitem__)


def _collect(lines: Iterable[tuple[NDArray[np.float32], str]], codec: Codec) -> _Spikes | None:
    own, largest, sizes, right = [], [], [], []
    for logits, truth in lines:
        runs = ctc.best_path(logits)
        wrong = _wrong_places(visual(truth), [codec.charset.characters[run.number - 1] for run in runs])
        right += [place not in wrong for place in range(len(runs))]
        for run in runs:
            frames = logits[run.first : run.last + 1]
            own.append(frames[:, run.number])
            kept = min(KEPT, frames.shape[1])
            largest.append(np.partition(frames, -kept, axis=1)[:, -kept:])
            sizes.append(len(frames))
    if not sizes:
        return None
    firsts = np.concatenate(([0], np.cumsum(sizes[:-1], dtype=np.intp)))
    return _Spikes(np.concatenate(own), np.concatenate(largest), firsts.astype(np.intp), np.array(right))


def _cost(spikes: _Spikes, temperature: float) -> float:
    """Mean cross-entropy of the characters' confidences, each the highest among its frames."""
    scaled = (spikes.largest - spikes.own[:, None]) / temperature
    probability = 1 / np.exp(np.minimum(scaled, 80)).sum(axis=1)
    confidence = np.clip(np.maximum.reduceat(probability, spikes.firsts), 1e-4, 1 - 1e-4)
    return float(-np.log(np.where(spikes.right, confidence, 1 - confidence)).mean())


def right_characters(truth: str, recognition: Recognition) -> list[bool]:
    """For each character read whether it is true."""
    wrong = _wrong_places(truth, [character.char for character in recognition.characters])
    return [place not in wrong for place in range(len(recognition.characters))]


def _wrong_places(truth: str, read: list[str]) -> set[int]:
    """Places in ``read`` that the alignment with the truth replaces or deletes."""
    return {op.dest_pos for op in Levenshtein.editops(truth, read) if op.tag in ("replace", "insert")}
