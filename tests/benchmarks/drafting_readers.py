"""The readers that are measured beside one another: rapidocr's own, and ours with several engines."""

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rapidocr
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process
from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer
from rapidocr.utils.parse_parameters import ParseParams

from core.document import normalize_text
from core.imaging.normalize import Crop
from core.recognition.architectures.ppocr_v6 import V6Network
from core.recognition.batching import to_input
from core.recognition.checkpoint import Checkpoint
from core.recognition.onnx_engine import exported, onnx_engine
from core.recognition.recognizer import Engine, LineRecognizer
from core.recognition.torch_engine import bfloat16_engine, multiplies_bfloat16, torch_engine

Read = Callable[[Sequence[Crop]], list[str]]


@dataclass(frozen=True)
class Reader:
    """``sized`` gives a reader of batches of a size; which ``sizes`` are tried is the reader's own matter."""

    name: str
    sized: Callable[[int], Read]
    sizes: tuple[int, ...]


BUDGETS = (960, 1920, 3840, 7680)
"""Columns of px in one pass of ours."""


def rapidocr_reader(threads: int) -> Reader:
    """rapidocr's ``TextRecognizer`` with its own steps before and after; the size is ``rec_batch_num``."""
    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    package = Path(rapidocr.__file__).parent
    configuration = ParseParams.load(package / "config.yaml")
    settings = configuration.Rec
    settings.engine_cfg = configuration.EngineConfig.onnxruntime
    settings.engine_cfg.intra_op_num_threads = threads
    settings.model_root_dir, settings.font_path = package / "models", None
    recognizer = TextRecognizer(settings)

    def sized(size: int) -> Read:
        def read(crops: Sequence[Crop]) -> list[str]:
            recognizer.rec_batch_num = size
            return [normalize_text(text) for text in recognizer(TextRecInput(img=list(crops))).txts]

        return read

    return Reader("rapidocr 3.10", sized, (1, 2, 4, 6, 12))


def our_readers(checkpoint: Checkpoint, threads: int, calibration: Sequence[Crop]) -> list[Reader]:
    """Ours: torch in float32 spreads a batch over its threads, the others compute one batch on each."""
    network, graph = checkpoint.reader(), exported(checkpoint)
    int8 = onnx_engine(_int8(graph, checkpoint, calibration))
    readers = [
        _ours("torch float32", checkpoint, torch_engine(network), lanes=1, threads=threads),
        _ours("onnxruntime float32", checkpoint, onnx_engine(graph), lanes=threads),
        _ours("onnxruntime int8", checkpoint, int8, lanes=threads),
    ]
    if multiplies_bfloat16() and isinstance(network, V6Network):
        readers.append(_ours("torch bfloat16", checkpoint, bfloat16_engine(network), lanes=threads))
    return readers


def _ours(name: str, checkpoint: Checkpoint, engine: Engine, *, lanes: int, threads: int = 1) -> Reader:
    def sized(size: int) -> Read:
        recognizer = LineRecognizer(checkpoint.card, engine, lanes=lanes, budget=size)

        def read(crops: Sequence[Crop]) -> list[str]:
            torch.set_num_threads(threads)
            readings = dict(recognizer.recognize(crops))
            return [readings[index].text for index in range(len(crops))]

        return read

    return Reader(name, sized, BUDGETS)


class _Calibration(CalibrationDataReader):
    """Lines whose range of numbers fixes the steps of the 8 bits."""

    def __init__(self, checkpoint: Checkpoint, crops: Sequence[Crop]) -> None:
        facts, steps = checkpoint.card.network, checkpoint.card.normalization
        self._inputs = iter(
            [to_input([steps.apply(crop, facts.height)], facts).numpy().copy(order="C") for crop in crops]
        )

    def get_next(self) -> dict[str, np.ndarray] | None:
        images = next(self._inputs, None)
        return None if images is None else {"images": images}


def _int8(graph: bytes, checkpoint: Checkpoint, crops: Sequence[Crop]) -> bytes:
    """The 1 x 1 convolutions in 8 bits, each channel with its own step; all else would lose more still."""
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        plain, prepared, quantized = (Path(folder) / f"{name}.onnx" for name in ("plain", "prepared", "int8"))
        plain.write_bytes(graph)
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        nodes = [
            node.name
            for node in onnx.load(str(prepared)).graph.node
            if node.op_type == "Conv" and ("/expand/" in node.name or "/project/" in node.name)
        ]
        quantize_static(
            str(prepared),
            str(quantized),
            _Calibration(checkpoint, crops),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_quantize=nodes,
            op_types_to_quantize=["Conv"],
        )
        return quantized.read_bytes()
