"""Work ``export-model``: a model file for other programs."""

from pathlib import Path
from typing import Any

from core.errors import KnownError
from core.jobs import CancelToken
from core.recognition.checkpoint import export_checkpoint
from core.wording import say
from core.worker.child import Emit


def run(request: dict[str, Any], _emit: Emit, _cancel: CancelToken) -> dict[str, Any]:
    """Write the file ``file`` from the model file ``model``.

    Raises:
        BadCheckpoint: If the model is damaged or the file's ending unknown.
        KnownError: If the file cannot be written.
    """
    target = Path(request["file"])
    try:
        export_checkpoint(Path(request["model"]), target)
    except OSError as error:
        raise KnownError(
            say(
                "{target} cannot be written ({strerror}). Choose another place.",
                target=target,
                strerror=error.strerror,
            )
        ) from error
    return {}
