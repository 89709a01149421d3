import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.decoding.posteriors import Posteriors, keep
from core.document import BASE_MODELS
from core.imaging.scan import read_scan
from core.recognition.charset import Charset
from core.recognition.recognizer import load_recognizer


@dataclass(frozen=True)
class SeenLine:
    """A real line as a model saw it."""

    name: str
    truth: str
    logits: NDArray[np.float32]
    charset: Charset
    kept: Posteriors


@pytest.fixture(scope="session")
def seen_by(data: Path) -> dict[str, list[SeenLine]]:
    """The ten lines, by base model."""
    folder = data / "lines"
    entries = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    crops = [read_scan(folder / entry["filename"]) for entry in entries]
    seen = {}
    for model in BASE_MODELS:
        recognizer = load_recognizer(model, threads=1)
        charset = recognizer.card.charset
        seen[model] = [
            SeenLine(e["filename"], e["text"], logits, charset, keep(logits, charset, length=len(logits)))
            for e, logits in zip(entries, recognizer.logits(crops), strict=True)
        ]
    return seen


@pytest.fixture(scope="session")
def lines(seen_by: dict[str, list[SeenLine]]) -> list[SeenLine]:
    """The ten lines as the default model saw them."""
    return seen_by[BASE_MODELS[0]]
