"""Which frames carry which character of a given text, although the model may never have seen some of them.

Viterbi and forward recursions over the labels of a text and the blanks between them (Graves et al. 2006).
Here a character that the model did not see at all costs at most ``-UNSEEN`` a frame, as does a frame that
has to be passed over, and a character for which no frame is left costs ``-PASSED``: whatever a human types
can be aligned.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.decoding.posteriors import UNSEEN, Posteriors
from core.recognition.charset import BLANK
from core.recognition.ctc import Run

ANYTHING = -2
"""Column of the label that stands for any stretch of text."""

RELUCTANCE = 1e-3
"""What ``ANYTHING`` costs a frame beyond the greedy reading, so that it leaves to others what fits them."""


@dataclass(frozen=True, slots=True)
class Label:
    """One code point of a text and its column of ``Posteriors.bounded``."""

    char: str
    column: int


PASSED = UNSEEN - 1.0
"""Log-probability of a character without a frame; the frame of a character that it replaced is better."""

DELETED = 0.1
"""Share of the usual cost for passing over what was read at the cursor."""

STANDING = 1.5
"""So much dearer is a character after the cursor that does not fit: it was once read in the frames."""

WILDCARD = Label("", ANYTHING)


def labels_of(posteriors: Posteriors, text: str) -> list[Label]:
    """The labels of an NFC text.

    A composed character that the model writes as base and mark becomes two labels.
    """
    columns = posteriors.column_of
    unseen = len(posteriors.charset) + 1
    labels: list[Label] = []
    for char in text:
        parts = char if char in columns else unicodedata.normalize("NFD", char)
        if len(parts) > 1 and not all(part in columns for part in parts):
            parts = char
        labels += [Label(part, columns.get(part, unseen)) for part in parts]
    return labels


def align(posteriors: Posteriors, labels: Sequence[Label], cursor: int | None = None) -> list[Run] | None:
    """The most probable frames of each label, in order; ``None`` if there are too few frames.

    Args:
        posteriors: The line.
        labels: A text. ``ANYTHING`` among them takes whatever lies between its neighbours.
        cursor: Number of labels before the place where the text was changed. If something read is no longer
            in the text, it is looked for there: of two equal letters it tells which one is gone.

    Returns:
        Runs of columns. A label for which there is no frame, at most one in a row, has an empty run
        (``last = first - 1``) between its neighbours.
    """
    emissions = _emissions(posteriors, labels)
    if cursor is not None:
        emissions[:, 2 * cursor] *= np.float32(DELETED)
        emissions[:, 2 * cursor + 1 :: 2] *= np.float32(STANDING)
    path = _viterbi(emissions, _jumps(labels, cursor)) if posteriors.frames else None
    if path is None:
        return None if labels else []
    runs: list[Run] = []
    for index, label in enumerate(labels):
        # States ascend, so a label's frames are found by bisection.
        first, past = np.searchsorted(path, (2 * index + 1, 2 * index + 2))
        runs.append(Run(label.column, int(first), int(past) - 1))
    return runs


def log_probability(
    posteriors: Posteriors, before: Label | None, labels: Sequence[Label], start: int, end: int
) -> float:
    """Logarithm of the probability that frames ``start .. end - 1`` read as ``labels``, less the best path's.

    Args:
        posteriors: The line.
        before: The label whose run may still go on at ``start``; ``None`` if a blank or nothing came before.
        labels: What is to be read.
        start: First frame.
        end: One past the last frame.
    """
    chain = [before, *labels] if before else list(labels)
    emissions = np.exp(_emissions(posteriors, chain)[start:end]).astype(np.float64)
    return _forward(emissions, (_jumps(chain)[2] == 0.0).astype(np.float64), 1 if before else 0)


def _emissions(posteriors: Posteriors, labels: Sequence[Label]) -> NDArray[np.float32]:
    """(T, 2L + 1) log-probabilities of blank, first label, blank, ... , last label, blank."""
    bounded = posteriors.bounded
    columns = np.full(2 * len(labels) + 1, BLANK)
    columns[1::2] = [label.column for label in labels]
    wild = np.flatnonzero(columns == ANYTHING)
    columns[wild] = BLANK
    emissions = bounded[:, columns]
    if wild.size:
        emissions[:, wild] = -RELUCTANCE  # the greedy reading costs nothing
    return emissions


def _jumps(labels: Sequence[Label], cursor: int | None = None) -> NDArray[np.float32]:
    """(5, 2L + 1) what it costs to enter a state from 4, 3, 2, 1 and 0 states before it.

    One on and staying are free, so is passing the blank between two different characters (Graves et al.
    2006). Passing a label leaves its character without a frame.
    """
    states = np.arange(2 * len(labels) + 1)
    jumps = np.zeros((5, len(states)), dtype=np.float32)
    jumps[:3] = PASSED
    if cursor is not None:
        jumps[:3, (states - 2 - states % 2) // 2 >= cursor] = STANDING * PASSED
    jumps[0, 0::2] = -np.inf  # from blank to blank over two labels
    jumps[2, 1::2] = -np.inf
    for index in range(1, len(labels)):
        if labels[index].char != labels[index - 1].char:
            jumps[2, 2 * index + 1] = 0.0
        if ANYTHING in (labels[index].column, labels[index - 1].column):
            jumps[:2, 2 * index + 1] = -np.inf
    return jumps


def _viterbi(emissions: NDArray[np.float32], jumps: NDArray[np.float32]) -> NDArray[np.intp] | None:
    """State of every frame on the best path. Of equal paths the one that leaves a state later wins."""
    frames, states = emissions.shape
    # Four places before the first state stand for "no state", so that all moves are slices of one array.
    score = np.full(states + 4, -np.inf, dtype=np.float32)
    score[4] = 0.0
    before = np.lib.stride_tricks.sliding_window_view(score, states)  # (5, states), follows the scores
    moves = np.empty((frames, states), dtype=np.intp)
    options = np.empty((5, states), dtype=np.float32)
    for frame in range(frames):
        np.add(before, jumps, out=options)
        options.argmax(axis=0, out=moves[frame])
        np.add(options.max(axis=0), emissions[frame], out=score[4:])
    # The last label may be passed, too.
    final = score[-4:] + np.array([PASSED, PASSED, 0.0, 0.0], dtype=np.float32)
    if not np.isfinite(final.max()):
        return None
    state = states - 4 + int(final.argmax())
    path = np.empty(frames, dtype=np.intp)
    for frame in range(frames - 1, -1, -1):
        path[frame] = state
        state -= 4 - int(moves[frame, state])
    return path


def _forward(emissions: NDArray[np.float64], skips: NDArray[np.float64], state: int) -> float:
    """Log-sum over the paths from ``state``, before the first frame, to the last label or its blank."""
    frames, states = emissions.shape
    mass = np.zeros(states + 2)
    mass[state + 2] = 1.0
    total = 0.0
    for frame in range(frames):
        mass[2:] = (mass[2:] + mass[1:-1] + mass[:-2] * skips) * emissions[frame]
        scale = mass.sum()
        if scale <= 0.0:
            return -np.inf
        mass /= scale
        total += float(np.log(scale))
    final = float(mass[-2:].sum())
    return total + float(np.log(final)) if final > 0.0 else -np.inf
