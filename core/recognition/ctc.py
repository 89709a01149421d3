"""Connectionist temporal classification: from logits to characters with confidence and place.

Graves et al. 2006. Arrays are (T, C): T frames, C classes, class 0 the blank. Only numpy is needed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.document import ReadCharacter, Recognition
from core.recognition.charset import BLANK, Charset

Logits = NDArray[np.float32]

ALTERNATIVES = 5
"""At most so many other characters are offered for a place."""

ALTERNATIVE_FLOOR = 0.002
"""Other characters below this probability are not worth a key press."""

GAP_MASS = 0.30
"""A frame read as blank with at least this probability of any character may hide one."""

REACH = 1.25
"""A character's box ends at most this many median advances from its spike."""


def min_frames(classes: Sequence[int]) -> int:
    """Fewest frames T that can carry ``classes``: one each, and a blank between equal neighbours."""
    return len(classes) + sum(a == b for a, b in pairwise(classes))


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring frames ``first .. last`` that read as the same class (not blank)."""

    number: int
    first: int
    last: int


def best_path(logits: Logits) -> list[Run]:
    """The runs of the most probable class per frame; greedy decoding is their classes in order."""
    return runs_of(logits.argmax(axis=1))


def runs_of(path: NDArray[np.intp]) -> list[Run]:
    """Collapse a class per frame (T,) into runs; blanks separate and vanish."""
    if path.size == 0:
        return []
    starts = np.flatnonzero(np.concatenate(([True], path[1:] != path[:-1])))
    ends = np.concatenate((starts[1:], [path.size])) - 1
    return [
        Run(int(path[first]), int(first), int(last))
        for first, last in zip(starts, ends, strict=True)
        if path[first] != BLANK
    ]


def decode(
    logits: Logits, charset: Charset, *, length: float, origin: float = 0.0, temperature: float = 1.0
) -> Recognition:
    """Greedy reading of one line.

    Args:
        logits: (T, C), the frames of the crop and no padding.
        charset: Characters of the classes.
        length: Length of the crop in frames, a fraction allowed; places are given as fractions of it.
        origin: Frames of margin before the crop begins, a fraction allowed.
        temperature: Divides the logits before probabilities are taken (Guo et al. 2017).

    A character's confidence is the highest probability among its frames; it ends half way to its neighbours,
    because CTC marks characters by narrow spikes.
    """
    path = logits.argmax(axis=1)
    runs = runs_of(path)
    seen = _seen(logits, path, charset, temperature)
    boxes = boxes_of(runs, length, origin)
    characters = [
        read_character(seen.column_of[run.number], box, seen.highest(run), seen.charset)
        for run, box in zip(runs, boxes, strict=True)
    ]
    return Recognition(
        characters=trim(compose(characters)),
        gaps=tuple(
            min(max((gap - origin) / length, 0.0), 1.0) for gap in _gaps(logits, path, runs, temperature)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Probabilities (frames, S) where something was read, of the classes that are probable there.

    ``charset`` names the columns after the blank's; most of 18,710 classes are never worth a look.
    """

    rows: NDArray[np.float32]
    row_of: dict[int, int]
    charset: Charset
    column_of: dict[int, int]

    def highest(self, run: Run) -> NDArray[np.float32]:
        """Highest probability (S,) of every class within a run."""
        first = self.row_of[run.first]
        highest: NDArray[np.float32] = self.rows[first : first + run.last - run.first + 1].max(axis=0)
        return highest


def _seen(logits: Logits, path: NDArray[np.intp], charset: Charset, temperature: float) -> _Seen:
    frames = np.flatnonzero(path != BLANK)
    rows = _probabilities(logits, frames, temperature)
    probable = np.flatnonzero(rows.max(axis=0, initial=0.0) > ALTERNATIVE_FLOOR)
    classes = np.union1d(probable, np.append(path, BLANK))  # sorted, so the blank is first
    return _Seen(
        rows=rows[:, classes],
        row_of={int(frame): row for row, frame in enumerate(frames)},
        charset=Charset(tuple(charset.characters[number - 1] for number in classes[1:])),
        column_of={int(number): column for column, number in enumerate(classes)},
    )


def _probabilities(logits: Logits, frames: NDArray[np.intp], temperature: float) -> NDArray[np.float32]:
    """Softmax (frames, C) of some frames only."""
    rows: NDArray[np.float32] = logits[frames] / np.float32(temperature)
    rows -= rows.max(axis=1, keepdims=True, initial=-np.inf)
    np.exp(rows, out=rows)
    rows /= rows.sum(axis=1, keepdims=True)
    return rows


def read_character(
    number: int, box: tuple[float, float], best: NDArray[np.float32], charset: Charset
) -> ReadCharacter:
    """A run as a character with what else may stand there.

    Args:
        number: Class of the run.
        box: Start and end (0-1) of the character.
        best: (C,) highest probability of every class among the run's frames.
        charset: Characters of the classes.
    """
    others = np.flatnonzero(best > ALTERNATIVE_FLOOR)
    others = others[(others != BLANK) & (others != number)]
    others = others[np.argsort(-best[others], kind="stable")][:ALTERNATIVES]
    return ReadCharacter(
        char=unicodedata.normalize("NFC", charset.characters[number - 1]),
        confidence=float(best[number]),
        start=box[0],
        end=box[1],
        alternatives=tuple((charset.characters[other - 1], float(best[other])) for other in others),
    )


def boxes_of(runs: Sequence[Run], length: float, origin: float = 0.0) -> list[tuple[float, float]]:
    """Start and end (0-1) of each run, from the centres of its frames."""
    if not runs:
        return []
    centres = np.array([(run.first + run.last + 1) / 2 for run in runs]) - origin
    advances = np.diff(centres)
    reach = REACH * float(np.median(advances)) if advances.size else length
    middles = centres[:-1] + advances / 2
    starts = np.maximum(np.concatenate(([0.0], middles)), centres - reach)
    ends = np.minimum(np.concatenate((middles, [length])), centres + reach)
    fractions = np.clip(np.stack((starts, ends), axis=1) / length, 0.0, 1.0)
    return [(float(start), float(end)) for start, end in fractions]


def _gaps(logits: Logits, path: NDArray[np.intp], runs: Sequence[Run], temperature: float) -> list[float]:
    """Centres (frames) of blank stretches that may hide a character.

    A frame beside a spike that leans to the same character is that spike's flank, not a gap.
    """
    blanks = np.flatnonzero(path == BLANK)
    # A frame whose best character is e^5 less probable than the blank can hardly sum up to the threshold.
    frames = blanks[lead_of_blank(logits)[blanks] < 5 * temperature]
    if not frames.size:
        return []
    classes = logits[frames, 1:].argmax(axis=1) + 1
    flank = {(frame, run.number) for run in runs for frame in (run.first - 1, run.last + 1)}
    mass = 1 - _probabilities(logits, frames, temperature)[:, BLANK]
    doubtful = [
        int(frame)
        for frame, number, share in zip(frames, classes, mass, strict=True)
        if share >= GAP_MASS and (int(frame), int(number)) not in flank
    ]
    return _centres(doubtful)


def lead_of_blank(logits: Logits) -> NDArray[np.float32]:
    """(T,) by how much the blank's logit is above that of the best character."""
    lead: NDArray[np.float32] = logits[:, BLANK] - logits[:, 1:].max(axis=1, initial=-np.inf)
    return lead


def _centres(frames: Sequence[int]) -> list[float]:
    """Centres of stretches of consecutive frames."""
    stretches: list[list[int]] = []
    for frame in frames:
        if stretches and frame == stretches[-1][-1] + 1:
            stretches[-1].append(frame)
        else:
            stretches.append([frame])
    return [(stretch[0] + stretch[-1] + 1) / 2 for stretch in stretches]


def compose(characters: Sequence[ReadCharacter]) -> list[ReadCharacter]:
    """Join a base and the combining mark after it where NFC has one character for both.

    So the characters of a ``Recognition`` stay one to one with its text.
    """
    composed: list[ReadCharacter] = []
    for character in characters:
        if composed and unicodedata.combining(character.char):
            base = composed[-1]
            joined = unicodedata.normalize("NFC", base.char + character.char)
            if len(joined) == 1:
                confidence = min(base.confidence, character.confidence)
                composed[-1] = replace(base, char=joined, confidence=confidence, end=character.end)
                continue
        composed.append(character)
    return composed


def trim(characters: Sequence[ReadCharacter]) -> tuple[ReadCharacter, ...]:
    """Without white space at the ends: a line's text has none."""
    solid = [index for index, character in enumerate(characters) if not character.char.isspace()]
    return tuple(characters[solid[0] : solid[-1] + 1]) if solid else ()
