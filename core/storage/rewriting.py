"""Giving many lines new texts by a rule or a replacement: one transaction, one undo step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.document import TranscriptionState, normalize_text
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import LineRow, LineTextRow
from core.storage.text_batches import TextEdit, chunks, present_texts, write_texts


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A new text for a line that shows ``before`` now, be that human text or a draft."""

    line_id: int
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class RewriteReport:
    """Lines that were written, and those left out because they show something else by now."""

    lines: tuple[int, ...]
    left_out: tuple[int, ...]
    change: Change


def rewrite_lines(
    project: Project, rewrites: Collection[Rewrite], *, only_drafts: bool = False
) -> RewriteReport:
    """Give lines new texts in one transaction and one undo step.

    Human text keeps its state; a line that has only a draft gets an open text, for a human to look at, and so
    does one that becomes empty. A line that shows another text than ``before`` is left out.

    Args:
        project: The open project.
        rewrites: What to write.
        only_drafts: Leave out lines that have human text.
    """
    edits, left_out = [], []
    with project.writing() as session:
        ids = [each.line_id for each in rewrites]
        human, shown = present_texts(session, ids), _shown_texts(session, ids)
        for each in rewrites:
            present = human.get(each.line_id)
            if shown.get(each.line_id) != each.before or (only_drafts and present):
                left_out.append(each.line_id)
                continue
            after = normalize_text(each.after)
            state = present.state if present and after else TranscriptionState.OPEN
            edits.append(TextEdit(each.line_id, after, state, cause=each.cause))
        change = write_texts(session, edits, project.author, "rewrite")
    return RewriteReport(tuple(each.line_id for each in edits), tuple(left_out), change)


def _shown_texts(session: Session, line_ids: Sequence[int]) -> dict[int, str]:
    query = (
        select(LineTextRow.line_id, LineTextRow.text)
        .join(LineRow, LineRow.id == LineTextRow.line_id)
        .where(LineRow.deleted.is_(False))
    )
    return {
        line_id: text
        for ids in chunks(line_ids)
        for line_id, text in session.execute(query.where(LineTextRow.line_id.in_(ids)))
    }
