"""Work ``learn-help``: what corrected lines teach about reading drafts."""

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.decoding.learning import Line, learn_help
from core.decoding.posteriors import Posteriors
from core.jobs import CancelToken
from core.worker.child import Emit


def run(request: dict[str, Any], _emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Learn and save a reading help.

    Args:
        request: ``folder`` to save it in, ``learn`` and ``check`` (pairs of packed CTC output and text),
            ``texts``, ``words``.
        cancel: Looked at between lines.

    Returns:
        ``useful``: whether anything helps; nothing is saved if there were too few lines.
    """
    learned = learn_help(
        list(_lines(request["learn"])),
        list(_lines(request["check"])),
        request["texts"],
        request["words"],
        cancel,
    )
    if learned is None:
        return {"useful": False}
    learned.save(Path(request["folder"]))
    return {"useful": learned.useful}


def _lines(pairs: Iterable[list[str]]) -> Iterable[Line]:
    for packed, text in pairs:
        yield Posteriors.unpack(base64.b64decode(packed)), text
