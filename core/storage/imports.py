"""Storing whole imported pages: scan, lines and text together, or nothing of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.document import LineOrigin, LineShape, Page, TranscriptionState, normalize_text
from core.storage.lines import new_row
from core.storage.pages import NewPage, page_of, page_row
from core.storage.project import Project
from core.storage.schema import PageRow
from core.storage.transcriptions import write_text


@dataclass(frozen=True, slots=True)
class NewLine:
    """An imported line; an empty ``text`` is no transcription."""

    shape: LineShape
    text: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class NewPageWithLines:
    """A page to be added, with its lines in reading order."""

    page: NewPage
    lines: tuple[NewLine, ...] = ()


def add_pages_with_lines(project: Project, new: Sequence[NewPageWithLines], author: str) -> list[Page]:
    """Append pages with lines and text in one transaction; the text counts as corrected."""
    with project.writing() as session:
        last = session.scalar(select(func.max(PageRow.number))) or 0
        pages = []
        for number, unit in enumerate(new, start=last + 1):
            row = page_row(unit.page, number)
            session.add(row)
            session.flush()
            lines = [
                new_row(row.id, order, line.shape, LineOrigin.IMPORTED, line.tag)
                for order, line in enumerate(unit.lines)
            ]
            session.add_all(lines)
            session.flush()
            for line_row, line in zip(lines, unit.lines, strict=True):
                if text := normalize_text(line.text):
                    write_text(session, line_row.id, text, TranscriptionState.CORRECTED, author, "import")
            pages.append(page_of(row))
        return pages
