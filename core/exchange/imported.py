"""What is read from other programs' files, before any of it enters a project."""

from dataclasses import dataclass, replace
from pathlib import Path

from core.document import Direction, LineShape, Polygon, Split
from core.files import legible
from core.wording import say


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """One line of a layout file; ``text`` is NFC and empty where the file has none."""

    shape: LineShape
    text: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """One layout file, lines in reading order.

    ``width`` and ``height`` are px, 0 where neither file nor caller knew them; ``skipped`` says
    in a clause each what of the file was not read or may be wrong. ``stated`` is the page's size as the file
    has it, in its own units.
    """

    image_name: str
    width: int
    height: int
    lines: tuple[ImportedLine, ...]
    skipped: tuple[str, ...] = ()
    stated: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class ImportedLineImage:
    """One line picture with its text; pictures of the same ``group`` belong to the same split.

    ``direction`` is ``None`` where the list does not say it.
    """

    file: Path
    text: str
    group: str
    split: Split | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not imported, and why; ``line`` is the 1-based line of a list, else 0."""

    file: Path
    reason: str
    line: int = 0

    def __str__(self) -> str:
        name = legible(self.file.name)
        if not self.line:
            return f"{name}: {self.reason}"
        return say("{file}, line {line}: {reason}", file=name, line=self.line, reason=self.reason)


def scaled(polygon: Polygon, x: float, y: float) -> Polygon:
    """A polygon with both coordinates multiplied."""
    return polygon if x == y == 1.0 else tuple((px * x, py * y) for px, py in polygon)


def scaled_line(line: ImportedLine, x: float, y: float) -> ImportedLine:
    """A line on a page of another size."""
    shape = line.shape
    baseline = None if shape.baseline is None else scaled(shape.baseline, x, y)
    return replace(line, shape=LineShape(scaled(shape.polygon, x, y), shape.direction, baseline))
