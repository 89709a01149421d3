"""What a recogniser regularly takes for what, learned from a handful of corrected lines.

A model that has no ſ reads f, and no search can find a character that its output does not hold. Here the
probability of a read character is shared out to what humans put in its place: a noisy channel (Kernighan,
Church and Gale 1990) without any training of weights. It bridges the time until the first fine-tuning. Ten
corrected lines, and a language model that decides place by place, bring the errors of ppocr-v6-small from
7.5 to 3.1 % on a book of 1550 and from 5.8 to 3.4 % on Fraktur (``tests/benchmarks/redecode.py``).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.decoding.posteriors import Posteriors
from core.recognition.charset import Charset

FEWEST = 3
"""A character must have been read so often before anything is concluded about it."""

REPEATED = 2
"""A mistake must have been corrected so often; one alone may be a slip."""

FAINT = 1e-4
"""Probabilities below this are dropped."""


@dataclass(frozen=True)
class Mistakes:
    """``shares``: read character -> what stood there -> how probable that is (0-1, itself not among them)."""

    shares: Mapping[str, Mapping[str, float]]

    @classmethod
    def learn(cls, pairs: Iterable[tuple[str, str]]) -> "Mistakes":
        """From greedy readings of one model and the truth of the same lines.

        Only characters that stand one to one are counted; a share counts one unseen case more, so that it
        grows with the evidence.
        """
        seen: dict[str, Counter[str]] = {}
        for read, truth in pairs:
            for there, stood in _one_to_one(_nfc(read), _nfc(truth)):
                seen.setdefault(there, Counter())[stood] += 1
        shares = {
            there: {
                stood: count / (stood_there.total() + 1)
                for stood, count in stood_there.items()
                if stood != there and count >= REPEATED
            }
            for there, stood_there in seen.items()
            if stood_there.total() >= FEWEST
        }
        return cls({there: share for there, share in shares.items() if share})

    def to_json(self) -> dict[str, dict[str, float]]:
        """As plain JSON values."""
        return {there: dict(share) for there, share in self.shares.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Mapping[str, float]]) -> "Mistakes":
        """The inverse of ``to_json``."""
        return cls({there: dict(share) for there, share in values.items()})

    def corrected(self, posteriors: Posteriors) -> Posteriors:
        """What the model would have seen if it knew its mistakes; the same object if it made none here."""
        columns = {char: column for column, char in enumerate(posteriors.charset.characters, start=1)}
        moves = [
            (column, stood, share)
            for char, column in columns.items()
            for stood, share in self.shares.get(_nfc(char), {}).items()
        ]
        if not moves:
            return posteriors
        names = list(dict.fromkeys([*columns, *(stood for _, stood, _ in moves)]))
        place_of = {char: column for column, char in enumerate(names, start=1)}
        before = posteriors.probabilities
        after = np.pad(before, ((0, 0), (0, len(names) - len(columns))))
        for column, stood, share in moves:
            moved = before[:, column] * np.float32(share)
            after[:, column] -= moved
            after[:, place_of[stood]] += moved
        kept = np.where(after > FAINT, np.log(np.maximum(after, np.float32(FAINT))), -np.inf)
        kept[:, 0] = posteriors.log_probabilities[:, 0]
        return Posteriors(
            Charset(tuple(names)), kept.astype(np.float32), posteriors.length, posteriors.origin
        )


def _one_to_one(read: str, truth: str) -> Iterable[tuple[str, str]]:
    for code in Levenshtein.opcodes(read, truth):
        there, stood = read[code.src_start : code.src_end], truth[code.dest_start : code.dest_end]
        if len(there) == len(stood):
            yield from zip(there, stood, strict=True)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
