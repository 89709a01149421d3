"""Real lines with their text from a folder, evenly drawn."""

import json
from dataclasses import dataclass
from pathlib import Path

from core.document import normalize_text
from core.imaging.normalize import Crop
from core.imaging.scan import read_scan


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A crop and what stands in it."""

    crop: Crop
    text: str


def labelled_lines(folder: Path, limit: int, *, skip: int = 0) -> list[LabelledLine]:
    """Lines of ``labels.txt`` or ``labels.jsonl`` (JSON with ``filename`` and ``text``).

    Args:
        folder: The images lie in it or in its folder ``images``.
        limit: At most so many, at equal steps.
        skip: The first one taken; others than 0 give other lines, if there are more than ``limit``.
    """
    labels = next(file for file in (folder / "labels.txt", folder / "labels.jsonl") if file.exists())
    entries = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    images = folder / "images" if (folder / "images").is_dir() else folder
    chosen = entries[skip :: max(1, len(entries) // limit)][:limit]
    return [LabelledLine(read_scan(images / e["filename"]), normalize_text(e["text"])) for e in chosen]
