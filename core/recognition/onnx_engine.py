"""A network run by onnxruntime, from our own export, which is made once and kept in the cache.

Reads the same text as torch does in some 70 % of its processor time (docs/MEASUREMENTS.md).
"""

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from core.files import write_atomically
from core.recognition.architectures import CRNN
from core.recognition.checkpoint import Checkpoint, hash_weights
from core.recognition.pretrained.base_files import cache_folder

EXPORT = 1
"""Raised when the same weights are exported otherwise, so that old cache entries are not used."""

KEPT_EXPORTS = 8
"""So many of the models read last stay in the cache, 4 to 24 MB each."""

_DIGEST = hashlib.sha256().digest_size


def fits_onnx(checkpoint: Checkpoint) -> bool:
    """Whether equal texts were measured for networks of this kind: the base models and their children."""
    return checkpoint.card.architecture != CRNN and checkpoint.card.voters == 1


def onnx_engine(graph: bytes) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Images (N, channels, H, W) to logits (N, T, C), each call on the calling thread alone.

    May be called from several threads at once.
    """
    options = ort.SessionOptions()
    # Batches run side by side instead: threads that share every operation wait for each other all the time.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session: Any = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def logits(images: NDArray[np.float32]) -> NDArray[np.float32]:
        output: NDArray[np.float32] = session.run(["logits"], {"images": np.ascontiguousarray(images)})[0]
        return output

    return logits


def exported(checkpoint: Checkpoint) -> bytes:
    """The ONNX graph of a model: from the cache if it holds an undamaged one, else exported and put there.

    Two processes may both export; each renames its own whole file into place, and both are the same.
    """
    digest = checkpoint.card.weights_sha256 or hash_weights(checkpoint.weights)
    file = cache_folder() / "onnx" / f"{checkpoint.card.architecture}-{digest[:16]}-{EXPORT}.onnx-cache"
    graph = _undamaged(file)
    if graph is None:
        graph = _export(checkpoint)
        entry = hashlib.sha256(graph).digest() + graph
        with suppress(OSError):  # a read-only or full cache costs two seconds at each start, nothing else
            write_atomically(file, lambda temporary: temporary.write_bytes(entry))
            _forget_oldest(file.parent)
    return graph


def _export(checkpoint: Checkpoint) -> bytes:
    from core.recognition.onnx_export import write_onnx  # 0.2 s that only an export needs

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.onnx"
        write_onnx(file, checkpoint.reader(), checkpoint.card)
        return file.read_bytes()


def _undamaged(file: Path) -> bytes | None:
    """The graph in a cache entry, which begins with its SHA-256; ``None`` if it is missing or altered."""
    try:
        entry = file.read_bytes()
        file.touch()
    except OSError:
        return None
    graph = entry[_DIGEST:]
    return graph if hashlib.sha256(graph).digest() == entry[:_DIGEST] else None


def _forget_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("*.onnx-cache"), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[KEPT_EXPORTS:]:
        entry.unlink(missing_ok=True)
