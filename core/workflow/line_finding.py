"""Finding the lines of pages."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.document import LineShape, Page
from core.exchange.imported import Skipped
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.layout_edits import replace_found_lines
from core.storage.pages import list_pages, scan_path
from core.storage.project import Project
from core.wording import say
from core.worker.process import run_worker

ChangeSink = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class LineFindingReport:
    """How many pages were looked at and how many lines they have now."""

    pages: int
    lines: int
    skipped: tuple[Skipped, ...]
    change: Change


def ignore_change(_change: Change) -> None:
    """For callers who show nothing while an act is under way."""


def find_lines(
    project: Project,
    page_ids: Collection[int] | None = None,
    *,
    layout: str = "auto",
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> LineFindingReport:
    """Find lines page by page, on all pages by default; each page is stored as it is done.

    Lines with human text, and lines drawn or imported, stay as they are. A page that was turned or taken out
    meanwhile is skipped: its lines would lie elsewhere.

    Raises:
        Cancelled: On request; the pages that were done keep their lines.
    """
    chosen = None if page_ids is None else set(page_ids)
    pages = {page.id: page for page in list_pages(project) if chosen is None or page.id in chosen}
    request = {
        "kind": "find-lines",
        "layout": layout,
        "pages": [_wanted(project, page) for page in pages.values()],
    }
    change, lines, skipped = Change(), 0, []
    done = 0
    for event in run_worker(request, cancel, background=background):
        if event["event"] == "found":
            shapes = [LineShape.from_json(shape) for shape in event["lines"]]
            page = pages[event["page_id"]]
            step = replace_found_lines(project, page.id, shapes, seen=page)
            if step is None:
                skipped.append(Skipped(Path(page.name), _page_changed()))
            else:
                change |= step
                lines += len(shapes)
                changed(step)
        elif event["event"] == "unreadable":
            skipped.append(Skipped(Path(pages[event["page_id"]].name), event["reason"]))
        else:
            continue
        done += 1
        progress(Progress(done, len(pages), pages[event["page_id"]].name))
    return LineFindingReport(done - len(skipped), lines, tuple(skipped), change)


def _wanted(project: Project, page: Page) -> dict[str, Any]:
    """What the worker needs to know of a page."""
    return {
        "page_id": page.id,
        "scan": str(scan_path(project, page)),
        "rotation": page.rotation,
        "size": (page.width, page.height),
    }


def _page_changed() -> str:
    return say(
        "it was turned or taken out while its lines were looked for, so none were stored; if it is still "
        "here, find its lines again"
    )
