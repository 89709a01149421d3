"""Deciding which pages train, validate and test: by page or book, once, and kept."""

import random
from collections import Counter
from collections.abc import Mapping

from core.document import Page, Split
from core.errors import NotEnoughLines
from core.storage.changes import Change
from core.storage.pages import list_pages, page_progress, set_split
from core.storage.project import Project
from core.wording import say

VAL_SHARE = 0.12
TEST_SHARE = 0.15


def fix_splits(project: Project, seed: int = 0) -> Change:
    """Give every page with corrected lines a split, as far as it has none yet.

    Validation and test pages are chosen once, at random by group (a book, or a page where there is no
    book), until each holds its share of the corrected lines; afterwards they stay. New pages follow their
    book if that is decided, else they go to training. If all pages were set to training by hand,
    validation pages are taken from among them, for without them nothing could tell when to stop.

    Raises:
        NotEnoughLines: If fewer than two pages or books carry corrected lines to train and validate on.
    """
    pages, progress = list_pages(project), page_progress(project)
    decided = {page.group: page.split for page in pages if page.split is not None}
    written = [page for page in pages if progress[page.id].truth]
    groups: Counter[str] = Counter()
    for page in written:
        groups[page.group] += progress[page.id].truth
    lines = groups.total()
    present = {decided[name] for name in groups if name in decided}
    new = sorted(name for name in groups if name not in decided)
    random.Random(seed).shuffle(new)

    choice: dict[str, Split] = {}
    if Split.VAL not in present:
        candidates = new or sorted(name for name in groups if decided.get(name) is Split.TRAIN)
        choice |= dict.fromkeys(_take(candidates, groups, VAL_SHARE * lines), Split.VAL)
    if Split.TEST not in present:
        left = [name for name in new if name not in choice]
        choice |= dict.fromkeys(_take(left, groups, TEST_SHARE * lines), Split.TEST)
    choice |= {name: Split.TRAIN for name in new if name not in choice}

    final = {name: choice.get(name, decided.get(name)) for name in groups}
    if not {Split.TRAIN, Split.VAL} <= set(final.values()):
        raise NotEnoughLines(
            say(
                "Training needs corrected lines on at least two pages: one to learn from, one to "
                "check on. Correct some lines of a second page and try again."
            )
        )
    return _store(project, written, final)


def _take(candidates: list[str], groups: Mapping[str, int], wanted: float) -> list[str]:
    """The first candidates that together hold ``wanted`` lines; one is always left to train on."""
    taken: list[str] = []
    for name in candidates[:-1]:
        if sum(groups[t] for t in taken) >= wanted:
            break
        taken.append(name)
    return taken


def _store(project: Project, written: list[Page], final: dict[str, Split | None]) -> Change:
    change = Change()
    for split in Split:
        pages = {page.id for page in written if final[page.group] is split and page.split is not split}
        if pages:
            change |= set_split(project, pages, split)
    return change
