"""Work ``read-lines``: what a model reads in some lines, for drafts and for evaluations alike."""

import time
from collections.abc import Iterator
from typing import Any

from core.document import LineImage
from core.errors import KnownError
from core.imaging.crop import crop_line
from core.imaging.normalize import Crop
from core.imaging.scan import read_scan
from core.jobs import CancelToken
from core.recognition.recognizer import load_recognizer
from core.worker.child import Emit


def run(request: dict[str, Any], emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Read lines; the time that is told excludes loading the model.

    Args:
        request: ``model`` (name or path), ``lines`` (as of ``LineImage.to_json``, lines of a scan together).
        emit: Gets, per line, ``read`` (``line_id``, ``recognition``) or ``unreadable`` (``line_id``,
            ``reason``).
        cancel: Looked at between batches.
    """
    recognizer = load_recognizer(request["model"], request["threads"])
    lines = [LineImage.from_json(line) for line in request["lines"]]
    emit({"event": "started", "lines": len(lines)})
    started = time.perf_counter()
    cropped: list[int] = []
    for index, recognition in recognizer.recognize(_crops(lines, cropped, emit), cancel):
        emit({"event": "read", "line_id": cropped[index], "recognition": recognition.to_json()})
    seconds = time.perf_counter() - started
    return {"lines": len(cropped), "seconds": seconds, "lines_per_second": len(cropped) / max(seconds, 1e-9)}


def _crops(lines: list[LineImage], cropped: list[int], emit: Emit) -> Iterator[Crop]:
    """Crops in order, each scan decoded once; ``cropped`` collects the ids of the lines they belong to."""
    scan, image = None, None
    for line in lines:
        try:
            if (line.scan, line.rotation) != scan or image is None:
                scan, image = (line.scan, line.rotation), read_scan(line.scan, line.rotation)
            crop = crop_line(image, line.shape)
        except KnownError as error:
            emit({"event": "unreadable", "line_id": line.line_id, "reason": str(error)})
            continue
        cropped.append(line.line_id)
        yield crop
