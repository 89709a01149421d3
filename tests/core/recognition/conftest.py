import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from core.imaging.normalize import Crop
from core.imaging.scan import read_scan
from core.recognition.recognizer import TorchRecognizer, load_recognizer


@dataclass(frozen=True)
class TrueLine:
    name: str
    crop: Crop
    text: str


@pytest.fixture(scope="session")
def lines(data: Path) -> list[TrueLine]:
    folder = data / "lines"
    entries = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    return [TrueLine(e["filename"], read_scan(folder / e["filename"]), e["text"]) for e in entries]


@pytest.fixture(scope="session")
def v6() -> TorchRecognizer:
    return load_recognizer("ppocr-v6-small", threads=2)


@pytest.fixture(scope="session")
def crnn() -> TorchRecognizer:
    return load_recognizer("crnn-ppocr-v2", threads=2)


@pytest.fixture
def threads_as_before() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)
