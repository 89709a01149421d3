"""Work ``find-lines``: the lines of some scans."""

from pathlib import Path
from typing import Any

from core.errors import KnownError
from core.imaging.scan import read_page
from core.jobs import CancelToken
from core.layout.find import find_lines
from core.wording import packed
from core.worker.child import Emit


def run(request: dict[str, Any], emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Find lines page by page.

    Args:
        request: ``pages`` is a list of ``{"page_id", "scan", "rotation", "size"}``; ``layout`` is auto, ltr
            or ttb.
        emit: Gets, per page, ``found`` (``page_id``, ``lines`` as shapes) or ``unreadable`` (``page_id``,
            ``reason``).
        cancel: Looked at between pages.
    """
    for page in request["pages"]:
        cancel.raise_if_cancelled()
        try:
            image = read_page(Path(page["scan"]), page["rotation"], page["size"])
        except KnownError as error:
            emit({"event": "unreadable", "page_id": page["page_id"], "reason": packed(error.clause)})
            continue
        shapes = find_lines(image, layout=request["layout"])
        emit({"event": "found", "page_id": page["page_id"], "lines": [shape.to_json() for shape in shapes]})
    return {}
