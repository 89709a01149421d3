"""Evaluations: how a model version read the lines of a split, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.document import Split
from core.storage.models import existing_model
from core.storage.project import Project
from core.storage.schema import EvaluationLineRow, EvaluationRow, ModelRow
from core.versions import Evaluation, LineScore


@dataclass(frozen=True, slots=True)
class NewEvaluation:
    """Totals and per-line results to be stored."""

    model: str
    split: Split
    characters: int
    cer: float
    accuracy_lcs: float
    wer: float
    exact: int
    lines_per_second: float
    scores: Sequence[LineScore]


def save_evaluation(project: Project, new: NewEvaluation) -> Evaluation:
    """Store an evaluation; earlier ones of the same model and split stay, the newest counts.

    Its CER is noted among the model version's scores.
    """
    with project.writing() as session:
        return insert_evaluation(session, new)


def insert_evaluation(session: Session, new: NewEvaluation) -> Evaluation:
    """Store an evaluation within a running transaction."""
    model = existing_model(session, new.model)
    model.scores = {**model.scores, f"{new.split}_cer": new.cer}
    row = EvaluationRow(
        model_id=model.id,
        split=new.split,
        lines=len(new.scores),
        characters=new.characters,
        cer=new.cer,
        accuracy_lcs=new.accuracy_lcs,
        wer=new.wer,
        exact=new.exact,
        lines_per_second=new.lines_per_second,
    )
    session.add(row)
    session.flush()
    session.add_all(
        EvaluationLineRow(
            evaluation_id=row.id,
            line_id=score.line_id,
            truth=score.truth,
            text=score.text,
            edits=score.edits,
            characters=score.characters,
            promised=score.promised,
        )
        for score in new.scores
    )
    return _evaluation(row, new.model)


def latest_evaluation(project: Project, model: str, split: Split) -> Evaluation | None:
    """The newest evaluation of a model on a split."""
    query = (
        select(EvaluationRow)
        .join(ModelRow, ModelRow.id == EvaluationRow.model_id)
        .where(ModelRow.name == model, EvaluationRow.split == split)
        .order_by(EvaluationRow.id.desc())
        .limit(1)
    )
    with project.reading() as session:
        row = session.scalar(query)
        return _evaluation(row, model) if row else None


def line_scores(project: Project, evaluation_id: int) -> list[LineScore]:
    """Per-line results of an evaluation, in the order they were stored."""
    query = select(EvaluationLineRow).where(EvaluationLineRow.evaluation_id == evaluation_id)
    with project.reading() as session:
        return [
            LineScore(r.line_id, r.truth, r.text, r.edits, r.characters, r.promised)
            for r in session.scalars(query)
        ]


def _evaluation(row: EvaluationRow, model: str) -> Evaluation:
    return Evaluation(
        id=row.id,
        model=model,
        split=Split(row.split),
        lines=row.lines,
        characters=row.characters,
        cer=row.cer,
        accuracy_lcs=row.accuracy_lcs,
        wer=row.wer,
        exact=row.exact,
        lines_per_second=row.lines_per_second,
        created_at=row.created_at,
    )
