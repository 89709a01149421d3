"""Fine-tuning goes on from an imported model as from a base model."""

import json
from dataclasses import replace

import pytest
import torch

from core.document import Direction, LineImage, LineShape, Split
from core.imaging.scan import read_scan
from core.jobs import CancelToken
from core.recognition.checkpoint import load_checkpoint
from core.recognition.codec import Codec
from core.recognition.foreign.importing import import_foreign
from core.recognition.recognizer import TorchRecognizer
from core.training.charset_policy import charset_for, fit_head
from core.training.config import FineTuneConfig, preset, with_settings
from core.training.dataset import encode_samples, load_samples
from core.training.events import Step, Validated
from core.training.run_folder import BEST, SnapshotLine
from core.training.trainer import Trainer
from tests.core.recognition.foreign.conftest import MAKERS


@pytest.fixture(params=["modelscope", "kraken", "doctr"])
def imported(request, tmp_path):
    """One whose head has no bias, one with margins and inverted grey, one in colour with the blank last."""
    torch.manual_seed(2)
    made = MAKERS[request.param](tmp_path)
    return import_foreign(made.file, **made.facts)


@pytest.fixture
def snapshot(data):
    folder = data / "lines"
    entries = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    lines = []
    for number, entry in enumerate(entry for entry in entries if entry["filename"].startswith("fraktur")):
        height, width = read_scan(folder / entry["filename"]).shape[:2]
        shape = LineShape(((0, 0), (width, 0), (width, height), (0, height)), Direction.LTR)
        image = LineImage(number, folder / entry["filename"], 0, shape)
        lines.append(SnapshotLine(image, Split.TRAIN, entry["text"]))
    return lines


def test_two_steps_on_real_lines_make_a_model_that_reads(imported, snapshot, tmp_path):
    card = imported.card
    samples, _ = load_samples(snapshot, card.normalization, card.network.height, CancelToken())
    charset = charset_for([sample.text for sample in samples], card.charset, "project")
    encoded, rejected = encode_samples(samples, Codec(charset), card.network)
    assert len(encoded) == 3
    assert not rejected
    network = imported.network()
    fit_head(network, card.charset, charset, FineTuneConfig())
    assert network.classes == charset.classes
    statistics = {name: b.clone() for name, b in network.named_buffers() if "running" in name}
    before = {name: p.detach().clone() for name, p in network.named_parameters()}
    settings = {
        "epochs": 1,
        "min_steps": 2,
        "batch_size": 2,
        "validations": 1,
        "precision": "float32",
        "replay": 0,
    }
    config = with_settings(preset("default"), settings)
    trainer = Trainer(network, replace(card, charset=charset), config, encoded, encoded[:1], tmp_path)
    events = list(trainer.fit(CancelToken()))
    assert sum(isinstance(event, Step) for event in events) == 2
    assert any(isinstance(event, Validated) for event in events)
    assert all((before[name] != p).any() for name, p in network.named_parameters())
    assert all(torch.equal(b, dict(network.named_buffers())[name]) for name, b in statistics.items())
    tuned = load_checkpoint(tmp_path / BEST)
    assert tuned.card.network == card.network
    assert len(dict(TorchRecognizer(tuned).recognize(sample.crop for sample in samples))) == 3


def test_lines_with_more_text_than_frames_are_rejected_by_the_spec_count(imported, snapshot):
    card = imported.card
    samples, _ = load_samples(snapshot[:1], card.normalization, card.network.height, CancelToken())
    crowded = [replace(samples[0], text="ab" * card.network.frames(samples[0].crop.shape[1]))]
    _, (rejected,) = encode_samples(crowded, Codec(card.charset), card.network)
    assert "too short" in rejected.reason
