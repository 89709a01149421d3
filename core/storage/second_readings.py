"""What another annotator wrote for lines that were changed here, too, until somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from core.document import TranscriptionState, normalize_text
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import LineRow, PageRow, SecondReadingRow, TranscriptionRow, utc_now
from core.storage.text_batches import (
    TextEdit,
    chunks,
    note_step,
    present_texts,
    put_texts,
    replaced_texts,
    texts_changed,
    write_texts,
)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """``ours`` is the line's own text, ``text`` what ``author`` wrote."""

    line_id: int
    page_number: int
    order: int
    ours: str
    author: str
    text: str
    state: TranscriptionState


@dataclass(frozen=True, slots=True)
class Incoming:
    """What another annotator wrote for a line; ``base`` is the text and state that they began with."""

    edit: TextEdit
    base: tuple[str, TranscriptionState] | None


@dataclass(frozen=True, slots=True)
class MergedTexts:
    """``taken``: lines changed only there. ``both``: our text and theirs where two people wrote.

    ``again``: lines whose text was taken from the same reader before, which says nothing of how far two
    people agree. ``waiting``: lines that are to be decided; ``gone``: lines that are on no page any more,
    whose texts are kept all the same.
    """

    taken: int
    both: tuple[tuple[str, str], ...]
    again: int
    waiting: int
    gone: int
    change: Change


def put_second_readings(session: Session, readings: Sequence[TextEdit]) -> int:
    """Keep what others wrote, within a running transaction; returns how many are to be decided.

    The same text of the same author is asked about only once, however often it is merged.
    """
    waiting = 0
    for reading in readings:
        text = normalize_text(reading.text)
        present = session.get(SecondReadingRow, (reading.line_id, reading.author))
        if present is not None and present.text == text:
            waiting += not present.settled
            continue
        values = {"text": text, "state": str(reading.state), "settled": False, "at": utc_now()}
        statement = insert(SecondReadingRow).values(line_id=reading.line_id, author=reading.author, **values)
        keys = ["line_id", "author"]
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
        waiting += 1
    return waiting


def merge_texts(project: Project, incoming: Sequence[Incoming]) -> MergedTexts:
    """Take texts where nobody has changed the line here; keep the others as second readings.

    What is taken is one undo step. A text that is the same on both sides is left as it is.
    """
    take: list[TextEdit] = []
    clash: list[TextEdit] = []
    both: list[tuple[str, str]] = []
    again = 0
    with project.writing() as session:
        lines = [each.edit.line_id for each in incoming]
        here = present_texts(session, lines)
        gone, written_by = _gone(session, lines), _authors(session, lines)
        for each in incoming:
            line, ours = each.edit.line_id, here.get(each.edit.line_id)
            theirs = normalize_text(each.edit.text)
            if line in gone:
                clash.append(each.edit)
            elif ((ours.text, ours.state) if ours else None) == each.base:
                take.append(each.edit)
            else:
                # What was taken from them before they may have written anew; which is newer nobody knows.
                theirs_before = ours is not None and written_by[line] == each.edit.author
                differ = ours is None or ours.text != theirs
                if differ:
                    clash.append(each.edit)
                if not theirs_before:
                    both.append((ours.text if ours else "", theirs))
                again += theirs_before and not differ
        waiting = put_second_readings(session, [edit for edit in clash if edit.line_id not in gone])
        put_second_readings(session, [edit for edit in clash if edit.line_id in gone])
        change = write_texts(session, take, project.author, "merge")
    return MergedTexts(len(take), tuple(both), again, waiting, len(gone), change)


def _authors(session: Session, line_ids: Sequence[int]) -> dict[int, str]:
    """Who wrote the text of each line."""
    query = select(TranscriptionRow.line_id, TranscriptionRow.author)
    return {
        line: author
        for part in chunks(line_ids)
        for line, author in session.execute(query.where(TranscriptionRow.line_id.in_(part)))
    }


def _gone(session: Session, line_ids: Sequence[int]) -> set[int]:
    """Lines that were taken off their page."""
    return {
        line
        for part in chunks(line_ids)
        for line in session.scalars(select(LineRow.id).where(LineRow.id.in_(part), LineRow.deleted))
    }


def open_second_readings(project: Project) -> list[SecondReading]:
    """Those that nobody has decided about yet, in reading order."""
    query = (
        select(
            SecondReadingRow.line_id,
            PageRow.number,
            LineRow.order,
            TranscriptionRow.text,
            SecondReadingRow.author,
            SecondReadingRow.text,
            SecondReadingRow.state,
        )
        .join(LineRow, LineRow.id == SecondReadingRow.line_id)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(SecondReadingRow.settled.is_(False), LineRow.deleted.is_(False))
        .order_by(PageRow.number, LineRow.order, SecondReadingRow.author)
    )
    with project.reading() as session:
        return [
            SecondReading(line, number, order, ours or "", author, text, TranscriptionState(state))
            for line, number, order, ours, author, text, state in session.execute(query)
        ]


def settle(project: Project, reading: SecondReading, text: str | None) -> Change:
    """Decide: ``None`` keeps the line's own text, else ``text`` takes its place; one undo step either way.

    The other reading stays in the table.
    """
    line, reader = reading.line_id, reading.author
    with project.writing() as session:
        edits = []
        if text is not None:
            state = reading.state if reading.state.is_truth else TranscriptionState.CORRECTED
            edits = [TextEdit(line, text, state, reader if normalize_text(text) == reading.text else "")]
        before, after = replaced_texts(session, edits)
        put_texts(session, edits, project.author, "second")
        note_step(session, "second", [[line, reader, False], *before], [[line, reader, True], *after])
        return mark_settled(session, line, reader, True)


def mark_settled(session: Session, line_id: int, author: str, settled: bool) -> Change:
    """Note that somebody has decided about a reading, or that nobody has."""
    decided = (
        update(SecondReadingRow)
        .where(SecondReadingRow.line_id == line_id, SecondReadingRow.author == author)
        .values(settled=settled)
    )
    session.execute(decided, execution_options={"synchronize_session": False})
    return texts_changed(session, [line_id])
