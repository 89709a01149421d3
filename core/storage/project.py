"""A project folder: making it, opening it, sessions on its database."""

import getpass
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, ExceptionContext, create_engine, event, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from core.errors import DamagedDatabase, KnownError, NotAProject, NotSaved, ProjectExists, ReadOnlyProject
from core.files import forget_half_written, remove
from core.storage.base_models import BASE_MODEL_FACTS
from core.storage.checkpoints import BACKSTOP_PAGES, Checkpointer
from core.storage.migrate import bring_up_to_date, reading_uri, stored_revision
from core.storage.schema import SCHEMA_REVISION, ModelRow, TrainingRunRow, utc_now
from core.storage.writer_lock import WriterLock
from core.versions import RunState
from core.wording import mark, say

LEFT_RUNNING = mark("The program ended while this run was under way; it can be resumed.")
"""What is stored with a run whose process nobody has seen end."""

_PARTS = ("scans", "models", "backups", "runs")
"""Folders of a project."""

PATIENCE_MS, BRIEF_PATIENCE_MS = 10_000, 2_000
"""So long a thread waits while somebody else writes to the database; the second where a window waits, too."""


class Project:
    """An open project. Made by ``create_project`` and ``open_project``; close it when done.

    Usable from several threads: each act opens its own session.
    """

    def __init__(self, folder: Path, lock: WriterLock | None, read_only_reason: str | None) -> None:
        self.folder = folder
        self.author = getpass.getuser()
        self.read_only_reason = read_only_reason
        self._lock = lock
        self._engine = self._make_engine()
        event.listen(self._engine, "handle_error", self._tell_damage)
        event.listen(self._engine, "connect", self._set_pragmas)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._checkpoints = Checkpointer(self._checkpoint)
        self._hurried = threading.local()

    @property
    def name(self) -> str:
        """What the project is called: its folder's name."""
        return self.folder.name

    @property
    def read_only(self) -> bool:
        """Whether acts that write are refused."""
        return self.read_only_reason is not None

    def check_writable(self) -> None:
        """Refuse an act before it takes its time, or leaves files that the database will never know.

        Raises:
            ReadOnlyProject: If the project was opened read-only.
        """
        if self.read_only_reason is not None:
            raise ReadOnlyProject(self.read_only_reason)

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "project.db"

    @property
    def scans(self) -> Path:
        """Folder of the scans."""
        return self.folder / "scans"

    @property
    def models(self) -> Path:
        """Folder of the model versions' weights."""
        return self.folder / "models"

    @property
    def runs(self) -> Path:
        """Folder of the training runs' files."""
        return self.folder / "runs"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is thrown away at the end.

        Raises:
            DamagedDatabase: If the database holds what cannot be read.
            KnownError: If the disk or another program is in the way.
        """
        try:
            with self._sessions() as session:
                yield session
        except OperationalError as error:
            if reason := _outer_reason(error):
                raise KnownError(
                    say("{folder} cannot be read now: {reason}", folder=self.folder.name, reason=reason)
                ) from error
            raise

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end, or leaves nothing behind; it is the only one meanwhile.

        What it reads it may rely on until it commits: SQLite's driver would begin the transaction with the
        first change only, and another thread could write between looking and writing.

        Raises:
            ReadOnlyProject: If the project was opened read-only.
            NotSaved: If the disk or another program is in the way; what was to be written is not.
            DamagedDatabase: If the database holds what cannot be read; nothing is written then, either.
        """
        self.check_writable()
        try:
            with self._sessions.begin() as session:
                connection = session.connection()
                patience = BRIEF_PATIENCE_MS if hasattr(self._hurried, "here") else PATIENCE_MS
                connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield session
        except OperationalError as error:
            if reason := _outer_reason(error):
                raise NotSaved(
                    say("Nothing was saved in {folder}: {reason}", folder=self.folder.name, reason=reason)
                ) from error
            raise
        self._checkpoints.note_commit()

    def hurry_here(self) -> None:
        """From now on this thread soon gives up where it cannot write: a window stands still meanwhile."""
        self._hurried.here = True

    def close(self) -> None:
        """Close the database and let another window write."""
        self._checkpoints.close()
        self._engine.dispose()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make_engine(self) -> Engine:
        if not self.read_only:
            return create_engine(f"sqlite:///{self.database}")

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(reading_uri(self.database), uri=True, check_same_thread=False)

        return create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    def _set_pragmas(self, connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        # A confirmed line must survive kill -9 and power loss: FULL syncs the log at each commit.
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        if self.read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(f"PRAGMA wal_autocheckpoint={BACKSTOP_PAGES}")

    def _tell_damage(self, context: ExceptionContext) -> None:
        """What SQLAlchemy met; raising here puts another error in its place."""
        error = context.original_exception
        if _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DamagedDatabase(self.database, error) from error

    def _checkpoint(self) -> None:
        """Copy what is committed from the log into the database; waits for nobody, nobody waits for it."""
        # On a full disk the log stays and is read from; the next commit tries again.
        with suppress(OperationalError, DamagedDatabase), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def _prepare_for_writing(self) -> None:
        self._bring_up_to_date()
        for part in (self.scans, self.models, self.folder / "backups"):
            forget_half_written(part)  # we hold the only writer's lock, so nobody is writing them any more
        with self.writing() as session:
            known = set(session.scalars(select(ModelRow.name)))
            for facts in BASE_MODEL_FACTS:
                if facts.name not in known:
                    session.add(facts.row())
            # We hold the only writer's lock, so a run that still counts as running lost its process.
            session.execute(
                update(TrainingRunRow)
                .where(TrainingRunRow.state == RunState.RUNNING)
                .values(
                    state=RunState.INTERRUPTED,
                    ended_at=utc_now(),
                    message=LEFT_RUNNING,
                )
            )

    def _bring_up_to_date(self) -> None:
        try:
            bring_up_to_date(self._engine, self.database, self.folder / "backups")
        except (OperationalError, sqlite3.OperationalError) as error:
            if reason := _outer_reason(error):
                raise NotSaved(
                    say(
                        "{folder} could not be brought up to date and is as it was: {reason}",
                        folder=self.folder.name,
                        reason=reason,
                    )
                ) from error
            raise


def _code(error: BaseException | None) -> int:
    """What SQLite calls an error, without details; see https://sqlite.org/rescode.html."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # the upper bits tell details


def _outer_reason(error: BaseException | None) -> str | None:
    """Why SQLite could not read or write, if that lies outside this program."""
    if isinstance(error, OperationalError):
        error = error.orig
    reasons = {
        sqlite3.SQLITE_BUSY: say(
            "another program, or work under way, is writing to it. Try again in a moment."
        ),
        sqlite3.SQLITE_FULL: say("the disk is full. Make room, then try again."),
        sqlite3.SQLITE_IOERR: say("the disk could not be read or written. Look after it, then try again."),
        sqlite3.SQLITE_READONLY: say("its database may not be written. Allow that, then try again."),
        sqlite3.SQLITE_CANTOPEN: say("its database cannot be reached. Look after its folder and try again."),
    }
    return reasons.get(_code(error))


def create_project(folder: Path) -> Project:
    """Make a project in a new or empty folder, and open it for writing; or leave nothing there.

    Raises:
        ProjectExists: If the folder holds anything already, or is a file.
        KnownError: If the disk is in the way.
    """
    folder = folder.expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        if (folder / "project.db").exists():
            raise ProjectExists(
                say(
                    "{folder} is a Linewright project already. Choose a new folder, or open it with "
                    "“linewright open {folder}”.",
                    folder=folder,
                )
            )
        raise ProjectExists(say("{folder} is not empty. Choose a new folder.", folder=folder))
    lock = WriterLock(folder)
    own = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        for part in (folder, *(folder / name for name in _PARTS)):
            part.mkdir(parents=True, exist_ok=True)
        acquired = lock.acquire()
    except OSError as error:
        _take_back(folder, own)
        raise KnownError(
            say(
                "{folder} cannot be made ({strerror}). Choose a new folder, on a disk that has room and that "
                "you may write to.",
                folder=folder,
                strerror=error.strerror,
            )
        ) from error
    if not acquired:
        raise ProjectExists(
            say(
                "{folder} is being made by {holder}. Choose another folder.",
                folder=folder,
                holder=lock.holder(),
            )
        )
    try:
        return _open_for_writing(folder, lock)
    except BaseException as error:
        _take_back(folder, own)
        if isinstance(error, NotSaved) and (reason := _outer_reason(error.__cause__)):
            raise KnownError(
                say("{folder} cannot be made: {reason}", folder=folder, reason=reason)
            ) from error
        raise


def _take_back(folder: Path, own: Sequence[Path]) -> None:
    """Remove what a project that could not be made has left; ``own``: its folder and those above, if new."""
    for name in ("project.db", "project.db-wal", "project.db-shm", "project.lock", "project.writer"):
        remove(folder / name)
    for part in (*(folder / name for name in _PARTS), *own):
        with suppress(OSError):  # there is something in it by now, or it was never made
            part.rmdir()


def open_project(folder: Path, *, read_only: bool = False) -> Project:
    """Open a project: for writing, or read-only if asked or if another window already writes.

    Raises:
        NotAProject: If there is no project in the folder.
        NewerDatabase: If a later program wrote it, or if it needs a migration but may not be written.
        DamagedDatabase: If it cannot be read as a database.
    """
    folder = folder.expanduser().absolute()
    if not (folder / "project.db").is_file():
        raise NotAProject(folder)
    if read_only:
        return _open_for_reading(
            folder, say("The project was opened for reading only; open it without that to edit.")
        )
    lock = WriterLock(folder)
    try:
        acquired = lock.acquire()
    except OSError as error:
        reason = say("{folder} may not be written to ({error}).", folder=folder, error=error.strerror)
        return _open_for_reading(folder, reason)
    if not acquired:
        reason = say(
            "{project} is being edited by {holder}; close it there to edit here.",
            project=folder.name,
            holder=lock.holder(),
        )
        return _open_for_reading(folder, reason)
    return _open_for_writing(folder, lock)


def _open_for_writing(folder: Path, lock: WriterLock) -> Project:
    project = Project(folder, lock, None)
    try:
        project._prepare_for_writing()
    except BaseException:
        project.close()
        raise
    return project


def _open_for_reading(folder: Path, reason: str) -> Project:
    revision = stored_revision(folder / "project.db")
    if revision is None:
        raise DamagedDatabase(folder / "project.db", say("it is empty"))
    if revision != SCHEMA_REVISION:
        raise KnownError(
            say(
                "{value} has schema {revision}, this program reads {schema_revision}; it must be "
                "brought up to date first. {reason}",
                value=folder / "project.db",
                revision=revision,
                schema_revision=SCHEMA_REVISION,
                reason=reason,
            )
        )
    return Project(folder, None, reason)
