"""Which open line comes next: the most doubtful one, the next one, or the one a model learns most from.

``DoubtIndex`` holds a few numbers for each line in memory, made once from the drafts and kept in step by
``Change``s: asking it takes milliseconds for a hundred thousand lines.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.document import Split
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.lines import truth_text
from core.storage.project import Project
from core.storage.queue import DraftDoubt, LinePlace, draft_doubts, line_places
from core.wording import say
from core.workflow.coverage import NOTHING, counts_of, gain, masses_of

CANDIDATES, CHOSEN = 600, 100
"""So many lines are chosen one by one, from so many with the most to teach each on its own."""

_REPORT = 500
"""Drafts between two reports of progress."""


class Order(StrEnum):
    """How the queue is ordered."""

    ERRORS = "errors"
    PAGE = "page"
    GAIN = "gain"


@dataclass(frozen=True, slots=True)
class QueuedLine:
    """An open line; ``expected``: wrong characters that its draft probably has, ``nan`` without draft."""

    line_id: int
    page_id: int
    page_number: int
    order: int
    text: str
    expected: float
    written: bool

    @property
    def expected_cer(self) -> float:
        """Expected errors / characters of the draft."""
        return self.expected / max(len(self.text), 1)


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines that may be accepted together; ``expected`` is the sum of their expected errors."""

    line_ids: tuple[int, ...]
    characters: int
    expected: float


@dataclass(slots=True)
class _Row:
    place: LinePlace
    doubt: DraftDoubt | None
    slot: int


_NUMBERS = np.dtype(
    [
        ("line", "i8"),
        ("page", "i8"),
        ("order", "i8"),
        ("expected", "f8"),
        ("length", "f8"),
        ("gain", "f8"),
        ("open", "?"),
        ("untouched", "?"),
    ]
)
"""What orderings need of a line; ``untouched``: it is drafted and no human has begun it."""


class DoubtIndex:
    """The open lines of a project, ready to be ordered."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rows: dict[int, _Row] = {}
        self._pages: dict[int, set[int]] = {}
        self._numbers = np.zeros(64, dtype=_NUMBERS)
        self._free: list[int] = list(range(63, -1, -1))
        self._known: NDArray[np.float64] = counts_of("")
        self._order: dict[Order, NDArray[np.int64]] = {}

    @classmethod
    def build(cls, project: Project, *, cancel: CancelToken, progress: ProgressSink = no_progress) -> Self:
        """Read the drafts of all open lines.

        Raises:
            Cancelled: On request.
        """
        index = cls(project)
        index._known = counts_of(truth_text(project, [*Split, None]))
        places = [place for place in line_places(project) if place.open]
        doubts: dict[int, DraftDoubt] = {}
        drafts = [place.draft[0] for place in places if place.draft]
        for number, doubt in enumerate(draft_doubts(project, drafts), start=1):
            doubts[doubt.line_id] = doubt
            if number % _REPORT == 0:
                cancel.raise_if_cancelled()
                progress(Progress(number, len(drafts), say("drafts")))
        for place in places:
            index.put(place, doubts.get(place.line_id))
        return index

    def __len__(self) -> int:
        return len(self._rows)

    def refresh(self, change: Change) -> bool:
        """Take in what happened on some pages; only new drafts are read. Whether anything differs."""
        if not change.pages:
            return False
        before = self._on(change.pages)
        places = [place for place in line_places(self._project, change.pages) if place.open]
        drafts = {place.line_id: place.draft for place in places}
        known = {line: row.doubt for line, row in before.items() if drafts.get(line) == row.place.draft}
        fresh = [place.draft[0] for place in places if place.draft and place.line_id not in known]
        known |= {doubt.line_id: doubt for doubt in draft_doubts(self._project, fresh)}
        for line in before:
            self._drop(line)
        for place in places:
            self.put(place, known.get(place.line_id))
        after = self._on(change.pages)
        return {k: r.place for k, r in before.items()} != {k: r.place for k, r in after.items()}

    def put(self, place: LinePlace, doubt: DraftDoubt | None) -> None:
        """Add an open line."""
        if not self._free:
            size = len(self._numbers)
            self._numbers = np.concatenate([self._numbers, np.zeros(size, dtype=_NUMBERS)])
            self._free = list(range(2 * size - 1, size - 1, -1))
        slot = self._free.pop()
        expected, length = (doubt.expected, len(doubt.text)) if doubt else (-1.0, 0)
        teaches = gain(masses_of(doubt), self._known) if doubt else 0.0
        untouched = bool(length) and not place.written
        at = (place.line_id, place.page_number, place.order)
        self._numbers[slot] = (*at, expected, length, teaches, True, untouched)
        self._rows[place.line_id] = _Row(place, doubt, slot)
        self._pages.setdefault(place.page_id, set()).add(place.line_id)
        self._order.clear()

    def lines(self, order: Order, *, first: int = 0, count: int | None = None) -> list[QueuedLine]:
        """A stretch of the queue.

        Args:
            order: ``ERRORS``: most expected errors first, lines without draft last. ``GAIN``: ``_teaching``.
            first: Lines to leave out at the beginning.
            count: How many at most; all by default.
        """
        ids = self._ordered(order)
        end = len(ids) if count is None else first + count
        return self.queued(ids[first:end].tolist())

    def row_of(self, order: Order, line_id: int) -> int | None:
        """Where a line stands in the queue; ``None`` if it is not open."""
        rows = np.flatnonzero(self._ordered(order) == line_id)
        return int(rows[0]) if len(rows) else None

    def queued(self, line_ids: Iterable[int]) -> list[QueuedLine]:
        """Some lines in the order given; those that are open no more are left out."""
        return [_queued(self._rows[line]) for line in line_ids if line in self._rows]

    def acceptable(self, below: float, budget: float) -> Selection:
        """Drafts to accept unseen: the surest first, as many as the budget of expected errors allows.

        Args:
            below: Expected CER (0-1) that a line must be under.
            budget: Expected wrong characters that all of them together may have.
        """
        lines = self._numbers[self._numbers["untouched"]]
        rate = lines["expected"] / np.maximum(lines["length"], 1)
        lines, rate = lines[rate < below], rate[rate < below]
        lines = lines[np.lexsort((lines["line"], rate))]
        lines = lines[np.cumsum(lines["expected"]) <= budget]
        return Selection(
            tuple(lines["line"].tolist()), int(lines["length"].sum()), float(lines["expected"].sum())
        )

    def _on(self, page_ids: Iterable[int]) -> dict[int, _Row]:
        return {line: self._rows[line] for page in page_ids for line in self._pages.get(page, ())}

    def _drop(self, line_id: int) -> None:
        row = self._rows.pop(line_id)
        self._pages[row.place.page_id].discard(line_id)
        self._numbers[row.slot] = 0
        self._free.append(row.slot)
        self._order.clear()

    def _ordered(self, order: Order) -> NDArray[np.int64]:
        if order not in self._order:
            lines = self._numbers[self._numbers["open"]]
            keys = [lines["order"], lines["page"]]
            if order is Order.ERRORS:
                keys.append(-lines["expected"])
            elif order is Order.GAIN:
                keys.append(-lines["gain"])
            ids = lines["line"][np.lexsort(keys)]
            self._order[order] = self._teaching(ids) if order is Order.GAIN else ids
        return self._order[order]

    def _teaching(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The lines a model learns most from come first: uncertain, and different from each other.

        Greedy maximum of ``sum over characters of sqrt(corrected + doubt chosen so far)``, a submodular
        coverage of features (Wei, Iyer and Bilmes, ICML 2015), by lazy evaluation (Minoux 1978): a character
        that is rare among the corrected lines weighs most, and less with every chosen line that has it.
        The rest stays in the order of each line's own gain.
        """
        candidates = ids[:CANDIDATES].tolist()
        masses = [masses_of(doubt) if (doubt := self._rows[line].doubt) else NOTHING for line in candidates]
        known = self._known.copy()
        heap = [(-gain(mass, known), place, 0) for place, mass in enumerate(masses)]
        heapq.heapify(heap)
        chosen: list[int] = []
        while heap and len(chosen) < CHOSEN:
            _, place, seen = heapq.heappop(heap)
            if seen == len(chosen):
                chosen.append(candidates[place])
                known[masses[place][0]] += masses[place][1]
            else:
                heapq.heappush(heap, (-gain(masses[place], known), place, len(chosen)))
        rest = ids[~np.isin(ids, chosen)]
        return np.concatenate([np.array(chosen, dtype=np.int64), rest])


def _queued(row: _Row) -> QueuedLine:
    place, doubt = row.place, row.doubt
    text, expected = (doubt.text, doubt.expected) if doubt else ("", float("nan"))
    at = (place.line_id, place.page_id, place.page_number, place.order)
    return QueuedLine(*at, text, expected, place.written)
