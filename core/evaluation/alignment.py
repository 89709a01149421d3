"""Where two texts differ, character by character (Levenshtein alignment, package rapidfuzz)."""

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein


class SpanKind(StrEnum):
    """``INSERT``: only in the read text; ``DELETE``: only in the reference."""

    EQUAL = "equal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an alignment, with what stands there in both texts."""

    kind: SpanKind
    reference: str
    read: str


def align(reference: str, read: str) -> list[Span]:
    """Cut both texts into stretches that are equal or differ, in order; joined they give the texts back."""
    return [
        Span(
            SpanKind(code.tag),
            reference[code.src_start : code.src_end],
            read[code.dest_start : code.dest_end],
        )
        for code in Levenshtein.opcodes(reference, read)
    ]
