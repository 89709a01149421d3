"""Finding lines by their text."""

from dataclasses import dataclass

from sqlalchemy import func, select

from core.storage.project import Project
from core.storage.schema import DraftRow, LineRow, PageRow, TranscriptionRow


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line whose text contains what was searched."""

    line_id: int
    page_id: int
    page_number: int
    order: int
    text: str


def search_lines(project: Project, needle: str, limit: int = 50) -> list[FoundLine]:
    """Lines whose human text (or draft, where there is none) contains ``needle``, in reading order."""
    text = func.coalesce(TranscriptionRow.text, DraftRow.text)
    query = (
        select(LineRow.id, LineRow.page_id, PageRow.number, LineRow.order, text)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .outerjoin(DraftRow, DraftRow.id == LineRow.current_draft_id)
        .where(LineRow.deleted.is_(False), text.contains(needle, autoescape=True))
        .order_by(PageRow.number, LineRow.order)
        .limit(limit)
    )
    with project.reading() as session:
        return [FoundLine(*row) for row in session.execute(query)]
