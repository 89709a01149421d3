"""Deleting pages: those with human text stay, the others go in small transactions. No Qt."""

from collections.abc import Collection
from dataclasses import dataclass

from core.jobs import CancelToken, Progress, ProgressSink
from core.storage.pages import delete_pages, pages_with_text
from core.storage.project import Project
from core.wording import say_count
from core.workflow.line_finding import ChangeSink

AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class DeletionReport:
    """How many pages are gone, and how many stayed because people wrote on them."""

    deleted: int
    kept: int

    def __str__(self) -> str:
        gone = say_count(self.deleted, "{count} page deleted.", "{count} pages deleted.")
        return f"{gone} {kept_words(self.kept)}" if self.kept else gone


def kept_words(kept: int) -> str:
    """Why some pages stay."""
    return say_count(
        kept,
        "One page carries text that people wrote; it stays.",
        "{count} pages carry text that people wrote; they stay.",
    )


def delete_untouched(
    project: Project,
    page_ids: Collection[int],
    *,
    cancel: CancelToken,
    progress: ProgressSink,
    changed: ChangeSink,
) -> DeletionReport:
    """Delete the pages on which nobody ever wrote, with their scans; this cannot be undone.

    Raises:
        Cancelled: On request; what is deleted by then is gone.
    """
    kept = pages_with_text(project, page_ids)
    going = sorted(set(page_ids) - kept)
    for start in range(0, len(going), AT_ONCE):
        cancel.raise_if_cancelled()
        changed(delete_pages(project, going[start : start + AT_ONCE]))
        progress(Progress(min(start + AT_ONCE, len(going)), len(going), "pages"))
    return DeletionReport(len(going), len(kept))
