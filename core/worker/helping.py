"""Work ``learn-help``: what corrected lines teach about reading drafts."""

import base64
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.decoding.learning import Line, learn_help
from core.decoding.picture_order import PictureOrder
from core.decoding.posteriors import Posteriors
from core.jobs import CancelToken
from core.worker.child import Emit


def run(request: dict[str, Any], _emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Learn and save a reading help.

    Args:
        request: ``folder`` to save it in, ``learn`` and ``check`` (pairs of packed CTC output and text),
            ``texts``.
        cancel: Looked at between lines.

    Returns:
        ``useful``: whether anything helps; nothing is saved if there were too few lines.
    """
    learned = learn_help(
        list(_lines(request["learn"])),
        list(_lines(request["check"])),
        _in_picture_order(request["texts"]),
        cancel,
    )
    if learned is None:
        return {"useful": False}
    learned.save(Path(request["folder"]))
    return {"useful": learned.useful}


def _lines(pairs: Iterable[list[str]]) -> Iterable[Line]:
    for packed, text in pairs:
        order = PictureOrder(text)
        yield order.seen(Posteriors.unpack(base64.b64decode(packed))), order.written


def _in_picture_order(texts: Iterable[str]) -> list[str]:
    return [PictureOrder(text).written for text in texts]
