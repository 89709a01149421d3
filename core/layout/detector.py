"""PaddleOCR's text detector (DBNet, PP-OCRv6 small) as the rapidocr wheel brings it; offline.

Method: Liao et al., “Real-time Scene Text Detection with Differentiable Binarization”, AAAI 2020.
"""

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

_MODEL = "PP-OCRv6_det_small.onnx"
_SIDE = 1600
_MULTIPLE = 32  # px; the network halves its input five times
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Detection:
    """One box: corners ``(4, 2)`` in px of the page, clockwise from the upper left, and its score (0-1)."""

    corners: NDArray[np.float64]
    score: float


def detect(image: NDArray[np.uint8], threads: int = _THREADS) -> list[Detection]:
    """Find pieces of text in a page, BGR ``(H, W, 3)``, in no particular order.

    rapidocr's own pre- and postprocessing is used around our session: its detector class sets up
    loggers and downloads, and does not let the number of threads be chosen per call.

    Args:
        image: The page as displayed.
        threads: Threads of the network.
    """
    from rapidocr.ch_ppocr_det.utils import DBPostProcess, DetPreProcess

    height, width = image.shape[:2]
    if min(height, width) < 1:
        return []
    prepare = DetPreProcess(limit_side_len=_SIDE, limit_type="max")
    finish = DBPostProcess(thresh=0.3, box_thresh=0.5, unclip_ratio=1.6, use_dilation=True)
    session = _session(threads)
    probabilities = session.run(None, {session.get_inputs()[0].name: prepare(image)})[0]
    corners, scores = finish(probabilities, (height, width))
    return [
        Detection(np.asarray(box, dtype=np.float64), float(score))
        for box, score in zip(corners, scores, strict=True)
    ]


@functools.lru_cache(maxsize=2)
def _session(threads: int) -> Any:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    model = resources.files("rapidocr") / "models" / _MODEL
    with resources.as_file(model) as path:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
