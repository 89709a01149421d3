"""Chinese citizen ID numbers: 18 characters (GB 11643-1999) or 15 digits (before 1999)."""

import datetime as dt
import re
from collections.abc import Iterator

from core.rules.confusions import DIGIT_PAIRS, LOOSE_DIGIT, TIMES_LOOKS, as_digits, half_width
from core.rules.violation import Field
from core.wording import say

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999, after ISO 7064 MOD 11-2: 2 to the power of the place, modulo 11."""

CHECK_CHARACTERS = "10X98765432"
"""The check character for each remainder of the weighted sum modulo 11."""

_REGIONS = ("11-15", "21-23", "31-37", "41-46", "50-54", "61-65", "71-71", "81-83", "91-91")
PROVINCES = frozenset(
    str(number)
    for first, last in (each.split("-") for each in _REGIONS)
    for number in range(int(first), int(last) + 1)
)
"""The first two digits (GB/T 2260)."""

_LOOSE = re.compile(
    rf"(?<![0-9A-Za-z０-９])[{LOOSE_DIGIT}]{{13,18}}[{LOOSE_DIGIT}XＸх×x*]?(?![0-9A-Za-z０-９×*])"
)
_LEAST_DIGITS = 10
_X_LOOKS = {"×", *TIMES_LOOKS}


def check_character(number: str) -> str:
    """The last character that belongs to the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def fault_of(number: str) -> str:
    """What is wrong with an ID number, as a sentence; empty if nothing is."""
    if len(number) not in (15, 18):
        return say("An ID number has 18 characters (formerly 15), this one {count}.", count=len(number))
    digits = number[:-1] if len(number) == 18 else number
    if re.fullmatch(r"[0-9]+", digits) is None or re.fullmatch(r"[0-9X]", number[-1]) is None:
        return say("An ID number has digits only, the last may be X.")
    if number[:2] not in PROVINCES:
        return say("No province has the number {number}.", number=number[:2])
    birth = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    if not _is_date(birth):
        day = f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"
        return say("The ID number's birthday {day} does not exist.", day=day)
    if len(number) == 18 and number[-1] != check_character(number):
        right = check_character(number)
        return say("The check digit does not fit: {right} belongs to these 17 digits.", right=right)
    return ""


def find_chinese_ids(text: str) -> Iterator[Field]:
    """Everything in a text that looks like an ID number."""
    for match in _LOOSE.finditer(text):
        number = match[0]
        if sum(char.isdecimal() for char in number) < _LEAST_DIGITS:
            continue
        fault = fault_of(number)
        yield Field(match.start(), match.end(), fault, _repair(number) if fault else None)


def _repair(number: str) -> str | None:
    """The only valid number that typical confusions lead to.

    What is no digit can be read in one way only. A number of digits that fails its check digit is mended if
    exactly one confusion of one digit does it.
    """
    folded = _fold(number)
    if folded != number:
        return folded if not fault_of(folded) else None
    if len(number) != 18:
        return None
    found = {
        changed
        for place, char in enumerate(number)
        for other in DIGIT_PAIRS.get(char, "")
        if not fault_of(changed := number[:place] + other + number[place + 1 :])
    }
    return found.pop() if len(found) == 1 else None


def _fold(number: str) -> str:
    narrow = half_width(number)
    last = "X" if narrow[-1] in _X_LOOKS and len(narrow) == 18 else as_digits(narrow[-1])
    return as_digits(narrow[:-1]) + last


def _is_date(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
