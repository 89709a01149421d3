"""Deciding which pages train, validate and test: by page or book, once, and kept."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence

from core.document import Page, PageProgress, Split
from core.errors import NotEnoughLines
from core.storage.changes import Change
from core.storage.pages import list_pages, page_progress, set_split
from core.storage.project import Project
from core.wording import say

VAL_SHARE = 0.12
TEST_SHARE = 0.15

Unit = str | int
"""What is decided as a whole: a group, or a page (its id) of a group that people have parted."""


def fix_splits(project: Project, seed: int = 0) -> Change:
    """Give every page with corrected lines a split, as far as it has none yet.

    Validation and test pages are chosen once, at random by group (a book, or a page where there is no
    book), until each holds its share of the corrected lines; afterwards they stay. New pages follow their
    book if that is decided, else they go to training; where the pages of a book serve for several things,
    each new one counts for itself. What is set stays, with one exception: if nothing is for validation and
    no new page can be, validation pages are taken from those for training, for without them nothing could
    tell when to stop.

    Raises:
        NotEnoughLines: If fewer than two pages or books carry corrected lines to train and validate on.
    """
    pages, progress = list_pages(project), page_progress(project)
    unit_of = _units(pages)
    final = _final(pages, progress, unit_of, seed)
    if lack := _lack(pages, progress, final):
        raise NotEnoughLines(lack)
    settled = [page for page in pages if progress[page.id].truth or page.split is not None]
    return _store(project, settled, {page.id: final.get(unit_of[page.id], page.split) for page in settled})


def lack_of_pages(pages: Sequence[Page], progress: Mapping[int, PageProgress]) -> str:
    """Why ``fix_splits`` would refuse these pages, and what to do; empty if it would not."""
    return _lack(pages, progress, _final(pages, progress, _units(pages), seed=0))


def _lack(
    pages: Sequence[Page], progress: Mapping[int, PageProgress], final: Mapping[Unit, Split | None]
) -> str:
    """What units with corrected lines lack, once all are decided; it does not hang on the seed."""
    serve = set(final.values())
    if {Split.TRAIN, Split.VAL} <= serve:
        return ""
    if Split.TEST in serve:
        return say(
            "Beside the pages for the test, correct lines on at least two pages: one to learn from, one to "
            "check on."
        )
    if Split.VAL in serve:
        return say("All corrected lines are to check on. Correct lines of another page to learn from.")
    if len(final) == 1 and sum(progress[page.id].truth > 0 for page in pages) > 1:
        return say(
            "All corrected lines are of one book. Correct lines of another one, or set some of its pages to "
            "“training” and others to “validation”."
        )
    return say("Correct lines on at least two pages: one to learn from, one to check on.")


def _final(
    pages: Sequence[Page], progress: Mapping[int, PageProgress], unit_of: Mapping[int, Unit], seed: int
) -> dict[Unit, Split | None]:
    """What each unit with corrected lines is to serve for."""
    decided = {unit_of[page.id]: page.split for page in pages if page.split is not None}
    units: Counter[Unit] = Counter()
    for page in pages:
        if truth := progress[page.id].truth:
            units[unit_of[page.id]] += truth
    choice = _choice(units, decided, seed)
    return {unit: choice.get(unit, decided.get(unit)) for unit in units}


def _units(pages: Sequence[Page]) -> dict[int, Unit]:
    """The unit of each page, by its id."""
    serves: dict[str, set[Split]] = {page.group: set() for page in pages}
    for page in pages:
        if page.split is not None:
            serves[page.group].add(page.split)
    return {page.id: page.group if len(serves[page.group]) < 2 else page.id for page in pages}


def _choice(units: Mapping[Unit, int], decided: Mapping[Unit, Split], seed: int) -> dict[Unit, Split]:
    """Splits of units that have none, and of training units that must serve for validation.

    Args:
        units: Corrected lines by unit.
        decided: Splits that are set.
        seed: For the same choice again.
    """
    lines = sum(units.values())
    present = {decided[unit] for unit in units if unit in decided}
    new = sorted((unit for unit in units if unit not in decided), key=str)
    random.Random(seed).shuffle(new)
    kept = 0 if Split.TRAIN in present else 1  # of the new ones, to train on

    choice: dict[Unit, Split] = {}
    if Split.VAL not in present:
        choice |= dict.fromkeys(_take(new, units, VAL_SHARE * lines, kept), Split.VAL)
        if not choice:
            training = sorted((unit for unit in units if decided.get(unit) is Split.TRAIN), key=str)
            choice |= dict.fromkeys(_take(training, units, VAL_SHARE * lines, 1), Split.VAL)
    if Split.TEST not in present:
        left = [unit for unit in new if unit not in choice]
        choice |= dict.fromkeys(_take(left, units, TEST_SHARE * lines, 1), Split.TEST)
    return choice | {unit: Split.TRAIN for unit in new if unit not in choice}


def _take(candidates: list[Unit], units: Mapping[Unit, int], wanted: float, kept: int) -> list[Unit]:
    """The first candidates that together hold ``wanted`` lines; the last ``kept`` are not taken."""
    taken: list[Unit] = []
    for unit in candidates[: len(candidates) - kept]:
        if sum(units[each] for each in taken) >= wanted:
            break
        taken.append(unit)
    return taken


def _store(project: Project, settled: list[Page], final: Mapping[int, Split | None]) -> Change:
    change = Change()
    for split in Split:
        pages = {page.id for page in settled if final[page.id] is split and page.split is not split}
        if pages:
            change |= set_split(project, pages, split)
    return change
