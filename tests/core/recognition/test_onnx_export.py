"""Exported graphs read like the networks they were made of, at widths that were never traced."""

import subprocess
import sys

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from core.document import BASE_MODELS
from core.errors import BadCheckpoint
from core.recognition import ctc
from core.recognition.batching import to_input
from core.recognition.card import ModelCard
from core.recognition.checkpoint import export_checkpoint, save_checkpoint
from core.recognition.foreign.importing import import_foreign
from core.recognition.onnx_export import TRACED_WIDTH
from core.recognition.recognizer import TorchRecognizer, load_model
from tests.core.recognition.foreign import references


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A CRNN with random weights, over all the letters of the lines it is shown."""
    torch.manual_seed(3)
    file = tmp_path_factory.mktemp("imported") / "crnn.pth"
    torch.save(references.crnn_pytorch(27).state(), file)
    return import_foreign(file, charset="abcdefghijklmnopqrstuvwxyz", keep_ratio=True)


@pytest.fixture(params=[*BASE_MODELS, "imported"])
def checkpoint(request, imported):
    return imported if request.param == "imported" else load_model(request.param)


def exported(checkpoint, folder):
    save_checkpoint(folder / "m.safetensors", checkpoint)
    return export_checkpoint(folder / "m.safetensors", folder / "m.onnx")


def test_text_of_real_lines_is_the_same_in_onnxruntime(checkpoint, lines, tmp_path):
    session = onnxruntime.InferenceSession(exported(checkpoint, tmp_path), providers=["CPUExecutionProvider"])
    card = ModelCard.from_json(session.get_modelmeta().custom_metadata_map["linewright"])
    assert card.charset == checkpoint.card.charset
    assert card.network == checkpoint.card.network
    widths = set()
    ours = dict(TorchRecognizer(checkpoint).recognize(line.crop for line in lines))
    for number, line in enumerate(lines):
        image = card.normalization.apply(line.crop, card.network.height)
        images = to_input([image], card.network).numpy()
        (logits,) = session.run(["logits"], {"images": images})
        kept = logits[0, : card.network.frames(image.shape[1])]
        theirs = ctc.decode(kept, card.charset, length=image.shape[1] / card.network.stride)
        assert theirs.text == ours[number].text
        widths.add(images.shape[3])
    assert len(widths - {TRACED_WIDTH}) > 3


def test_several_lines_may_be_read_at_once(imported, tmp_path):
    session = onnxruntime.InferenceSession(exported(imported, tmp_path), providers=["CPUExecutionProvider"])
    images = torch.randn(3, 1, 32, 288)
    (logits,) = session.run(None, {"images": images.numpy()})
    with torch.inference_mode():
        assert np.abs(imported.network()(images).numpy() - logits).max() < 1e-4


def test_file_is_whole_for_the_onnx_package(imported, tmp_path):
    model = onnx.load(str(exported(imported, tmp_path)))
    onnx.checker.check_model(model)
    assert [entry.key for entry in model.metadata_props] == ["linewright"]
    assert (tmp_path / "m.vocab.txt").read_text() == "".join(f"{c}\n" for c in "abcdefghijklmnopqrstuvwxyz")


def test_export_needs_no_onnx_package(imported, tmp_path):
    save_checkpoint(tmp_path / "m.safetensors", imported)
    code = (
        "import sys; sys.modules['onnx'] = sys.modules['onnxscript'] = None\n"
        "from pathlib import Path\nfrom core.recognition.checkpoint import export_checkpoint\n"
        f"export_checkpoint(Path({str(tmp_path / 'm.safetensors')!r}), Path({str(tmp_path / 'm.onnx')!r}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "m.onnx").stat().st_size > 10_000


def test_other_endings_are_refused(imported, tmp_path):
    with pytest.raises(BadCheckpoint, match=r"“.pb”: use .safetensors, .pth or .onnx"):
        export_checkpoint(tmp_path / "m.safetensors", tmp_path / "m.pb")
