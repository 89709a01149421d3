"""Pages and lines as another annotator left them: what only they have changed is taken, ours stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from core.document import LineOrigin, LineShape, Polygon, TranscriptionState
from core.geometry import shape_rotated
from core.storage.changes import Change
from core.storage.comments import CommentKey, comments_on
from core.storage.kept import KeptLine, kept_lines
from core.storage.layout_edits import LayoutEdit, covers, lines_put, natural_place, put_shape
from core.storage.lines import shape_of
from core.storage.pages import TURN, turn_page
from core.storage.project import Project
from core.storage.schema import LineRow, PageRow
from core.storage.text_batches import note_step, present_texts

_SLIP = 0.15
"""Px; coordinates are kept to a tenth, and a baseline laid through a line's middle is rounded anew."""

SaidText = tuple[str, TranscriptionState] | None
"""Text and state of a line; ``None`` if nobody has written on it."""


@dataclass(frozen=True, slots=True)
class LineState:
    """What is merged of a line beside its text; ``shape`` in px of the page as it lies here."""

    tag: str
    shape: LineShape


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A line as it is ``there``, in another project; without a ``line_id`` it is to be drawn here.

    Nobody has changed it here if its tag and outline are in ``known`` (the first as it was handed out; none:
    nothing of it is known) or as there, its text in ``texts``, and its remarks among ``comments``.
    ``deleted``: it was taken off its page there. ``found``: it was found there by the program, and nobody has
    worked on it. ``ref`` is its name in the reading order of its page.
    """

    page_id: int
    line_id: int | None
    there: LineState
    known: tuple[LineState, ...] = ()
    deleted: bool = False
    found: bool = False
    texts: frozenset[SaidText] = frozenset()
    comments: frozenset[CommentKey] = frozenset()
    ref: int = 0


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """A page as it is there: turned by ``rotation``, its lines in the ``order`` of their names.

    ``lines`` are those of them that are here, by name; the others come in by their ``IncomingLine.ref``.
    Nobody has turned the page here if it lies as one of ``rotations`` says, nor changed its reading order if
    that is one of ``orders``. The first of both are as it was handed out; none: nothing is known of that.
    """

    page_id: int
    rotation: int
    order: tuple[int, ...]
    lines: Mapping[int, int]
    rotations: tuple[int, ...]
    orders: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class MergedLayout:
    """How many ``tags``, ``outlines``, deletions, reading ``orders`` and turned pages were taken.

    ``…_kept``: what was changed here, too; of orders and turns these are numbers of pages. ``lines`` are the
    ids here of the lines that came in, in their order; ``None`` for what was left out.
    """

    lines: tuple[int | None, ...]
    tags: int
    outlines: int
    deleted: int
    tags_kept: tuple[KeptLine, ...]
    outlines_kept: tuple[KeptLine, ...]
    deletions_kept: tuple[KeptLine, ...]
    orders: int
    orders_kept: tuple[int, ...]
    turned: int
    turns_kept: tuple[int, ...]
    change: Change


def same_corners(one: Polygon, other: Polygon) -> bool:
    """Whether two outlines are the same but for rounding."""
    return len(one) == len(other) and all(
        abs(x - a) <= _SLIP and abs(y - b) <= _SLIP for (x, y), (a, b) in zip(one, other, strict=True)
    )


def same_outline(one: LineShape, other: LineShape) -> bool:
    """Whether two lines have outline, direction and baseline in common.

    A line without a baseline is one with a baseline through its middle: it gets that one when its page is
    turned.
    """
    first, second = (shape_rotated(shape, 0, 0, 0) for shape in (one, other))
    return (
        one.direction is other.direction
        and same_corners(one.polygon, other.polygon)
        and same_corners(first.baseline or (), second.baseline or ())
    )


def turn_wanted(here: int, there: int, known: Collection[int]) -> int:
    """By how many degrees a page has to be turned to lie as it does there; 0 if it was turned here."""
    return (there - here) % 360 if here in known else 0


def merge_layout(
    project: Project, incoming: Sequence[IncomingLine], pages: Sequence[IncomingPage] = ()
) -> MergedLayout:
    """Take what was done to lines and pages in another project, on all pages as one undo step.

    Pages that were turned are a step of their own before it. Outlines that come in are those on pages that
    are turned already.
    """
    orders = {page.page_id: page for page in pages}
    by_page: dict[int, list[int]] = {page_id: [] for page_id in orders}
    for number, line in enumerate(incoming):
        by_page.setdefault(line.page_id, []).append(number)
    lines: list[int | None] = [None] * len(incoming)
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    with project.writing() as session:
        merging = _Merging(session, incoming)
        merging.turn(pages)
        for page_id, numbers in by_page.items():
            edit = LayoutEdit(session, page_id)
            # What was taken off there must not hide what was drawn in its stead.
            for number in sorted(numbers, key=lambda n: not incoming[n].deleted):
                lines[number] = merging.take(edit, incoming[number])
            if page_id in orders:
                known_as = {incoming[n].ref: here for n in numbers if (here := lines[n]) is not None}
                merging.put_in_order(edit, orders[page_id], known_as)
            was, is_now = edit.close()
            before += was
            after += is_now
        if after:
            note_step(session, "layout", before, after)
        return merging.result(tuple(lines), lines_put(after))


class _Merging:
    """Decides about one line after the other, within a running transaction."""

    def __init__(self, session: Session, incoming: Sequence[IncomingLine]) -> None:
        self._session = session
        deleted = [line.line_id for line in incoming if line.deleted and line.line_id is not None]
        self._texts = present_texts(session, deleted)
        self._comments = comments_on(session, deleted)
        self._tags = self._outlines = self._deleted = self._set_aside = 0
        self._tags_kept: list[tuple[LineRow, str]] = []
        self._outlines_kept: list[tuple[LineRow, str]] = []
        self._deletions_kept: list[tuple[LineRow, str]] = []
        self._orders = 0
        self._orders_kept: list[int] = []
        self._turns: list[tuple[int, int]] = []
        self._turns_kept: list[int] = []
        self._change = Change()

    def turn(self, pages: Sequence[IncomingPage]) -> None:
        """Turn those that were turned there only, as one undo step."""
        for page in pages:
            row = self._session.get_one(PageRow, page.page_id)
            if degrees := turn_wanted(row.rotation, page.rotation, page.rotations):
                self._change |= turn_page(self._session, row.id, degrees)
                self._turns.append((row.id, degrees))
            elif page.rotation not in (row.rotation, *page.rotations[:1]):
                self._turns_kept.append(row.number)
        if self._turns:
            back = [[page_id, -degrees] for page_id, degrees in self._turns]
            note_step(self._session, TURN, back, [list(turn) for turn in self._turns])

    def put_in_order(self, edit: LayoutEdit, page: IncomingPage, drawn: Mapping[int, int]) -> None:
        """Let lines follow one another as they do there, those that are here only stay where they are.

        ``drawn`` are the lines that came in, by name. Those of them that nobody here can have moved as they
        have just been drawn say nothing of what was changed here.
        """
        here = {**page.lines, **drawn}
        rows = {row.id: row for row in edit.rows}
        there = [here[ref] for ref in page.order if here.get(ref) in rows]
        before = {row.id for row in edit.rows if edit.was_there(row)}
        known = [[here[ref] for ref in order if ref in here] for order in page.orders]

        def among(lines: Sequence[int], which: Collection[int]) -> list[int]:
            return [line for line in lines if line in which]

        both = before & set(there)
        ours = among([row.id for row in edit.rows], both)
        untouched = any(among(order, both) == ours for order in known)
        moved = bool(known) and among(known[0], both) != among(there, set(known[0]) & both)
        if untouched:
            self._orders += ours != among(there, both)
            edit.arrange([rows[line] for line in there])
        elif moved and ours != among(there, both):
            self._orders_kept.append(self._session.get_one(PageRow, page.page_id).number)

    def take(self, edit: LayoutEdit, line: IncomingLine) -> int | None:
        """Do with a line what is to be done; returns which one it is here."""
        if line.line_id is None:
            return self._draw(edit, line)
        row = self._session.get_one(LineRow, line.line_id)
        if line.deleted:
            self._take_off(edit, row, line)
        else:
            self._take_tag(row, line)
            self._take_outline(row, line)
        return row.id

    def result(self, lines: tuple[int | None, ...], change: Change) -> MergedLayout:
        """What came of it; call when the lines are numbered anew."""
        return MergedLayout(
            lines,
            self._tags,
            self._outlines,
            self._deleted,
            kept_lines(self._session, self._tags_kept),
            kept_lines(self._session, self._outlines_kept),
            kept_lines(self._session, self._deletions_kept),
            self._orders,
            tuple(self._orders_kept),
            len(self._turns),
            tuple(self._turns_kept),
            self._change | replace(change, set_aside=self._set_aside),
        )

    def _draw(self, edit: LayoutEdit, line: IncomingLine) -> int | None:
        shape = line.there.shape
        if line.found and any(covers(shape_of(row).box, shape.box) for row in edit.rows):
            return None
        row = edit.insert(natural_place(edit.rows, shape), shape, line.there.tag)
        row.origin = LineOrigin.IMPORTED
        return row.id

    def _take_off(self, edit: LayoutEdit, row: LineRow, line: IncomingLine) -> None:
        if row.deleted:
            return
        said = self._texts.get(row.id)
        shape, states = shape_of(row), (*line.known, line.there)
        untouched = (
            any(row.tag == state.tag for state in states)
            and any(same_outline(shape, state.shape) for state in states)
            and ((said.text, said.state) if said else None) in line.texts
            and self._comments.get(row.id, {}).keys() <= line.comments
        )
        if untouched:
            edit.remove(row)
            self._deleted += 1
        else:
            self._deletions_kept.append((row, line.there.tag))

    def _take_tag(self, row: LineRow, line: IncomingLine) -> None:
        tag = line.there.tag
        if row.tag == tag:
            return
        if not row.deleted and any(row.tag == state.tag for state in line.known):
            row.tag = tag
            self._tags += 1
        elif line.known and line.known[0].tag != tag:
            self._tags_kept.append((row, tag))

    def _take_outline(self, row: LineRow, line: IncomingLine) -> None:
        ours, theirs = shape_of(row), line.there.shape
        if same_outline(ours, theirs):
            return
        if not row.deleted and any(same_outline(ours, state.shape) for state in line.known):
            self._set_aside += put_shape(self._session, row, theirs)
            self._outlines += 1
        elif line.known and not same_outline(line.known[0].shape, theirs):
            self._outlines_kept.append((row, line.there.tag))
