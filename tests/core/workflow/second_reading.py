from collections.abc import Sequence
from typing import Any

from core.document import Direction, LineShape, TranscriptionState
from core.storage.comments import line_comments
from core.storage.kept import KeptLine
from core.storage.lines import get_entry, list_entries
from core.storage.pages import list_pages
from core.storage.project import Project
from core.storage.transcriptions import save
from core.workflow.merge_report import MergeReport, merged_words

MENDED = LineShape(
    ((90.0, 145.0), (900.0, 150.0), (910.0, 190.0), (95.0, 195.0)),
    Direction.RTL,
    ((90.0, 185.0), (910.0, 180.0)),
)
"""The second line of a page, otherwise outlined."""


def write(
    project: Project, line: int, text: str, state: TranscriptionState = TranscriptionState.CORRECTED
) -> None:
    present = get_entry(project, line).transcription
    save(project, line, text, state=state, base_revision=present.revision if present else 0)


def texts(project: Project) -> list[str]:
    return [e.text for page in list_pages(project) for e in list_entries(project, page.id)]


def line_ids(project: Project) -> list[int]:
    return [e.line.id for page in list_pages(project) for e in list_entries(project, page.id)]


def lines_of(project: Project) -> list[tuple[Any, ...]]:
    """All that merging may change of the lines."""
    return [
        (e.line.shape, e.line.tag, e.text, [(c.key, c.resolved) for c in line_comments(project, e.line.id)])
        for page in list_pages(project)
        for e in list_entries(project, page.id)
    ]


def shape(project: Project, line: int) -> LineShape:
    return get_entry(project, line).line.shape


def tag(project: Project, line: int) -> str:
    return get_entry(project, line).line.tag


def remarks(project: Project, line: int) -> list[tuple[str, str, bool]]:
    return [(c.author, c.text, c.resolved) for c in line_comments(project, line)]


def places(kept: Sequence[KeptLine]) -> list[tuple[int, int | None, str]]:
    return [(line.page, line.line, line.tag) for line in kept]


def words(report: MergeReport) -> str:
    return " ".join(merged_words(report))
