"""Cutting training lines into folds, each of which is left out once."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from core.document import LineReading
from core.errors import NotEnoughLines
from core.files import write_text
from core.training.run_folder import SnapshotLine, read_readings, write_readings
from core.wording import say

OUT_OF_FOLD = "out-of-fold.jsonl"
"""What was read in each training line by the one network that did not learn it."""

TAKEN = "folds.json"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the networks of finished folds took to learn."""

    steps: int = 0
    seconds: float = 0.0

    def and_then(self, steps: int, seconds: float) -> "Taken":
        """With those of another network."""
        return Taken(self.steps + steps, self.seconds + seconds)


def read_taken(folder: Path) -> Taken:
    """What an earlier process noted in a run's folder; nothing if the note is missing or damaged."""
    try:
        return Taken(**json.loads((folder / TAKEN).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Taken()


def write_taken(folder: Path, taken: Taken) -> None:
    """Note it for a process that goes on."""
    write_text(folder / TAKEN, json.dumps(asdict(taken)))


def note_out_of_fold(folder: Path, readings: Mapping[int, LineReading]) -> None:
    """Add what was read in a fold, by line id, to what is known from the others."""
    file = folder / OUT_OF_FOLD
    write_readings(file, {**read_readings(file), **readings})


def fold_file(number: int) -> str:
    """Name of the finished network that did not learn fold ``number`` (from 0)."""
    return f"fold-{number + 1}.safetensors"


def folds_of(lines: Sequence[SnapshotLine], count: int, seed: int) -> list[set[int]]:
    """Line ids by fold; folds are of about the same size.

    As between training and test (``storage.splits``), all lines of a book are in one fold; where there are
    fewer books than folds, all lines of a scan.

    Raises:
        NotEnoughLines: If there are fewer scans than folds.
    """
    by_scan = _by(lines, lambda line: str(line.image.scan))
    if len(by_scan) < count:
        raise NotEnoughLines(
            say(
                "The lines to learn from are on {pages} pages, too few for {count} folds. "
                "Correct lines on more pages, or train without folds.",
                pages=len(by_scan),
                count=count,
            )
        )
    by_book = _by(lines, lambda line: line.group or str(line.image.scan))
    units = by_book if len(by_book) >= count else by_scan
    names = sorted(units)
    random.Random(seed).shuffle(names)
    names.sort(key=lambda name: -len(units[name]))
    folds: list[set[int]] = [set() for _ in range(count)]
    for name in names:
        min(folds, key=len).update(units[name])
    return folds


def _by(lines: Sequence[SnapshotLine], unit_of: Callable[[SnapshotLine], str]) -> dict[str, list[int]]:
    """Line ids by what must stay together."""
    units: dict[str, list[int]] = {}
    for line in lines:
        units.setdefault(unit_of(line), []).append(line.image.line_id)
    return units
