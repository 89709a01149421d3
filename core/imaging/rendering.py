"""Text as ink: lines drawn with a font, for training lines that nobody had to transcribe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Ink = NDArray[np.uint8]
"""Coverage (H, W), 0 bare paper to 255 full ink."""

EM = 64
"""Px of an em; lines are scaled afterwards."""

_ABSENT = "\uffff"  # a noncharacter: every font draws its sign for a missing glyph
_MARGIN = EM  # px around the text while it is drawn: swashes reach far out
_NOMINAL = "Hx"  # a line is at least as high as these, or a row of dashes would fill it


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file, and the code points that it is for (first, last); ``None`` is all that it has."""

    file: Path
    ranges: tuple[tuple[int, int], ...] | None = None

    def serves(self, char: str) -> bool:
        """Whether this is the file to look for ``char`` in."""
        return self.ranges is None or any(first <= ord(char) <= last for first, last in self.ranges)


class Face:
    """One design, from one font file or from many with a part of the characters each, as web fonts are.

    Args:
        name: What it is called.
        files: Where a character is looked for, in this order.
    """

    def __init__(self, name: str, files: Sequence[FontFile]) -> None:
        self.name = name
        self._files = tuple(files)
        self._holders: dict[str, int | None] = {" ": 0}

    def covers(self, text: str) -> bool:
        """Whether there is a glyph for every character."""
        return all(self._holder(char) is not None for char in text)

    def covered(self, text: str) -> str:
        """``text`` without the words that it lacks a glyph for; of Chinese, without the characters."""
        if " " not in text.strip():
            return "".join(filter(self.covers, text))
        return " ".join(filter(self.covers, text.split()))

    def ink(self, text: str) -> Ink:
        """The text cut out, at least as high as capitals are.

        Raises:
            ValueError: If a glyph is missing or nothing would be seen.
        """
        runs = list(self._runs(text))
        first = _font(self._files[0].file)
        ascent, descent = first.getmetrics()
        width = sum(font.getlength(run) for run, font in runs)
        canvas = Image.new("L", (int(width) + 2 * _MARGIN, ascent + descent + 2 * _MARGIN))
        pen, baseline = float(_MARGIN), _MARGIN + ascent
        for run, font in runs:
            ImageDraw.Draw(canvas).text((pen, baseline), run, fill=255, font=font, anchor="ls")
            pen += font.getlength(run)
        box = canvas.getbbox()
        if box is None:
            raise ValueError(f"“{text}” leaves no ink")
        _, top, _, bottom = first.getbbox(_NOMINAL, anchor="ls")
        rows = slice(min(box[1], baseline + int(top)), max(box[3], baseline + int(bottom)))
        return np.asarray(canvas, dtype=np.uint8)[rows, box[0] : box[2]].copy()

    def _runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """Stretches of text with the font that has them; spaces stay with what is before them."""
        holders: list[int] = []
        for char in text:
            holder = self._holder(char)
            if holder is None:
                raise ValueError(f"{self.name} has no “{char}”")
            holders.append(holders[-1] if char == " " and holders else holder)
        for number, group in groupby(range(len(text)), key=holders.__getitem__):
            yield "".join(text[place] for place in group), _font(self._files[number].file)

    def _holder(self, char: str) -> int | None:
        if char not in self._holders:
            serving = (number for number, each in enumerate(self._files) if each.serves(char))
            self._holders[char] = next(filter(lambda number: self._has(number, char), serving), None)
        return self._holders[char]

    def _has(self, number: int, char: str) -> bool:
        font = _font(self._files[number].file)
        return _picture(font, char) != _picture(font, _ABSENT)


@lru_cache(maxsize=512)
def _font(file: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, EM)


def _picture(font: ImageFont.FreeTypeFont, char: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(char)
    return mask.size, bytes(mask)
