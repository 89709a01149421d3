"""Texts of many lines written together: one transaction, one undo step, a history row for each line.

A step is noted in the journal as kind ``texts``: ``[line id, text, state]`` for each line, before and after;
text and state are null where there was no human text.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.document import TranscriptionState, normalize_text
from core.errors import KnownError, StaleEdit
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import (
    JournalRow,
    LineRow,
    LineTextRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
    utc_now,
)

MANY = 500
"""Ids that go into one query."""

TextState = tuple[str, str]
"""A human text and the name of its state."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """What becomes of one line; ``None`` where there is no human text."""

    line_id: int
    before: TextState | None
    after: TextState | None
    cause: str


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
    changes, left_out = [], []
    with project.writing() as session:
        ids = [each.line_id for each in rewrites]
        human, shown = present_texts(session, ids), _shown_texts(session, ids)
        for each in rewrites:
            present = human.get(each.line_id)
            if shown.get(each.line_id) != each.before or (only_drafts and present):
                left_out.append(each.line_id)
                continue
            after = normalize_text(each.after)
            state = present[1] if present and after else str(TranscriptionState.OPEN)
            changes.append(TextChange(each.line_id, present, (after, state), each.cause))
        change = write_step(session, project.author, changes) if changes else Change()
    return RewriteReport(tuple(each.line_id for each in changes), tuple(left_out), change)


def present_texts(session: Session, line_ids: Iterable[int]) -> dict[int, TextState]:
    """The human texts of lines that have any."""
    query = select(TranscriptionRow.line_id, TranscriptionRow.text, TranscriptionRow.state)
    return {
        line_id: (text, state)
        for ids in _portions(line_ids)
        for line_id, text, state in session.execute(query.where(TranscriptionRow.line_id.in_(ids)))
    }


def write_step(session: Session, author: str, changes: Sequence[TextChange]) -> Change:
    """Write all changes and note them in the journal as one step.

    Raises:
        StaleEdit: If a line's text or state is another one than ``before``.
        KnownError: If a line does not exist (any more).
    """
    change = _write(session, author, changes)
    drop_undone(session)
    before, after = ([_noted(each, side) for each in changes] for side in ("before", "after"))
    step = {"kind": "texts", "before": before, "after": after, "undone": False}
    session.execute(insert(JournalRow), [step])
    return change


def restore_texts(
    session: Session, author: str, old: list[list[Any]], new: list[list[Any]], cause: str
) -> Change:
    """Bring lines from one noted side of a step to the other.

    Raises:
        StaleEdit: If one of them was changed meanwhile; nothing is written then.
    """
    pairs = zip(old, new, strict=True)
    changes = [
        TextChange(line_id, _state(before), _state((text, state)), cause)
        for (_, *before), (line_id, text, state) in pairs
    ]
    return _write(session, author, changes)


def drop_undone(session: Session) -> None:
    """A new act ends the possibility to redo what was undone before it."""
    gone = delete(JournalRow).where(JournalRow.undone.is_(True))
    session.execute(gone, execution_options={"synchronize_session": False})


def _noted(change: TextChange, side: str) -> list[Any]:
    text, state = getattr(change, side) or (None, None)
    return [change.line_id, text, state]


def _state(noted: Sequence[Any]) -> TextState | None:
    text, state = noted
    return None if text is None else (text, state)


def _write(session: Session, author: str, changes: Sequence[TextChange]) -> Change:
    ids = [each.line_id for each in changes]
    _check(session, changes, present_texts(session, ids))
    revisions, now = _revisions(session, ids), utc_now()
    rows: dict[str, list[dict[str, Any]]] = {"new": [], "other": [], "gone": [], "history": []}
    for each in changes:
        # As for a single line, the history tells of a withdrawn text by an empty one.
        text, state = each.after or ("", str(TranscriptionState.OPEN))
        revision = revisions.get(each.line_id, 0) + 1
        values = {"text": text, "state": state, "revision": revision, "author": author}
        rows["history"].append({"line_id": each.line_id, "cause": each.cause, "at": now, **values})
        if each.after is None:
            rows["gone"].append({"line": each.line_id})
        elif each.before is None:
            rows["new"].append({"line_id": each.line_id, "updated_at": now, **values})
        else:
            rows["other"].append({"line": each.line_id, "updated_at": now, **values})
    _execute(session, rows)
    return Change(pages=_pages(session, ids), lines=frozenset(ids), focus_line=ids[0] if ids else None)


def _check(session: Session, changes: Sequence[TextChange], present: dict[int, TextState]) -> None:
    for each in changes:
        found = present.get(each.line_id)
        if found != each.before:
            ours = each.before[0] if each.before else ""
            raise StaleEdit(each.line_id, ours, found[0] if found else "")
    fresh = [each.line_id for each in changes if each.before is None]
    known = {
        line_id
        for ids in _portions(fresh)
        for line_id in session.scalars(select(LineRow.id).where(LineRow.id.in_(ids)))
    }
    if lost := set(fresh) - known:
        raise KnownError(f"There is no line {min(lost)} any more; search again.")


def _execute(session: Session, rows: dict[str, list[dict[str, Any]]]) -> None:
    mine = TranscriptionRow.line_id == bindparam("line")
    names = ("text", "state", "revision", "author", "updated_at")
    statements = {
        "new": insert(TranscriptionRow),
        "other": update(TranscriptionRow).where(mine).values({name: bindparam(name) for name in names}),
        "gone": delete(TranscriptionRow).where(mine),
        "history": insert(TranscriptionHistoryRow),
    }
    connection = session.connection()
    for name, statement in statements.items():
        if rows[name]:
            connection.execute(statement, rows[name])


def _revisions(session: Session, line_ids: Iterable[int]) -> dict[int, int]:
    """The last revision of each line that ever had a text."""
    last = func.max(TranscriptionHistoryRow.revision)
    line = TranscriptionHistoryRow.line_id
    query = select(line, last).group_by(line)
    return {
        line_id: revision
        for ids in _portions(line_ids)
        for line_id, revision in session.execute(query.where(line.in_(ids)))
    }


def _shown_texts(session: Session, line_ids: Iterable[int]) -> dict[int, str]:
    query = (
        select(LineTextRow.line_id, LineTextRow.text)
        .join(LineRow, LineRow.id == LineTextRow.line_id)
        .where(LineRow.deleted.is_(False))
    )
    return {
        line_id: text
        for ids in _portions(line_ids)
        for line_id, text in session.execute(query.where(LineTextRow.line_id.in_(ids)))
    }


def _pages(session: Session, line_ids: Iterable[int]) -> frozenset[int]:
    query = select(LineRow.page_id).distinct()
    return frozenset(
        page for ids in _portions(line_ids) for page in session.scalars(query.where(LineRow.id.in_(ids)))
    )


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while portion := list(islice(rest, MANY)):
        yield portion
