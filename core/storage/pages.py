"""Pages: adding, listing, their progress, split and rotation."""

import dataclasses
from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from core.document import LineShape, Page, PageProgress, Split
from core.errors import KnownError
from core.files import remove
from core.geometry import shape_rotated
from core.storage.changes import Change
from core.storage.lines import shape_of, write_shape
from core.storage.project import Project
from core.storage.read_shapes import forget_evaluations, note_where_read, show_fitting
from core.storage.schema import JournalRow, LineRow, PageCountRow, PageRow, TranscriptionHistoryRow
from core.storage.unfinished import forget_unfinished
from core.wording import say

TURN = "turn"
"""Undo step: pages that were turned, each with how many degrees."""

_PAGE_COLUMNS = tuple(getattr(PageRow, each.name) for each in dataclasses.fields(Page))
_COUNT_COLUMNS = tuple(getattr(PageCountRow, each.name) for each in dataclasses.fields(PageProgress))


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
    rotation: int = 0


def page_of(row: PageRow) -> Page:
    """The value of a row."""
    return _page(*(getattr(row, each.name) for each in dataclasses.fields(Page)))


def page_row(new: NewPage, number: int) -> PageRow:
    """A row for a new page, not yet in a session."""
    return PageRow(
        number=number,
        name=new.name,
        file=new.file,
        width=new.width,
        height=new.height,
        rotation=new.rotation,
        sha256=new.sha256,
        split=new.split,
        group=new.group,
        source=new.source,
    )


def known_hashes(project: Project) -> dict[str, Page]:
    """Pages by content hash, to recognise duplicates."""
    return {page.sha256: page for page in list_pages(project)}


def list_pages(project: Project, page_ids: Collection[int] | None = None) -> list[Page]:
    """All pages in their order, or those of them that are asked for."""
    query = select(*_PAGE_COLUMNS).order_by(PageRow.number)
    if page_ids is not None:
        query = query.where(PageRow.id.in_(page_ids))
    with project.reading() as session:
        # Columns by place instead of rows by name: two thousand pages come in a few milliseconds.
        return [_page(*values) for values in session.execute(query)]


def _page(
    page_id: int,
    number: int,
    name: str,
    file: str,
    width: int,
    height: int,
    rotation: int,
    sha256: str,
    split: str | None,
    group: str,
    source: str,
) -> Page:
    known = Split(split) if split else None
    return Page(page_id, number, name, file, width, height, rotation, sha256, known, group, source)


def pages_after(project: Project, known: Sequence[Page], changed: Set[int]) -> list[Page]:
    """All pages after a change of some, given those before; only what changed is read."""
    places = {page.id: place for place, page in enumerate(known)}
    present = list_pages(project, changed)
    if changed - places.keys() or len(present) < len(changed):
        return list_pages(project)
    pages = list(known)
    for page in present:
        if page.number != pages[places[page.id]].number:
            return list_pages(project)
        pages[places[page.id]] = page
    return pages


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
            say(
                "There is no page {page_id} in this project; list the pages and choose one of them.",
                page_id=page_id,
            )
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
                say(
                    "No page is called “{name}” in {project}; pages go by number (1 to {count}) or "
                    "file name.",
                    name=name,
                    project=project.name,
                    count=len(pages),
                )
            )
        chosen |= fitting
    return [page for page in pages if page.id in chosen]


def scan_path(project: Project, page: Page) -> Path:
    """Where the scan of a page lies."""
    return project.folder / page.file


def page_progress(project: Project, page_ids: Collection[int] | None = None) -> dict[int, PageProgress]:
    """How far each page is, or each of those asked for; pages without lines are present with zeros."""
    query = select(PageCountRow.page_id, *_COUNT_COLUMNS)
    if page_ids is not None:
        query = query.where(PageCountRow.page_id.in_(page_ids))
    with project.reading() as session:
        return {page_id: PageProgress(*counts) for page_id, *counts in session.execute(query)}


def project_progress(project: Project) -> tuple[int, PageProgress]:
    """How many pages there are, and how far they are together; ``doubt`` is their mean."""
    names = [each.name for each in dataclasses.fields(PageProgress) if each.name != "doubt"]
    sums = [func.coalesce(func.sum(getattr(PageCountRow, name)), 0) for name in names]
    doubt = func.coalesce(func.avg(PageCountRow.doubt), 0.0)
    with project.reading() as session:
        pages, mean, *counts = session.execute(select(func.count(PageCountRow.page_id), doubt, *sums)).one()
    return pages, PageProgress(**dict(zip(names, counts, strict=True)), doubt=mean)


def set_split(project: Project, page_ids: Collection[int], split: Split | None) -> Change:
    """Say what pages serve for: training, validation, test, or undecided (``None``)."""
    with project.writing() as session:
        session.execute(update(PageRow).where(PageRow.id.in_(page_ids)).values(split=split))
    return Change(pages=frozenset(page_ids))


def rotate_page(project: Project, page_id: int, degrees: int) -> Change:
    """Turn a page clockwise by 90, 180 or 270 degrees, with all its lines.

    Earlier undo steps on the layout of this page are turned, too; drafts are set aside, and come back when
    the page is turned back to how they were read.

    Raises:
        KnownError: If ``degrees`` is no quarter turn.
    """
    if degrees % 90:
        raise KnownError(
            say("A page can be turned by 90, 180 or 270 degrees, not by {degrees}.", degrees=degrees)
        )
    with project.writing() as session:
        return turn_page(session, page_id, degrees)


def turn_page(session: Session, page_id: int, degrees: int) -> Change:
    """Turn a page with all that lies on it, within a running transaction; ``degrees`` are quarter turns."""
    page = existing_page(session, page_id)
    lines = list(session.scalars(select(LineRow).where(LineRow.page_id == page_id)))
    drafted = {line.current_draft_id: shape_of(line) for line in lines if line.current_draft_id}
    note_where_read(session, drafted, page_id)
    forget_evaluations(session, [line.id for line in lines])
    width, height = page.width, page.height

    def turned(shape: LineShape) -> LineShape:
        return shape_rotated(shape, degrees % 360, width, height)

    for line in lines:
        write_shape(line, turned(shape_of(line)))
    if degrees % 180:
        page.width, page.height = height, width
    page.rotation = (page.rotation + degrees) % 360
    set_aside = show_fitting(session, lines)
    _turn_layout_steps(session, page_id, turned)
    touched = frozenset(line.id for line in lines)
    return Change(pages=frozenset({page_id}), lines=touched, set_aside=set_aside)


def _turn_layout_steps(session: Session, page_id: int, turned: Callable[[LineShape], LineShape]) -> None:
    """Let the undo steps on the layout of a page put lines to where they belong now that it is turned.

    The step of a merge may be on other pages, too.
    """

    def moved(noted: dict[str, Any]) -> dict[str, Any]:
        if noted["page_id"] != page_id:
            return noted
        return {**noted, **turned(LineShape.from_json(noted)).to_json()}

    for step in session.scalars(select(JournalRow).where(JournalRow.kind == "layout")):
        step.before, step.after = (list(map(moved, side)) for side in (step.before, step.after))


def pages_with_text(project: Project, page_ids: Collection[int]) -> set[int]:
    """Which of some pages carry text that people wrote, be it withdrawn or on lines taken off the page."""
    with project.reading() as session:
        return set(session.scalars(_with_text(page_ids)))


def _with_text(page_ids: Collection[int]) -> Select[int]:
    return (
        select(LineRow.page_id)
        .where(
            LineRow.page_id.in_(page_ids),
            select(TranscriptionHistoryRow.id).where(TranscriptionHistoryRow.line_id == LineRow.id).exists(),
        )
        .distinct()
    )


def delete_pages(project: Project, page_ids: Collection[int]) -> Change:
    """Take pages without human text out of the project; their scans are deleted.

    Raises:
        KnownError: If a page carries human text, which is never dropped.
    """
    with project.writing() as session:
        if session.scalar(_with_text(page_ids).limit(1)) is not None:
            raise KnownError(
                say(
                    "These pages carry text that people wrote, and that is never deleted; set their "
                    "split aside instead, or start a new project without them."
                )
            )
        lines = set(session.scalars(select(LineRow.id).where(LineRow.page_id.in_(page_ids))))
        forget_unfinished(session, lines)
        _forget_steps(session, page_ids, lines)
        files = set(session.scalars(select(PageRow.file).where(PageRow.id.in_(page_ids))))
        session.execute(delete(PageRow).where(PageRow.id.in_(page_ids)))
        # Two pages may show one file; it goes with the last of them.
        files -= set(session.scalars(select(PageRow.file).where(PageRow.file.in_(files))))
    for file in files:
        remove(project.folder / file)
    return Change(pages=frozenset(page_ids))


def _forget_steps(session: Session, page_ids: Collection[int], line_ids: Collection[int]) -> None:
    """Take pages that go out of the undo steps on them; later pages and lines may get their ids."""
    for step in session.scalars(select(JournalRow).where(JournalRow.kind.in_(("layout", TURN, "comments")))):
        step.before, step.after = (
            [noted for noted in side if not _is_on(step.kind, noted, page_ids, line_ids)]
            for side in (step.before, step.after)
        )
        if not step.before and not step.after:
            session.delete(step)


def _is_on(kind: str, noted: Any, page_ids: Collection[int], line_ids: Collection[int]) -> bool:
    if kind == "layout":
        return noted["page_id"] in page_ids
    return noted[0] in (page_ids if kind == TURN else line_ids)
