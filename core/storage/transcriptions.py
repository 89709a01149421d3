"""Human text: saving with revision and history. Only ``text_batches`` writes these tables, too."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.document import Transcription, TranscriptionState, normalize_text
from core.errors import KnownError, StaleEdit
from core.storage.changes import Change
from core.storage.efforts import Effort, insert_effort
from core.storage.project import Project
from core.storage.schema import (
    JournalRow,
    LineRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
    utc_now,
)
from core.storage.text_batches import TextEdit, drop_undone, present_texts, write_texts
from core.wording import say

_COLUMNS = (
    TranscriptionRow.line_id,
    TranscriptionRow.text,
    TranscriptionRow.state,
    TranscriptionRow.revision,
    TranscriptionRow.author,
    TranscriptionRow.updated_at,
)
_LAST_STEP = select(JournalRow.id, JournalRow.kind, JournalRow.after).order_by(JournalRow.id.desc()).limit(1)
_PLAIN = {"synchronize_session": False}
"""No row of these tables is in the session: nothing has to be told of the change."""


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
        present = _present(session, line_id)
        if (present.revision if present else 0) != base_revision:
            raise StaleEdit(line_id, text, present.text if present else "")
        saved = write_text(session, line_id, text, state, project.author, "edit")
        before = [line_id, present.text, str(present.state)] if present else None
        _note_in_journal(session, before, [line_id, text, str(state)])
        if effort is not None:
            insert_effort(session, line_id, effort, project.author)
        return saved


def _present(session: Session, line_id: int) -> Transcription | None:
    """The text as it stands. Columns, not a row: this is on the way of every Enter."""
    values = session.execute(select(*_COLUMNS).where(TranscriptionRow.line_id == line_id)).one_or_none()
    if values is None:
        return None
    _, text, state, revision, author, at = values
    return Transcription(line_id, text, TranscriptionState(state), revision, author, at)


def write_text(
    session: Session, line_id: int, text: str, state: TranscriptionState, author: str, cause: str
) -> Transcription:
    """Write text and history within a running transaction, whatever stood there before."""
    if session.scalar(select(LineRow.id).where(LineRow.id == line_id)) is None:
        raise KnownError(
            say(
                "There is no line {line_id} any more; reload the page and choose another one.",
                line_id=line_id,
            )
        )
    present = _present(session, line_id)
    last = select(func.max(TranscriptionHistoryRow.revision)).where(
        TranscriptionHistoryRow.line_id == line_id
    )
    now, revision = utc_now(), (session.scalar(last) or 0) + 1
    values = {"text": text, "state": str(state), "revision": revision, "author": author}
    if present is None:
        session.execute(insert(TranscriptionRow), [{"line_id": line_id, "updated_at": now, **values}])
    else:
        # The condition on the revision makes two writers impossible even without the project lock.
        mine = (TranscriptionRow.line_id == line_id, TranscriptionRow.revision == present.revision)
        change = update(TranscriptionRow).where(*mine).values(updated_at=now, **values)
        written = session.execute(change.returning(TranscriptionRow.line_id), execution_options=_PLAIN)
        if written.one_or_none() is None:
            raise StaleEdit(line_id, text, present.text)
    session.execute(
        insert(TranscriptionHistoryRow), [{"line_id": line_id, "cause": cause, "at": now, **values}]
    )
    return Transcription(line_id, text, state, revision, author, now)


def withdraw_text(session: Session, line_id: int, author: str) -> None:
    """Take a line back to having no human text; the history keeps what was written."""
    write_text(session, line_id, "", TranscriptionState.OPEN, author, "undo")
    gone = delete(TranscriptionRow).where(TranscriptionRow.line_id == line_id)
    session.execute(gone, execution_options=_PLAIN)


def _note_in_journal(session: Session, before: list[object] | None, after: list[object]) -> None:
    """One undo step per confirmed text: the pauses while typing a line are folded into one."""
    drop_undone(session)
    last = session.execute(_LAST_STEP).one_or_none()
    if (
        last is not None
        and last.kind == "text"
        and last.after[0][0] == after[0]
        and last.after[0][2] == TranscriptionState.OPEN
    ):
        folded = update(JournalRow).where(JournalRow.id == last.id).values(after=[after])
        session.execute(folded, execution_options=_PLAIN)
        return
    step = {"kind": "text", "before": [before] if before else [], "after": [after], "undone": False}
    session.execute(insert(JournalRow), [step])


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
