"""Cutting training lines into folds, each of which is left out once."""

import random
from collections.abc import Sequence
from pathlib import Path

from core.errors import NotEnoughLines
from core.training.run_folder import SnapshotLine
from core.wording import say

OUT_OF_FOLD = "out-of-fold.jsonl"
"""What was read in each training line by the one network that did not learn it."""


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
