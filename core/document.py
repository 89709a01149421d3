"""The values that travel between the parts of Linewright.

All are frozen; no database row, tensor or Qt object is among them. Coordinates are pixels of the
scan as displayed: after EXIF orientation and after the page's own ``rotation``.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Polygon = tuple[Point, ...]

BASE_MODELS = ("ppocr-v6-small", "crnn-ppocr-v2", "crnn-v6")
DEFAULT_BASE = BASE_MODELS[0]

DOUBT_THRESHOLD = 0.80
"""A character read with less confidence than this (0-1) is marked as doubtful."""


_SURROGATE = re.compile("[\ud800-\udfff]")


def normalize_text(text: str) -> str:
    """Text as it is stored and compared: NFC, without line breaks or surrounding white space.

    For half of a UTF-16 pair, which is no character and cannot be stored, stands �.
    """
    whole = _SURROGATE.sub("\ufffd", text)
    return unicodedata.normalize("NFC", " ".join(whole.splitlines())).strip()


class Direction(StrEnum):
    """Writing direction of a line."""

    LTR = "ltr"
    RTL = "rtl"
    TTB = "ttb"


class Split(StrEnum):
    """What a page serves for; decided by page (or book), never by line."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"


class TranscriptionState(StrEnum):
    """How far a human is with a line."""

    OPEN = "open"
    CORRECTED = "corrected"
    REVIEWED = "reviewed"
    UNREADABLE = "unreadable"

    @property
    def is_truth(self) -> bool:
        """Whether the text may teach and test a model."""
        return self in (TranscriptionState.CORRECTED, TranscriptionState.REVIEWED)


class LineOrigin(StrEnum):
    """Where a line's outline came from."""

    DETECTED = "detected"
    DRAWN = "drawn"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Page:
    """One scan side. ``file`` is relative to the project folder; width and height in px, displayed."""

    id: int
    number: int
    name: str
    file: str
    width: int
    height: int
    rotation: int
    sha256: str
    split: Split | None
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class PageProgress:
    """How many lines of a page are in which state.

    ``doubt`` is the mean 1 - confidence of drafts (0-1), ``doubtful`` counts open lines whose draft has
    doubtful characters, ``truth`` lines whose text may teach and test a model.
    """

    lines: int = 0
    drafted: int = 0
    corrected: int = 0
    reviewed: int = 0
    unreadable: int = 0
    doubt: float = 0.0
    doubtful: int = 0
    truth: int = 0

    @property
    def open(self) -> int:
        """Lines that still want a human."""
        return self.lines - self.done

    @property
    def done(self) -> int:
        """Lines a human has finished with."""
        return self.corrected + self.reviewed + self.unreadable


@dataclass(frozen=True, slots=True)
class LineShape:
    """Geometry of a line: outline, optional baseline (left to right, or top to bottom), direction."""

    polygon: Polygon
    direction: Direction = Direction.LTR
    baseline: Polygon | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Bounding box ``(left, top, right, bottom)`` in px."""
        xs = [x for x, _ in self.polygon]
        ys = [y for _, y in self.polygon]
        return min(xs), min(ys), max(xs), max(ys)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "polygon": [list(point) for point in self.polygon],
            "direction": str(self.direction),
            "baseline": [list(point) for point in self.baseline] if self.baseline else None,
        }

    @staticmethod
    def from_json(values: dict[str, Any]) -> "LineShape":
        """The inverse of ``to_json``; other keys are passed over."""
        baseline = values.get("baseline")
        return LineShape(
            polygon=tuple((x, y) for x, y in values["polygon"]),
            direction=Direction(values["direction"]),
            baseline=tuple((x, y) for x, y in baseline) if baseline else None,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page, at place ``order`` (0-based) of the reading order."""

    id: int
    page_id: int
    order: int
    shape: LineShape
    origin: LineOrigin = LineOrigin.DETECTED
    tag: str = ""


@dataclass(frozen=True, slots=True)
class LineImage:
    """All that is needed to cut one line out of its scan, in this or another process.

    ``page_size``: width and height in px of the page that the line was drawn on; ``None`` is not known.
    """

    line_id: int
    scan: Path
    rotation: int
    shape: LineShape
    page_size: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "line_id": self.line_id,
            "scan": str(self.scan),
            "rotation": self.rotation,
            "page_size": self.page_size,
            **self.shape.to_json(),
        }

    @staticmethod
    def from_json(values: dict[str, Any]) -> "LineImage":
        """The inverse of ``to_json``; other keys are passed over."""
        size = values.get("page_size")
        return LineImage(
            values["line_id"],
            Path(values["scan"]),
            values["rotation"],
            LineShape.from_json(values),
            (size[0], size[1]) if size else None,
        )


@dataclass(frozen=True, slots=True)
class ReadCharacter:
    """One character as a recogniser read it.

    ``start`` and ``end`` are fractions (0-1) of the crop's length from the left, in columns from above;
    ``alternatives`` are other characters with their probabilities, best first.
    """

    char: str
    confidence: float
    start: float
    end: float
    alternatives: tuple[tuple[str, float], ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a human should look at it."""
        return self.confidence < DOUBT_THRESHOLD


GAP_ERRORS = 0.5
"""Expected errors of a place where a character may be missing: as likely as not (``recognition.ctc``)."""


@dataclass(frozen=True, slots=True)
class LineReading:
    """What was read in a line; ``promised``: how many characters its confidences expect to be wrong.

    ``None`` if nobody has kept the confidences.
    """

    text: str
    promised: float | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a recogniser read in one crop; ``gaps`` are places (0-1) where a character may be missing."""

    characters: tuple[ReadCharacter, ...]
    gaps: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """The characters joined, NFC."""
        return unicodedata.normalize("NFC", "".join(c.char for c in self.characters))

    @property
    def confidence(self) -> float:
        """Mean confidence of the characters (0-1); an empty reading has none."""
        if not self.characters:
            return 0.0
        return sum(c.confidence for c in self.characters) / len(self.characters)

    @property
    def reading(self) -> LineReading:
        """The text and what is promised of it."""
        promised = sum(1 - c.confidence for c in self.characters) + GAP_ERRORS * len(self.gaps)
        return LineReading(self.text, promised)

    def to_json(self) -> list[Any]:
        """As plain JSON values, compact: per character a list, then the gaps."""
        characters = [
            [
                c.char,
                round(c.confidence, 4),
                round(c.start, 5),
                round(c.end, 5),
                [[char, round(probability, 4)] for char, probability in c.alternatives],
            ]
            for c in self.characters
        ]
        return [characters, [round(gap, 5) for gap in self.gaps]]

    @staticmethod
    def from_json(values: list[Any]) -> "Recognition":
        """The inverse of ``to_json``."""
        characters, gaps = values
        return Recognition(
            characters=tuple(
                ReadCharacter(char, confidence, start, end, tuple((a, p) for a, p in alternatives))
                for char, confidence, start, end, alternatives in characters
            ),
            gaps=tuple(gaps),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """Machine text of one line by one model version."""

    id: int
    line_id: int
    model: str
    recognition: Recognition
    created_at: dt.datetime

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.recognition.text


@dataclass(frozen=True, slots=True)
class Transcription:
    """Human text of one line. ``revision`` grows by one with every save."""

    line_id: int
    text: str
    state: TranscriptionState
    revision: int
    author: str
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line with the newest draft and the human text beside it."""

    line: Line
    draft: Draft | None
    transcription: Transcription | None

    @property
    def state(self) -> TranscriptionState:
        """State of the human text; a line without one is open."""
        return self.transcription.state if self.transcription else TranscriptionState.OPEN

    @property
    def text(self) -> str:
        """What to show: the human's text if there is one, else the draft, else nothing."""
        if self.transcription:
            return self.transcription.text
        return self.draft.text if self.draft else ""
