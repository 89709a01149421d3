"""Remarks on lines: written, settled, taken up again, deleted."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.errors import KnownError
from core.storage.lines import existing_line
from core.storage.project import Project
from core.storage.schema import CommentRow, LineRow, PageRow
from core.wording import say


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
