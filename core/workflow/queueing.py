"""Which open line comes next: the most doubtful one, the next one, or the one a model learns most from.

``DoubtIndex`` holds some 70 bytes of numbers for each line in memory, made once from the drafts and kept in
step by ``Change``s; texts are read from the database for the stretch that is asked for. Asking takes
milliseconds for a hundred thousand lines.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.document import Split
from core.evaluation.error_law import UNKNOWN, ErrorLaw
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.lines import truth_text
from core.storage.project import Project
from core.storage.queue import DraftDoubt, LinePlace, draft_doubts, draft_texts, line_places
from core.wording import say
from core.workflow.coverage import NOTHING, gain, masses_of, spread, tally
from core.workflow.sureness import Laws, learned_laws

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
    """An open line; ``expected``: wrong characters that its draft probably has, ``nan`` without draft.

    ``text``: of its newest draft as the database has it, empty if it has none.
    """

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


_NUMBERS = np.dtype(
    [
        ("line", "i8"),
        ("page", "i8"),
        ("number", "i4"),
        ("order", "i4"),
        ("draft", "i8"),
        ("drafted", "f8"),
        ("model", "i4"),
        ("promised", "f8"),
        ("expected", "f8"),
        ("length", "i4"),
        ("gain", "f8"),
        ("written", "?"),
    ]
)
"""What is kept of a line: ``number`` of its page, id of its draft and when that was made (s since 1970), and
what the draft says: by which model, errors as its confidences promise and as they are to be expected (-1: no
draft), characters, and what it teaches by itself."""

_SHOWN, _DRAFT, _WEIGHT = (
    ["line", "page", "number", "order", "expected", "written"],
    ["line", "draft", "drafted"],
    ["model", "promised", "expected", "length", "gain"],
)

_NO_DRAFT, _UNDRAFTED = (-1, 0.0), (0, 0.0, -1.0, 0, 0.0)
"""Draft and weight of a line that has none: such lines come last."""


@dataclass(frozen=True, slots=True)
class News:
    """What the database says of some pages: their open lines, and the drafts that were not known before."""

    pages: frozenset[int] = frozenset()
    places: Sequence[LinePlace] = ()
    doubts: Sequence[DraftDoubt] = ()


class DoubtIndex:
    """The open lines of a project, ready to be ordered."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._room = np.zeros(64, dtype=_NUMBERS)
        self._count = 0
        self._known = tally("")
        self.laws: Laws = {}
        self._order: dict[Order, NDArray[np.int32]] = {}

    @classmethod
    def build(cls, project: Project, *, cancel: CancelToken, progress: ProgressSink = no_progress) -> Self:
        """Read the drafts of all open lines.

        Raises:
            Cancelled: On request.
        """
        index = cls(project)
        index.laws = learned_laws(project)
        index._known = tally(truth_text(project, [*Split, None]))
        for place in line_places(project):
            if place.open:
                index.put(place)
        drafts = index._lines["draft"]
        drafts = drafts[drafts != _NO_DRAFT[0]].tolist()
        index.weigh(_reported(draft_doubts(project, drafts), len(drafts), cancel, progress))
        return index

    def __len__(self) -> int:
        return self._count

    def refresh(self, change: Change) -> bool:
        """Take in what happened on some pages; only new drafts are read. Whether anything differs."""
        return self.take(self.news(change))

    def news(self, change: Change) -> News:
        """Look up what happened on some pages. Another thread may do it, as long as nothing is taken in."""
        if not change.pages:
            return News()
        places = [place for place in line_places(self._project, change.pages) if place.open]
        on_pages = self._lines[np.isin(self._lines["page"], list(change.pages))]
        known = set(on_pages[_DRAFT].tolist())
        read = {(place.line_id, *_draft_of(place)) for place in places if place.draft}
        fresh = sorted(draft for _, draft, _ in read - known)
        return News(change.pages, places, list(draft_doubts(self._project, fresh)))

    def take(self, news: News) -> bool:
        """Take in what was looked up. Whether anything differs."""
        if not news.pages:
            return False
        before = self._drop(news.pages)
        others = self._count
        for place in news.places:
            self.put(place)
        after = self._lines[others:]
        weights = after[_WEIGHT]
        known = dict(zip(before[_DRAFT].tolist(), before[_WEIGHT].tolist(), strict=True))
        for row, draft in enumerate(after[_DRAFT].tolist()):
            if draft in known:
                weights[row] = known[draft]
        if news.doubts:
            self.weigh(news.doubts)
        return not np.array_equal(_by_line(before), _by_line(after))

    def put(self, place: LinePlace) -> None:
        """Add an open line; what its draft says is left to ``weigh``."""
        if self._count == len(self._room):
            more = np.zeros(max(64, self._count // 8), dtype=_NUMBERS)
            self._room = np.concatenate([self._room, more])
        at = (place.line_id, place.page_id, place.page_number, place.order)
        self._room[self._count] = (*at, *_draft_of(place), *_UNDRAFTED, place.written)
        self._count += 1
        self._order.clear()

    def weigh(self, doubts: Iterable[DraftDoubt]) -> None:
        """Take in what the drafts of lines say that were put here."""
        rows = np.argsort(self._lines["line"])
        ids = self._lines["line"][rows]
        weights, known = self._lines[_WEIGHT], spread(self._known)
        weighed = []
        for doubt in doubts:
            row = rows[ids.searchsorted(doubt.line_id)]
            weights[row] = (
                *(doubt.model_id, doubt.promised, doubt.promised, len(doubt.text)),
                gain(masses_of(doubt), known),
            )
            weighed.append(row)
        self._expect(np.array(weighed, dtype=np.intp))

    def believe(self, laws: Laws) -> None:
        """Expect as many errors from now on as drafts of each model have had so far."""
        self.laws = laws
        drafted = self._lines["expected"] != _UNDRAFTED[2]
        self._expect(np.flatnonzero(drafted))

    @property
    def usual_law(self) -> ErrorLaw:
        """The law of the model that has read most of the open lines."""
        models, counts = np.unique(self._lines["model"], return_counts=True)
        drafted = models != _UNDRAFTED[0]
        if not drafted.any():
            return UNKNOWN
        return self.laws.get(int(models[drafted][counts[drafted].argmax()]), UNKNOWN)

    def _expect(self, rows: NDArray[np.intp]) -> None:
        """Errors of the drafts in some rows, by the laws."""
        lines = self._lines
        for model in np.unique(lines["model"][rows]).tolist():
            own = rows[lines["model"][rows] == model]
            law = self.laws.get(model, UNKNOWN)
            lines["expected"][own] = law.errors(lines["promised"][own], lines["length"][own])
        self._order.clear()

    def lines(self, order: Order, *, first: int = 0, count: int | None = None) -> list[QueuedLine]:
        """A stretch of the queue.

        Args:
            order: ``ERRORS``: most expected errors first, lines without draft last. ``GAIN``: ``_teaching``.
            first: Lines to leave out at the beginning.
            count: How many at most; all by default.
        """
        rows = self._ordered(order)
        end = len(rows) if count is None else first + count
        return self._queued(rows[first:end])

    def row_of(self, order: Order, line_id: int) -> int | None:
        """Where a line stands in the queue; ``None`` if it is not open."""
        at = np.flatnonzero(self._lines["line"] == line_id)
        return int(np.flatnonzero(self._ordered(order) == at[0])[0]) if len(at) else None

    def queued(self, line_ids: Iterable[int]) -> list[QueuedLine]:
        """Some lines in the order given; those that are open no more are left out."""
        wanted = list(line_ids)
        rows = np.flatnonzero(np.isin(self._lines["line"], wanted))
        row_of = dict(zip(self._lines["line"][rows].tolist(), rows.tolist(), strict=True))
        return self._queued(np.array([row_of[line] for line in wanted if line in row_of], dtype=np.int32))

    def acceptable(self, below: float, budget: float) -> Selection:
        """Drafts to accept unseen: the surest first, as many as the budget of expected errors allows.

        Args:
            below: Expected CER (0-1) that a line must be under.
            budget: Expected wrong characters that all of them together may have.
        """
        lines = self._lines[(self._lines["length"] > 0) & ~self._lines["written"]]
        rate = lines["expected"] / np.maximum(lines["length"], 1)
        lines, rate = lines[rate < below], rate[rate < below]
        lines = lines[np.lexsort((lines["line"], rate))]
        lines = lines[np.cumsum(lines["expected"]) <= budget]
        return Selection(
            tuple(lines["line"].tolist()), int(lines["length"].sum()), float(lines["expected"].sum())
        )

    @property
    def _lines(self) -> NDArray[np.void]:
        return self._room[: self._count]

    def _drop(self, page_ids: Collection[int]) -> NDArray[np.void]:
        """Take the lines of some pages out; what was known of them."""
        on_pages = np.isin(self._lines["page"], list(page_ids))
        dropped = self._lines[on_pages]
        self._room = self._lines[~on_pages]
        self._count = len(self._room)
        self._order.clear()
        return dropped

    def _queued(self, rows: NDArray[np.int32]) -> list[QueuedLine]:
        """A line that has lost its draft since it was weighed shows none."""
        numbers = self._lines[_SHOWN][rows].tolist()
        texts = draft_texts(self._project, [line for line, *_ in numbers])
        return [
            QueuedLine(
                *(line, page, number, order),
                text=texts.get(line, ""),
                expected=expected if expected >= 0 and line in texts else float("nan"),
                written=written,
            )
            for line, page, number, order, expected, written in numbers
        ]

    def _ordered(self, order: Order) -> NDArray[np.int32]:
        """Rows of the numbers as they come in the queue."""
        if order not in self._order:
            lines = self._lines
            keys = [lines["order"], lines["number"]]
            if order is Order.ERRORS:
                keys.append(-lines["expected"])
            elif order is Order.GAIN:
                keys.append(-lines["gain"])
            rows = np.lexsort(keys).astype(np.int32)
            self._order[order] = self._teaching(rows) if order is Order.GAIN else rows
        return self._order[order]

    def _teaching(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """The lines a model learns most from come first: uncertain, and different from each other.

        Greedy maximum of ``sum over characters of sqrt(corrected + doubt chosen so far)``, a submodular
        coverage of features (Wei, Iyer and Bilmes, ICML 2015): a character that is rare among the corrected
        lines weighs most, and less with every chosen line that has it. The gains of all candidates are worked
        out together for each choice: one by one, even lazily (Minoux 1978), they take several times as long.
        The rest stays in the order of each line's own gain.
        """
        candidates = self._lines[rows[:CANDIDATES]]
        drafts = candidates["draft"][candidates["draft"] != _NO_DRAFT[0]].tolist()
        mass_of = {doubt.line_id: masses_of(doubt) for doubt in draft_doubts(self._project, drafts)}
        masses = [mass_of.get(line, NOTHING) for line in candidates["line"].tolist()]
        known = spread(self._known)
        codes = np.concatenate([NOTHING[0], *(present for present, _ in masses)])
        mass = np.concatenate([NOTHING[1], *(each for _, each in masses)])
        places = np.repeat(
            np.arange(len(masses)), np.array([len(present) for present, _ in masses], dtype=np.intp)
        )
        chosen: list[int] = []
        for _ in range(min(CHOSEN, len(masses))):
            before = known[codes]
            gains = np.bincount(places, np.sqrt(before + mass) - np.sqrt(before), minlength=len(masses))
            gains[chosen] = -1.0
            best = int(np.argmax(gains))
            chosen.append(best)
            known[masses[best][0]] += masses[best][1]
        return np.concatenate([rows[chosen], np.delete(rows, chosen)])


def _draft_of(place: LinePlace) -> tuple[int, float]:
    """Id of a line's draft and when it was made; a line that was read again has the same id."""
    return (place.draft[0], place.draft[1].timestamp()) if place.draft else _NO_DRAFT


def _by_line(lines: NDArray[np.void]) -> NDArray[np.void]:
    return lines[np.argsort(lines["line"])]


def _reported(
    doubts: Iterable[DraftDoubt], total: int, cancel: CancelToken, progress: ProgressSink
) -> Iterator[DraftDoubt]:
    for number, doubt in enumerate(doubts, start=1):
        yield doubt
        if number % _REPORT == 0:
            cancel.raise_if_cancelled()
            progress(Progress(number, total, say("drafts")))
