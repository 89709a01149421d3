"""What characters are called and how they can be shown alone."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from core.characters.han import Ideograph, ideographs, radical_sign
from core.characters.tables import read_table
from core.wording import say_count

DOTTED_CIRCLE = "\u25cc"

_CONTROLS = {"\t": "tabulator", "\n": "line feed", "\r": "carriage return", "\x7f": "delete"}


def code_of(char: str) -> str:
    """The code point as people write it: ``U+017F``."""
    return f"U+{ord(char):04X}"


@cache
def mufi_names() -> Mapping[str, str]:
    """Names of the private-use characters of the Medieval Unicode Font Initiative."""
    return {char: name for char, name in read_table("mufi")}  # noqa: C416


def name_of(char: str) -> str:
    """What a character is called; of an ideograph its readings, radical and meaning; else empty."""
    known = mufi_names().get(char) or _CONTROLS.get(char) or unicodedata.name(char, "").lower()
    if known and not known.startswith("cjk "):
        return known
    # Only here: the table of ideographs takes 40 MB and a tenth of a second.
    ideograph = ideographs().get(char)
    return _ideograph_words(ideograph) if ideograph else known


def titled(char: str) -> str:
    """A character with its code point: ``ꝑ (U+A751)``; where nothing would be seen, only the latter."""
    return code_of(char) if invisible(char) else f"{shown_alone(char)} ({code_of(char)})"


def combining(char: str) -> bool:
    """Whether a character stands on the one before it."""
    return unicodedata.category(char).startswith("M") or mufi_names().get(char, "").startswith("combining")


def invisible(char: str) -> bool:
    """Whether a character leaves no ink: blanks, controls, joiners."""
    return unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc", "Cf")


def shown_alone(char: str) -> str:
    """A character as it can be shown without a neighbour: combining ones stand on a dotted circle."""
    return DOTTED_CIRCLE + char if combining(char) else char


def _ideograph_words(ideograph: Ideograph) -> str:
    parts = [" ".join(ideograph.readings)]
    if ideograph.radical:
        radical = radical_sign(ideograph.radical)
        parts.append(
            say_count(
                ideograph.strokes,
                "radical {number} {radical} + {count} stroke",
                "radical {number} {radical} + {count} strokes",
                number=ideograph.radical,
                radical=radical,
            )
        )
    return " · ".join(part for part in [*parts, ideograph.meaning] if part)
