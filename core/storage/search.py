"""Finding lines by their text.

``line_texts`` holds the shown text of every line, ``line_search`` an index of it by three characters at a
time; triggers keep both in step (migration 0002). Capital and small letters count as the same.
"""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import text

from core.storage.project import Project

INDEXED_LENGTH = 3
"""Shorter needles are not in the index: all texts are looked through, some 5 MB for 100,000 lines."""

FEW = 2000
"""Fewer matching lines than this are fetched and sorted; of more, a walk along the pages meets the first."""


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
    needle = unicodedata.normalize("NFC", needle).replace("\0", "")
    if not needle:
        return []
    indexed = len(needle) >= INDEXED_LENGTH
    values = {"wanted": phrase_of(needle) if indexed else pattern_of(needle), "limit": limit}
    with project.reading() as session:
        ids = list(session.scalars(text(_INDEXED_IDS if indexed else _SCANNED_IDS), values))
        if not ids:
            return []
        if len(ids) < FEW:
            # SQLite would look at each page first: say which lines.
            query = _FETCHED.format(ids=",".join(map(str, ids)))
        else:
            query = _WALKED.format(condition=_IN_INDEX if indexed else _IN_TEXT)
        return [FoundLine(*row) for row in session.execute(text(query), values)]


def phrase_of(needle: str) -> str:
    """The needle as one phrase of FTS5's language."""
    quoted = needle.replace('"', '""')
    return f'"{quoted}"'


def pattern_of(needle: str) -> str:
    """The needle as a pattern of LIKE."""
    escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


_IN_TEXT = "f.text LIKE :wanted ESCAPE '\\'"
_IN_INDEX = "+l.id IN (SELECT rowid FROM line_search WHERE line_search MATCH :wanted)"
_INDEXED_IDS = f"SELECT rowid FROM line_search WHERE line_search MATCH :wanted LIMIT {FEW}"
_SCANNED_IDS = f"SELECT f.line_id FROM line_texts AS f WHERE {_IN_TEXT} LIMIT {FEW}"

# CROSS JOIN and + keep SQLite to the way round that is written here.
_FOUND = 'SELECT l.id, l.page_id, p.number, l."order", f.text'
_FETCHED = f"""
    {_FOUND} FROM lines AS l
    CROSS JOIN pages AS p ON p.id = l.page_id
    CROSS JOIN line_texts AS f ON f.line_id = l.id
    WHERE l.id IN ({{ids}}) AND NOT l.deleted ORDER BY p.number, l."order" LIMIT :limit
"""
_WALKED = f"""
    {_FOUND} FROM pages AS p
    CROSS JOIN lines AS l ON l.page_id = p.id AND l.deleted = 0
    CROSS JOIN line_texts AS f ON f.line_id = +l.id
    WHERE {{condition}} ORDER BY p.number, l."order" LIMIT :limit
"""
