"""Bringing a database to the present schema, with a backup first."""

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from core.errors import DamagedDatabase, KnownError, NewerDatabase
from core.files import write_atomically
from core.storage.schema import SCHEMA_REVISION
from core.wording import say

_MIGRATIONS = Path(__file__).with_name("migrations")


def reading_uri(database: Path) -> str:
    """Where SQLite can read a database of ours, also in a folder in which nothing may be written.

    For one in WAL mode it would make files beside it, unless it is told that nobody changes the database
    (https://sqlite.org/wal.html#read_only_databases). While anybody does, its log lies there.
    """
    log = database.with_name(f"{database.name}-wal")
    unchanging = not os.access(database.parent, os.W_OK) and not log.exists()
    return f"{database.as_uri()}?mode=ro{'&immutable=1' if unchanging else ''}"


def stored_revision(database: Path) -> str | None:
    """Schema revision of an existing database file; ``None`` if it has none.

    Raises:
        DamagedDatabase: If the file is not a database at all (its content is not ours to touch).
        KnownError: If it cannot be read now, as on a full disk: what it holds is not known then.
    """
    try:
        with closing(sqlite3.connect(reading_uri(database), uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # there is no such table
            return None
        raise KnownError(
            say(
                "{database} cannot be read now ({error}); nothing in it was changed. See that its disk is "
                "there and has room, then open it again.",
                database=database,
                error=error,
            )
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedDatabase(database, error) from error
    return str(row[0]) if row else None


def bring_up_to_date(engine: Engine, database: Path, backups: Path) -> None:
    """Run the migrations that ``database`` lacks; an existing one is copied to ``backups`` before.

    Raises:
        NewerDatabase: If the database was written by a later version of the program.
        DamagedDatabase: If it is empty, but the project is not: a new one in its place would hide that.
    """
    revision = stored_revision(database) if database.exists() else None
    if revision == SCHEMA_REVISION:
        return
    if revision is None and any((database.parent / "scans").glob("*")):
        raise DamagedDatabase(database, say("it is empty"))
    # Alembic takes a third of a second to import: only for those who need it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabase(
            say(
                "{database} was written by a newer Linewright (schema {revision}; this one knows "
                "up to {schema_revision}). Install the newer program, or restore a copy from "
                "{backups}.",
                database=database,
                revision=revision,
                schema_revision=SCHEMA_REVISION,
                backups=backups,
            )
        )
    if revision is not None:
        back_up(database, backups, revision)
    with engine.begin() as connection:
        # Without this SQLite's driver commits every new table at once: a process killed half way would leave
        # a database that is neither old nor new, and cannot be opened any more.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def back_up(database: Path, backups: Path, label: str) -> Path:
    """Copy a live database with its write-ahead log, consistently, into ``backups``, or leave nothing."""
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    target = backups / f"project-{label}-{stamp}.db"

    def copy_to(file: Path) -> None:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)

    write_atomically(target, copy_to)
    return target
