"""Posteriors made by hand."""

import numpy as np

from core.decoding.posteriors import Posteriors, keep
from core.recognition.charset import Charset


def spikes(*frames: dict[str, float], charset: str = "") -> Posteriors:
    """Each frame names its characters' probabilities; the blank has the rest."""
    names = "".join(dict.fromkeys(charset + "".join("".join(frame) for frame in frames)))
    rows = np.full((len(frames), len(names) + 1), 1e-6, dtype=np.float32)
    for row, frame in zip(rows, frames, strict=True):
        for char, probability in frame.items():
            row[names.index(char) + 1] = probability
        row[0] = max(1 - sum(frame.values()), 1e-6)
    return keep(np.log(rows), Charset(tuple(names)), length=len(frames))


def written(text: str, sure: float = 0.98) -> Posteriors:
    """A confident reading: a blank after each character."""
    frames: list[dict[str, float]] = [{}]
    for char in text:
        frames += [{char: sure}, {}]
    return spikes(*frames)
