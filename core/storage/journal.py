"""Undo and redo over texts and layout, kept in the database so that they survive a restart."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.document import TranscriptionState
from core.errors import StaleEdit
from core.storage.changes import Change
from core.storage.layout_edits import restore_lines
from core.storage.lines import lines_changed
from core.storage.project import Project
from core.storage.schema import JournalRow, TranscriptionRow
from core.storage.text_batches import apply_texts
from core.storage.transcriptions import withdraw_text, write_text


def undo(project: Project) -> Change | None:
    """Take back the last act; ``None`` if there is none.

    Raises:
        StaleEdit: If the text was changed by something that cannot be undone.
    """
    with project.writing() as session:
        row = session.scalar(
            select(JournalRow).where(JournalRow.undone.is_(False)).order_by(JournalRow.id.desc()).limit(1)
        )
        if row is None:
            return None
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


def _apply(
    session: Session, project: Project, kind: str, old: list[Any], new: list[Any], cause: str
) -> Change:
    if kind == "layout":
        return restore_lines(session, new)
    if kind == "texts":
        return apply_texts(session, old, new, project.author, cause)
    line_id = (new or old)[0][0]
    present = session.get(TranscriptionRow, line_id)
    expected = old[0][1] if old else None
    if (present.text if present else None) != expected:
        raise StaleEdit(line_id, expected or "", present.text if present else "")
    if new:
        write_text(session, line_id, new[0][1], TranscriptionState(new[0][2]), project.author, cause)
    else:
        withdraw_text(session, line_id, project.author)
    change = lines_changed(session, [line_id])
    return Change(pages=change.pages, lines=change.lines, focus_line=line_id)
