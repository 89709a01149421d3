"""Drafts accepted together, and what a blind audit of some of them found."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from core.document import TranscriptionState, normalize_text
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import (
    AcceptanceRow,
    AcceptedLineRow,
    DraftRow,
    LineRow,
    TranscriptionRow,
)
from core.storage.text_batches import (
    TextEdit,
    chunks,
    note_step,
    present_texts,
    put_texts,
    replaced_texts,
    texts_changed,
    withdraw_texts,
    write_texts,
)
from core.wording import say

AUDITED = 0.05
"""Share (0-1) of an acceptance that is read again; at least one line."""

_EXECUTE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A line with the text that was accepted; ``edits`` is ``None`` until its auditor has read it."""

    line_id: int
    text: str
    audited: bool
    edits: int | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """``budget`` and ``expected``: wrong characters allowed, and expected from the drafts."""

    id: int
    author: str
    budget: float
    expected: float
    at: dt.datetime
    lines: tuple[AcceptedLine, ...]


def accept_drafts(
    project: Project, line_ids: Sequence[int], *, budget: float, expected: float
) -> tuple[Acceptance, Change]:
    """Take the newest drafts of some lines as their text, as one undo step; a random part is to be audited.

    Lines that a human has begun meanwhile, or that have no draft any more, are left as they are. The random
    choice is a function of the acceptance's id.

    Raises:
        KnownError: If no line is left to accept.
    """
    with project.writing() as session:
        texts: dict[int, str] = {}
        for part in chunks(line_ids):
            query = (
                select(LineRow.id, DraftRow.text)
                .join(DraftRow, DraftRow.id == LineRow.current_draft_id)
                .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
                .where(
                    LineRow.id.in_(part),
                    LineRow.deleted.is_(False),
                    DraftRow.text != "",
                    TranscriptionRow.line_id.is_(None),
                )
            )
            texts.update((line, text) for line, text in session.execute(query))
        if not texts:
            raise KnownError(say("No line is left to accept: all of them have human text by now."))
        row = AcceptanceRow(author=project.author, budget=budget, expected=expected)
        session.add(row)
        session.flush()
        audited = set(_sample(row.id, list(texts)))
        session.execute(
            insert(AcceptedLineRow),
            [
                {
                    "acceptance_id": row.id,
                    "line_id": line,
                    "text": normalize_text(text),
                    "audited": line in audited,
                }
                for line, text in texts.items()
            ],
        )
        edits = [TextEdit(line, text, TranscriptionState.CORRECTED) for line, text in texts.items()]
        change = write_texts(session, edits, project.author, "accept")
        number = row.id
    return get_acceptance(project, number), change


def _sample(acceptance_id: int, line_ids: Sequence[int]) -> list[int]:
    count = max(1, round(AUDITED * len(line_ids)))
    return random.Random(acceptance_id).sample(sorted(line_ids), count)


def list_acceptances(project: Project) -> list[Acceptance]:
    """All acceptances, newest first."""
    with project.reading() as session:
        rows = list(session.scalars(select(AcceptanceRow).order_by(AcceptanceRow.id.desc())))
        lines: dict[int, list[AcceptedLine]] = {row.id: [] for row in rows}
        for line in session.scalars(select(AcceptedLineRow).order_by(AcceptedLineRow.line_id)):
            accepted = AcceptedLine(line.line_id, line.text, line.audited, line.edits)
            lines[line.acceptance_id].append(accepted)
        return [
            Acceptance(row.id, row.author, row.budget, row.expected, row.at, tuple(lines[row.id]))
            for row in rows
        ]


def get_acceptance(project: Project, acceptance_id: int) -> Acceptance:
    """One acceptance.

    Raises:
        KnownError: If there is none with that id.
    """
    for acceptance in list_acceptances(project):
        if acceptance.id == acceptance_id:
            return acceptance
    raise KnownError(
        say("There is no acceptance {acceptance_id} in this project.", acceptance_id=acceptance_id)
    )


def standing_lines(project: Project, acceptance: Acceptance) -> list[int]:
    """Lines that still bear the accepted text, as nobody has touched them since."""
    texts = {line.line_id: line.text for line in acceptance.lines}
    with project.reading() as session:
        present = present_texts(session, list(texts))
    return [
        line
        for line, found in present.items()
        if found.text == texts[line] and found.state is TranscriptionState.CORRECTED
    ]


def read_since(project: Project, acceptance: Acceptance) -> dict[int, str]:
    """What stands now in lines to be audited that a human has read before their auditor came to them."""
    waiting = [line.line_id for line in acceptance.lines if line.audited and line.edits is None]
    standing = set(standing_lines(project, acceptance))
    with project.reading() as session:
        present = present_texts(session, waiting)
    return {
        line: found.text for line, found in present.items() if found.state.is_truth and line not in standing
    }


def save_audit(project: Project, acceptance_id: int, line_id: int, text: str, edits: int) -> Change:
    """Store what the auditor read: it becomes the line's text, and its edits count unless that is undone.

    Args:
        project: The open project.
        acceptance_id: Which acceptance.
        line_id: One of its lines that are to be audited.
        text: What stands in the line.
        edits: Characters in which the accepted text differs from it.
    """
    texts = [TextEdit(line_id, text, TranscriptionState.CORRECTED)]
    with project.writing() as session:
        before, after = replaced_texts(session, texts)
        put_texts(session, texts, project.author, "audit")
        counted = select(AcceptedLineRow.edits).where(*_accepted(acceptance_id, line_id))
        note_step(
            session,
            "audit",
            [[acceptance_id, line_id, session.scalar(counted)], *before],
            [[acceptance_id, line_id, edits], *after],
        )
        return count_edits(session, acceptance_id, line_id, edits)


def count_edits(session: Session, acceptance_id: int, line_id: int, edits: int | None) -> Change:
    """Note in how many characters an auditor found an accepted text wrong; ``None``: yet to be read."""
    noted = update(AcceptedLineRow).where(*_accepted(acceptance_id, line_id)).values(edits=edits)
    session.execute(noted, execution_options=_EXECUTE)
    return texts_changed(session, [line_id])


def _accepted(acceptance_id: int, line_id: int) -> tuple[ColumnElement[bool], ...]:
    return AcceptedLineRow.acceptance_id == acceptance_id, AcceptedLineRow.line_id == line_id


def reopen(project: Project, texts: Mapping[int, str]) -> Change:
    """Give accepted lines back to the annotators, with their drafts; one undo step.

    Args:
        project: The open project.
        texts: Lines that are given back, with the text that they must still have.
    """
    with project.writing() as session:
        present = present_texts(session, list(texts))
        lines = [line for line, found in present.items() if found.text == texts[line]]
        if not lines:
            return Change()
        before = [[line, present[line].text, str(present[line].state)] for line in lines]
        withdraw_texts(session, lines, project.author, "reopen")
        note_step(session, "texts", before, [])
        return texts_changed(session, lines)
