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
    """Lines of the file: ``matched`` with found ones, ``drawn`` anew, ``kept`` as a human wrote them."""

    matched: int
    drawn: int
    kept: int
    change: Change


def take_corrections(
    project: Project, page_id: int, lines: Sequence[ImportedLine], author: str
) -> CorrectionReport:
    """Give a page's lines the text of a layout file.

    Where a found line outlines just that text, it gets it. Where found lines hold pieces of it, or nothing
    was found, the file's own line is drawn in their stead. Lines that carry human text stay as they are.
    """
    entries = list_entries(project, page_id)
    matches = match_lines([entry.line.shape for entry in entries], [line.shape for line in lines])
    texts: dict[int, str] = {}
    drawn = kept = 0
    change = Change()
    for match in matches:
        line = lines[match.truth]
        touched = [
            entries[place] for place in (*match.pieces, *([match.found] if match.found is not None else []))
        ]
        if not line.text or any(entry.transcription for entry in touched):
            kept += bool(line.text)
        elif match.found is not None:
            texts[entries[match.found].line.id] = line.text
        else:
            step = _draw(project, page_id, line, touched)
            change |= step
            drawn += 1
            assert step.focus_line is not None
            texts[step.focus_line] = line.text
    import_texts(project, texts, state=TranscriptionState.CORRECTED, author=author)
    change |= Change(pages=frozenset({page_id}), lines=frozenset(texts))
    return CorrectionReport(len(texts) - drawn, drawn, kept, change)


def _draw(project: Project, page_id: int, line: ImportedLine, pieces: Sequence[LineEntry]) -> Change:
    order = min((entry.line.order for entry in pieces), default=None)
    removed = delete_lines(project, [entry.line.id for entry in pieces]) if pieces else Change()
    return removed | draw_line(project, page_id, line.shape, order, origin=LineOrigin.IMPORTED)
