"""Another program holds a project's database: nothing can be written meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import event

from core.storage.project import Project


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Hold the database; the project finds out at once instead of waiting for its turn."""

    def hurry(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    project._engine.dispose()
    event.listen(project._engine, "connect", hurry)
    with closing(sqlite3.connect(project.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            event.remove(project._engine, "connect", hurry)
            project._engine.dispose()
