"""The sets of the fine-tuning harness, each split by page, work or hand, never by line."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.document import Direction, LineImage, LineShape, Split
from core.exchange.layout_xml import read_layout_xml
from core.imaging.scan import read_scan
from core.training.run_folder import SnapshotLine


@dataclass(frozen=True, slots=True)
class TruthLine:
    """A line with its truth; ``group`` is the page, work or hand that no split may share."""

    image: LineImage
    text: str
    group: str


@dataclass(frozen=True, slots=True)
class LineSet:
    """A set with its test groups fixed; ``sizes`` are the numbers of training lines to try."""

    name: str
    lines: tuple[TruthLine, ...]
    val_groups: frozenset[str]
    test_groups: frozenset[str]
    sizes: tuple[int, ...]

    def of(self, split: Split) -> list[TruthLine]:
        """The lines of one part."""
        return [line for line in self.lines if self._split(line.group) is split]

    def drawn(self, size: int, seed: int) -> tuple[SnapshotLine, ...]:
        """``size`` training lines, a fifth as many (at least 12) to validate on, and all test lines.

        The draw by ``seed`` is nested: a larger size holds every line of a smaller one.
        """
        train = _shuffled(self.of(Split.TRAIN), seed)[:size]
        val = _shuffled(self.of(Split.VAL), seed)[: max(size // 5, 12)]
        parts = ((Split.TRAIN, train), (Split.VAL, val), (Split.TEST, self.of(Split.TEST)))
        return tuple(
            SnapshotLine(line.image, split, line.text)
            for split, lines in parts
            # The lines of one scan together: it is decoded once.
            for line in sorted(lines, key=lambda each: each.image.line_id)
        )

    def _split(self, group: str) -> Split:
        if group in self.test_groups:
            return Split.TEST
        return Split.VAL if group in self.val_groups else Split.TRAIN


def load_sets(data: Path, names: Sequence[str] | None = None) -> list[LineSet]:
    """The sets below ``data`` by name, or all of ``SETS``."""
    known = SETS | OTHER_WORKS
    return [known[name](data) for name in (SETS if names is None else names)]


def _utopie(data: Path) -> LineSet:
    lines = tuple(_alto_lines(data / "book_utopie1550_pages"))
    pages = sorted({line.group for line in lines})
    test = frozenset(page for page in pages if int(page[-2:]) >= 26)
    val = frozenset(pages[-len(test) - 2 : -len(test)])
    return LineSet("utopie", lines, val, test, (25, 50, 100, 200, 350))


def _fraktur(data: Path, first: int = 1, name: str = "fraktur19") -> LineSet:
    """Every fifth work from ``first`` on is for testing, every tenth, two works later, for validation."""
    lines = tuple(_listed_lines(data / "fraktur19_lines", lambda name: name.split("__")[0]))
    works = sorted({line.group for line in lines})
    val = frozenset(works[first + 2 :: 10])
    return LineSet(name, lines, val, frozenset(works[first::5]), (25, 50, 100, 200, 400))


def _other_fraktur(first: int) -> Callable[[Path], LineSet]:
    """The Fraktur set with other works for testing: the five together test every work once."""
    return lambda data: _fraktur(data, first, f"fraktur19-{first}")


def _wills(data: Path) -> LineSet:
    """Five hands for testing, three for validation, drawn once for all."""
    lines = tuple(_listed_lines(data / "handwriting_wills_lines", _hand))
    hands = _shuffled(sorted({line.group for line in lines}), 0)
    return LineSet("wills", lines, frozenset(hands[5:8]), frozenset(hands[:5]), (25, 50, 100, 200, 400, 700))


def _one_hand(data: Path) -> LineSet:
    """The hand with the most lines, by page: its last two are for testing, the one before for validation."""
    lines = [
        TruthLine(line.image, line.text, line.image.scan.name.split("__")[0])
        for line in _listed_lines(data / "handwriting_wills_lines", _hand)
        if line.group == "will_AN_0228"
    ]
    pages = sorted({line.group for line in lines})
    return LineSet("one-hand", tuple(lines), frozenset(pages[-3:-2]), frozenset(pages[-2:]), (25, 40))


def _siku(data: Path) -> LineSet:
    """Upright columns as on the page; the last three pages of the sixth book are for testing."""
    lines = tuple(
        _listed_lines(
            data / "chinese_siku_lines",
            lambda name: name.rsplit("_c", 1)[0],
            images="images_upright",
            direction=Direction.TTB,
        )
    )
    pages = sorted({line.group for line in lines if "_b6_" in line.group})
    val = frozenset({pages[-4], "siku_b1_10"})
    return LineSet("siku", lines, val, frozenset(pages[-3:]), (25, 50, 100))


SETS: dict[str, Callable[[Path], LineSet]] = {
    "utopie": _utopie,
    "fraktur19": _fraktur,
    "wills": _wills,
    "one-hand": _one_hand,
    "siku": _siku,
}
"""What the harness measures unless it is told otherwise."""

OTHER_WORKS: dict[str, Callable[[Path], LineSet]] = {
    f"fraktur19-{first}": _other_fraktur(first) for first in (0, 2, 3, 4)
}


def _alto_lines(folder: Path) -> Iterator[TruthLine]:
    number = 0
    for file in sorted(folder.glob("*.xml")):
        scan = file.with_suffix(".jpg")
        height, width = read_scan(scan).shape[:2]
        for line in read_layout_xml(file, (width, height)).lines:
            if line.text:
                number += 1
                yield TruthLine(LineImage(number, scan, 0, line.shape), line.text, file.stem)


def _listed_lines(
    folder: Path,
    group: Callable[[str], str],
    images: str = "images",
    direction: Direction = Direction.LTR,
) -> Iterator[TruthLine]:
    rows = (folder / "labels.txt").read_text("utf-8").split("\n")
    for number, row in enumerate(filter(None, rows), start=1):
        entry = json.loads(row)
        scan = folder / images / entry["filename"]
        height, width = read_scan(scan).shape[:2]
        corners = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
        yield TruthLine(
            LineImage(number, scan, 0, LineShape(corners, direction)), entry["text"], group(scan.name)
        )


def _hand(name: str) -> str:
    return name.rsplit("-", 1)[0]


def _shuffled(values: Sequence[Any], seed: int) -> list[Any]:
    order = list(values)
    random.Random(seed).shuffle(order)
    return order
