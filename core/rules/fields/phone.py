"""Mobile numbers of mainland China: eleven digits that begin with 13 to 19, with or without +86."""

import re
from collections.abc import Iterator

from core.rules.confusions import LOOSE_DIGIT, as_digits, mostly_digits
from core.rules.violation import Field
from core.wording import say

_LOOSE = re.compile(
    rf"(?<![0-9A-Za-z０-９])(?:[+＋]?[8８][6６][-\s]?)?[{LOOSE_DIGIT}]{{3}}[-\s]?[{LOOSE_DIGIT}]{{4}}[-\s]?"
    rf"[{LOOSE_DIGIT}]{{3,5}}(?![0-9A-Za-z０-９])"
)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9][0-9]([- ]?)[0-9]{4}\1[0-9]{4}")


def fault_of(number: str) -> str:
    """What is wrong with a mobile number, as a sentence; empty if nothing is."""
    if _MOBILE.fullmatch(number):
        return ""
    digits = re.sub(r"^\+?86[- ]?|[- ]", "", number)
    if digits.isdecimal() and len(digits) != 11:
        return say("A mobile number has 11 digits, this one {count}.", count=len(digits))
    return say("This is no mobile number (11 digits, beginning with 13 to 19).")


def find_phones(text: str) -> Iterator[Field]:
    """Everything in a text that looks like a mobile number."""
    for match in _LOOSE.finditer(text):
        if not mostly_digits(match[0]):
            continue
        fault, folded = fault_of(match[0]), as_digits(match[0])
        repair = folded if fault and not fault_of(folded) else None
        yield Field(match.start(), match.end(), fault, repair)
