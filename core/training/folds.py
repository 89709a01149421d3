"""Cutting training lines into folds, each of which is left out once."""

import json
import random
from collections.abc import Mapping, Sequence
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
    """Line ids by fold. All lines of a scan are in one fold, and folds are of about the same size.

    Raises:
        NotEnoughLines: If there are fewer scans than folds.
    """
    by_scan: dict[Path, list[int]] = {}
    for line in lines:
        by_scan.setdefault(line.image.scan, []).append(line.image.line_id)
    if len(by_scan) < count:
        raise NotEnoughLines(
            say(
                "The lines to learn from are on {pages} pages, too few for {count} folds. "
                "Correct lines on more pages, or train without folds.",
                pages=len(by_scan),
                count=count,
            )
        )
    scans = sorted(by_scan)
    random.Random(seed).shuffle(scans)
    scans.sort(key=lambda scan: -len(by_scan[scan]))
    folds: list[set[int]] = [set() for _ in range(count)]
    for scan in scans:
        min(folds, key=len).update(by_scan[scan])
    return folds
