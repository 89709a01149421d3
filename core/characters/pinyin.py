"""Mandarin readings as people type them: ``zì``, ``zi4`` and ``zi`` ask for the same syllable."""

import unicodedata
from typing import NamedTuple

_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_DIAERESIS = "\u0308"


class Syllable(NamedTuple):
    """Letters without tone (``ü`` stays), and the tone 1-4; ``None`` for the neutral or an unsaid one."""

    letters: str
    tone: int | None


def syllable(reading: str) -> Syllable | None:
    """A syllable with a tone mark, a tone number (5 is the neutral tone) or neither; ``v`` stands for ``ü``.

    ``None`` if it cannot be one. Whether such a syllable exists is not asked.
    """
    text = unicodedata.normalize("NFD", reading.strip().lower()).replace("v", "u" + _DIAERESIS)
    number = text[-1:]
    tones = [_TONES[char] for char in text if char in _TONES]
    if number in tuple("12345"):
        text = text[:-1]
        tones += [int(number)] if number != "5" else []
    letters = unicodedata.normalize("NFC", "".join(char for char in text if char not in _TONES))
    if len(tones) > 1 or not letters or not all(char in "abcdefghijklmnopqrstuvwxyzüê" for char in letters):
        return None
    return Syllable(letters, tones[0] if tones else None)
