"""PaddleOCR's text detector (DBNet, PP-OCRv6 small) as the rapidocr wheel brings it; offline.

Method: Liao et al., “Real-time Scene Text Detection with Differentiable Binarization”, AAAI 2020.
"""

import functools
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

_MODEL = "PP-OCRv6_det_small.onnx"
_SIDE = 1600
"""Longer pages are shrunk to this many px. Measured on 28 pages of 1,600 to 2,900 px: 960 finds 12 of 20
handwritten lines of one page and 7 of 46 Fraktur lines at IoU 0.5, 1280 15 and 21, 1600 17 and 27, 2400 16
and 29, but that begins to split titles."""
_THREADS = 2
_TEXT = 0.3  # probability; this and the growth of boxes are rapidocr's configuration for this model
_UNCLIP = 1.6
_BOX = 0.6  # mean probability in a line; rapidocr's 0.5 is meant for its quick way of scoring
_MOST = 3000  # boxes; a newspaper page has more than the library's 1,000


@dataclass(frozen=True, slots=True)
class Detections:
    """What the detector saw in one page.

    ``corners`` ``(N, 4, 2)`` are px of the page, clockwise from the upper left. ``text`` ``(h, w)`` is
    1 where the network sees the core of a line, in its own, smaller size.
    """

    corners: NDArray[np.float64]
    text: NDArray[np.uint8]


def detect(image: NDArray[np.uint8], threads: int = _THREADS) -> Detections:
    """Find pieces of text in a page, BGR ``(H, W, 3)``, in no particular order.

    rapidocr's own pre- and postprocessing is used around our session: its detector class sets up
    loggers and downloads, and does not let the number of threads be chosen.

    Args:
        image: The page as displayed.
        threads: Threads of the network.
    """
    # rapidocr takes half a second to import, and pages are shown without it.
    from rapidocr.ch_ppocr_det.utils import DBPostProcess, DetPreProcess

    height, width = image.shape[:2]
    prepared = DetPreProcess(limit_side_len=_SIDE, limit_type="max")(image)
    if prepared is None:  # so narrow that a side rounds to nothing
        return Detections(np.zeros((0, 4, 2)), np.zeros((1, 1), dtype=np.uint8))
    session = _session(threads)
    probability = session.run(None, {session.get_inputs()[0].name: prepared})[0]
    finish = DBPostProcess(
        thresh=_TEXT,
        box_thresh=_BOX,
        unclip_ratio=_UNCLIP,
        use_dilation=True,
        max_candidates=_MOST,
        # The quick mode scores the box around a line, and loses every line that bends in its box.
        score_mode="slow",
    )
    corners, _ = finish(probability, (height, width))
    text = (probability[0, 0] > _TEXT).astype(np.uint8)
    return Detections(np.asarray(corners, dtype=np.float64).reshape(-1, 4, 2), text)


@functools.lru_cache(maxsize=2)
def _session(threads: int) -> Any:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    model = resources.files("rapidocr") / "models" / _MODEL
    with resources.as_file(model) as path:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
