"""Remarks on lines: written, settled, taken up again, deleted, brought along with lines."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.errors import KnownError
from core.storage.changes import Change
from core.storage.kept import KeptLine, kept_lines
from core.storage.lines import existing_line, lines_changed
from core.storage.project import Project
from core.storage.project_settings import put_setting
from core.storage.schema import CommentRow, LineRow, PageRow, SettingRow
from core.storage.text_batches import chunks, note_step
from core.wording import say

TAKEN = "comments.taken"
"""Setting: remarks that came from other projects; one of them that is not here any more was deleted."""

CommentKey = tuple[str, str, dt.datetime]
"""Author, text and time: two remarks on a line that have these in common are the same one."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a line, and where that line is."""

    id: int
    line_id: int
    page_id: int
    page_number: int
    order: int
    author: str
    text: str
    resolved: bool
    at: dt.datetime

    @property
    def key(self) -> CommentKey:
        """Which remark it is, in whatever project."""
        return self.author, self.text, self.at


@dataclass(frozen=True, slots=True)
class IncomingComment:
    """A remark from another project on a line of this one.

    ``new``: it was written there, not handed out from here; ``settled``: somebody settled it there;
    ``deleted``: somebody took it away there, and nobody has touched it here if it is settled or not as
    ``known`` says.
    """

    line_id: int
    key: CommentKey
    resolved: bool
    new: bool = False
    settled: bool = False
    deleted: bool = False
    known: frozenset[bool] = frozenset()


@dataclass(frozen=True, slots=True)
class MergedComments:
    """How many remarks were ``added``, and how many of those that were here are ``settled`` or ``deleted``.

    ``deletions_kept``: the lines of those that were deleted there, but changed here.
    """

    added: int
    settled: int
    deleted: int
    deletions_kept: tuple[KeptLine, ...]
    change: Change


def add_comment(project: Project, line_id: int, text: str) -> Comment:
    """Write a remark on a line.

    Raises:
        KnownError: If there is nothing in it, or no such line.
    """
    text = text.strip()
    if not text:
        raise KnownError(say("The comment is empty; write something or leave it."))
    with project.writing() as session:
        existing_line(session, line_id)
        row = CommentRow(line_id=line_id, author=project.author, text=text)
        session.add(row)
        session.flush()
        return _comment(session, row.id)


def resolve_comment(project: Project, comment_id: int) -> Comment:
    """Say that a remark is settled."""
    return _settle(project, comment_id, resolved=True)


def reopen_comment(project: Project, comment_id: int) -> Comment:
    """Say that a remark is not settled after all."""
    return _settle(project, comment_id, resolved=False)


def delete_comment(project: Project, comment_id: int) -> Comment:
    """Take a remark away; returns what it was."""
    with project.writing() as session:
        comment = _comment(session, comment_id)
        session.delete(session.get_one(CommentRow, comment_id))
        return comment


def line_comments(project: Project, line_id: int) -> list[Comment]:
    """The remarks on a line, oldest first."""
    with project.reading() as session:
        query = _comments().where(CommentRow.line_id == line_id).order_by(CommentRow.id)
        return [Comment(*row) for row in session.execute(query)]


def page_comments(project: Project, page_id: int) -> dict[int, list[Comment]]:
    """The remarks on the lines of a page by line, oldest first; also on lines that were taken off it."""
    query = _comments().where(LineRow.page_id == page_id).order_by(CommentRow.id)
    found: dict[int, list[Comment]] = {}
    with project.reading() as session:
        for row in session.execute(query):
            comment = Comment(*row)
            found.setdefault(comment.line_id, []).append(comment)
    return found


def bring_comments(project: Project, comments: Sequence[IncomingComment]) -> None:
    """Store remarks that come with imported lines."""
    with project.writing() as session:
        session.add_all(_row(each) for each in comments)


def merge_comments(project: Project, incoming: Sequence[IncomingComment]) -> MergedComments:
    """Add remarks that were written elsewhere, settle or delete what was settled or deleted there.

    Nothing is opened again. A remark that was here and is not any more was deleted, and stays so. What is
    deleted here comes back by one undo step; the rest is undone by hand, as everywhere.
    """
    added: list[IncomingComment] = []
    settled: list[IncomingComment] = []
    deleted: list[CommentRow] = []
    kept: list[CommentRow] = []
    with project.writing() as session:
        present = comments_on(session, [each.line_id for each in incoming])
        noted = session.get(SettingRow, TAKEN)
        taken = {tuple(each) for each in noted.value["comments"]} if noted else set()
        for each in incoming:
            row = present.get(each.line_id, {}).get(each.key)
            if each.deleted:
                if row is not None:
                    (deleted if row.resolved in each.known else kept).append(row)
            elif row is None and each.new and _noted(each) not in taken:
                session.add(_row(each))
                taken.add(_noted(each))
                added.append(each)
            elif row is not None and each.settled and not row.resolved:
                row.resolved = True
                settled.append(each)
        if added:
            put_setting(session, TAKEN, {"comments": sorted(taken)})
        if deleted:
            note_step(session, "comments", [_as_noted(row) for row in deleted], [])
        for row in deleted:
            session.delete(row)
        lines = {each.line_id for each in (*added, *settled)} | {row.line_id for row in deleted}
        change = lines_changed(session, lines)
        return MergedComments(
            len(added),
            len(settled),
            len(deleted),
            kept_lines(session, ((session.get_one(LineRow, row.line_id), "") for row in kept)),
            replace(change, comments=bool(added or settled or deleted)),
        )


def put_comments(session: Session, old: list[list[Any]], new: list[list[Any]]) -> Change:
    """Let the remarks of an undo step be there as ``new`` says, not as ``old``, within a transaction."""
    lines = [noted[0] for noted in (*old, *new)]
    present = comments_on(session, lines)
    for line_id, author, text, at, resolved in (*old, *new):
        key = author, text, dt.datetime.fromisoformat(at)
        row, wanted = present.get(line_id, {}).get(key), [line_id, author, text, at, resolved] in new
        if row is not None and not wanted:
            session.delete(row)
        elif row is None and wanted:
            session.add(_row(IncomingComment(line_id, key, resolved)))
    return replace(lines_changed(session, lines), comments=True, focus_line=lines[0])


def comments_on(session: Session, line_ids: Sequence[int]) -> dict[int, dict[CommentKey, CommentRow]]:
    """The remarks on some lines by line, within a running transaction."""
    found: dict[int, dict[CommentKey, CommentRow]] = {}
    for part in chunks(line_ids):
        for row in session.scalars(select(CommentRow).where(CommentRow.line_id.in_(part))):
            found.setdefault(row.line_id, {})[row.author, row.text, row.at] = row
    return found


def _row(comment: IncomingComment) -> CommentRow:
    author, text, at = comment.key
    return CommentRow(line_id=comment.line_id, author=author, text=text, resolved=comment.resolved, at=at)


def _as_noted(row: CommentRow) -> list[Any]:
    """As an undo step keeps it."""
    return [row.line_id, row.author, row.text, row.at.isoformat(), row.resolved]


def _noted(comment: IncomingComment) -> tuple[int, str, str, str]:
    """As the setting keeps it."""
    author, text, at = comment.key
    return comment.line_id, author, text, at.isoformat()


def open_comments(project: Project) -> list[Comment]:
    """All remarks of the project that are not settled, in reading order."""
    query = (
        _comments()
        .where(CommentRow.resolved.is_(False), LineRow.deleted.is_(False))
        .order_by(PageRow.number, LineRow.order, CommentRow.id)
    )
    with project.reading() as session:
        return [Comment(*row) for row in session.execute(query)]


def open_comment_counts(project: Project) -> dict[int, int]:
    """How many remarks are not settled, by line."""
    query = (
        select(CommentRow.line_id, func.count())
        .where(CommentRow.resolved.is_(False))
        .group_by(CommentRow.line_id)
    )
    with project.reading() as session:
        found = session.execute(query).all()
        return {row[0]: row[1] for row in found}


def _settle(project: Project, comment_id: int, *, resolved: bool) -> Comment:
    with project.writing() as session:
        _comment(session, comment_id)
        session.get_one(CommentRow, comment_id).resolved = resolved
        session.flush()
        return _comment(session, comment_id)


def _comments() -> Select[int, int, int, int, int, str, str, bool, dt.datetime]:
    return (
        select(
            CommentRow.id,
            CommentRow.line_id,
            LineRow.page_id,
            PageRow.number,
            LineRow.order,
            CommentRow.author,
            CommentRow.text,
            CommentRow.resolved,
            CommentRow.at,
        )
        .join(LineRow, LineRow.id == CommentRow.line_id)
        .join(PageRow, PageRow.id == LineRow.page_id)
    )


def _comment(session: Session, comment_id: int) -> Comment:
    row = session.execute(_comments().where(CommentRow.id == comment_id)).one_or_none()
    if row is None:
        raise KnownError(say("There is no comment {comment_id} any more.", comment_id=comment_id))
    return Comment(*row)
