"""Which of a line's drafts were read from the picture that the line shows now.

Each draft keeps the outline within which it was read and how its page was turned then. Drafts from before
that was noted have neither.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.document import LineShape, Point
from core.geometry import same_picture
from core.storage.schema import DraftRow, EvaluationLineRow, LineRow, PageRow

LINE_PLACE = (LineRow.id, LineRow.polygon, LineRow.direction, LineRow.baseline, PageRow.rotation)
"""Columns that say what a line shows; of its page beside the scan only how it is turned."""


def noted_place(shape: LineShape, rotation: int) -> dict[str, Any]:
    """Where a draft is read, as its row keeps it."""
    return {**shape.to_json(), "rotation": rotation}


def fits(read: dict[str, Any] | None, shape: LineShape, rotation: int) -> bool:
    """Whether a draft would be read the same within an outline of a page turned by ``rotation``."""
    if read is None or read.get("rotation", rotation) != rotation:
        return False
    within = LineShape.from_json(read)
    return within == shape or same_picture(within, shape)


def shape_within(polygon: list[Point], direction: str, baseline: list[Point] | None) -> LineShape:
    """Geometry from the columns of a line."""
    return LineShape.from_json({"polygon": polygon, "direction": direction, "baseline": baseline})


def note_where_read(session: Session, shapes: Mapping[int, LineShape], page_id: int) -> None:
    """Before lines of a page show other pictures: their drafts were read from these, where nobody noted that.

    Args:
        session: Of the act.
        shapes: What the lines show as yet, by id of the draft that each of them shows.
        page_id: The page, still turned as it was.
    """
    rotation = session.get_one(PageRow, page_id).rotation
    for draft in session.scalars(
        select(DraftRow).where(DraftRow.id.in_(shapes), DraftRow.read_shape.is_(None))
    ):
        draft.read_shape = noted_place(shapes[draft.id], rotation)


def forget_evaluations(session: Session, line_ids: Collection[int]) -> None:
    """Let no evaluation count lines that show another picture now than it has read.

    Otherwise a version that reads them as they are would be compared with one that read a bad outline. They
    are read anew when models are compared.
    """
    session.execute(
        delete(EvaluationLineRow)
        .where(EvaluationLineRow.line_id.in_(line_ids))
        .execution_options(synchronize_session=False)
    )


def show_fitting(session: Session, rows: Sequence[LineRow]) -> int:
    """Let lines of one page show their newest draft that was read from the picture they show now.

    Returns:
        How many of those lines that are on the page have lost a draft and show none now.
    """
    if not rows:
        return 0
    rotation = session.get_one(PageRow, rows[0].page_id).rotation
    query = (
        select(DraftRow.line_id, DraftRow.id, DraftRow.read_shape)
        .where(DraftRow.line_id.in_([row.id for row in rows]))
        .order_by(DraftRow.created_at.desc())
    )
    shapes = {row.id: shape_within(row.polygon, row.direction, row.baseline) for row in rows}
    found: dict[int, int] = {}
    for line_id, draft_id, read in session.execute(query):
        if line_id not in found and fits(read, shapes[line_id], rotation):
            found[line_id] = draft_id
    lost = sum(row.current_draft_id is not None and row.id not in found and not row.deleted for row in rows)
    for row in rows:
        row.current_draft_id = found.get(row.id)
    return lost


def next_newest(session: Session, model_id: int) -> dict[int, int]:
    """For lines that show a draft of a model: the newest fitting one of another model, if they have one.

    A draft of which nobody noted where it was read is taken to fit: most of them do, and without them all
    drafts of an older project would be gone with the model.
    """
    own = select(DraftRow.id).where(DraftRow.model_id == model_id)
    others = (
        select(*LINE_PLACE, DraftRow.id, DraftRow.read_shape)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .join(DraftRow, DraftRow.line_id == LineRow.id)
        .where(LineRow.current_draft_id.in_(own), DraftRow.model_id != model_id)
        .order_by(DraftRow.created_at.desc())
    )
    found: dict[int, int] = {}
    for line_id, *place, rotation, draft_id, read in session.execute(others):
        if line_id not in found and (read is None or fits(read, shape_within(*place), rotation)):
            found[line_id] = draft_id
    return found
