"""Drafts: what models read. A new draft never touches a human's text."""

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from core.document import Draft, LineImage, Recognition, Split, TranscriptionState
from core.storage.changes import Change
from core.storage.models import existing_model
from core.storage.project import Project
from core.storage.read_shapes import LINE_PLACE, fits, noted_place, shape_within
from core.storage.schema import DraftRow, LineRow, ModelRow, PageRow, TranscriptionRow, table_of, utc_now


def pack_recognition(recognition: Recognition) -> bytes:
    """Characters and gaps as compressed JSON: a line of 40 characters takes about 1 kB."""
    return zlib.compress(
        json.dumps(recognition.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
    )


def unpack_recognition(packed: bytes) -> Recognition:
    """The inverse of ``pack_recognition``."""
    return Recognition.from_json(json.loads(zlib.decompress(packed)))


def draft_of(row: DraftRow, model: str) -> Draft:
    """The value of a row."""
    return Draft(row.id, row.line_id, model, unpack_recognition(row.characters), row.created_at)


def save_drafts(
    project: Project,
    model: str,
    readings: Mapping[int, Recognition],
    posteriors: Mapping[int, bytes] | None = None,
    pictures: Mapping[int, LineImage] | None = None,
) -> Change:
    """Store what ``model`` read, by line id, in one transaction; they become the lines' current drafts.

    Reading takes a while, and people go on working: lines that were deleted or that show another picture by
    now are passed over. The change names those that were stored.

    Args:
        project: The open project.
        model: Name of the version that read.
        readings: What it read, by line id.
        posteriors: The packed CTC output of the same lines, as far as it was kept.
        pictures: From what each line was read; by default, from what it shows now.
    """
    now = utc_now()
    with project.writing() as session:
        model_id = existing_model(session, model).id
        places = _places_read(session, project, readings, pictures)
        for line_id, place in places.items():
            recognition = readings[line_id]
            values = {
                "text": recognition.text,
                "confidence": recognition.confidence,
                "doubtful": sum(c.doubtful for c in recognition.characters),
                "characters": pack_recognition(recognition),
                "posteriors": (posteriors or {}).get(line_id),
                "read_shape": place,
                "created_at": now,
            }
            statement = (
                insert(DraftRow)
                .values(line_id=line_id, model_id=model_id, **values)
                .on_conflict_do_update(index_elements=["line_id", "model_id"], set_=values)
                .returning(DraftRow.id)
            )
            draft_id = session.execute(statement).scalar_one()
            session.execute(update(LineRow).where(LineRow.id == line_id).values(current_draft_id=draft_id))
        pages = frozenset(session.scalars(select(LineRow.page_id).where(LineRow.id.in_(places)).distinct()))
    return Change(pages=pages, lines=frozenset(places))


def draft_is_missing(project: Project, page_ids: Collection[int]) -> bool:
    """Whether a line of some pages that still wants a human has no draft to begin with."""
    query = (
        select(LineRow.id)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(
            LineRow.page_id.in_(page_ids),
            LineRow.deleted.is_(False),
            LineRow.current_draft_id.is_(None),
            or_(TranscriptionRow.state.is_(None), TranscriptionRow.state == TranscriptionState.OPEN),
        )
    )
    with project.reading() as session:
        return session.scalar(query.limit(1)) is not None


def _places_read(
    session: Session,
    project: Project,
    line_ids: Collection[int],
    pictures: Mapping[int, LineImage] | None,
) -> dict[int, dict[str, Any]]:
    """Where each line was read, without the lines that do not show that picture any more.

    The scan is looked at, too: a line of another page may have got the id of one that is gone.
    """
    query = (
        select(*LINE_PLACE, PageRow.file)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .where(LineRow.id.in_(line_ids), LineRow.deleted.is_(False))
    )
    places = {}
    for line_id, *columns, rotation, file in session.execute(query):
        shape = shape_within(*columns)
        if pictures is None:
            places[line_id] = noted_place(shape, rotation)
            continue
        seen = pictures[line_id]
        place = noted_place(seen.shape, seen.rotation)
        if seen.scan == project.folder / file and fits(place, shape, rotation):
            places[line_id] = place
    return places


# Asked at every Enter, so it does without the row mapper.
_DRAFTS = table_of(DraftRow)
_POSTERIORS = select(_DRAFTS.c.id, _DRAFTS.c.posteriors).where(
    _DRAFTS.c.id.in_(bindparam("ids", expanding=True))
)


def draft_posteriors(project: Project, draft_ids: Collection[int]) -> dict[int, bytes]:
    """The packed CTC output of some drafts, by draft id; drafts that have none are left out."""
    with project.reading() as session:
        found = session.connection().execute(_POSTERIORS, {"ids": list(draft_ids)})
        return {draft_id: packed for draft_id, packed in found if packed is not None}


@dataclass(frozen=True, slots=True)
class DraftedTruth:
    """A line that a model drafted and a human vouches for; ``posteriors`` is the packed CTC output."""

    line_id: int
    text: str
    posteriors: bytes


def drafted_truth(
    project: Project, model: str, splits: Collection[Split | None], newest: int
) -> list[DraftedTruth]:
    """Corrected lines with what ``model`` saw in them, those corrected last at the end.

    Args:
        project: The open project.
        model: Name of the version that drafted them.
        splits: Of pages of these splits (``None``: undecided ones).
        newest: So many of them at most. All those of a large project are hundreds of MB.
    """
    newest_ids = (
        select(DraftRow.id)
        .join(LineRow, LineRow.id == DraftRow.line_id)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .join(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .join(ModelRow, ModelRow.id == DraftRow.model_id)
        .where(*_corrected(splits), ModelRow.name == model, DraftRow.posteriors.is_not(None))
        .order_by(TranscriptionRow.updated_at.desc())
        .limit(newest)
    )
    query = (
        select(DraftRow.line_id, TranscriptionRow.text, DraftRow.posteriors)
        .join(TranscriptionRow, TranscriptionRow.line_id == DraftRow.line_id)
        .where(DraftRow.id.in_(newest_ids))
        .order_by(TranscriptionRow.updated_at)
    )
    with project.reading() as session:
        return [
            DraftedTruth(line_id, text, posteriors or b"")
            for line_id, text, posteriors in session.execute(query)
        ]


def truth_without_output(
    project: Project, model: str, splits: Collection[Split | None], newest: int
) -> list[int]:
    """Ids of corrected lines of which nobody kept what ``model`` sees in them; arguments as above."""
    drafted = (
        select(DraftRow.id)
        .join(ModelRow, ModelRow.id == DraftRow.model_id)
        .where(DraftRow.line_id == LineRow.id, ModelRow.name == model, DraftRow.posteriors.is_not(None))
    )
    query = (
        select(LineRow.id)
        .join(PageRow, PageRow.id == LineRow.page_id)
        .join(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(*_corrected(splits), ~drafted.exists())
        .order_by(TranscriptionRow.updated_at.desc())
        .limit(newest)
    )
    with project.reading() as session:
        return list(session.scalars(query))


def _corrected(splits: Collection[Split | None]) -> list[ColumnElement[bool]]:
    """Lines that are on their page, with a text that a human vouches for."""
    return [
        LineRow.deleted.is_(False),
        TranscriptionRow.text != "",
        TranscriptionRow.state.in_([state for state in TranscriptionState if state.is_truth]),
        or_(*(PageRow.split.is_(None) if split is None else PageRow.split == split for split in splits)),
    ]


def list_drafts(project: Project, line_id: int) -> list[Draft]:
    """All drafts of a line, newest first."""
    query = (
        select(DraftRow, ModelRow.name)
        .join(ModelRow, ModelRow.id == DraftRow.model_id)
        .where(DraftRow.line_id == line_id)
        .order_by(DraftRow.created_at.desc())
    )
    with project.reading() as session:
        return [draft_of(row, name) for row, name in session.execute(query)]
