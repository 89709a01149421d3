"""Undo and redo over texts and layout, kept in the database so that they survive a restart."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.document import TranscriptionState
from core.errors import KnownError
from core.storage.acceptances import count_edits
from core.storage.changes import Change
from core.storage.comments import put_comments
from core.storage.layout_edits import LAYOUT_CAUSES, restore_lines
from core.storage.lines import lines_changed
from core.storage.pages import TURN, turn_page
from core.storage.project import Project
from core.storage.project_settings import put_entry
from core.storage.schema import JournalRow, PageRow, TranscriptionHistoryRow, TranscriptionRow
from core.storage.second_readings import mark_settled
from core.storage.text_batches import apply_texts, chunks, stale_edit, texts_changed
from core.storage.transcriptions import withdraw_text, write_text
from core.wording import say, say_count

Step = tuple[int, dt.datetime]
"""Id and time of an act: ids of acts that were undone and dropped come again."""

_LAST = select(JournalRow).where(JournalRow.undone.is_(False)).order_by(JournalRow.id.desc()).limit(1)


def last_step(project: Project) -> Step | None:
    """The act that ``undo`` would take back now."""
    with project.reading() as session:
        row = session.scalar(_LAST)
        return (row.id, row.at) if row else None


def undo(project: Project, step: Step | None = None) -> Change | None:
    """Take back the last act, or ``step`` if that still is the last one; ``None`` if there is none.

    Raises:
        StaleEdit: If the text was changed by something that cannot be undone.
        KnownError: If lines would go that have human text by now, or ``step`` is not the last act any more.
    """
    with project.writing() as session:
        row = session.scalar(_LAST)
        if step is not None and (row is None or (row.id, row.at) != step):
            raise KnownError(
                say(
                    "Something else was done since; Undo in the menu Edit takes back one act after the other."
                )
            )
        if row is None:
            return None
        if row.kind == "layout":
            _keep_human_text(session, row.before)
        change = _apply(session, project, row.kind, row.after, row.before, "undo")
        row.undone = True
        return change


def redo(project: Project) -> Change | None:
    """Do again what was undone last; ``None`` if there is none.

    Raises:
        StaleEdit: If the text was changed in between by something that cannot be undone.
    """
    with project.writing() as session:
        row = session.scalar(
            select(JournalRow).where(JournalRow.undone.is_(True)).order_by(JournalRow.id).limit(1)
        )
        if row is None:
            return None
        change = _apply(session, project, row.kind, row.before, row.after, "redo")
        row.undone = False
        return change


def _keep_human_text(session: Session, before: list[Any]) -> None:
    """Refuse to hide lines whose text came from elsewhere than a step that is undone before: an import."""
    hidden = [noted["id"] for noted in before if noted["deleted"]]
    newest = (
        select(TranscriptionHistoryRow.cause)
        .where(TranscriptionHistoryRow.line_id == TranscriptionRow.line_id)
        .order_by(TranscriptionHistoryRow.revision.desc())
        .limit(1)
        .scalar_subquery()
    )
    texts = sum(
        session.scalar(
            select(func.count(TranscriptionRow.line_id)).where(
                TranscriptionRow.line_id.in_(part), TranscriptionRow.text != "", newest.not_in(LAYOUT_CAUSES)
            )
        )
        or 0
        for part in chunks(hidden)
    )
    if texts:
        page = session.get_one(PageRow, before[0]["page_id"])
        raise KnownError(
            say_count(
                texts,
                "That would take {count} line with human text off page {page}. "
                "Delete it there if you want to.",
                "That would take {count} lines with human text off page {page}. "
                "Delete them there if you want to.",
                page=page.number,
            )
        )


def _renumbered(old: list[Any], new: list[Any]) -> int:
    """How many lines have only another number, because others came or went; none if that was the act."""
    same = sum({**one, "order": 0} == {**other, "order": 0} for one, other in zip(old, new, strict=True))
    return same if same < len(new) else 0


def _turned(session: Session, pages: list[Any]) -> Change:
    """Turn pages on by some degrees each, and look at the first."""
    change = Change()
    for page_id, degrees in pages:
        change |= turn_page(session, page_id, degrees)
    return replace(change, focus_page=pages[0][0])


def _apply(
    session: Session, project: Project, kind: str, old: list[Any], new: list[Any], cause: str
) -> Change:
    if kind == "layout":
        change = restore_lines(session, new)
        return replace(change, focus_page=min(change.pages), renumbered=_renumbered(old, new))
    if kind == TURN:
        return _turned(session, new)
    if kind == "comments":
        return put_comments(session, old, new)
    if kind == "texts":
        return apply_texts(session, old, new, project.author, cause)
    if kind == "audit":
        apply_texts(session, old[1:], new[1:], project.author, cause)
        return count_edits(session, *new[0])
    if kind == "second":
        apply_texts(session, old[1:], new[1:], project.author, cause)
        return mark_settled(session, *new[0])
    if kind == "setting":
        setting, key, value, line_id = new[0]
        put_entry(session, setting, key, value)
        return texts_changed(session, [line_id])
    line_id = (new or old)[0][0]
    present = session.get(TranscriptionRow, line_id)
    expected = old[0][1] if old else None
    if (present.text if present else None) != expected:
        raise stale_edit(session, line_id, expected or "", present.text if present else "")
    if new:
        write_text(session, line_id, new[0][1], TranscriptionState(new[0][2]), project.author, cause)
    else:
        withdraw_text(session, line_id, project.author)
    change = lines_changed(session, [line_id])
    return Change(pages=change.pages, lines=change.lines, focus_line=line_id)
