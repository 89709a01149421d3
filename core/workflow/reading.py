"""Having a model version read lines in a worker process."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.document import LineImage
from core.imaging.normalize import Normalization
from core.jobs import CancelToken
from core.storage.models import model_source
from core.storage.project import Project
from core.versions import ModelVersion
from core.worker.process import run_worker


def read_lines(
    project: Project,
    model: ModelVersion,
    lines: Sequence[LineImage],
    cancel: CancelToken,
    *,
    background: bool,
    exact: bool,
    normalization: Normalization | None = None,
    keep: bool = False,
) -> Iterator[dict[str, Any]]:
    """Have lines read.

    ``exact``: in float32, for texts that are the same on every computer; otherwise as quickly as it goes.
    ``normalization`` takes the place of the model's own; ``keep`` brings the CTC output along.

    Events ``read``, ``unreadable`` and at last ``succeeded`` of the work ``read-lines``.

    Raises:
        Cancelled: On request.
        WorkerFailed: If the worker process died.
    """
    if not lines:
        yield {"event": "succeeded", "lines": 0, "seconds": 0.0, "lines_per_second": 0.0}
        return
    request = {
        "kind": "read-lines",
        "model": model_source(project, model),
        "lines": [line.to_json() for line in lines],
        "keep": keep,
        "exact": exact,
        "normalization": list(normalization.steps) if normalization else None,
    }
    yield from run_worker(request, cancel, background=background)
