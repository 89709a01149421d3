"""Human text: saving with revision and history. Nothing else writes these tables."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.document import Transcription, TranscriptionState, normalize_text
from core.errors import KnownError, StaleEdit
from core.storage.project import Project
from core.storage.schema import (
    JournalRow,
    LineRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
    utc_now,
)


def transcription_of(row: TranscriptionRow | TranscriptionHistoryRow) -> Transcription:
    """The value of a row."""
    at = row.updated_at if isinstance(row, TranscriptionRow) else row.at
    return Transcription(row.line_id, row.text, TranscriptionState(row.state), row.revision, row.author, at)


def save(
    project: Project, line_id: int, text: str, *, state: TranscriptionState, base_revision: int
) -> Transcription:
    """Store a human's text of a line: NFC, history row, journal entry, committed on return.

    Args:
        project: The open project.
        line_id: Which line.
        text: What the human wrote.
        state: How far the human is with it.
        base_revision: The revision the edit started from; 0 if there was no human text yet.

    Raises:
        StaleEdit: If the line has another revision by now; the error carries both texts.
        KnownError: If the line does not exist (any more).
    """
    text = normalize_text(text)
    with project.writing() as session:
        row = session.get(TranscriptionRow, line_id)
        before: list[object] | None = [line_id, row.text, row.state] if row else None
        if (row.revision if row else 0) != base_revision:
            raise StaleEdit(line_id, text, row.text if row else "")
        saved = write_text(session, line_id, text, state, project.author, "edit")
        _note_in_journal(session, before, [line_id, text, str(state)])
        return saved


def write_text(
    session: Session, line_id: int, text: str, state: TranscriptionState, author: str, cause: str
) -> Transcription:
    """Write text and history within a running transaction, whatever stood there before."""
    line = session.get(LineRow, line_id)
    if line is None:
        raise KnownError(f"There is no line {line_id} any more; reload the page and choose another one.")
    last = select(func.max(TranscriptionHistoryRow.revision)).where(
        TranscriptionHistoryRow.line_id == line_id
    )
    revision = (session.scalar(last) or 0) + 1
    now = utc_now()
    history = TranscriptionHistoryRow(
        line_id=line_id, revision=revision, text=text, state=state, author=author, cause=cause, at=now
    )
    row = session.get(TranscriptionRow, line_id)
    if row is None:
        row = TranscriptionRow(
            line_id=line_id, text=text, state=state, revision=revision, author=author, updated_at=now
        )
        session.add_all([row, history])
        session.flush()
        return transcription_of(row)
    # The condition on the revision makes two writers impossible even without the project lock.
    changed = session.execute(
        update(TranscriptionRow)
        .where(TranscriptionRow.line_id == line_id, TranscriptionRow.revision == row.revision)
        .values(text=text, state=state, revision=revision, author=author, updated_at=now)
        .returning(TranscriptionRow.revision)
    ).one_or_none()
    if changed is None:
        raise StaleEdit(line_id, text, row.text)
    session.add(history)
    session.flush()
    session.refresh(row)
    return transcription_of(row)


def withdraw_text(session: Session, line_id: int, author: str) -> None:
    """Take a line back to having no human text; the history keeps what was written."""
    write_text(session, line_id, "", TranscriptionState.OPEN, author, "undo")
    session.delete(session.get_one(TranscriptionRow, line_id))


def _note_in_journal(session: Session, before: list[object] | None, after: list[object]) -> None:
    """One undo step per confirmed text: the pauses while typing a line are folded into one."""
    drop_undone(session)
    last = session.scalar(select(JournalRow).order_by(JournalRow.id.desc()).limit(1))
    if (
        last is not None
        and last.kind == "text"
        and last.after[0][0] == after[0]
        and last.after[0][2] == TranscriptionState.OPEN
    ):
        last.after = [after]
        return
    session.add(JournalRow(kind="text", before=[before] if before else [], after=[after]))


def drop_undone(session: Session) -> None:
    """A new act ends the possibility to redo what was undone before it."""
    for row in session.scalars(select(JournalRow).where(JournalRow.undone.is_(True))):
        session.delete(row)


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
