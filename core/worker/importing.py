"""Work ``import-model``: a model of another project, turned into a model file of ours."""

from pathlib import Path
from typing import Any

from core.errors import KnownError
from core.jobs import CancelToken
from core.recognition.checkpoint import save_checkpoint
from core.recognition.foreign.importing import import_foreign
from core.wording import say
from core.worker.child import Emit


def run(request: dict[str, Any], _emit: Emit, _cancel: CancelToken) -> dict[str, Any]:
    """Write the model file ``target`` from the foreign ``file``; gives what the version's row needs.

    Raises:
        BadCheckpoint: If something does not fit.
        KnownError: If the model file cannot be written.
    """
    checkpoint = import_foreign(
        Path(request["file"]),
        charset=request["charset"],
        vocab=_path(request["vocab"]),
        config=_path(request["config"]),
        kind=request["source"],
        keep_ratio=request["keep_ratio"],
    )
    target = Path(request["target"])
    try:
        sha256 = save_checkpoint(target, checkpoint)
    except OSError as error:
        raise KnownError(
            say(
                "{target} cannot be written ({strerror}). Free some space.",
                target=target,
                strerror=error.strerror,
            )
        ) from error
    card = checkpoint.card
    return {
        "architecture": card.architecture,
        "sha256": sha256,
        "charset_size": len(card.charset),
        "source": card.source,
        "dropped": card.config.get("imported", {}).get("dropped", []),
    }


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None
