"""CTC prefix beam search (Graves et al. 2006; with a language model as in Hannun et al. 2014).

Plain Python over a few hypotheses: CTC output is so peaked that two or three characters compete in a frame,
and a vectorised search would spend its time in calls. Masses are linear and scaled in every frame.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.decoding.posteriors import UNSEEN, Posteriors
from core.recognition.charset import BLANK
from core.recognition.ctc import ALTERNATIVES

WIDTH = 8
"""Hypotheses kept from frame to frame."""

FAINT = 1e-4
"""A hypothesis with less than this share of the best one's mass is dropped."""

CANDIDATE = 1e-3
"""A character below this probability in a frame starts no hypothesis there."""

BEGINNING = 3
"""So many characters of a hypothesis are told as its beginning."""

SLIGHT = 0.01
"""A beginning with less than this share is not told."""

SETTLED = 6
"""Beginnings are compared when the best hypothesis is so long: its rivals are still in the beam."""

_UNSEEN = float(np.exp(UNSEEN))

Factor = Callable[[str, str], float]
"""What a language model multiplies to a hypothesis (text without the fixed prefix) for a character."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best reading of some frames, in the charset's characters; ``beginnings`` with shares (0-1)."""

    text: str
    beginnings: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The blank's probability, and the characters' above ``CANDIDATE``."""

    blank: float
    characters: dict[str, float]


def search(
    posteriors: Posteriors,
    start: int,
    end: int,
    *,
    before: str = "",
    factor: Factor | None = None,
    width: int = WIDTH,
) -> Found:
    """The most probable text of frames ``start .. end - 1``.

    Args:
        posteriors: The line.
        start: First frame.
        end: One past the last frame.
        before: Character whose run may still go on at ``start``; empty if a blank or nothing came before.
        factor: Language model.
        width: Hypotheses kept.
    """
    beam: dict[str, list[float]] = {"": [0.0, 1.0] if before else [1.0, 0.0]}
    beginnings: tuple[tuple[str, float], ...] = ()
    idle = False
    for frame in _frames(posteriors, start, end):
        if idle and not frame.characters and frame.blank > 0.99:
            continue  # a blank after a blank changes no share
        idle = not frame.characters
        beam = _pruned(_step(beam, frame, before, factor), width)
        best = next(iter(beam))
        if not beginnings and len(best) >= SETTLED:
            beginnings = _beginnings(beam)
    return Found(next(iter(beam)), beginnings or _beginnings(beam))


def _frames(posteriors: Posteriors, start: int, end: int) -> list[_Frame]:
    rows = posteriors.probabilities[start:end]
    names = posteriors.charset.characters
    blanks = np.maximum(rows[:, BLANK], _UNSEEN).tolist()
    frames = [_Frame(blank, {}) for blank in blanks]
    places, columns = np.nonzero(rows[:, 1:] > CANDIDATE)
    values = rows[places, columns + 1].tolist()
    for place, column, value in zip(places.tolist(), columns.tolist(), values, strict=True):
        frames[place].characters[names[column]] = value
    return frames


def _step(
    beam: dict[str, list[float]], frame: _Frame, before: str, factor: Factor | None
) -> dict[str, list[float]]:
    """One frame on: a hypothesis [mass ending in blank, mass ending in its last character] stays or grows."""
    grown: dict[str, list[float]] = {}
    characters, faint = frame.characters, 0.0
    for text, (blank, spike) in beam.items():
        last = text[-1] if text else before
        mass = blank + spike
        stay = grown.setdefault(text, [0.0, 0.0])
        stay[0] += mass * frame.blank
        stay[1] += spike * characters.get(last, _UNSEEN)
        faint = max(faint, FAINT * (stay[0] + stay[1]))
        for char, probability in characters.items():
            gain = (blank if char == last else mass) * probability
            if gain <= faint:
                continue
            if factor:
                gain *= factor(text, char)
            longer = text + char
            if longer in grown:
                grown[longer][1] += gain
            else:
                grown[longer] = [0.0, gain]
    return grown


def _pruned(beam: dict[str, list[float]], width: int) -> dict[str, list[float]]:
    """The heaviest hypotheses, heaviest first, the first with mass 1."""
    ranked = sorted(beam.items(), key=_mass, reverse=True)[:width]
    top = _mass(ranked[0])
    return {
        text: [blank / top, spike / top] for text, (blank, spike) in ranked if blank + spike > FAINT * top
    }


def _mass(hypothesis: tuple[str, list[float]]) -> float:
    return hypothesis[1][0] + hypothesis[1][1]


def _beginnings(beam: dict[str, list[float]]) -> tuple[tuple[str, float], ...]:
    shares: dict[str, float] = {}
    for text, (blank, spike) in beam.items():
        shares[text[:BEGINNING]] = shares.get(text[:BEGINNING], 0.0) + blank + spike
    total = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda item: -item[1])[:ALTERNATIVES]
    return tuple((text, share / total) for text, share in ranked if share >= SLIGHT * total)
