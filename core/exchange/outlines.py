"""From what a layout file says of its lines to lines with an outline; what has none is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from core.document import Direction, LineShape, Polygon
from core.exchange.imported import ImportedLine
from core.exchange.xml_parsing import shape_of
from core.geometry import around_baseline, line_height
from core.wording import say

_ROWS_ON_A_PAGE = 30
"""Where a single baseline is all that is known of a page, it is taken for one of so many rows."""


@dataclass(frozen=True, slots=True)
class DescribedLine:
    """A line as it stands in a file, px or the file's own units; outline and baseline may be empty."""

    name: str
    outline: Polygon
    baseline: Polygon
    direction: Direction
    text: str
    tag: str

    @property
    def shape(self) -> LineShape | None:
        """Its geometry, if the file gives an outline."""
        return shape_of(self.outline, self.direction, self.baseline)

    @property
    def axis(self) -> int:
        """Coordinate along which it runs: 0 for rows, 1 for columns."""
        return 1 if self.direction is Direction.TTB else 0


def outlined(
    lines: Sequence[DescribedLine], width: float, height: float
) -> tuple[list[ImportedLine], list[str]]:
    """Lines with their outlines, and a clause for each that has none.

    Where only the baseline is drawn (kraken and eScriptorium keep it when an outline could not be computed),
    a band as high as the page's other lines is laid along it.

    Args:
        lines: In reading order.
        width: Of the page, in the units of the lines; 0 if it is not known.
        height: Likewise.
    """
    imported: list[ImportedLine] = []
    skipped: list[str] = []
    for place, line in enumerate(lines, start=1):
        shape = line.shape or _band(line, lines, (height, width)[line.axis])
        if shape is None:
            name = line.name or place
            skipped.append(say("line {line} has neither outline nor baseline and was not read", line=name))
        else:
            imported.append(ImportedLine(shape, line.text, line.tag))
    return imported, skipped


def _band(line: DescribedLine, lines: Sequence[DescribedLine], across: float) -> LineShape | None:
    if len(line.baseline) < 2 or line.baseline[0][line.axis] == line.baseline[-1][line.axis]:
        return None
    height = _usual_height([other for other in lines if other.axis == line.axis]) or across / _ROWS_ON_A_PAGE
    return around_baseline(line.baseline, height, line.direction) if height > 0 else None


def _usual_height(lines: Sequence[DescribedLine]) -> float:
    """Median height of the outlined lines, else median distance of baselines that follow one another."""
    heights = [line_height(shape) for line in lines if (shape := line.shape)]
    steps = [abs(one - other) for one, other in pairwise(_middles(lines))]
    return median(
        [height for height in heights if height > 0] or [step for step in steps if step > 0] or [0.0]
    )


def _middles(lines: Sequence[DescribedLine]) -> list[float]:
    """Where baselines lie across their direction."""
    return [median(point[1 - line.axis] for point in line.baseline) for line in lines if line.baseline]
