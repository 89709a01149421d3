"""What became of readings: what their confidences promised, and what really stands in the lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select

from core.document import TranscriptionState
from core.storage.project import Project
from core.storage.queue import DOUBT, unpacked_doubt
from core.storage.schema import (
    AcceptedLineRow,
    DraftRow,
    EvaluationLineRow,
    EvaluationRow,
    LineRow,
    ModelRow,
    TranscriptionRow,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reading of a line by a model, and its truth; ``promised``: characters expected to be wrong."""

    model_id: int
    model: str
    page_id: int
    line_id: int
    text: str
    promised: float
    truth: str


def draft_outcomes(project: Project, lines: int) -> Iterator[Outcome]:
    """All drafts of the ``lines`` that a human has settled last; those accepted unseen are left out.

    So are accepted lines that somebody corrected in passing: those are chosen by their being wrong, unless
    they were drawn for the audit.
    """
    unseen = exists().where(
        AcceptedLineRow.line_id == TranscriptionRow.line_id,
        AcceptedLineRow.edits.is_(None),
        or_(AcceptedLineRow.text == TranscriptionRow.text, AcceptedLineRow.audited.is_(False)),
    )
    newest = (
        select(TranscriptionRow.line_id, TranscriptionRow.text)
        .where(TranscriptionRow.state.in_(state for state in TranscriptionState if state.is_truth), ~unseen)
        .order_by(TranscriptionRow.updated_at.desc())
        .limit(lines)
        .subquery()
    )
    query = (
        select(*DOUBT, ModelRow.name, LineRow.page_id, newest.c.text)
        .join(newest, newest.c.line_id == DraftRow.line_id)
        .join(LineRow, LineRow.id == DraftRow.line_id)
        .join(ModelRow, ModelRow.id == DraftRow.model_id)
        .where(LineRow.deleted.is_(False))
    )
    with project.reading() as session:
        rows = session.execute(query).all()
    for line, model_id, text, packed, model, page, truth in rows:
        promised = unpacked_doubt(line, model_id, text, packed).promised
        yield Outcome(model_id, model, page, line, text, promised, truth)


def evaluation_outcomes(project: Project) -> Iterator[Outcome]:
    """All lines of the newest evaluation of each model and split whose confidences were kept."""
    newest = select(func.max(EvaluationRow.id)).group_by(EvaluationRow.model_id, EvaluationRow.split)
    query = (
        select(
            ModelRow.id,
            ModelRow.name,
            LineRow.page_id,
            LineRow.id,
            EvaluationLineRow.text,
            EvaluationLineRow.promised,
            EvaluationLineRow.truth,
        )
        .join(EvaluationRow, EvaluationRow.id == EvaluationLineRow.evaluation_id)
        .join(ModelRow, ModelRow.id == EvaluationRow.model_id)
        .join(LineRow, LineRow.id == EvaluationLineRow.line_id)
        .where(EvaluationRow.id.in_(newest))
    )
    with project.reading() as session:
        rows = session.execute(query).all()
    for model_id, model, page, line, text, promised, truth in rows:
        if promised is not None:
            yield Outcome(model_id, model, page, line, text, promised, truth)
