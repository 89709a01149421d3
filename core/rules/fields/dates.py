"""Dates: 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 01.03.2024; they must be in the calendar."""

import datetime as dt
import re
from collections.abc import Iterator

from core.rules.confusions import DASH_LOOKS, LOOSE_DIGIT, as_digits, mostly_digits
from core.rules.violation import Field
from core.wording import say

_D = f"[{LOOSE_DIGIT}]"
_DASH = f"[-/.．／－{''.join(DASH_LOOKS)}]"
_EDGE = r"(?<![0-9A-Za-z０-９]){}(?![0-9A-Za-z０-９])"
_LOOSE = re.compile(
    "|".join(
        _EDGE.format(shape)
        for shape in (
            rf"{_D}{{4}}\s?年\s?{_D}{{1,2}}\s?月\s?{_D}{{1,2}}\s?[日号]",
            rf"{_D}{{4}}{_DASH}{_D}{{1,2}}{_DASH}{_D}{{1,2}}",
            rf"{_D}{{1,2}}[.．]{_D}{{1,2}}[.．]{_D}{{4}}",
        )
    )
)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})| ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号])", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


def fault_of(date: str) -> str:
    """What is wrong with a date, as a sentence; empty if nothing is."""
    if match := _YEAR_FIRST.fullmatch(date):
        year, _, *parts = match.groups()
        month, day = (part for part in parts if part is not None)
    elif match := _DAY_FIRST.fullmatch(date):
        day, month, year = match.groups()
    else:
        return say("This is not written like a date (2024-03-01, 2024年3月1日, 01.03.2024).")
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return say(
            "The calendar has no day {day} in month {month} of {year}.", day=day, month=month, year=year
        )
    return ""


def find_dates(text: str) -> Iterator[Field]:
    """Everything in a text that looks like a date."""
    for match in _LOOSE.finditer(text):
        date = match[0]
        if not mostly_digits(date):
            continue
        fault = fault_of(date)
        folded = _fold(date)
        yield Field(match.start(), match.end(), fault, folded if fault and not fault_of(folded) else None)


def _fold(date: str) -> str:
    plain = "".join(DASH_LOOKS.get(char, char) for char in as_digits(date))
    return re.sub(r"\s", "", plain)
