"""Human text: saving with revision and history. Only ``text_batches`` writes these tables, too."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.document import Transcription, TranscriptionState, normalize_text
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.efforts import Effort, insert_effort
from core.storage.project import Project
from core.storage.schema import (
    JournalRow,
    LineRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
    table_of,
    utc_now,
)
from core.storage.text_batches import TextEdit, drop_undone, present_texts, stale_edit, write_texts
from core.wording import say

# Every Enter goes through this module. So its statements are made once and run without the row mapper, which
# would take longer than the database does.
_TEXTS, _HISTORY = table_of(TranscriptionRow), table_of(TranscriptionHistoryRow)
_JOURNAL = table_of(JournalRow)
_LAST_REVISION = select(func.max(_HISTORY.c.revision)).where(_HISTORY.c.line_id == bindparam("line"))
_STANDING = (
    select(
        table_of(LineRow).c.id,
        func.coalesce(_LAST_REVISION.scalar_subquery(), 0),
        *(_TEXTS.c[name] for name in ("text", "state", "revision", "author", "updated_at")),
    )
    .outerjoin_from(table_of(LineRow), _TEXTS)
    .where(table_of(LineRow).c.id == bindparam("line"))
)
_CHANGE = update(_TEXTS).where(
    _TEXTS.c.line_id == bindparam("line"), _TEXTS.c.revision == bindparam("present")
)
_LAST_STEP = select(_JOURNAL.c.id, _JOURNAL.c.kind, _JOURNAL.c.after).order_by(_JOURNAL.c.id.desc()).limit(1)
_FOLD = update(_JOURNAL).where(_JOURNAL.c.id == bindparam("step"))
_WITHDRAW = delete(_TEXTS).where(_TEXTS.c.line_id == bindparam("line"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What there is of a line's human text: as it stands, and the last revision it ever had."""

    present: Transcription | None
    last_revision: int


def transcription_of(row: TranscriptionRow | TranscriptionHistoryRow) -> Transcription:
    """The value of a row."""
    at = row.updated_at if isinstance(row, TranscriptionRow) else row.at
    return Transcription(row.line_id, row.text, TranscriptionState(row.state), row.revision, row.author, at)


def save(
    project: Project,
    line_id: int,
    text: str,
    *,
    state: TranscriptionState,
    base_revision: int,
    effort: Effort | None = None,
) -> Transcription:
    """Store a human's text of a line: NFC, history row, journal entry, committed on return.

    Args:
        project: The open project.
        line_id: Which line.
        text: What the human wrote.
        state: How far the human is with it.
        base_revision: The revision the edit started from; 0 if there was no human text yet.
        effort: What it cost the human, if that was counted.

    Raises:
        StaleEdit: If the line has another revision by now; the error carries both texts.
        KnownError: If the line does not exist (any more).
    """
    text = normalize_text(text)
    with project.writing() as session:
        standing = _standing(session, line_id)
        present = standing.present
        if (present.revision if present else 0) != base_revision:
            raise stale_edit(session, line_id, text, present.text if present else "")
        saved = _write(session, standing, TextEdit(line_id, text, state, project.author, "edit"))
        before = [line_id, present.text, str(present.state)] if present else None
        _note_in_journal(session, before, [line_id, text, str(state)])
        if effort is not None:
            insert_effort(session, line_id, effort, project.author)
        return saved


def _standing(session: Session, line_id: int) -> _Standing:
    """The text as it stands.

    Raises:
        KnownError: If the line does not exist (any more).
    """
    values = session.connection().execute(_STANDING, {"line": line_id}).one_or_none()
    if values is None:
        raise KnownError(
            say(
                "There is no line {line_id} any more; reload the page and choose another one.",
                line_id=line_id,
            )
        )
    _, last, text, state, revision, author, at = values
    if revision is None:
        return _Standing(None, last)
    return _Standing(Transcription(line_id, text, TranscriptionState(state), revision, author, at), last)


def write_text(
    session: Session, line_id: int, text: str, state: TranscriptionState, author: str, cause: str
) -> Transcription:
    """Write text and history within a running transaction, whatever stood there before."""
    return _write(session, _standing(session, line_id), TextEdit(line_id, text, state, author, cause))


def _write(session: Session, standing: _Standing, edit: TextEdit) -> Transcription:
    """Write text and history over what stands there."""
    connection, present = session.connection(), standing.present
    revision, now = standing.last_revision + 1, utc_now()
    values = {"text": edit.text, "state": str(edit.state), "revision": revision, "author": edit.author}
    if present is None:
        connection.execute(insert(_TEXTS), {"line_id": edit.line_id, "updated_at": now, **values})
    else:
        # The condition on the revision makes two writers impossible even without the project lock.
        mine = {"line": edit.line_id, "present": present.revision}
        if connection.execute(_CHANGE, {**mine, "updated_at": now, **values}).rowcount == 0:
            raise stale_edit(session, edit.line_id, edit.text, present.text)
    noted = {"line_id": edit.line_id, "cause": edit.cause, "at": now, **values}
    connection.execute(insert(_HISTORY), noted)
    return Transcription(edit.line_id, edit.text, edit.state, revision, edit.author, now)


def withdraw_text(session: Session, line_id: int, author: str) -> None:
    """Take a line back to having no human text; the history keeps what was written."""
    write_text(session, line_id, "", TranscriptionState.OPEN, author, "undo")
    session.connection().execute(_WITHDRAW, {"line": line_id})


def _note_in_journal(session: Session, before: list[object] | None, after: list[object]) -> None:
    """One undo step per confirmed text: the pauses while typing a line are folded into one."""
    drop_undone(session)
    connection = session.connection()
    last = connection.execute(_LAST_STEP).one_or_none()
    if (
        last is not None
        and last.kind == "text"
        and last.after[0][0] == after[0]
        and last.after[0][2] == TranscriptionState.OPEN
    ):
        connection.execute(_FOLD, {"step": last.id, "after": [after]})
        return
    step = {"kind": "text", "before": [before] if before else [], "after": [after], "undone": False}
    connection.execute(insert(_JOURNAL), step)


def reopen(project: Project, line_ids: Collection[int]) -> Change:
    """Take lines back to open, whatever was decided about them; their text stays. One undo step."""
    return _decide(project, line_ids, TranscriptionState, TranscriptionState.OPEN, "reopen")


def mark_reviewed(project: Project, line_ids: Collection[int]) -> Change:
    """Say that a second look found corrected lines right; others are passed over. One undo step."""
    return _decide(project, line_ids, (TranscriptionState.CORRECTED,), TranscriptionState.REVIEWED, "review")


def _decide(
    project: Project,
    line_ids: Collection[int],
    having: Iterable[TranscriptionState],
    state: TranscriptionState,
    cause: str,
) -> Change:
    states = set(having) - {state}
    with project.writing() as session:
        edits = [
            TextEdit(line_id, present.text, state)
            for line_id, present in present_texts(session, list(line_ids)).items()
            if present.state in states
        ]
        return write_texts(session, edits, project.author, cause)


def import_texts(
    project: Project, texts: Mapping[int, str], *, state: TranscriptionState, author: str
) -> int:
    """Store ground truth that came with an import or a correction file, by line id; returns how many.

    A line that already has human text keeps it.
    """
    with project.writing() as session:
        taken = set(
            session.scalars(select(TranscriptionRow.line_id).where(TranscriptionRow.line_id.in_(texts)))
        )
        new = {line_id: text for line_id, text in texts.items() if line_id not in taken}
        for line_id, text in new.items():
            write_text(session, line_id, normalize_text(text), state, author, "import")
        return len(new)


def history(project: Project, line_id: int) -> list[Transcription]:
    """Every text the line ever had, newest first."""
    query = (
        select(TranscriptionHistoryRow)
        .where(TranscriptionHistoryRow.line_id == line_id)
        .order_by(TranscriptionHistoryRow.revision.desc())
    )
    with project.reading() as session:
        return [transcription_of(row) for row in session.scalars(query)]
