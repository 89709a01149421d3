"""Another program holds a project's database: nothing can be written meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from unittest.mock import patch

from core.storage.project import Project


@contextmanager
def held(project: Project) -> Iterator[None]:
    """Hold the database; the project finds out at once instead of waiting for its turn."""
    at_once = patch.multiple("core.storage.project", PATIENCE_MS=0, BRIEF_PATIENCE_MS=0)
    with at_once, closing(sqlite3.connect(project.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
