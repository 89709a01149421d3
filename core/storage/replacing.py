"""Find and replace over the whole project: a preview in reading order, page by page, then one undo step.

A line is searched in the text it shows: the human's, or the draft where there is none. Plain text of three
characters or more goes through the trigram index (``core.storage.search``); regular expressions and shorter
texts walk along the lines, a bounded number at a time, so that a window stays alive and can stop.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.document import TranscriptionState
from core.storage.project import Project
from core.storage.rewriting import Rewrite, RewriteReport, rewrite_lines
from core.storage.search import FEW, INDEXED_LENGTH, pattern_of, phrase_of
from core.storage.text_search import Search, Span, rewriter

PREVIEW = 100
SCANNED = 4000
"""Lines that one call looks through at most: some 30 ms."""

Place = tuple[int, int, int]
"""Page number, order and id of a line: reading order."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A line that was found; ``spans`` are the places in ``before``, ``placed`` those in ``after``."""

    line_id: int
    page_id: int
    page_number: int
    order: int
    state: TranscriptionState
    is_draft: bool
    before: str
    after: str
    spans: tuple[Span, ...]
    placed: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Some lines that were found; ``rest`` is where to go on, ``None`` at the end."""

    rows: tuple[Replacement, ...]
    rest: Place | None


def preview(
    project: Project,
    search: Search,
    *,
    after: Place | None = None,
    limit: int = PREVIEW,
    scanned: int = SCANNED,
) -> Preview:
    """The next lines that are found, in reading order; there may be a ``rest`` without a row.

    Args:
        project: The open project.
        search: What is looked for.
        after: ``rest`` of the preview before.
        limit: Rows at most.
        scanned: Lines to look through at most before coming back.

    Raises:
        BadRule: If the regular expression or its replacement has an error.
    """
    rewrite = rewriter(search)
    if not search.needle or not (search.in_texts or search.in_drafts):
        return Preview((), None)
    rows: list[Replacement] = []
    place, seen = after, 0
    with project.reading() as session:
        for number, order, line_id, page_id, shown, state in _candidates(session, search, after, scanned):
            place, seen = (number, order, line_id), seen + 1
            if (new := rewrite(shown)) is None:
                continue
            known = TranscriptionState(state or TranscriptionState.OPEN)
            found = (line_id, page_id, number, order, known, state is None, shown)
            rows.append(Replacement(*found, new.text, new.spans, new.placed))
            if len(rows) == limit:
                return Preview(tuple(rows), place)
    return Preview(tuple(rows), place if seen == scanned else None)


def find_all(project: Project, search: Search) -> Iterator[Replacement]:
    """All lines that are found, in reading order.

    Raises:
        BadRule: If the regular expression or its replacement has an error.
    """
    rest: Place | None = None
    while True:
        found = preview(project, search, after=rest, limit=FEW)
        yield from found.rows
        rest = found.rest
        if rest is None:
            return


def replace_all(project: Project, chosen: Collection[Replacement]) -> RewriteReport:
    """Put the new texts of chosen rows of a preview into the project, as one undo step.

    A line that shows another text by now is left out and reported.
    """
    rewrites = [
        Rewrite(each.line_id, each.before, each.after, "replace")
        for each in chosen
        if each.after != each.before
    ]
    return rewrite_lines(project, rewrites)


def _candidates(session: Session, search: Search, after: Place | None, scanned: int) -> Iterator[Any]:
    """Lines that may hold what is looked for, in reading order: number, order, id, page, text, state."""
    values: dict[str, Any] = {"scanned": scanned}
    conditions = ["l.deleted = 0"]
    if after is not None:
        # The first comparison lets SQLite begin at the page in its index.
        conditions.append('p.number >= :number AND (p.number, l."order", l.id) > (:number, :place, :line)')
        values |= dict(zip(("number", "place", "line"), after, strict=True))
    conditions += _limits(search, values)
    beginning = _WALKED
    if not search.regular and len(search.needle) >= INDEXED_LENGTH:
        values["wanted"] = phrase_of(search.needle)
        ids = list(session.scalars(text(_IDS), {"wanted": values["wanted"]}))
        if len(ids) < FEW:
            beginning = _FETCHED.format(ids=",".join(map(str, ids)))
        else:
            conditions.append("+l.id IN (SELECT rowid FROM line_search WHERE line_search MATCH :wanted)")
    elif not search.regular and (search.match_case or search.needle.isascii()):
        conditions.append("f.text LIKE :wanted ESCAPE '\\'")
        values["wanted"] = pattern_of(search.needle)
    query = f"{beginning} AND {' AND '.join(conditions)} {_ORDERED}"
    return iter(session.execute(text(query), values))


def _limits(search: Search, values: dict[str, Any]) -> list[str]:
    conditions = []
    if not (search.in_texts and search.in_drafts):
        conditions.append(f"t.line_id IS {'NOT ' if search.in_texts else ''}NULL")
    if search.states != frozenset(TranscriptionState):
        names = ", ".join(f"'{state}'" for state in sorted(search.states))
        conditions.append(f"coalesce(t.state, 'open') IN ({names})")
    if search.below is not None:
        conditions.append("d.confidence < :below")
        values["below"] = search.below
    return conditions


# CROSS JOIN and + keep SQLite to the way round that is written here, as in core.storage.search.
_IDS = f"SELECT rowid FROM line_search WHERE line_search MATCH :wanted LIMIT {FEW}"
_FOUND = 'SELECT p.number, l."order", l.id, l.page_id, f.text, t.state'
_BESIDE = """
    CROSS JOIN line_texts AS f ON f.line_id = +l.id
    LEFT JOIN transcriptions AS t ON t.line_id = l.id
    LEFT JOIN drafts AS d ON d.id = l.current_draft_id
"""
_FETCHED = (
    f"{_FOUND} FROM lines AS l CROSS JOIN pages AS p ON p.id = l.page_id {_BESIDE} WHERE l.id IN ({{ids}})"
)
_WALKED = f"{_FOUND} FROM pages AS p CROSS JOIN lines AS l ON l.page_id = p.id {_BESIDE} WHERE 1"
_ORDERED = 'ORDER BY p.number, l."order", l.id LIMIT :scanned'
