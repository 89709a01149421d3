"""What another window has written since one last looked: for windows that only read."""

import sqlite3
from collections.abc import Hashable

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.storage.changes import Change
from core.storage.migrate import reading_uri
from core.storage.project import Project
from core.storage.schema import (
    CommentRow,
    DraftRow,
    JournalRow,
    ModelRow,
    PageRow,
    PromotionRow,
    TrainingRunRow,
    TranscriptionHistoryRow,
)
from core.storage.text_batches import texts_changed

STEPS = 100
"""So many of the last steps of undo are looked at: those are the ones that can have been walked."""


class Following:
    """Looks only where rows are new: by their ids, never through the whole project's texts."""

    def __init__(self, project: Project) -> None:
        self._project = project
        # The counter tells of what others than this connection wrote, so it is kept and writes nothing.
        self._counter = sqlite3.connect(reading_uri(project.database), uri=True)
        self._version = self._data_version()
        with project.reading() as session:
            self._history, self._drafts = self._newest(session)
            self._pages, self._steps, self._rest = _pages(session), _steps(session), _rest(session)

    def close(self) -> None:
        """Let go of the database."""
        self._counter.close()

    def news(self) -> Change:
        """What others have changed since the last call; an empty change if they have not."""
        try:
            version = self._data_version()
        except sqlite3.OperationalError:  # a folder of the network that is away: the next look tells
            return Change()
        if version == self._version:
            return Change()
        self._version = version
        with self._project.reading() as session:
            lines = self._changed_lines(session)
            pages = texts_changed(session, list(lines)).pages
            pages |= self._changed_pages(session) | self._pages_of_steps(session)
            before, self._rest = self._rest, _rest(session)
        models, runs, comments = (old != new for old, new in zip(before, self._rest, strict=True))
        return Change(pages, frozenset(lines), models=models, runs=runs, comments=comments)

    def _data_version(self) -> int:
        """See https://sqlite.org/pragma.html#pragma_data_version."""
        return int(self._counter.execute("PRAGMA data_version").fetchone()[0])

    def _newest(self, session: Session) -> tuple[int, int]:
        return _last(session, TranscriptionHistoryRow.id), _last(session, DraftRow.id)

    def _changed_lines(self, session: Session) -> set[int]:
        """Lines with another text or draft."""
        texts = select(TranscriptionHistoryRow.line_id).where(TranscriptionHistoryRow.id > self._history)
        drafts = select(DraftRow.line_id).where(DraftRow.id > self._drafts)
        self._history, self._drafts = self._newest(session)
        return set(session.scalars(texts)) | set(session.scalars(drafts))

    def _changed_pages(self, session: Session) -> set[int]:
        """Pages that came, went or have other properties."""
        before, self._pages = self._pages, _pages(session)
        return {page for page, _ in before.items() ^ self._pages.items()}

    def _pages_of_steps(self, session: Session) -> set[int]:
        """Pages whose lines were drawn, moved or taken off, also by undo."""
        before, self._steps = self._steps, _steps(session)
        walked = [step for step, _ in before ^ self._steps]
        rows = session.scalars(
            select(JournalRow).where(JournalRow.id.in_(walked), JournalRow.kind == "layout")
        )
        return {noted["page_id"] for row in rows for noted in (*row.before, *row.after)}


def _last(session: Session, column: InstrumentedAttribute[int]) -> int:
    return session.scalar(select(column).order_by(column.desc()).limit(1)) or 0


def _pages(session: Session) -> dict[int, Hashable]:
    rows = session.execute(select(PageRow.id, PageRow.number, PageRow.rotation, PageRow.split, PageRow.group))
    return {row.id: tuple(row) for row in rows}


def _steps(session: Session) -> set[tuple[int, bool]]:
    newest = select(JournalRow.id, JournalRow.undone).order_by(JournalRow.id.desc()).limit(STEPS)
    return {(step, undone) for step, undone in session.execute(newest)}


def _rest(session: Session) -> tuple[Hashable, Hashable, Hashable]:
    """What tells whether models, runs and comments are the same."""
    models = tuple(session.scalars(select(ModelRow.id).order_by(ModelRow.id)))
    promotions = select(PromotionRow.id, PromotionRow.rolled_back).order_by(PromotionRow.id)
    runs = select(TrainingRunRow.id, TrainingRunRow.state).order_by(TrainingRunRow.id)
    comments = select(CommentRow.id, CommentRow.resolved).order_by(CommentRow.id)
    return (
        (models, tuple(map(tuple, session.execute(promotions)))),
        tuple(map(tuple, session.execute(runs))),
        tuple(map(tuple, session.execute(comments))),
    )
