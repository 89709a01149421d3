"""A character n-gram model of a project's own language, learned from its confirmed lines.

Interpolated Witten-Bell smoothing (Witten and Bell 1991; Chen and Goodman 1999): unlike Kneser-Ney it needs
no statistics of statistics, so it is sound with the few hundred lines with which a project begins.
"""

import os
import unicodedata
import zipfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.decoding.grams import BASE, BREAK, Grams, count_grams

ORDER = 6
"""Longest n-gram, in characters."""

LIMIT = 300_000
"""At most so many n-grams of one length; the rarest are dropped."""

NEWEST = 5_000_000
"""From so many characters is learned at most, the last ones given."""

REMEMBERED = 100_000
"""Contexts whose rows are remembered, some 30 MB."""

STRIKING = 5.0
"""A place is improbable if its surprise exceeds the text's median by this many median deviations ..."""

SURPRISE = 5.0
"""... and is at least this great (natural logarithm; 5 is once in 150)."""

_ARRAYS = ("keys", "counts", "total", "spare")

_Context = tuple[int, int, float, float]
"""Length of a context, its row * BASE, its total and spare (see ``Grams``)."""


class NgramModel:
    """Probabilities of characters after characters. Learn a new one when there are new texts."""

    def __init__(self, grams: Sequence[Grams]) -> None:
        self._grams = tuple(grams)
        # Single look-ups: bisect in an array is several times quicker than numpy's search.
        self._keys = [array("q", gram.keys.tobytes()) for gram in grams]
        self._unknown = 1.0 / (1 + int(np.count_nonzero(grams[0].keys != ord(BREAK))))
        self._contexts: dict[str, list[_Context]] = {}

    @classmethod
    def learn(cls, texts: Iterable[str], *, order: int = ORDER, limit: int = LIMIT) -> "NgramModel":
        """A model of confirmed lines.

        100,000 lines of 50 characters take some seconds; most of it in numpy, so in another thread.

        Args:
            texts: Lines, oldest first.
            order: Longest n-gram.
            limit: At most so many n-grams of each length.
        """
        lines = [unicodedata.normalize("NFC", text).replace(BREAK, " ") for text in texts]
        joined = BREAK.join(["", *lines])[-NEWEST:]
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
        return cls(count_grams(codes, order, limit))

    @property
    def order(self) -> int:
        """Longest n-gram, in characters."""
        return len(self._grams)

    @property
    def grams(self) -> int:
        """Number of n-grams of all lengths."""
        return sum(len(gram.keys) for gram in self._grams)

    def reached(self, text: str) -> str:
        """The end of a line so far on which the next character's probability hangs."""
        return (BREAK + text)[1 - self.order :] if self.order > 1 else ""

    def log_probability(self, context: str, char: str) -> float:
        """Natural logarithm of P(``char`` | the line so far is ``context``).

        All characters that were never learned share the probability of one.
        """
        code = ord(char)
        probability = self._unknown
        for length, row, total, spare in self._rows(self.reached(context)):
            keys = self._keys[length]
            place = bisect_left(keys, row + code)
            found = place < len(keys) and keys[place] == row + code
            count = self._grams[length].counts[place] if found else 0
            probability = (count + spare * probability) / total
        return log(probability)

    def log_probabilities(self, text: str) -> NDArray[np.float64]:
        """(L,) of each character of a line after those before it."""
        reach = self.order - 1
        return np.array([self.log_probability(text[max(i - reach, 0) : i], c) for i, c in enumerate(text)])

    def improbable(self, text: str) -> list[int]:
        """Places of characters that are much more surprising than the text's others.

        The threshold follows the text: where all is surprising, nothing stands out. After a wrong character
        the next ones surprise too; only the first of such neighbours is told.
        """
        if not text or not self._grams[0].total.size:
            return []
        surprise = -self.log_probabilities(text)
        middle = float(np.median(surprise))
        spread = float(np.median(np.abs(surprise - middle)))
        threshold = max(SURPRISE, middle + STRIKING * max(spread, 0.5))
        places = np.flatnonzero(surprise > threshold).tolist()
        return [place for place in places if place - 1 not in places]

    def save(self, file: Path) -> None:
        """Write the model; an older file stays whole until the new one is complete."""
        arrays = {
            f"{name}_{length}": getattr(gram, name)
            for length, gram in enumerate(self._grams)
            for name in _ARRAYS
        }
        temporary = file.with_name(file.name + ".part")
        with temporary.open("wb") as stream:
            np.savez_compressed(stream, **arrays)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)

    @classmethod
    def load(cls, file: Path) -> "NgramModel":
        """Read a model; nothing in the file is executed.

        Raises:
            ValueError: If the file is missing or damaged; learn the model again.
        """
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                order = len(arrays.files) // len(_ARRAYS)
                return cls([Grams(*(arrays[f"{n}_{length}"] for n in _ARRAYS)) for length in range(order)])
        except (OSError, KeyError, IndexError, EOFError, zipfile.BadZipFile, ValueError) as error:
            raise ValueError(f"{file.name} holds no language model") from error

    def _rows(self, context: str) -> list[_Context]:
        """The rows of ``context``'s endings that have been seen before a character, shortest first."""
        rows = self._contexts.get(context)
        if rows is None:
            if len(self._contexts) >= REMEMBERED:
                self._contexts.clear()
            endings = (context[start:] for start in range(len(context), -1, -1))
            rows = [row for ending in endings if (row := self._row(ending))]
            self._contexts[context] = rows
        return rows

    def _row(self, ending: str) -> _Context | None:
        row = 0
        for length, char in enumerate(ending):
            keys = self._keys[length]
            key = row * BASE + ord(char)
            row = bisect_left(keys, key)
            if row == len(keys) or keys[row] != key:
                return None
        gram = self._grams[len(ending)]
        total = float(gram.total[row]) if gram.total.size else 0.0
        return (len(ending), row * BASE, total, float(gram.spare[row])) if total else None
