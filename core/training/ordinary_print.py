"""Lines of ordinary print: a frozen set that shows what a model has forgotten, and lines to rehearse.

Both are drawn with the bundled fonts, so they are the same on every machine and need no scans. They show
no language as such but the kind of material that the base models were made for.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, islice

import numpy as np

from core.imaging.normalize import Crop
from core.imaging.paper import PRINT, on_paper
from core.imaging.rendering import Face, FontFile
from core.recognition.charset import Charset
from resources import RESOURCES

LATIN_FONTS = ("SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-It", "SourceCodePro-Regular")
SERIF, CHINESE_FONT = "JunicodeTwoBeta-Regular", "SourceHanSansSC-Regular"

FROZEN, REHEARSED = 0, 1
"""The two halves of the texts."""

FROZEN_LINES = 48
"""Lines of the frozen set: some 2,300 characters with a large charset, so one is 0.04 points of CER."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A drawn line (H, W, 3) and its text."""

    crop: Crop
    text: str


def frozen_lines(charset: Charset, height: int) -> list[PrintedLine]:
    """The frozen set of ordinary print, as far as a charset can write it; for it always the same lines.

    Args:
        charset: Lines with any other character are left out: forgetting is not the loss of a class.
        height: Px of the crops.
    """
    texts = [text for texts in _texts(charset, FROZEN).values() for text in texts]
    return [
        _drawn(text, texts, height, number)
        for number, text in enumerate(islice(_endless(texts), FROZEN_LINES))
    ]


def lines_mark(lines: Sequence[PrintedLine]) -> str:
    """What tells frozen sets apart: CERs of other lines say nothing of each other."""
    return hashlib.sha256("\n".join(line.text for line in lines).encode()).hexdigest()[:16]


def replay_lines(charset: Charset, height: int, seed: int) -> Iterator[PrintedLine]:
    """Lines to rehearse, without end; none of their texts is in the frozen set.

    Words of all lines are mixed anew, so that no sentence is learned by heart.
    """
    sources = [texts for texts in _texts(charset, REHEARSED).values() if texts]
    for number in count(FROZEN_LINES + 1) if sources else ():
        chance = np.random.default_rng([seed, number])
        texts = sources[int(chance.integers(len(sources)))]
        yield _drawn(_mixed(texts, chance), texts, height, number + 1000 * seed)


def _texts(charset: Charset, half: int) -> dict[str, list[str]]:
    """Every second line by language, those that the charset can write; which half does not hang on it."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for row in (RESOURCES / "print" / "ordinary.txt").read_text("utf-8").splitlines():
        if row.startswith("["):
            lines = found.setdefault(row.strip("[]"), [])
        elif row and not row.startswith("#"):
            lines.append(row)
    return {
        language: [row for row in rows[half::2] if all(char in charset for char in row)]
        for language, rows in found.items()
    }


def _endless(texts: Sequence[str]) -> Iterator[str]:
    while texts:
        yield from texts


def _mixed(texts: Sequence[str], chance: np.random.Generator) -> str:
    """As many words as a line has, from anywhere; of Chinese, stretches between marks."""
    chinese = " " not in texts[0]
    words = re.findall(r"[^，；。]+.", "".join(texts)) if chinese else " ".join(texts).split()
    chosen = chance.choice(words, size=2 if chinese else int(chance.integers(4, 10)))
    return ("" if chinese else " ").join(str(word) for word in chosen)


def _drawn(text: str, others: Sequence[str], height: int, number: int) -> PrintedLine:
    chance = np.random.default_rng(number)
    faces = [face for face in _faces() if face.covers(text)]
    face = faces[number % len(faces)]
    other = next((each for each in others if each != text and face.covers(each)), text)
    return PrintedLine(on_paper(face.ink(text), PRINT, face.ink(other), height, chance), text)


@cache
def _faces() -> list[Face]:
    fonts = RESOURCES / "fonts"
    names = ((*LATIN_FONTS, "ttf"), (SERIF, CHINESE_FONT, "otf"))
    return [Face(name, [FontFile(fonts / f"{name}.{ending}")]) for *stems, ending in names for name in stems]
