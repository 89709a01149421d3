"""Corrected lines with what models read in them, and what each model had learned from."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from core.document import TranscriptionState
from core.storage.drafts import unpack_recognition
from core.storage.project import Project
from core.storage.schema import (
    DraftRow,
    EvaluationLineRow,
    EvaluationRow,
    LineRow,
    ModelRow,
    PageRow,
    TranscriptionRow,
)
from core.storage.text_batches import chunks

_TRUE = tuple(str(state) for state in TranscriptionState if state.is_truth)
_STRETCH = 1000


@dataclass(frozen=True, slots=True)
class Label:
    """A corrected line: what a human vouches for, and where it stands."""

    line_id: int
    page_id: int
    page_number: int
    order: int
    text: str
    state: TranscriptionState
    revision: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model read in a line; ``confidences`` by character, or ``None`` if they were not kept."""

    line_id: int
    model: str
    text: str
    confidences: tuple[float, ...] | None = None


def labels(project: Project) -> list[Label]:
    """All corrected lines, in reading order."""
    query = (
        select(
            LineRow.id,
            LineRow.page_id,
            PageRow.number,
            LineRow.order,
            TranscriptionRow.text,
            TranscriptionRow.state,
            TranscriptionRow.revision,
        )
        .join(PageRow, PageRow.id == LineRow.page_id)
        .join(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.deleted.is_(False), TranscriptionRow.state.in_(_TRUE))
        .order_by(PageRow.number, LineRow.order)
    )
    with project.reading() as session:
        return [
            Label(line, page, number, order, text, TranscriptionState(state), revision)
            for line, page, number, order, text, state, revision in session.execute(query)
        ]


def evaluation_readings(project: Project) -> Iterator[Reading]:
    """What the newest evaluation of each model and split read, the newest model first."""
    newest = select(func.max(EvaluationRow.id)).group_by(EvaluationRow.model_id, EvaluationRow.split)
    query = (
        select(EvaluationLineRow.line_id, ModelRow.name, EvaluationLineRow.text)
        .join(EvaluationRow, EvaluationRow.id == EvaluationLineRow.evaluation_id)
        .join(ModelRow, ModelRow.id == EvaluationRow.model_id)
        .where(EvaluationRow.id.in_(newest), EvaluationRow.split.in_(("val", "test")))
        .order_by(ModelRow.id.desc())
    )
    with project.reading() as session:
        for line, model, text in session.execute(query):
            yield Reading(line, model, text)


def draft_readings(project: Project, line_ids: list[int]) -> Iterator[Reading]:
    """All drafts of some lines with their confidences, the newest first."""
    for part in chunks(line_ids, _STRETCH):
        query = (
            select(DraftRow.line_id, ModelRow.name, DraftRow.text, DraftRow.characters)
            .join(ModelRow, ModelRow.id == DraftRow.model_id)
            .where(DraftRow.line_id.in_(part))
            .order_by(DraftRow.created_at.desc())
        )
        with project.reading() as session:
            rows = session.execute(query).all()
        for line, model, text, packed in rows:
            sure = tuple(c.confidence for c in unpack_recognition(packed).characters)
            yield Reading(line, model, text, sure if len(sure) == len(text) else None)
