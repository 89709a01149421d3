"""Counting the n-grams of a text with sorted arrays.

The n-grams are a trie: an n-gram is the row of its first n - 1 characters among those of that length, and
its last character, packed into one integer. So sorting integers is all there is to counting, whatever the
alphabet.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

BREAK = "\n"
"""Stands before the first character of a line, and in no n-gram elsewhere."""

BASE = 1 << 21
"""Greater than any code point, so that a row and a code point fit one integer."""


@dataclass(frozen=True, slots=True)
class Grams:
    """All n-grams of one length n, and what followed the contexts of length n - 1.

    ``keys`` (G,) row of the first n - 1 characters * BASE + last character, ascending; ``counts`` (G,) how
    often. ``total`` and ``spare`` (rows of length n - 1): occurrences of a context before a character plus
    the number of different ones, and the part of that for shorter contexts (Witten-Bell, with the counts of
    dropped n-grams).
    """

    keys: Integers
    counts: Integers
    total: Integers
    spare: Integers


def count_grams(codes: Integers, order: int, limit: int) -> list[Grams]:
    """The n-grams of lengths 1 .. order.

    Args:
        codes: Code points of the lines, ``BREAK`` before each.
        order: Longest n-gram.
        limit: At most so many of one length; the rarest are dropped.
    """
    breaks = codes == ord(BREAK)
    keys, rows, counts = np.unique(codes, return_inverse=True, return_counts=True)
    counts = np.where(keys == ord(BREAK), 0, counts)
    types = int(np.count_nonzero(counts))
    total = int(counts.sum()) + types
    grams = [Grams(keys, counts, np.array([total]), np.array([types]))]
    ends = np.arange(len(codes))  # where an n-gram of the last length ends
    for _ in range(order - 1):
        follows = (ends + 1 < len(codes)) & (rows >= 0)
        ends, rows = ends[follows] + 1, rows[follows]
        inside = ~breaks[ends]
        ends, rows = ends[inside], rows[inside]
        gram, rows = _longer(rows * BASE + codes[ends], len(grams[-1].keys), limit)
        grams.append(gram)
    return grams


def _longer(packed: Integers, contexts: int, limit: int) -> tuple[Grams, Integers]:
    """Count packed n-grams; also the row of each, -1 if it was dropped."""
    keys, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = counts >= _least(counts, limit)
    beginnings = keys // BASE
    types = np.bincount(beginnings, minlength=contexts)
    sums = np.bincount(beginnings, weights=counts, minlength=contexts).astype(np.int64)
    dropped = np.bincount(beginnings, weights=counts * ~kept, minlength=contexts).astype(np.int64)
    rows = np.where(kept, np.cumsum(kept) - 1, -1)
    return Grams(keys[kept], counts[kept], sums + types, types + dropped), rows[places]


def _least(counts: Integers, limit: int) -> int:
    """The smallest count that an n-gram must have so that at most ``limit`` are left."""
    if len(counts) <= limit:
        return 1
    return int(np.partition(counts, len(counts) - limit - 1)[len(counts) - limit - 1]) + 1
