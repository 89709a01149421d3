"""A line as it is read while a human corrects it: fixed, read and fixed again, all with their places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.decoding.alignment import Label, align, labels_of
from core.decoding.posteriors import Posteriors
from core.document import ReadCharacter
from core.recognition import ctc

Parts = tuple[str, str, str]
"""What is fixed before the cursor, what is read after it, what is fixed behind that (NFC)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole line; fixed characters have confidence 1.

    Characters of ``tail`` that the model did not see at their place have confidence 0. ``beginnings`` are
    ways in which the tail may begin, with their shares (0-1), best first. ``changed`` tells whether
    ``tail`` differs from the text that stood there.
    """

    prefix: tuple[ReadCharacter, ...]
    tail: tuple[ReadCharacter, ...]
    suffix: tuple[ReadCharacter, ...] = ()
    beginnings: tuple[tuple[str, float], ...] = ()
    changed: bool = False

    @property
    def text(self) -> str:
        """The whole line, NFC."""
        return "".join(c.char for c in (*self.prefix, *self.tail, *self.suffix))


def placed(posteriors: Posteriors, parts: Parts, runs: Sequence[ctc.Run] | None = None) -> Reading:
    """The parts of a line with places and confidences.

    Args:
        posteriors: The line.
        parts: Its text.
        runs: The parts' alignment, if it is known.
    """
    labels = [labels_of(posteriors, part) for part in parts]
    joined = [label for part in labels for label in part]
    runs = align(posteriors, joined) if runs is None else runs
    if runs is None or posteriors.length <= 0:
        return _spread(parts)
    boxes = ctc.boxes_of(runs, posteriors.length, posteriors.origin)
    characters = [
        _character(posteriors, label, run, box) for label, run, box in zip(joined, runs, boxes, strict=True)
    ]
    first, second = len(labels[0]), len(labels[0]) + len(labels[1])
    return Reading(
        _certain(characters[:first]),
        tuple(ctc.compose(characters[first:second])),
        _certain(characters[second:]),
    )


def _certain(characters: Sequence[ReadCharacter]) -> tuple[ReadCharacter, ...]:
    return tuple(replace(c, confidence=1.0, alternatives=()) for c in ctc.compose(characters))


def _character(posteriors: Posteriors, label: Label, run: ctc.Run, box: tuple[float, float]) -> ReadCharacter:
    best = posteriors.probabilities[run.first : run.last + 1].max(axis=0, initial=0.0)
    if posteriors.name(label.column):
        read = ctc.read_character(label.column, box, best, posteriors.charset)
        return replace(read, char=label.char)
    if not len(posteriors.charset):
        return ReadCharacter(label.char, 0.0, *box)
    read = ctc.read_character(int(best[1:].argmax()) + 1, box, best, posteriors.charset)
    others = ((read.char, read.confidence), *read.alternatives)[: ctc.ALTERNATIVES]
    return ReadCharacter(label.char, 0.0, *box, others)


def _spread(parts: Parts) -> Reading:
    """Without enough frames: the text at even distances."""
    count = max(sum(map(len, parts)), 1)
    places = iter(range(count))

    def spread(part: str, confidence: float) -> tuple[ReadCharacter, ...]:
        return tuple(
            ReadCharacter(char, confidence, place / count, (place + 1) / count)
            for char, place in zip(part, places, strict=False)
        )

    return Reading(spread(parts[0], 1.0), spread(parts[1], 0.0), spread(parts[2], 1.0))
