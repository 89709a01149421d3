"""All places of one character side by side, the strangest first: wrong ones stand out at a glance."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.document import LineImage, ReadCharacter
from core.imaging.glyphs import glyph_features, glyph_picture, strangeness
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.glyphs import ReadLine, lines_with, read_lines_of
from core.storage.project import Project
from core.wording import say

MOST = 3000
"""Places of a sweep: half of them the least sure ones, the others drawn by chance; some 20 MB of pictures."""

LINES = 20_000
"""Lines that are looked through, drawn by chance if the character stands in more."""

_SEED = 1


@dataclass(frozen=True, slots=True)
class GlyphPlace:
    """A character in the shown text of a line.

    ``start`` and ``end``: where it is in the crop, as fractions (0-1) from the left. ``strange``: what
    it is sorted by, distance from the usual picture + (1 - confidence).
    """

    line_id: int
    index: int
    confidence: float
    start: float
    end: float
    strange: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """``pictures`` belong to ``places``; ``total`` counts all places, shown or not."""

    glyph: str
    places: tuple[GlyphPlace, ...]
    pictures: tuple[Crop, ...]
    total: int


def sweep(
    project: Project, glyph: str, *, cancel: CancelToken, progress: ProgressSink = no_progress
) -> Sweep:
    """Find and cut all places of a character; the least usual and least sure first.

    Raises:
        Cancelled: On request.
    """
    lines = lines_with(project, glyph)
    if len(lines) > LINES:
        lines = sorted(random.Random(_SEED).sample(lines, LINES))
    found: list[GlyphPlace] = []
    images: dict[int, LineImage] = {}
    for number, line in enumerate(read_lines_of(project, lines), start=1):
        places = glyph_places(line, glyph)
        if places:
            images[line.image.line_id] = line.image
            found += places
        if number % 200 == 0:
            cancel.raise_if_cancelled()
    chosen = _chosen(found)
    cut = _cut(chosen, images, cancel, progress)
    odd = strangeness([glyph_features(picture) for _, picture in cut])
    ranked = [
        (replace(place, strange=float(distance) + 1 - place.confidence), picture)
        for (place, picture), distance in zip(cut, odd, strict=True)
    ]
    ranked.sort(key=lambda each: (-each[0].strange, each[0].line_id, each[0].index))
    return Sweep(glyph, tuple(p for p, _ in ranked), tuple(picture for _, picture in ranked), len(found))


def glyph_places(line: ReadLine, glyph: str) -> list[GlyphPlace]:
    """Where a character of the shown text lies, as far as the draft knows.

    In a text that a human has changed, the draft's places count where both have the same character, and
    where one was put for another.
    """
    characters = character_places(line)
    return [
        GlyphPlace(line.image.line_id, index, read.confidence, read.start, read.end)
        for index, (char, read) in enumerate(zip(line.text, characters, strict=True))
        if char == glyph and read is not None
    ]


def character_places(line: ReadLine) -> list[ReadCharacter | None]:
    """For each character of the shown text the one of the draft that stands there."""
    read, draft = line.reading.characters, line.reading.text
    places: list[ReadCharacter | None] = [None] * len(line.text)
    if len(read) != len(draft):  # a mark without composed form: not one to one
        return places
    for code in Levenshtein.opcodes(draft, line.text):
        if code.src_end - code.src_start == code.dest_end - code.dest_start:
            places[code.dest_start : code.dest_end] = read[code.src_start : code.src_end]
    return places


def _chosen(found: Sequence[GlyphPlace]) -> list[GlyphPlace]:
    """Not more than can be looked at; those left out are sure and as usual as the ones drawn."""
    if len(found) <= MOST:
        return list(found)
    by_doubt = sorted(found, key=lambda place: place.confidence)
    return by_doubt[: MOST // 2] + random.Random(_SEED).sample(by_doubt[MOST // 2 :], MOST - MOST // 2)


def _cut(
    places: Sequence[GlyphPlace],
    images: dict[int, LineImage],
    cancel: CancelToken,
    progress: ProgressSink,
) -> list[tuple[GlyphPlace, Crop]]:
    """The places with their pictures, page by page; lines that cannot be cut are left out."""
    by_line: dict[int, list[GlyphPlace]] = {}
    for place in places:
        by_line.setdefault(place.line_id, []).append(place)
    wanted = [image for line, image in images.items() if line in by_line]
    cut: list[tuple[GlyphPlace, Crop]] = []
    for image, crop in line_crops(wanted, lambda _line, _error: None):
        cancel.raise_if_cancelled()
        cut += [
            (place, np.ascontiguousarray(glyph_picture(crop, place.start, place.end)))
            for place in by_line[image.line_id]
        ]
        progress(Progress(len(cut), len(places), say("pictures")))
    return cut
