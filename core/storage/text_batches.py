"""Texts of many lines written in one act: one transaction, one undo step.

A journal entry of the kind ``texts`` holds ``[line_id, text, state]`` of each line, before and after; a line
that had no human text is not among those before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from core.document import TranscriptionState, normalize_text
from core.errors import KnownError, StaleEdit
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import (
    JournalRow,
    LineRow,
    PageRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
    table_of,
    utc_now,
)
from core.wording import say

CHUNK = 5000
"""Lines asked for at a time; SQLite takes no more than 32,766 values in a statement."""

_UNDONE = delete(table_of(JournalRow)).where(table_of(JournalRow).c.undone.is_(True))

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class TextEdit:
    """What a line is to say; author and cause are those of the whole act unless a line has its own."""

    line_id: int
    text: str
    state: TranscriptionState
    author: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PresentText:
    """The human text of a line as it stands."""

    text: str
    state: TranscriptionState
    revision: int


def chunks(items: Sequence[_Item], size: int = CHUNK) -> Iterator[Sequence[_Item]]:
    """The items, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def present_texts(session: Session, line_ids: Sequence[int]) -> dict[int, PresentText]:
    """Human texts by line; lines without one are left out."""
    columns = (
        TranscriptionRow.line_id,
        TranscriptionRow.text,
        TranscriptionRow.state,
        TranscriptionRow.revision,
    )
    found = {}
    for part in chunks(line_ids):
        for line_id, text, state, revision in session.execute(
            select(*columns).where(TranscriptionRow.line_id.in_(part))
        ):
            found[line_id] = PresentText(text, TranscriptionState(state), revision)
    return found


def change_texts(project: Project, edits: Sequence[TextEdit], cause: str) -> Change:
    """Write the texts of some lines as one undo step; whoever calls has looked at what stands there now."""
    with project.writing() as session:
        return write_texts(session, edits, project.author, cause)


def bring_texts(project: Project, edits: Sequence[TextEdit]) -> None:
    """Store texts that come with imported lines; there is nothing to undo."""
    with project.writing() as session:
        put_texts(session, edits, project.author, "import")


def write_texts(session: Session, edits: Sequence[TextEdit], author: str, cause: str) -> Change:
    """Write texts with history within a running transaction, and note them as one undo step."""
    if not edits:
        return Change()
    before, after = replaced_texts(session, edits)
    put_texts(session, edits, author, cause)
    note_step(session, "texts", before, after)
    return texts_changed(session, [edit.line_id for edit in edits])


def replaced_texts(session: Session, edits: Sequence[TextEdit]) -> tuple[list[Any], list[Any]]:
    """What lines say before and after some edits, as the journal notes it (``apply_texts``)."""
    present = present_texts(session, [edit.line_id for edit in edits])
    before = [[line, text.text, str(text.state)] for line, text in present.items()]
    return before, [[edit.line_id, normalize_text(edit.text), str(edit.state)] for edit in edits]


def note_step(session: Session, kind: str, before: list[Any], after: list[Any]) -> None:
    """Write a step of undo; what was undone before it cannot be done again."""
    drop_undone(session)
    step = {"kind": kind, "before": before, "after": after, "undone": False}
    session.execute(insert(JournalRow), [step])


def put_texts(session: Session, edits: Sequence[TextEdit], author: str, cause: str) -> None:
    """Write texts with history, whatever stood there, without an undo step.

    Raises:
        KnownError: If one of the lines does not exist (any more).
    """
    now = utc_now()
    for part in chunks(edits):
        revisions = _next_revisions(session, [edit.line_id for edit in part])
        rows = [
            {
                "line_id": edit.line_id,
                "text": normalize_text(edit.text),
                "state": str(edit.state),
                "revision": revisions[edit.line_id],
                "author": edit.author or author,
            }
            for edit in part
        ]
        statement = upsert(table_of(TranscriptionRow))
        written = ("text", "state", "revision", "author", "updated_at")
        statement = statement.on_conflict_do_update(
            index_elements=["line_id"], set_={name: statement.excluded[name] for name in written}
        )
        session.execute(statement, [{**row, "updated_at": now} for row in rows])
        noted = [
            {**row, "cause": edit.cause or cause, "at": now} for row, edit in zip(rows, part, strict=True)
        ]
        session.execute(insert(TranscriptionHistoryRow), noted)


def drop_undone(session: Session) -> None:
    """A new act ends the possibility to redo what was undone before it."""
    session.connection().execute(_UNDONE)


def withdraw_texts(session: Session, line_ids: Sequence[int], author: str, cause: str) -> None:
    """Take lines back to having no human text; the history keeps what was written."""
    put_texts(session, [TextEdit(line, "", TranscriptionState.OPEN) for line in line_ids], author, cause)
    for part in chunks(line_ids):
        gone = delete(TranscriptionRow).where(TranscriptionRow.line_id.in_(part))
        session.execute(gone, execution_options={"synchronize_session": False})


def apply_texts(session: Session, old: list[Any], new: list[Any], author: str, cause: str) -> Change:
    """Undo or redo an entry of the journal: every line goes from its old text to its new one, or none does.

    Raises:
        StaleEdit: If a line has another text or state than the entry left there.
    """
    was = {line: (text, state) for line, text, state in old}
    shall_be = {line: (text, state) for line, text, state in new}
    lines = list(was | shall_be)
    present = present_texts(session, lines)
    for line in lines:
        found = present.get(line)
        if ((found.text, str(found.state)) if found else None) != was.get(line):
            raise stale_edit(session, line, was.get(line, ("", ""))[0], found.text if found else "")
    edits = [TextEdit(line, text, TranscriptionState(state)) for line, (text, state) in shall_be.items()]
    put_texts(session, edits, author, cause)
    withdraw_texts(session, [line for line in was if line not in shall_be], author, cause)
    return texts_changed(session, lines)


def stale_edit(session: Session, line_id: int, ours: str, theirs: str) -> StaleEdit:
    """The error that a line says something else by now, with the numbers by which people know the line."""
    place = select(PageRow.number, LineRow.order).join(PageRow, PageRow.id == LineRow.page_id)
    page, order = session.execute(place.where(LineRow.id == line_id)).one()
    return StaleEdit(page, order + 1, ours, theirs)


def texts_changed(session: Session, line_ids: Sequence[int]) -> Change:
    """The change that tells of new text of some lines, with the first of them to look at."""
    pages: set[int] = set()
    for part in chunks(line_ids):
        pages |= set(session.scalars(select(LineRow.page_id).where(LineRow.id.in_(part)).distinct()))
    return Change(
        pages=frozenset(pages), lines=frozenset(line_ids), focus_line=line_ids[0] if line_ids else None
    )


def _next_revisions(session: Session, line_ids: Sequence[int]) -> dict[int, int]:
    last = func.coalesce(func.max(TranscriptionHistoryRow.revision), 0)
    query = (
        select(LineRow.id, last)
        .outerjoin(TranscriptionHistoryRow, TranscriptionHistoryRow.line_id == LineRow.id)
        .where(LineRow.id.in_(line_ids))
        .group_by(LineRow.id)
    )
    revisions = {line: revision + 1 for line, revision in session.execute(query)}
    for line in line_ids:
        if line not in revisions:
            raise KnownError(
                say("There is no line {line} any more; reload the page and choose another one.", line=line)
            )
    return revisions
