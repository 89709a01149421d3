"""Character errors of base models, by kind of rendered line and by folder of real lines."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.evaluation.metrics import cer
from core.imaging.normalize import Crop
from core.imaging.scan import read_scan
from core.recognition.recognizer import TorchRecognizer
from resources.base_models.crnn_v6.lines import read_shard

READ_OF_FOLDER = 200
"""Lines of a folder that are read, evenly from all."""

TrueLine = tuple[str, Crop, str]
"""What the line counts for, the line, its text."""


def figures(recognizer: TorchRecognizer, lines: Iterable[TrueLine]) -> dict[str, float]:
    """Character error rate (0-1) by what the lines count for."""
    listed = list(lines)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, reading in recognizer.recognize(crop for _, crop, _ in listed):
        group, _, text = listed[place]
        pairs[group].append((text, reading.text))
    return {group: round(cer(pairs[group]), 4) for group in sorted(pairs)}


def rendered_lines(shards: Iterable[Path]) -> Iterator[TrueLine]:
    """Lines of shards that no stage learned from."""
    for file in shards:
        for line in read_shard(file):
            yield f"rendered {line.kind}", line.crop, line.text


def real_lines(folder: Path) -> Iterator[TrueLine]:
    """Lines of a folder with ``labels.txt`` (JSON lines of filename and text) and ``images``."""
    rows = [json.loads(row) for row in (folder / "labels.txt").read_text("utf-8").split("\n") if row]
    for row in rows[:: max(len(rows) // READ_OF_FOLDER, 1)]:
        yield folder.name, read_scan(folder / "images" / row["filename"]), row["text"]
