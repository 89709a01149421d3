"""The engine of evaluations: the texts of torch, from an export that is made once and checked."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from core.document import BASE_MODELS
from core.jobs import Cancelled, CancelToken
from core.recognition import onnx_engine
from core.recognition.charset import Charset
from core.recognition.checkpoint import Checkpoint, hash_weights, load_checkpoint, save_checkpoint
from core.recognition.foreign.importing import import_foreign
from core.recognition.recognizer import TorchRecognizer, load_exact, load_model
from tests.core.recognition.foreign import references

pytestmark = pytest.mark.usefixtures("threads_as_before")


@pytest.fixture
def small(tmp_path):
    """The file of a small model: a base with its head cut to forty characters."""
    base = load_model("crnn-ppocr-v2")
    card = replace(
        base.card, charset=Charset(base.card.charset.characters[:40]), parent=base.card.architecture
    )
    heads = {n: w[:41] for n, w in base.weights.items() if n.startswith("head.")}
    save_checkpoint(tmp_path / "small.safetensors", Checkpoint(card, {**base.weights, **heads}))
    return tmp_path / "small.safetensors"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LINEWRIGHT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "onnx"


@pytest.mark.parametrize("model", BASE_MODELS)
@pytest.mark.parametrize("threads", [1, 2])
def test_lines_are_read_as_in_torch_whatever_the_threads(model, threads, lines):
    crops = [line.crop for line in lines]
    torch_readings = dict(TorchRecognizer(load_model(model)).recognize(crops))
    readings = dict(load_exact(model, threads).recognize(crops))
    assert sorted(readings) == list(range(len(crops)))
    for index, reading in readings.items():
        expected = torch_readings[index]
        assert reading.text == expected.text
        assert [c.start for c in reading.characters] == pytest.approx([c.start for c in expected.characters])
        assert [c.confidence for c in reading.characters] == pytest.approx(
            [c.confidence for c in expected.characters], abs=1e-3
        )


def test_model_is_exported_once(small, cache, monkeypatch):
    first = onnx_engine.exported(load_checkpoint(small))
    monkeypatch.setattr(onnx_engine, "_export", lambda _: pytest.fail("exported again"))
    assert onnx_engine.exported(load_checkpoint(small)) == first


def test_altered_entry_of_the_cache_is_made_anew(small, cache, lines):
    graph = onnx_engine.exported(load_checkpoint(small))
    (entry,) = cache.iterdir()
    entry.write_bytes(entry.read_bytes()[:-9])
    assert onnx_engine.exported(load_checkpoint(small)) == graph
    assert len(dict(load_exact(small, 1).recognize([lines[0].crop]))) == 1


def test_other_weights_are_another_export(small, cache):
    checkpoint = load_checkpoint(small)
    weights = {**checkpoint.weights, "head.bias": checkpoint.weights["head.bias"] + 1}
    other = Checkpoint(checkpoint.card.with_weights(hash_weights(weights)), weights)
    assert onnx_engine.exported(checkpoint) != onnx_engine.exported(other)
    assert len(list(cache.iterdir())) == 2


def test_only_the_exports_used_last_are_kept(small, cache, monkeypatch):
    monkeypatch.setattr(onnx_engine, "KEPT_EXPORTS", 1)
    monkeypatch.setattr(onnx_engine, "_export", lambda _: b"graph")
    checkpoint = load_checkpoint(small)
    for digest in ("a" * 64, "b" * 64):
        onnx_engine.exported(Checkpoint(checkpoint.card.with_weights(digest), checkpoint.weights))
    assert [entry.name for entry in cache.iterdir()] == [f"crnn-ppocr-v2-{'b' * 16}-1.onnx-cache"]


def test_cache_that_cannot_be_written_does_not_keep_from_reading(small, tmp_path, monkeypatch, lines):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("LINEWRIGHT_CACHE", str(tmp_path / "file"))
    assert len(dict(load_exact(small, 1).recognize([lines[0].crop]))) == 1


def test_imported_networks_stay_with_torch(tmp_path):
    torch.save(references.crnn_pytorch(27).state(), tmp_path / "crnn.pth")
    imported = import_foreign(tmp_path / "crnn.pth", charset="abcdefghijklmnopqrstuvwxyz", keep_ratio=True)
    save_checkpoint(tmp_path / "m.safetensors", imported)
    assert isinstance(load_exact(tmp_path / "m.safetensors", 2), TorchRecognizer)


def test_cancelling_leaves_no_batch_behind(small, cache):
    cancel = CancelToken()
    readings = load_exact(small, 2).recognize([np.zeros((32, 4000, 3), np.uint8)] * 8, cancel)
    next(readings)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(readings)
