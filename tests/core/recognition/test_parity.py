"""Our modules against onnxruntime on real lines: the same numbers, the same text."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from core.evaluation.metrics import cer
from core.imaging.normalize import Normalization
from core.recognition.architectures import CRNN_PPOCR_V2, PPOCR_V6
from core.recognition.batching import to_input
from core.recognition.pretrained.base_files import rapidocr_model
from core.recognition.pretrained.base_models import load_base
from core.recognition.recognizer import load_recognizer

TOLERANCE = 1e-3


@pytest.fixture(scope="module")
def original():
    """The published graph with its logits, before the softmax, as an output."""
    graph = onnx.load(str(rapidocr_model()))
    logits = graph.graph.node[-1].input[0]
    graph.graph.output.append(onnx.ValueInfoProto(name=logits))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda images: session.run([logits], {name: images})[0]


def test_v6_has_the_logits_and_text_of_the_original(v6, lines, original):
    for line, ours in zip(lines, v6.logits([line.crop for line in lines]), strict=True):
        image = Normalization().apply(line.crop, PPOCR_V6.height)
        theirs = original(to_input([image], PPOCR_V6).numpy())[0][: len(ours)]
        assert np.abs(ours - theirs).max() < TOLERANCE, line.name
        assert (ours.argmax(axis=1) == theirs.argmax(axis=1)).all(), line.name


def test_crnn_has_the_logits_and_text_of_the_original(crnn, lines, data):
    reference = np.load(data / "lines" / "crnn_ppocr_v2_reference.npz")
    for line, ours in zip(lines, crnn.logits([line.crop for line in lines]), strict=True):
        stem = line.name.removesuffix(".png")
        best, logits = reference[f"{stem}.best"][: len(ours)], reference[f"{stem}.logits"][: len(ours)]
        assert np.abs(ours[:, reference["classes"]] - logits).max() < TOLERANCE, line.name
        assert (ours.argmax(axis=1) == best).all(), line.name


def test_crnn_v6_reads_lines_like_the_model_that_it_was_distilled_from(v6, lines):
    """No parity of numbers is to be had: other layers do the mixing."""
    crops = [line.crop for line in lines if not line.name.startswith("will")]
    ours, theirs = (dict(reader.recognize(crops)) for reader in (load_recognizer("crnn-v6"), v6))
    pairs = [(theirs[place].text.replace("ſ", "s"), ours[place].text.replace("ſ", "s")) for place in ours]
    assert cer(pairs) < 0.08


def test_model_in_half_precision_is_computed_with_in_single():
    checkpoint = load_base("crnn-v6")
    assert checkpoint.weights["head.weight"].dtype is torch.float16
    assert {parameter.dtype for parameter in checkpoint.network().parameters()} == {torch.float32}


def test_facts_of_the_architectures_hold(v6, crnn):
    assert v6.card.charset.classes == 18710
    assert crnn.card.charset.classes == 6625
    assert (PPOCR_V6.height, PPOCR_V6.stride, CRNN_PPOCR_V2.height, CRNN_PPOCR_V2.stride) == (48, 8, 32, 4)
