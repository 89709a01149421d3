"""What a queue over all lines has to know of each: where it is, whether it is open, how doubtful."""

import datetime as dt
import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from core.document import GAP_ERRORS, TranscriptionState
from core.storage.project import Project
from core.storage.schema import DraftRow, LineRow, PageRow, TranscriptionRow

CHUNK = 2000
"""Rows fetched at a time: a few MB."""

DOUBT = (DraftRow.line_id, DraftRow.model_id, DraftRow.text, DraftRow.characters)
"""Columns that ``unpacked_doubt`` takes."""


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A line in its project.

    ``written``: a human has begun a text of it. ``draft``: id and time of the newest draft; the same draft
    has the same pair.
    """

    line_id: int
    page_id: int
    page_number: int
    order: int
    open: bool
    written: bool
    draft: tuple[int, dt.datetime] | None


@dataclass(frozen=True, slots=True)
class DraftDoubt:
    """``doubts``: 1 - confidence (0-1) of each character of ``text``; ``gaps``: places of lost characters."""

    line_id: int
    model_id: int
    text: str
    doubts: NDArray[np.float32]
    gaps: int

    @property
    def promised(self) -> float:
        """Expected number of wrong characters, if confidences hold what they say."""
        return float(self.doubts.sum()) + GAP_ERRORS * self.gaps


def line_places(project: Project, page_ids: Collection[int] | None = None) -> Iterator[LinePlace]:
    """All lines of the project, or of some pages, in reading order."""
    query = (
        select(
            LineRow.id,
            LineRow.page_id,
            PageRow.number,
            LineRow.order,
            TranscriptionRow.state,
            DraftRow.id,
            DraftRow.created_at,
        )
        .join(PageRow, PageRow.id == LineRow.page_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .outerjoin(DraftRow, DraftRow.id == LineRow.current_draft_id)
        .where(LineRow.deleted.is_(False))
        .order_by(PageRow.number, LineRow.order)
        .execution_options(yield_per=CHUNK)
    )
    if page_ids is not None:
        query = query.where(LineRow.page_id.in_(page_ids))
    with project.reading() as session:
        for line_id, page_id, number, order, state, draft_id, drafted_at in session.execute(query):
            yield LinePlace(
                line_id,
                page_id,
                number,
                order,
                state is None or state == TranscriptionState.OPEN,
                state is not None,
                (draft_id, drafted_at) if draft_id is not None else None,
            )


def draft_texts(project: Project, line_ids: Sequence[int]) -> dict[int, str]:
    """Texts of the newest drafts by line; lines that have none or are gone are left out."""
    texts: dict[int, str] = {}
    with project.reading() as session:
        for start in range(0, len(line_ids), CHUNK):
            query = (
                select(LineRow.id, DraftRow.text)
                .join(DraftRow, DraftRow.id == LineRow.current_draft_id)
                .where(LineRow.id.in_(line_ids[start : start + CHUNK]), LineRow.deleted.is_(False))
            )
            texts.update(session.execute(query).all())
    return texts


def draft_doubts(project: Project, draft_ids: Sequence[int]) -> Iterator[DraftDoubt]:
    """The doubts of some drafts, a few thousand fetched at a time."""
    for start in range(0, len(draft_ids), CHUNK):
        query = select(*DOUBT).where(DraftRow.id.in_(draft_ids[start : start + CHUNK]))
        with project.reading() as session:
            rows = session.execute(query).all()
        for line_id, model_id, text, packed in rows:
            yield unpacked_doubt(line_id, model_id, text, packed)


def unpacked_doubt(line_id: int, model_id: int, text: str, packed: bytes) -> DraftDoubt:
    """Straight from the packed form: a hundred thousand ``Recognition`` values would take a minute."""
    characters, gaps = json.loads(zlib.decompress(packed))
    doubts = np.array([1.0 - character[1] for character in characters], dtype=np.float32)
    return DraftDoubt(line_id, model_id, text, doubts, len(gaps))
