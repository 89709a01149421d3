"""Taking corrections of a page from a layout file: text goes onto the lines that were found."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import LineEntry, LineOrigin, TranscriptionState
from core.exchange.imported import ImportedLine
from core.layout.matching import match_lines
from core.storage.changes import Change
from core.storage.layout_edits import delete_lines, draw_line
from core.storage.lines import list_entries
from core.storage.project import Project
from core.storage.transcriptions import import_texts


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """Lines of the file: ``matched`` with found ones; ``drawn`` anew, ``texts`` of them with text.

    ``kept`` lines say something else than what stands on the page, and what stands there was kept.
    """

    matched: int
    drawn: int
    texts: int
    kept: int
    change: Change


def take_corrections(
    project: Project, page_id: int, lines: Sequence[ImportedLine], author: str
) -> CorrectionReport:
    """Give a page's lines the text of a layout file.

    Where a found line outlines just that text, it gets it. Where found lines hold pieces of it, or nothing
    was found, the file's own line is drawn in their stead. Lines that carry human text stay as they are. A
    page without lines takes all of the file's, also those without text.
    """
    entries = list_entries(project, page_id)
    if not entries:
        return _take_all(project, page_id, lines, author)
    matches = match_lines([entry.line.shape for entry in entries], [line.shape for line in lines])
    texts: dict[int, str] = {}
    drawn = kept = 0
    change = Change()
    for match in matches:
        line = lines[match.truth]
        found = None if match.found is None else entries[match.found]
        touched = [entries[place] for place in match.pieces] + ([found] if found else [])
        if not line.text or any(entry.transcription for entry in touched):
            kept += _differs(line, found)
        elif found is not None:
            texts[found.line.id] = line.text
        else:
            line_id, step = _draw(project, page_id, line, touched)
            change |= step
            drawn += 1
            texts[line_id] = line.text
    change |= _give(project, page_id, texts, author)
    return CorrectionReport(len(texts) - drawn, drawn, drawn, kept, change)


def _take_all(project: Project, page_id: int, lines: Sequence[ImportedLine], author: str) -> CorrectionReport:
    texts: dict[int, str] = {}
    change = Change()
    for order, line in enumerate(lines):
        line_id, step = _draw(project, page_id, line, (), order)
        change |= step
        if line.text:
            texts[line_id] = line.text
    change |= _give(project, page_id, texts, author)
    return CorrectionReport(0, len(lines), len(texts), 0, change)


def _differs(line: ImportedLine, found: LineEntry | None) -> bool:
    """Whether no line of the page has that outline, or it has another text."""
    return found is None or (bool(line.text) and line.text != found.text)


def _give(project: Project, page_id: int, texts: dict[int, str], author: str) -> Change:
    import_texts(project, texts, state=TranscriptionState.CORRECTED, author=author)
    return Change(pages=frozenset({page_id}), lines=frozenset(texts))


def _draw(
    project: Project,
    page_id: int,
    line: ImportedLine,
    pieces: Sequence[LineEntry],
    order: int | None = None,
) -> tuple[int, Change]:
    """A line in the place of its pieces; its id, and what changed."""
    order = min((entry.line.order for entry in pieces), default=order)
    removed = delete_lines(project, [entry.line.id for entry in pieces]) if pieces else Change()
    drawn = draw_line(project, page_id, line.shape, order, origin=LineOrigin.IMPORTED, tag=line.tag)
    assert drawn.focus_line is not None
    return drawn.focus_line, removed | drawn
