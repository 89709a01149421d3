"""Amounts of money: 1,234.50, ¥1234, and Chinese capital amounts, which must agree with the digits."""

import re
from collections.abc import Iterator
from fractions import Fraction

from core.rules.confusions import DIGIT_PAIRS, LOOSE_DIGIT, as_digits, mostly_digits
from core.rules.fields.capital_amounts import CAPITAL_AMOUNT, capital_value
from core.rules.violation import Field
from core.wording import say

_LOOSE = re.compile(rf"(?<![0-9A-Za-z０-９.,])([¥￥]\s?)?([{LOOSE_DIGIT}][{LOOSE_DIGIT},，.．]*)(?![A-Za-z])")
_AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?")


def fault_of(amount: str) -> str:
    """What is wrong with an amount in digits (without the sign of a currency); empty if nothing is."""
    if _AMOUNT.fullmatch(amount) is None:
        return say("This is not written like an amount (1,234.50 or 1234.50).")
    return ""


def find_amounts(text: str) -> Iterator[Field]:
    """Everything in a text that looks like an amount; digits must agree with a capital amount beside them."""
    capitals = [_capital(match) for match in CAPITAL_AMOUNT.finditer(text)]
    values = [value for _, value in capitals if value is not None]
    for match in _LOOSE.finditer(text):
        amount = match[2].rstrip(",，.．")
        bare = not match[1] and amount.isdecimal()
        # A bare number may be anything: it is an amount only where a sign, a point or words say so.
        if not mostly_digits(amount) or (bare and not values and amount != text.strip()):
            continue
        yield _digits(match.start(2), amount, values[0] if len(values) == 1 else None)
    yield from (field for field, _ in capitals)


def _digits(first: int, amount: str, expected: Fraction | None) -> Field:
    last = first + len(amount)
    if fault := fault_of(amount):
        folded = as_digits(amount).replace("．", ".").replace("，", ",")
        fits = not fault_of(folded) and (expected is None or _value(folded) == expected)
        return Field(first, last, fault, folded if fits else None)
    if expected is None or _value(amount) == expected:
        return Field(first, last)
    fault = say("The digits say {amount}, the words {words:,.2f}.", amount=amount, words=float(expected))
    return Field(first, last, fault, _agreeing(amount, expected))


def _agreeing(amount: str, expected: Fraction) -> str | None:
    """The amount with one digit taken for another, if just that makes it agree with the words."""
    found = {
        changed
        for place, char in enumerate(amount)
        for other in DIGIT_PAIRS.get(char, "")
        if _value(changed := amount[:place] + other + amount[place + 1 :]) == expected
    }
    return found.pop() if len(found) == 1 else None


def _capital(match: re.Match[str]) -> tuple[Field, Fraction | None]:
    value = capital_value(match[0])
    fault = "" if value is not None else say("This is not written like a capital amount (壹仟贰佰元整).")
    return Field(match.start(), match.end(), fault), value


def _value(amount: str) -> Fraction:
    return Fraction(amount.replace(",", ""))
