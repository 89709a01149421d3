"""Which of a line's drafts were read from the picture that the line shows now.

Each draft keeps the outline within which it was read and how its page was turned then. Drafts from before
that was noted have neither.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.document import LineShape, Point
from core.geometry import same_picture
from core.storage.schema import DraftRow, LineRow, PageRow

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


def newest_fitting(session: Session, row: LineRow) -> int | None:
    """The newest draft that was read from the picture that a line shows now; ``None`` if there is none."""
    shape = shape_within(row.polygon, row.direction, row.baseline)
    rotation = session.get_one(PageRow, row.page_id).rotation
    query = (
        select(DraftRow.id, DraftRow.read_shape)
        .where(DraftRow.line_id == row.id)
        .order_by(DraftRow.created_at.desc())
    )
    return next((draft for draft, read in session.execute(query) if fits(read, shape, rotation)), None)


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
