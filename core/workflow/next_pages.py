"""Which pages to correct next: those a model learns most from, no book or hand taking all the places."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.document import Page, Split
from core.jobs import CancelToken
from core.storage.lines import truth_text
from core.storage.pages import list_pages, page_progress
from core.storage.project import Project
from core.storage.queue import draft_doubts, line_places
from core.workflow.coverage import Masses, counts_of, gain, masses_of, together

PAGES = 5
"""Pages that are named."""

OF_A_GROUP = 2
"""So many of them may be of one book or hand as long as there are others."""

LOOKED_AT = 200
"""Pages whose drafts are read, a second's work: with the most doubt, some of each book before more of one."""

_CHECK = 500
"""Drafts between two looks at the cancel token."""


@dataclass(frozen=True, slots=True)
class NextPage:
    """A page worth correcting; ``lines``: open drafted ones; ``gain``: what it adds to those before it."""

    page_id: int
    number: int
    name: str
    lines: int
    gain: float


def next_pages(project: Project, *, count: int = PAGES, cancel: CancelToken | None = None) -> list[NextPage]:
    """The pages to correct next, the best first; each is chosen as if those before it were done.

    The gain is that of the queue's order (``coverage``), of a page's open drafted lines together. Pages to
    validate and to test on teach nothing and are left out.

    Raises:
        Cancelled: On request.
    """
    pages = {page.id: page for page in _candidates(project)}
    masses, lines = _masses_by_page(project, pages, cancel or CancelToken())
    known = counts_of(truth_text(project, (Split.TRAIN, None)))
    chosen: list[NextPage] = []
    groups: Counter[str] = Counter()
    while masses and len(chosen) < count:
        allowed = [page for page in masses if groups[pages[page].group] < OF_A_GROUP] or list(masses)
        best, won = _best(allowed, masses, known)
        page = pages[best]
        chosen.append(NextPage(page.id, page.number, page.name, lines[best], won))
        groups[page.group] += 1
        codes, mass = masses.pop(best)
        known[codes] += mass
    return chosen


def _candidates(project: Project) -> list[Page]:
    """Pages to learn from that are worth a closer look, by the doubt that is counted of each page anyway."""
    progress = page_progress(project)
    pages = [p for p in list_pages(project) if p.split not in (Split.VAL, Split.TEST) and progress[p.id].open]
    pages.sort(key=lambda page: -progress[page.id].open * progress[page.id].doubt)
    seen: Counter[str] = Counter()
    firsts: list[Page] = []
    others: list[Page] = []
    for page in pages:
        (firsts if seen[page.group] < OF_A_GROUP else others).append(page)
        seen[page.group] += 1
    return sorted([*firsts, *others][:LOOKED_AT], key=lambda page: page.number)


def _best(allowed: list[int], masses: dict[int, Masses], known: NDArray[np.float64]) -> tuple[int, float]:
    """The page that adds most, the earlier one of two that add as much."""
    gains = [gain(masses[page], known) for page in allowed]
    place = int(np.argmax(gains))
    return allowed[place], gains[place]


def _masses_by_page(
    project: Project, pages: dict[int, Page], cancel: CancelToken
) -> tuple[dict[int, Masses], Counter[int]]:
    """What the open drafts of each page may teach, and how many there are."""
    open_lines = [each for each in line_places(project, pages) if each.open and each.draft]
    page_of = {each.line_id: each.page_id for each in open_lines}
    parts: dict[int, list[Masses]] = defaultdict(list)
    drafts = [each.draft[0] for each in open_lines if each.draft]
    for number, doubt in enumerate(draft_doubts(project, drafts)):
        if number % _CHECK == 0:
            cancel.raise_if_cancelled()
        parts[page_of[doubt.line_id]].append(masses_of(doubt))
    lines = Counter({page: len(found) for page, found in parts.items()})
    return {page: together(found) for page, found in parts.items()}, lines
