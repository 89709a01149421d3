"""What is said when an act sets machine drafts aside, and how the lines are drafted again."""

from functools import partial

from core.jobs import CancelToken, ProgressSink
from core.storage.changes import Change
from core.storage.drafts import draft_is_missing
from core.wording import say, say_count
from core.workflow.drafting import DraftReport, draft_lines
from workbench.jobs import Job
from workbench.jobs.job import ChangeSink
from workbench.place import Message
from workbench.workspace import Workspace

SECONDS = 20.0
"""Longer than other messages: it is about many lines, and what it offers is wanted."""


def set_aside_message(workspace: Workspace, change: Change, done: str) -> Message | None:
    """A sentence about the drafts that an act has set aside; ``None`` if there were none.

    Args:
        workspace: Where it happened; the pages are drafted again there if people want that.
        change: What the act changed.
        done: What it did, as a sentence.
    """
    if not change.set_aside:
        return None
    text = say_count(
        change.set_aside,
        "{done} The draft of one line was set aside.",
        "{done} The drafts of {count} lines were set aside.",
        done=done,
    )
    if not draft_is_missing(workspace.project, change.pages):
        return Message(text, seconds=SECONDS)
    again = partial(_draft_again, workspace, change.pages)
    return Message(text, "doubt", say("Draft again"), again, seconds=SECONDS)


def _draft_again(workspace: Workspace, pages: frozenset[int]) -> None:
    def work(cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> DraftReport:
        return draft_lines(workspace.project, pages, cancel=cancel, progress=progress, changed=changed)

    workspace.jobs.start(Job(say("Drafting"), work))
