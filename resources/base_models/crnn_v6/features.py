"""What the backbone of ppocr-v6-small sees in rendered lines, computed once and kept on disk."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.files import write_atomically
from core.recognition.architectures import PPOCR_V6
from core.recognition.architectures.ppocr_v6 import PpocrV6
from core.recognition.batching import batches_by_width, to_input
from core.recognition.charset import BLANK
from resources.base_models.crnn_v6.lines import read_shard

BUDGET = 3840  # px of line length at once


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """One line before the mixing: ``local`` and ``skipped`` (T, 120) in float16, and which frames are ink."""

    local: Tensor
    skipped: Tensor
    ink: Tensor


def cache_features(shard: Path, teacher: PpocrV6) -> Path:
    """The file with the features of a shard's lines; computed if it is not there yet."""
    file = shard.with_name(shard.name.replace("lines-", "features-"))
    if not file.exists():
        computed = _compute(shard, teacher)
        write_atomically(file, lambda temporary: _write(temporary, computed))
    return file


def read_features(file: Path) -> list[LineFeatures]:
    """The features of all lines of a shard."""
    with np.load(file) as arrays:
        joined = [torch.from_numpy(arrays[name]) for name in ("local", "skipped", "ink")]
        frames = arrays["frames"].tolist()
    parts = zip(*(torch.split(each, frames) for each in joined), strict=True)
    return [LineFeatures(*part) for part in parts]


def _compute(shard: Path, teacher: PpocrV6) -> list[LineFeatures]:
    crops = [line.crop for line in read_shard(shard)]
    found: dict[int, LineFeatures] = {}
    for places in batches_by_width([crop.shape[1] for crop in crops], BUDGET):
        images = to_input([crops[place] for place in places], PPOCR_V6)
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            local, skipped = teacher.neck.frames(teacher.columns(images))
            best = teacher.head(teacher.neck.mix(local, skipped)).argmax(dim=2)
        for row, place in enumerate(places):
            ink = best[row] != BLANK
            found[place] = LineFeatures(local[row].half(), skipped[row].half(), ink)
    return [found[place] for place in range(len(crops))]


def _write(file: Path, lines: list[LineFeatures]) -> None:
    def joined(name: str) -> NDArray[np.generic]:
        array: NDArray[np.generic] = torch.cat([getattr(line, name) for line in lines]).numpy()
        return array

    with file.open("wb") as stream:
        frames = np.array([len(line.ink) for line in lines])
        np.savez(stream, frames=frames, local=joined("local"), skipped=joined("skipped"), ink=joined("ink"))
