"""Pages: adding, listing, their progress, split and rotation."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Select, case, delete, func, select
from sqlalchemy.orm import Session

from core.document import Page, PageProgress, Split, TranscriptionState
from core.errors import KnownError
from core.geometry import shape_rotated
from core.storage.changes import Change
from core.storage.lines import shape_of, write_shape
from core.storage.project import Project
from core.storage.schema import (
    DraftRow,
    JournalRow,
    LineRow,
    PageRow,
    TranscriptionHistoryRow,
    TranscriptionRow,
)


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page to be added; ``file`` is relative to the project folder and already there."""

    name: str
    file: str
    width: int
    height: int
    sha256: str
    group: str
    source: str
    split: Split | None = None


def page_of(row: PageRow) -> Page:
    """The value of a row."""
    return Page(
        id=row.id,
        number=row.number,
        name=row.name,
        file=row.file,
        width=row.width,
        height=row.height,
        rotation=row.rotation,
        sha256=row.sha256,
        split=Split(row.split) if row.split else None,
        group=row.group,
        source=row.source,
    )


def page_row(new: NewPage, number: int) -> PageRow:
    """A row for a new page, not yet in a session."""
    return PageRow(
        number=number,
        name=new.name,
        file=new.file,
        width=new.width,
        height=new.height,
        rotation=0,
        sha256=new.sha256,
        split=new.split,
        group=new.group,
        source=new.source,
    )


def known_hashes(project: Project) -> dict[str, Page]:
    """Pages by content hash, to recognise duplicates."""
    return {page.sha256: page for page in list_pages(project)}


def list_pages(project: Project) -> list[Page]:
    """All pages in their order."""
    with project.reading() as session:
        return [page_of(row) for row in session.scalars(select(PageRow).order_by(PageRow.number))]


def get_page(project: Project, page_id: int) -> Page:
    """One page.

    Raises:
        KnownError: If there is none with that id.
    """
    with project.reading() as session:
        return page_of(existing_page(session, page_id))


def existing_page(session: Session, page_id: int) -> PageRow:
    """The row of a page.

    Raises:
        KnownError: If there is none with that id.
    """
    row = session.get(PageRow, page_id)
    if row is None:
        raise KnownError(
            f"There is no page {page_id} in this project; list the pages and choose one of them."
        )
    return row


def find_pages(project: Project, names: Collection[str]) -> list[Page]:
    """Pages by number or name (with or without suffix), in page order; no names means all pages.

    Raises:
        KnownError: If a name fits no page.
    """
    pages = list_pages(project)
    if not names:
        return pages
    chosen: set[int] = set()
    for name in names:
        fitting = {p.id for p in pages if name in (str(p.number), p.name, Path(p.name).stem)}
        if not fitting:
            raise KnownError(
                f"No page is called “{name}” in {project.name}; "
                f"pages go by number (1 to {len(pages)}) or file name."
            )
        chosen |= fitting
    return [page for page in pages if page.id in chosen]


def scan_path(project: Project, page: Page) -> Path:
    """Where the scan of a page lies."""
    return project.folder / page.file


def page_progress(project: Project) -> dict[int, PageProgress]:
    """How far each page is; pages without lines are present with zeros."""
    with project.reading() as session:
        progress = dict.fromkeys(session.scalars(select(PageRow.id)), PageProgress())
        for row in session.execute(_progress_query()):
            progress[row.page_id] = PageProgress(
                lines=row.lines,
                drafted=row.drafted,
                corrected=row.corrected,
                reviewed=row.reviewed,
                unreadable=row.unreadable,
                doubt=row.doubt or 0.0,
            )
        return progress


def _progress_query() -> Select[tuple[object, ...]]:
    def count(state: TranscriptionState) -> ColumnElement[int]:
        return func.sum(case((TranscriptionRow.state == state, 1), else_=0))

    query: Select[tuple[object, ...]] = (
        select(
            LineRow.page_id,
            func.count(LineRow.id).label("lines"),
            func.count(LineRow.current_draft_id).label("drafted"),
            count(TranscriptionState.CORRECTED).label("corrected"),
            count(TranscriptionState.REVIEWED).label("reviewed"),
            count(TranscriptionState.UNREADABLE).label("unreadable"),
            (1.0 - func.avg(DraftRow.confidence)).label("doubt"),
        )
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .outerjoin(DraftRow, DraftRow.id == LineRow.current_draft_id)
        .where(LineRow.deleted.is_(False))
        .group_by(LineRow.page_id)
    )
    return query


def set_split(project: Project, page_ids: Collection[int], split: Split | None) -> Change:
    """Say what pages serve for: training, validation, test, or undecided (``None``)."""
    with project.writing() as session:
        for row in session.scalars(select(PageRow).where(PageRow.id.in_(page_ids))):
            row.split = split
    return Change(pages=frozenset(page_ids))


def rotate_page(project: Project, page_id: int, degrees: int) -> Change:
    """Turn a page clockwise by 90, 180 or 270 degrees, with all its lines.

    Earlier undo steps on the layout of this page would not fit any more and are dropped; the texts stay.

    Raises:
        KnownError: If ``degrees`` is no quarter turn.
    """
    if degrees % 90:
        raise KnownError(f"A page can be turned by 90, 180 or 270 degrees, not by {degrees}.")
    with project.writing() as session:
        page = existing_page(session, page_id)
        lines = list(session.scalars(select(LineRow).where(LineRow.page_id == page_id)))
        for line in lines:
            write_shape(line, shape_rotated(shape_of(line), degrees % 360, page.width, page.height))
            line.current_draft_id = None
        if degrees % 180:
            page.width, page.height = page.height, page.width
        page.rotation = (page.rotation + degrees) % 360
        session.execute(delete(JournalRow).where(JournalRow.kind == "layout"))
        return Change(pages=frozenset({page_id}), lines=frozenset(line.id for line in lines))


def delete_pages(project: Project, page_ids: Collection[int]) -> Change:
    """Take pages without human text out of the project; their scans are deleted.

    Raises:
        KnownError: If a page carries human text, which is never dropped.
    """
    with project.writing() as session:
        texts = session.scalar(
            select(func.count(TranscriptionHistoryRow.id))
            .join(LineRow, LineRow.id == TranscriptionHistoryRow.line_id)
            .where(LineRow.page_id.in_(page_ids))
        )
        if texts:
            raise KnownError(
                "These pages carry text that people wrote, and that is never deleted; "
                "set their split aside instead, or start a new project without them."
            )
        rows = list(session.scalars(select(PageRow).where(PageRow.id.in_(page_ids))))
        files = [project.folder / row.file for row in rows]
        for row in rows:
            session.delete(row)
        session.execute(delete(JournalRow).where(JournalRow.kind == "layout"))
    for file in files:
        file.unlink(missing_ok=True)
    return Change(pages=frozenset(page_ids))
