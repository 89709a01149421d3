"""Putting a character behind others so that the text stays in normal form (NFC)."""

import unicodedata
from typing import NamedTuple


class Joined(NamedTuple):
    """What to do before the cursor: take ``replaced`` characters away, write ``text``."""

    replaced: int
    text: str


def join(before: str, written: str) -> Joined:
    """How ``written`` goes behind ``before``: a mark becomes one character with its letter if it can."""
    start = len(before)
    if written and unicodedata.category(written[0]).startswith("M"):
        while start > 0 and unicodedata.combining(before[start - 1]):
            start -= 1
        start = max(start - 1, 0)
    cluster = before[start:]
    composed = unicodedata.normalize("NFC", cluster + written)
    if composed.startswith(cluster):
        return Joined(0, composed[len(cluster) :])
    return Joined(len(cluster), composed)
