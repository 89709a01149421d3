"""Lines drawn, moved, merged, split, deleted and re-ordered by hand; each act is one undo step.

A journal entry holds the rows of all touched lines before and after; deleting only hides a line, so
restoring either side is exact and no human text is dropped.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.document import LineEntry, LineOrigin, LineShape, Page, TranscriptionState
from core.errors import KnownError
from core.geometry import merge_shapes, split_shape
from core.storage.changes import Change
from core.storage.lines import existing_line, line_of, new_row, page_lines, shape_of, write_shape
from core.storage.project import Project
from core.storage.read_shapes import forget_evaluations, note_where_read, show_fitting
from core.storage.schema import JournalRow, LineRow, PageRow, TranscriptionRow
from core.storage.text_batches import note_step
from core.storage.transcriptions import transcription_of, write_text
from core.wording import say

LAYOUT_CAUSES = ("merge", "split")
"""Causes of texts that an act on lines writes itself; undoing it brings back the lines they came from."""

LONGEST_TAG = 60
_NOT_IN_TAGS = "{};:"
"""They part the values in the ``custom`` attribute of PAGE."""

_PLACE = ("order", "tag", "deleted")
_KEPT = ("id", "page_id", *_PLACE, "polygon", "baseline", "direction")
"""The current draft is not among them: lines are drafted between an act and its undo, and ids of drafts that
are gone come again.
"""


def _snapshot(rows: Iterable[LineRow]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in _KEPT} for row in rows]


def restore_lines(session: Session, snapshot: list[dict[str, Any]]) -> Change:
    """Bring lines back to a noted state. A draft goes only with an outline from which it was not read."""
    lost, gone, bare = 0, 0, False
    for noted in snapshot:
        row = session.get_one(LineRow, noted["id"])
        goes, comes = noted["deleted"] and not row.deleted, row.deleted and not noted["deleted"]
        for name in _PLACE:
            setattr(row, name, noted[name])
        lost += put_shape(session, row, LineShape.from_json(noted))
        gone += goes and row.current_draft_id is not None
        bare |= comes and row.current_draft_id is None
    # Lines that stand in the stead of drafted ones want a draft, unless they have theirs from before.
    return replace(lines_put(snapshot), set_aside=lost + gone * bare)


def lines_put(snapshot: list[dict[str, Any]]) -> Change:
    """The change that tells of lines that are now as noted, with the first of them to look at."""
    visible = [noted["id"] for noted in snapshot if not noted["deleted"]]
    return Change(
        pages=frozenset(noted["page_id"] for noted in snapshot),
        lines=frozenset(noted["id"] for noted in snapshot),
        focus_line=visible[0] if visible else None,
    )


class LayoutEdit:
    """Collects the touched rows of one act on a page within a transaction and notes them in the journal."""

    def __init__(self, session: Session, page_id: int) -> None:
        self.session = session
        self.page_id = page_id
        self.rows = page_lines(session, page_id)
        self._before = {noted["id"]: noted for noted in _snapshot(self.rows)}

    def insert(self, place: int, shape: LineShape, tag: str = "") -> LineRow:
        """A new line at a place of the reading order."""
        row = new_row(self.page_id, place, shape, LineOrigin.DRAWN, tag)
        self.session.add(row)
        self.session.flush()
        self.rows.insert(place, row)
        self._before[row.id] = {**_snapshot([row])[0], "deleted": True}
        return row

    def was_there(self, row: LineRow) -> bool:
        """Whether a line was on the page before this act."""
        return not self._before[row.id]["deleted"]

    def arrange(self, rows: Sequence[LineRow]) -> None:
        """Let some lines of the page follow one another so, in the places that they have together."""
        places = sorted(self.rows.index(row) for row in rows)
        for place, row in zip(places, rows, strict=True):
            self.rows[place] = row

    def remove(self, row: LineRow) -> None:
        """Hide a line."""
        row.deleted = True
        self.rows.remove(row)

    def close(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Number the lines anew; returns what has changed, as it was and as it is."""
        for order, row in enumerate(self.rows):
            row.order = order
        touched = [self.session.get_one(LineRow, line_id) for line_id in self._before]
        after = [noted for noted in _snapshot(touched) if noted != self._before[noted["id"]]]
        return [self._before[noted["id"]] for noted in after], after

    def finish(self, focus: LineRow | None, *, set_aside: int = 0) -> Change:
        """Number the lines anew and write the journal entry; so many drafts are ``set_aside``."""
        before, after = self.close()
        if after:
            note_step(self.session, "layout", before, after)
        change = lines_put(after)
        focus_line = focus.id if focus else None
        return Change(change.pages, change.lines, focus_line=focus_line, set_aside=set_aside)


def draw_line(
    project: Project,
    page_id: int,
    shape: LineShape,
    order: int | None = None,
    *,
    origin: LineOrigin = LineOrigin.DRAWN,
    tag: str = "",
) -> Change:
    """Add a line by hand, at place ``order`` of the reading order or where its position suggests."""
    with project.writing() as session:
        edit = LayoutEdit(session, page_id)
        place = natural_place(edit.rows, shape) if order is None else max(0, min(order, len(edit.rows)))
        row = edit.insert(place, shape, tag)
        row.origin = origin
        return edit.finish(row)


def natural_place(rows: Sequence[LineRow], shape: LineShape) -> int:
    """Before the first line that lies wholly after the new one: below it, or left of it if vertical."""
    left, _top, right, bottom = shape.box
    for place, row in enumerate(rows):
        other_left, other_top, other_right, other_bottom = shape_of(row).box
        if shape.direction == "ttb":
            if (other_left + other_right) / 2 < left and other_top < bottom:
                return place
        elif (other_top + other_bottom) / 2 > bottom and other_left < right:
            return place
    return len(rows)


def reshape_line(project: Project, line_id: int, shape: LineShape) -> Change:
    """Give a line another outline; a draft that was read from another picture is set aside."""
    with project.writing() as session:
        row = existing_line(session, line_id)
        edit = LayoutEdit(session, row.page_id)
        return edit.finish(row, set_aside=put_shape(session, row, shape))


def _drafted(*rows: LineRow) -> int:
    """How many of some lines show a draft."""
    return sum(row.current_draft_id is not None for row in rows)


def put_shape(session: Session, row: LineRow, shape: LineShape) -> int:
    """Give a line an outline and the draft that was read within it; returns how many it has lost (0 or 1).

    Many small steps make a large one: drafts are held against the outline within which they were read.
    """
    before = shape_of(row)
    write_shape(row, shape)
    if shape_of(row) == before:
        return 0
    forget_evaluations(session, [row.id])
    if row.current_draft_id is not None:
        note_where_read(session, {row.current_draft_id: before}, row.page_id)
    return show_fitting(session, [row])


def tag_lines(project: Project, line_ids: Collection[int], tag: str) -> Change:
    """Say what kind of line some are (heading, date, …); an empty tag takes it away. Drafts and texts stay.

    Raises:
        KnownError: If the tag could not be written to PAGE and ALTO files.
    """
    tag = " ".join(tag.split())
    if len(tag) > LONGEST_TAG or any(char in _NOT_IN_TAGS for char in tag):
        raise KnownError(
            say(
                "A tag has at most {most} characters and none of these: {banned}",
                most=LONGEST_TAG,
                banned="{ } ; :",
            )
        )
    with project.writing() as session:
        rows = [existing_line(session, line_id) for line_id in line_ids]
        change = Change()
        for page_id in sorted({row.page_id for row in rows}):
            edit = LayoutEdit(session, page_id)
            ours = [row for row in edit.rows if row.id in line_ids]
            for row in ours:
                row.tag = tag
            change |= edit.finish(ours[0])
        return change


def delete_lines(project: Project, line_ids: Collection[int]) -> Change:
    """Take lines off their page. Undo brings them back with their text."""
    with project.writing() as session:
        rows = [existing_line(session, line_id) for line_id in line_ids]
        change = Change()
        for page_id in sorted({row.page_id for row in rows}):
            edit = LayoutEdit(session, page_id)
            for row in rows:
                if row.page_id == page_id:
                    edit.remove(row)
            change |= edit.finish(None)
        return change


def merge_lines(project: Project, line_ids: Sequence[int]) -> Change:
    """Make one line of several of a page, in reading order; their human texts are joined with spaces.

    Raises:
        KnownError: If fewer than two lines are given or they are on different pages.
    """
    with project.writing() as session:
        rows = sorted(
            (existing_line(session, line_id) for line_id in set(line_ids)), key=lambda row: row.order
        )
        if len(rows) < 2 or len({row.page_id for row in rows}) > 1:
            raise KnownError(say("Merging takes two or more lines of one page; select them and try again."))
        edit = LayoutEdit(session, rows[0].page_id)
        merged = edit.insert(
            edit.rows.index(rows[0]), merge_shapes([shape_of(row) for row in rows]), rows[0].tag
        )
        for row in rows:
            edit.remove(row)
        texts = [session.get(TranscriptionRow, row.id) for row in rows]
        if any(texts):
            all_true = all(t is not None and TranscriptionState(t.state).is_truth for t in texts)
            state = TranscriptionState.CORRECTED if all_true else TranscriptionState.OPEN
            joined = " ".join(t.text for t in texts if t is not None and t.text)
            write_text(session, merged.id, joined, state, project.author, "merge")
        return edit.finish(merged, set_aside=_drafted(*rows))


def split_line(project: Project, line_id: int, fraction: float, text_split: int | None = None) -> Change:
    """Cut a line in two at ``fraction`` (0-1) of its length in reading direction.

    Human text goes along: cut at character ``text_split``, or wholly to the first part if not given;
    both parts are open again, for a human to look at.
    """
    with project.writing() as session:
        row = existing_line(session, line_id)
        edit = LayoutEdit(session, row.page_id)
        place = edit.rows.index(row)
        first_shape, second_shape = split_shape(shape_of(row), min(max(fraction, 0.02), 0.98))
        edit.remove(row)
        first = edit.insert(place, first_shape, row.tag)
        second = edit.insert(place + 1, second_shape, row.tag)
        human = session.get(TranscriptionRow, line_id)
        if human is not None:
            cut = len(human.text) if text_split is None else text_split
            for part, text in ((first, human.text[:cut].strip()), (second, human.text[cut:].strip())):
                write_text(session, part.id, text, TranscriptionState.OPEN, project.author, "split")
        return edit.finish(first, set_aside=_drafted(row))


def move_line(project: Project, line_id: int, new_order: int) -> Change:
    """Put a line at another place of the reading order."""
    with project.writing() as session:
        row = existing_line(session, line_id)
        edit = LayoutEdit(session, row.page_id)
        edit.rows.remove(row)
        edit.rows.insert(max(0, min(new_order, len(edit.rows))), row)
        return edit.finish(row)


def replace_found_lines(
    project: Project, page_id: int, shapes: Sequence[LineShape], *, seen: Page | None = None
) -> Change | None:
    """Put the result of line finding on a page.

    Lines with human text, and lines drawn or imported, stay; found lines that cover one of them are left
    out, so that finding lines again never doubles or drops work.

    Args:
        project: The open project.
        page_id: The page.
        shapes: What was found.
        seen: The page as it was looked at. If it was turned or taken out since, nothing is stored and
            ``None`` returned.
    """
    with project.writing() as session:
        present = session.get(PageRow, page_id)
        shown = (present.file, present.rotation) if present else None
        if seen is not None and shown != (seen.file, seen.rotation):
            return None
        edit = LayoutEdit(session, page_id)
        texts = set(
            session.scalars(
                select(TranscriptionRow.line_id)
                .join(LineRow, LineRow.id == TranscriptionRow.line_id)
                .where(LineRow.page_id == page_id)
            )
        )
        for row in list(edit.rows):
            if row.id not in texts and row.origin == LineOrigin.DETECTED:
                edit.remove(row)
        kept = [shape_of(row).box for row in edit.rows]
        fresh = [shape for shape in shapes if not any(covers(box, shape.box) for box in kept)]
        for shape in fresh:
            place = natural_place(edit.rows, shape) if kept else len(edit.rows)
            edit.insert(place, shape).origin = LineOrigin.DETECTED
        return edit.finish(None)


def covers(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes share more than half of the smaller one."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    if width <= 0 or height <= 0:
        return False
    smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (box, other))
    return width * height > 0.5 * max(smaller, 1.0)


def lines_taken_off(project: Project, page_id: int) -> list[LineEntry]:
    """The lines that were taken off a page, with their human text."""
    query = (
        select(LineRow, TranscriptionRow)
        .outerjoin(TranscriptionRow, TranscriptionRow.line_id == LineRow.id)
        .where(LineRow.page_id == page_id, LineRow.deleted)
        .order_by(LineRow.id)
    )
    with project.reading() as session:
        return [
            LineEntry(line_of(row), None, transcription_of(text) if text else None)
            for row, text in session.execute(query)
        ]


def taken_off_by_hand(project: Project) -> set[int]:
    """Lines that an act took off their page, not the undoing of the act that had brought them."""
    steps = select(JournalRow.before, JournalRow.after).where(
        JournalRow.kind == "layout", JournalRow.undone.is_(False)
    )
    with project.reading() as session:
        return {
            is_now["id"]
            for before, after in session.execute(steps)
            for was, is_now in zip(before, after, strict=True)
            if is_now["deleted"] and not was["deleted"]
        }


def outlines_ever(project: Project, page_id: int) -> dict[int, LineShape]:
    """Outlines of all lines of a page by id, also of those that were taken off it."""
    with project.reading() as session:
        rows = session.scalars(select(LineRow).where(LineRow.page_id == page_id).order_by(LineRow.order))
        return {row.id: shape_of(row) for row in rows}


def line_count(project: Project) -> int:
    """How many lines the project has."""
    with project.reading() as session:
        return session.scalar(select(func.count(LineRow.id)).where(LineRow.deleted.is_(False))) or 0
