"""Lines as another annotator left them: what only they have changed is taken, what was changed here stays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from core.document import LineOrigin, LineShape, Polygon, TranscriptionState
from core.geometry import shape_rotated
from core.storage.changes import Change
from core.storage.comments import CommentKey, comments_on
from core.storage.layout_edits import LayoutEdit, covers, lines_put, natural_place, put_shape
from core.storage.lines import shape_of
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
    worked on it.
    """

    page_id: int
    line_id: int | None
    there: LineState
    known: tuple[LineState, ...] = ()
    deleted: bool = False
    found: bool = False
    texts: frozenset[SaidText] = frozenset()
    comments: frozenset[CommentKey] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that stayed as it is here, by its numbers as they are shown, from 1.

    ``line`` is ``None`` if it is off its page; ``tag``: that which it has there.
    """

    page: int
    line: int | None
    tag: str


@dataclass(frozen=True, slots=True)
class MergedLayout:
    """How many ``tags``, ``outlines`` and deletions were taken; ``…_kept``: what was changed here, too.

    ``lines`` are the ids here of the lines that came in, in their order; ``None`` for what was left out.
    """

    lines: tuple[int | None, ...]
    tags: int
    outlines: int
    deleted: int
    tags_kept: tuple[KeptLine, ...]
    outlines_kept: tuple[KeptLine, ...]
    deletions_kept: tuple[KeptLine, ...]
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


def merge_layout(project: Project, incoming: Sequence[IncomingLine]) -> MergedLayout:
    """Take tags, outlines, deletions and new lines from another project, on all pages as one undo step."""
    by_page: dict[int, list[int]] = {}
    for number, line in enumerate(incoming):
        by_page.setdefault(line.page_id, []).append(number)
    lines: list[int | None] = [None] * len(incoming)
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    with project.writing() as session:
        merging = _Merging(session, incoming)
        for page_id, numbers in by_page.items():
            edit = LayoutEdit(session, page_id)
            # What was taken off there must not hide what was drawn in its stead.
            for number in sorted(numbers, key=lambda n: not incoming[n].deleted):
                lines[number] = merging.take(edit, incoming[number])
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
            self._kept(self._tags_kept),
            self._kept(self._outlines_kept),
            self._kept(self._deletions_kept),
            replace(change, set_aside=self._set_aside),
        )

    def _kept(self, rows: Sequence[tuple[LineRow, str]]) -> tuple[KeptLine, ...]:
        return tuple(
            KeptLine(
                self._session.get_one(PageRow, row.page_id).number,
                None if row.deleted else row.order + 1,
                tag,
            )
            for row, tag in rows
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
