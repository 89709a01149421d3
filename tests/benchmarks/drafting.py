"""Reading speed: our recogniser beside rapidocr's, on the same crops, turn by turn.

``python -m tests.benchmarks.drafting [LINES.jsonl-FOLDER]``: a table, then one JSON object.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime

from core.evaluation.metrics import cer
from core.imaging.normalize import Crop, Normalization
from core.imaging.scan import read_scan
from core.recognition import ctc
from core.recognition.architectures import PPOCR_V6
from core.recognition.batching import batches_by_width, to_input
from core.recognition.pretrained.base_files import rapidocr_model
from core.recognition.recognizer import PIXEL_BUDGET, TorchRecognizer, load_model

THREADS = 2
ROUNDS = 5
REPEATED = 8  # the fixture lines stand so many times in one round


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/data/lines")
    entries = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    crops = [read_scan(folder / entry["filename"]) for entry in entries] * REPEATED
    texts = [entry["text"] for entry in entries] * REPEATED

    import torch

    torch.set_num_threads(THREADS)
    ours = {name: TorchRecognizer(load_model(name)) for name in ("ppocr-v6-small", "crnn-ppocr-v2")}
    readers = {name: lambda c, r=recognizer: read_ours(r, c) for name, recognizer in ours.items()}
    session = onnx_session()
    charset = ours["ppocr-v6-small"].card.charset
    readers["onnxruntime v6"] = lambda c: read_onnx(session, charset, c)

    rates: dict[str, list[float]] = {name: [] for name in readers}
    errors = {}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            started = time.perf_counter()
            readings = read(crops)
            rates[name].append(len(crops) / (time.perf_counter() - started))
            errors[name] = cer(list(zip(texts, readings, strict=True)))
    reference = rates["onnxruntime v6"]
    print(f"{'reader':18}{'lines/s':>9}{'ratio to onnxruntime':>22}{'CER':>8}   (median of {ROUNDS})")
    result = {}
    for name, measured in rates.items():
        ratio = statistics.median(a / b for a, b in zip(measured, reference, strict=True))
        rate = statistics.median(measured)
        print(f"{name:18}{rate:9.1f}{ratio:22.2f}{errors[name]:8.3f}")
        result[name] = {"lines_per_second": rate, "ratio": ratio, "cer": errors[name]}
    print(json.dumps(result))


def read_ours(recognizer: TorchRecognizer, crops: list[Crop]) -> list[str]:
    readings = dict(recognizer.recognize(crops))
    return [readings[index].text for index in range(len(crops))]


def onnx_session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    return onnxruntime.InferenceSession(str(rapidocr_model()), options, providers=["CPUExecutionProvider"])


def read_onnx(session: onnxruntime.InferenceSession, charset, crops: list[Crop]) -> list[str]:
    images = [Normalization().apply(crop, PPOCR_V6.height) for crop in crops]
    name = session.get_inputs()[0].name
    texts = [""] * len(images)
    for batch in batches_by_width([image.shape[1] for image in images], PIXEL_BUDGET):
        chosen = [images[index] for index in batch]
        outputs = session.run(None, {name: to_input(chosen, PPOCR_V6).numpy()})[0]
        for index, output in zip(batch, outputs, strict=True):
            logits = np.log(output + 1e-9)[: PPOCR_V6.frames(images[index].shape[1])]
            texts[index] = ctc.decode(logits, charset, length=len(logits)).text
    return texts


if __name__ == "__main__":
    main()
