"""Doses of medicine as prescriptions carry them: 0.25g×24, 0.25g×24粒, 10ml×6支×2盒."""

import re
from collections.abc import Iterator

from core.rules.confusions import LOOSE_DIGIT, TIMES_LOOKS, as_digits, half_width
from core.rules.violation import Field
from core.wording import say

UNITS = ("μg", "µg", "ug", "mg", "kg", "ml", "mL", "IU", "iu", "g", "L", "U", "万单位", "单位", "%")
PIECES = "粒片支袋瓶丸板盒贴枚包颗张"

_UNIT = "|".join(map(re.escape, UNITS))
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_DOSAGE = re.compile(rf"{_NUMBER}(?:{_UNIT})(?:×[0-9]+[{PIECES}]?)+")
_TIMES = f"×{''.join(map(re.escape, TIMES_LOOKS))}＊ｘＸ"
_LOOSE = re.compile(
    rf"(?<![0-9A-Za-z０-９.])(?=[0-9０-９OolI])[{LOOSE_DIGIT}.．,，]+(?:m[19|]|[A-Za-zμµ%ｇｍｌ]{{0,2}}|万?单位)"
    rf"(?:\s?[{_TIMES}]\s?[{LOOSE_DIGIT}]+[{PIECES}]?)+"
)


def fault_of(dosage: str) -> str:
    """What is wrong with a dosage, as a sentence; empty if nothing is."""
    if _DOSAGE.fullmatch(dosage) is None:
        return say("This is not written like a dosage (0.25g×24粒).")
    return ""


def find_dosages(text: str) -> Iterator[Field]:
    """Everything in a text that looks like a dosage."""
    for match in _LOOSE.finditer(text):
        # Letters alone are a word (“lix l”), however much they look like digits.
        if not all(re.search("[0-9０-９]", part) for part in re.split(f"[{_TIMES}]", match[0])):
            continue
        fault = fault_of(match[0])
        yield Field(match.start(), match.end(), fault, _repair(match[0]) if fault else None)


def _repair(dosage: str) -> str | None:
    """The only dosage that typical confusions lead to."""
    plain = re.sub(r"\s", "", half_width(dosage))
    first, *counts = re.split(rf"[{_TIMES}]", plain)
    tail = "".join(f"×{as_digits(count)}" for count in counts)
    found = {repaired for strength in _strengths(first) if not fault_of(repaired := strength + tail)}
    return found.pop() if len(found) == 1 else None


def _strengths(written: str) -> Iterator[str]:
    """What number and unit may be: letters in the number are digits; a last 9 may be a g without its unit."""
    written = written.replace(",", ".")
    for unit in sorted(UNITS, key=len, reverse=True):
        if written.endswith(unit):
            yield as_digits(written[: -len(unit)]) + unit
            return
    if written.endswith(("m9", "mq")):
        yield f"{as_digits(written[:-2])}mg"
    elif written.endswith("m1"):
        yield f"{as_digits(written[:-2])}ml"
    elif written[-1] in "9q" and len(written) > 1:
        yield f"{as_digits(written[:-1])}g"
