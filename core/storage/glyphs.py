"""Single characters in the texts of lines: finding them, putting others in their stead."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.document import LineImage, Recognition, TranscriptionState
from core.storage.changes import Change
from core.storage.drafts import unpack_recognition
from core.storage.lines import images_of
from core.storage.project import Project
from core.storage.schema import DraftRow, LineRow, LineTextRow, TranscriptionRow
from core.storage.text_batches import TextEdit, present_texts, write_texts

_STRETCH = 500


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line with its draft; ``text`` is what is shown of it: the human's text, or the draft's."""

    image: LineImage
    reading: Recognition
    text: str


@dataclass(frozen=True, slots=True)
class SweptPlaces:
    """``done``: places that were changed; ``stale``: those where the character does not stand any more."""

    done: tuple[tuple[int, int], ...]
    stale: tuple[tuple[int, int], ...]
    change: Change


def shown_text(project: Project) -> str:
    """All texts that are shown, run together."""
    with project.reading() as session:
        return session.scalar(select(func.group_concat(LineTextRow.text, ""))) or ""


def lines_with(project: Project, glyph: str) -> list[int]:
    """Drafted lines in whose shown text a character stands, by id."""
    query = (
        select(LineTextRow.line_id)
        .join(LineRow, LineRow.id == LineTextRow.line_id)
        .where(
            LineRow.deleted.is_(False),
            LineRow.current_draft_id.is_not(None),
            func.instr(LineTextRow.text, glyph) > 0,
        )
        .order_by(LineTextRow.line_id)
    )
    with project.reading() as session:
        return list(session.scalars(query))


def read_lines_of(project: Project, line_ids: Sequence[int]) -> Iterator[ReadLine]:
    """Some lines with their drafts, a few hundred fetched at a time."""
    for start in range(0, len(line_ids), _STRETCH):
        part = line_ids[start : start + _STRETCH]
        query = (
            select(LineRow.id, DraftRow.characters, DraftRow.text, TranscriptionRow.text)
            .join(DraftRow, DraftRow.id == LineRow.current_draft_id)
            .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
            .where(LineRow.id.in_(part))
        )
        with project.reading() as session:
            rows = {line: (packed, human or draft) for line, packed, draft, human in session.execute(query)}
        for image in images_of(project, part):
            if image.line_id in rows:
                packed, text = rows[image.line_id]
                yield ReadLine(image, unpack_recognition(packed), text)


def replace_characters(
    project: Project, places: Sequence[tuple[int, int]], glyph: str, right: str
) -> SweptPlaces:
    """Put ``right`` for ``glyph`` at places ``(line_id, index)`` of shown texts; one undo step.

    A finished line stays in its state; an open one gets a human text that is still open.
    """
    lines = sorted({line for line, _ in places})
    with project.writing() as session:
        present = present_texts(session, lines)
        query = (
            select(LineRow.id, DraftRow.text)
            .join(DraftRow, DraftRow.id == LineRow.current_draft_id)
            .where(LineRow.id.in_(lines), LineRow.deleted.is_(False))
        )
        drafts = {line: text for line, text in session.execute(query)}  # noqa: C416
        done: list[tuple[int, int]] = []
        edits: list[TextEdit] = []
        for line in lines:
            human = present.get(line)
            text = human.text if human else drafts.get(line, "")
            fitting = [i for at, i in places if at == line and text[i : i + len(glyph)] == glyph]
            for index in sorted(fitting, reverse=True):
                text = text[:index] + right + text[index + len(glyph) :]
            if fitting:
                done += [(line, index) for index in fitting]
                edits.append(TextEdit(line, text, human.state if human else TranscriptionState.OPEN))
        change = write_texts(session, edits, project.author, "sweep")
    stale = [place for place in places if place not in set(done)]
    return SweptPlaces(tuple(done), tuple(stale), change)
