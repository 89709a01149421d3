"""Whether exported models read the texts of torch: every line by both, in batches of many widths.

``python -m tests.benchmarks.onnx_equality FOLDER ... [--lines N] [--models FILE ...]``: the base
models and the given model files; a table, then one JSON object.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from core.document import BASE_MODELS
from core.imaging.normalize import Crop
from core.recognition.batching import batches_by_width, to_input
from core.recognition.checkpoint import Checkpoint
from core.recognition.codec import Codec
from core.recognition.ctc import best_path
from core.recognition.onnx_engine import exported, onnx_engine
from core.recognition.recognizer import PIXEL_BUDGET, load_model
from core.recognition.torch_engine import torch_engine
from tests.benchmarks.line_sets import labelled_lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--models", nargs="*", default=[], help="files of tuned versions")
    arguments = parser.parse_args()
    share = arguments.lines // len(arguments.folders)
    crops = [line.crop for folder in arguments.folders for line in labelled_lines(folder, share)]
    print(f"{'model':28}{'equal texts':>16}{'widths':>8}{'most lines':>12}{'largest difference':>20}")
    result = {}
    for model in (*BASE_MODELS, *arguments.models):
        row = _compare(load_model(model), crops)
        print(
            f"{Path(model).name:28}{row['equal']:8} of {len(crops):4}{row['widths']:8}{row['most_lines']:12}"
            f"{row['difference']:20.1e}",
            flush=True,
        )
        result[Path(model).name] = {"lines": len(crops), **row}
    print(json.dumps(result))


def _compare(checkpoint: Checkpoint, crops: Sequence[Crop]) -> dict[str, float]:
    """Equal texts, widths and lines of the batches, and the largest difference of two logits."""
    facts, codec = checkpoint.card.network, Codec(checkpoint.card.charset)
    torch_logits, onnx_logits = torch_engine(checkpoint.reader()), onnx_engine(exported(checkpoint))
    images = [checkpoint.card.normalization.apply(crop, facts.height) for crop in crops]
    widths = [image.shape[1] for image in images]
    equal, most, difference, seen = 0, 0, 0.0, set()
    for batch in batches_by_width(widths, PIXEL_BUDGET, canvas=facts.input.canvas):
        inputs = to_input([images[index] for index in batch], facts).numpy()
        ours, theirs = torch_logits(inputs), onnx_logits(inputs)
        seen.add(inputs.shape[3])
        most = max(most, len(batch))
        difference = max(difference, float(np.abs(ours - theirs).max()))
        for index, one, other in zip(batch, ours, theirs, strict=True):
            frames = facts.frames(widths[index])
            equal += _text(one[:frames], codec) == _text(other[:frames], codec)
    return {"equal": equal, "widths": len(seen), "most_lines": most, "difference": difference}


def _text(logits: np.ndarray, codec: Codec) -> str:
    return codec.decode(run.number for run in best_path(logits))


if __name__ == "__main__":
    torch.set_num_threads(2)
    main()
