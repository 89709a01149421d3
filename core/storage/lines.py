"""Reading lines with what belongs to them, and adding found or imported ones."""

import random
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from core.document import (
    Direction,
    Line,
    LineEntry,
    LineImage,
    LineOrigin,
    LineShape,
    Point,
    Split,
    TranscriptionState,
)
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.drafts import draft_of
from core.storage.project import Project
from core.storage.schema import DraftRow, LineRow, ModelRow, PageRow, TranscriptionRow
from core.storage.text_batches import chunks
from core.storage.transcriptions import transcription_of
from core.wording import say


@dataclass(frozen=True, slots=True)
class TruthLine:
    """A line whose text a human vouches for, with all that training and evaluation need."""

    image: LineImage
    page_id: int
    group: str
    split: Split | None
    text: str
    direction: Direction


def shape_of(row: LineRow) -> LineShape:
    """Geometry of a row."""
    return _shape(row.polygon, row.direction, row.baseline)


def _shape(polygon: list[Point], direction: str, baseline: list[Point] | None) -> LineShape:
    return LineShape(
        polygon=tuple((x, y) for x, y in polygon),
        direction=Direction(direction),
        baseline=tuple((x, y) for x, y in baseline) if baseline else None,
    )


def write_shape(row: LineRow, shape: LineShape) -> None:
    """Put a geometry into a row; coordinates are kept to a tenth of a px."""
    row.polygon = [[round(x, 1), round(y, 1)] for x, y in shape.polygon]
    row.baseline = [[round(x, 1), round(y, 1)] for x, y in shape.baseline] if shape.baseline else None
    row.direction = shape.direction


def line_of(row: LineRow) -> Line:
    """The value of a row."""
    return Line(row.id, row.page_id, row.order, shape_of(row), LineOrigin(row.origin), row.tag)


def existing_line(session: Session, line_id: int) -> LineRow:
    """The row of a line that is not deleted.

    Raises:
        KnownError: If there is none with that id.
    """
    row = session.get(LineRow, line_id)
    if row is None or row.deleted:
        raise KnownError(
            say(
                "There is no line {line_id} any more; reload the page and choose another one.",
                line_id=line_id,
            )
        )
    return row


def page_lines(session: Session, page_id: int) -> list[LineRow]:
    """Rows of a page's lines in reading order."""
    return list(
        session.scalars(
            select(LineRow)
            .where(LineRow.page_id == page_id, LineRow.deleted.is_(False))
            .order_by(LineRow.order)
        )
    )


def _entries() -> Select[LineRow, DraftRow, str, TranscriptionRow]:
    return (
        select(LineRow, DraftRow, ModelRow.name, TranscriptionRow)
        .outerjoin(DraftRow, DraftRow.id == LineRow.current_draft_id)
        .outerjoin(ModelRow, ModelRow.id == DraftRow.model_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.deleted.is_(False))
    )


def _entry(
    line: LineRow, draft: DraftRow | None, model: str | None, transcription: TranscriptionRow | None
) -> LineEntry:
    return LineEntry(
        line=line_of(line),
        draft=draft_of(draft, model) if draft is not None and model is not None else None,
        transcription=transcription_of(transcription) if transcription is not None else None,
    )


def list_entries(
    project: Project, page_id: int, *, first: int = 0, count: int | None = None
) -> list[LineEntry]:
    """The lines of a page in reading order, each with newest draft and human text.

    Args:
        project: The open project.
        page_id: Which page.
        first: Lines to leave out at the beginning.
        count: How many lines at most; all by default.
    """
    query = _entries().where(LineRow.page_id == page_id).order_by(LineRow.order).offset(first)
    if count is not None:
        query = query.limit(count)
    with project.reading() as session:
        return [_entry(*row) for row in session.execute(query)]


def get_entry(project: Project, line_id: int) -> LineEntry:
    """One line with newest draft and human text.

    Raises:
        KnownError: If the line does not exist (any more).
    """
    with project.reading() as session:
        row = session.execute(_entries().where(LineRow.id == line_id)).one_or_none()
        if row is None:
            raise KnownError(
                say(
                    "There is no line {line_id} any more; reload the page and choose another one.",
                    line_id=line_id,
                )
            )
        return _entry(*row)


def line_images(project: Project, page_ids: Collection[int], *, only_open: bool = False) -> list[LineImage]:
    """What a recogniser needs of the lines of some pages, in page and reading order.

    Args:
        project: The open project.
        page_ids: Which pages.
        only_open: Leave out lines that a human has finished with.
    """
    query = (
        select(*_IMAGE_COLUMNS, TranscriptionRow.state)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.deleted.is_(False), LineRow.page_id.in_(page_ids))
        .order_by(PageRow.number, LineRow.order)
    )
    with project.reading() as session:
        return [
            _image(project, *image)
            for *image, state in session.execute(query)
            if not only_open or state in (None, TranscriptionState.OPEN)
        ]


# Columns instead of rows: a large project trains on tens of thousands of lines.
_IMAGE_COLUMNS = (
    LineRow.id,
    PageRow.file,
    PageRow.rotation,
    PageRow.width,
    PageRow.height,
    LineRow.polygon,
    LineRow.direction,
    LineRow.baseline,
)


def _image(
    project: Project,
    line_id: int,
    file: str,
    rotation: int,
    width: int,
    height: int,
    polygon: list[Point],
    direction: str,
    baseline: list[Point] | None,
) -> LineImage:
    shape = _shape(polygon, direction, baseline)
    return LineImage(line_id, project.folder / file, rotation, shape, (width, height))


def images_of(project: Project, line_ids: Collection[int]) -> list[LineImage]:
    """What is needed to cut some lines out of their scans, in page and reading order."""
    query = (
        select(*_IMAGE_COLUMNS)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .where(LineRow.id.in_(line_ids), LineRow.deleted.is_(False))
        .order_by(PageRow.number, LineRow.order)
    )
    with project.reading() as session:
        return [_image(project, *image) for image in session.execute(query)]


def truth_lines(
    project: Project, split: Split | None = None, *, sample: int | None = None
) -> list[TruthLine]:
    """Lines with human text in state corrected or reviewed, in page and reading order.

    Args:
        project: The open project.
        split: Of pages of one split; of all by default.
        sample: Only so many, drawn by chance, the same ones each time; a large project has 100 MB of them.
    """
    query = (
        select(*_IMAGE_COLUMNS, PageRow.id, PageRow.group, PageRow.split, TranscriptionRow.text)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .join(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(
            LineRow.deleted.is_(False),
            TranscriptionRow.text != "",
            TranscriptionRow.state.in_(_TRUE_STATES),
        )
        .order_by(PageRow.number, LineRow.order)
    )
    if split is not None:
        query = query.where(PageRow.split == split)
    with project.reading() as session:
        if sample is not None:
            ids = list(session.scalars(query.with_only_columns(LineRow.id).order_by(None)))
            chosen = random.Random(0).sample(sorted(ids), min(sample, len(ids)))
            query = query.where(LineRow.id.in_(chosen))
        return [
            _truth(_image(project, *image), page_id, group, serves, text)
            for *image, page_id, group, serves, text in session.execute(query)
        ]


_TRUE_STATES = tuple(str(state) for state in TranscriptionState if state.is_truth)


def _truth(image: LineImage, page_id: int, group: str, split: str | None, text: str) -> TruthLine:
    known = Split(split) if split else None
    return TruthLine(image, page_id, group, known, text, image.shape.direction)


def truth_text(project: Project, splits: Collection[Split | None], *, between: str = "") -> str:
    """All that people vouch for on pages of these splits (``None``: undecided ones), run together.

    It is put together by SQLite: a row of Python for each line would stop all other threads for seconds.
    """
    chosen = [PageRow.split.is_(None) if split is None else PageRow.split == split for split in splits]
    # Page by page: SQLite then walks along its index of lines and never reads an outline: 26 ms for 50,000.
    # Left to choose, it begins with its index of states, and takes 42.
    of_page = (
        select(func.group_concat(TranscriptionRow.text, between))
        .select_from(LineRow)
        .join(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.page_id == PageRow.id, LineRow.deleted.is_(False))
        .where(TranscriptionRow.state.in_(_TRUE_STATES))
        .scalar_subquery()
    )
    query = select(func.group_concat(of_page, between)).where(or_(*chosen))
    with project.reading() as session:
        return session.scalar(query) or ""


def page_of_lines(project: Project, line_ids: Collection[int]) -> dict[int, int]:
    """The page on which each of some lines is, by line id."""
    with project.reading() as session:
        found: dict[int, int] = {}
        for part in chunks(tuple(line_ids)):
            query = select(LineRow.id, LineRow.page_id).where(LineRow.id.in_(part))
            found.update(session.execute(query).all())
        return found


def list_tags(project: Project) -> list[str]:
    """All tags of the project's lines, the most frequent first."""
    query = (
        select(LineRow.tag)
        .where(LineRow.deleted.is_(False), LineRow.tag != "")
        .group_by(LineRow.tag)
        .order_by(func.count().desc(), LineRow.tag)
    )
    with project.reading() as session:
        return list(session.scalars(query))


def new_row(page_id: int, order: int, shape: LineShape, origin: LineOrigin, tag: str = "") -> LineRow:
    """A row for a new line, not yet in a session."""
    row = LineRow(page_id=page_id, order=order, origin=origin, tag=tag, deleted=False)
    write_shape(row, shape)
    return row


def lines_changed(session: Session, line_ids: Collection[int]) -> Change:
    """The change that tells of new text or drafts for some lines."""
    pages = session.scalars(select(LineRow.page_id).where(LineRow.id.in_(line_ids)).distinct())
    return Change(pages=frozenset(pages), lines=frozenset(line_ids))
