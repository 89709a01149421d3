"""Work ``read-lines``: what a model reads in some lines, for drafts and for evaluations alike."""

import base64
import time
from collections.abc import Iterator
from typing import Any

from core.decoding.posteriors import keep
from core.document import LineImage
from core.errors import KnownError
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop, Normalization
from core.jobs import CancelToken
from core.recognition.output import LineOutput
from core.recognition.recognizer import load_exact, load_quickest
from core.wording import packed
from core.worker.child import Emit


def run(request: dict[str, Any], emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Read lines; the time that is told excludes loading the model.

    Args:
        request: ``model`` (name or path), ``lines`` (as of ``LineImage.to_json``, lines of a scan together),
            ``normalization`` (steps that take the place of the model's own, or ``None``), ``keep`` (whether
            the CTC output is wanted too), ``exact`` (whether every computer has
            to read the same).
        emit: Gets, per line, ``read`` (``line_id``, ``recognition``, ``posteriors`` if kept) or
            ``unreadable`` (``line_id``, ``reason``).
        cancel: Looked at between batches.
    """
    steps = request["normalization"]
    normalization = Normalization.of(steps) if steps else None
    load = load_exact if request["exact"] else load_quickest
    recognizer = load(request["model"], request["threads"], normalization)
    lines = [LineImage.from_json(line) for line in request["lines"]]
    emit({"event": "started", "lines": len(lines)})
    started = time.perf_counter()
    cropped: list[int] = []

    def crops() -> Iterator[Crop]:
        """Crops in order; ``cropped`` collects the ids of the lines they belong to."""
        for line, crop in line_crops(lines, tell_unreadable):
            cropped.append(line.line_id)
            yield crop

    def tell_unreadable(line: LineImage, error: KnownError) -> None:
        emit({"event": "unreadable", "line_id": line.line_id, "reason": packed(error.clause)})

    for index, output in recognizer.outputs(crops(), cancel):
        read = output.decode()
        event = {"event": "read", "line_id": cropped[index], "recognition": read.to_json()}
        if request["keep"]:
            event["posteriors"] = base64.b64encode(_kept(output)).decode("ascii")
        emit(event)
    seconds = time.perf_counter() - started
    return {"lines": len(cropped), "seconds": seconds, "lines_per_second": len(cropped) / max(seconds, 1e-9)}


def _kept(output: LineOutput) -> bytes:
    return keep(
        output.logits,
        output.charset,
        length=output.length,
        origin=output.origin,
        temperature=output.temperature,
    ).pack()
