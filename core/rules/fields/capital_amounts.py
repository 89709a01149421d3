"""Chinese capital numerals as cheques and receipts carry them: 壹仟贰佰叁拾肆元伍角整."""

import re
from fractions import Fraction
from itertools import pairwise

_NUMERALS = {
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **dict(zip("〇壹貳參肆伍陸柒捌玖", range(10), strict=True)),
    "弍": 2,
    "两": 2,
    "叄": 3,
}
_TENS = {"拾": 10, "佰": 100, "仟": 1000, "百": 100, "千": 1000, "十": 10}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_YUAN, _WHOLE = "元圆圓", "整正"
_SMALL = {"角": Fraction(1, 10), "分": Fraction(1, 100)}
_SIGNS = "".join((*_NUMERALS, *_TENS, *_MYRIADS, *_SMALL, _YUAN, _WHOLE))

CAPITAL_AMOUNT = re.compile(rf"[{''.join(_NUMERALS)}拾][{_SIGNS}]+")
"""A run of capital numerals that is long enough to be an amount."""


def capital_value(words: str) -> Fraction | None:
    """The amount in yuan; ``None`` if it is not well written."""
    parts = re.fullmatch(rf"(?:([^{_YUAN}角分]+)(?:[{_YUAN}]|$))?([^{_YUAN}]*)", words.rstrip(_WHOLE))
    if parts is None:
        return None
    whole = _integer(parts[1]) if parts[1] else 0
    small = _small(parts[2])
    return None if whole is None or small is None else whole + small


def _integer(words: str) -> int | None:
    """Numerals up to the yuan: sections of four digits, each before its 万 or 亿."""
    total = section = 0
    digit: int | None = None
    smallest = 10**4
    for sign in words.rstrip(_WHOLE):
        if sign in _NUMERALS:
            if digit:
                return None
            digit = _NUMERALS[sign]
        elif sign in _TENS:
            if _TENS[sign] >= smallest:
                return None
            # 拾 alone at the beginning is ten.
            section += (1 if digit is None else digit) * _TENS[sign]
            digit, smallest = None, _TENS[sign]
        elif sign in _MYRIADS:
            section += digit or 0
            total = (total + section) * _MYRIADS[sign] if sign in "亿億" else total + section * _MYRIADS[sign]
            section, digit, smallest = 0, None, 10**4
        else:
            return None
    return total + section + (digit or 0)


def _small(words: str) -> Fraction | None:
    """Jiao and fen."""
    if re.fullmatch(rf"零?(?:[{''.join(_NUMERALS)}]角)?(?:零?[{''.join(_NUMERALS)}]分)?", words) is None:
        return None
    return sum((_NUMERALS[a] * _SMALL[b] for a, b in pairwise(words) if b in _SMALL), Fraction(0))
