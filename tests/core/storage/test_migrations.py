"""Databases of every old version open, with what they hold."""

import errno
import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event

import core.storage
from core.document import PageProgress, TranscriptionState
from core.errors import KnownError, NotSaved
from core.storage.lines import list_entries
from core.storage.pages import page_progress
from core.storage.project import create_project, open_project
from core.storage.schema import SCHEMA_REVISION
from core.storage.search import search_lines
from core.storage.transcriptions import save

CONTENT = """
INSERT INTO models(id, name, architecture, sha256, charset_size, note, config, data, scores, created_at)
    VALUES (1, 'ppocr-v6-small', 'ppocr-v6-small', '', 1, '', '{}', '{}', '{}', '2025-01-01');
INSERT INTO pages(id, number, name, file, width, height, rotation, sha256, 'group', source, created_at)
    VALUES (1, 1, 'p1', 'scans/p1.png', 90, 90, 0, 'a', '', '', '2025-01-01'),
           (2, 2, 'p2', 'scans/p2.png', 90, 90, 0, 'b', '', '', '2025-01-01');
INSERT INTO lines(id, page_id, 'order', polygon, direction, origin, tag, deleted) VALUES
    (1, 1, 0, '[[0,0],[9,0],[9,9]]', 'ltr', 'detected', '', 0),
    (2, 1, 1, '[[0,0],[9,0],[9,9]]', 'ltr', 'detected', '', 0),
    (3, 1, 2, '[[0,0],[9,0],[9,9]]', 'ltr', 'detected', '', 1);
INSERT INTO drafts(id, line_id, model_id, text, confidence, doubtful, characters, created_at) VALUES
    (1, 1, 1, 'lu par machine', 0.9, 0, x'', '2025-01-01'), (2, 2, 1, 'aussi lu', 0.7, 2, x'', '2025-01-01');
UPDATE lines SET current_draft_id = id WHERE id < 3;
INSERT INTO transcriptions(line_id, text, state, revision, author, updated_at) VALUES
    (1, 'écrit 天命之謂', 'corrected', 1, 'me', '2025-01-01');
INSERT INTO transcription_history(line_id, revision, text, state, author, cause, at) VALUES
    (1, 1, 'écrit 天命之謂', 'corrected', 'me', 'edit', '2025-01-01');
"""


@pytest.fixture
def first_version(tmp_path):
    """A project as the first version of the program left it."""
    folder = tmp_path / "old"
    create_project(folder).close()
    database = folder / "project.db"
    database.unlink()
    config = Config()
    config.set_main_option("script_location", str(Path(core.storage.__file__).with_name("migrations")))
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executescript(CONTENT)
    return folder


def test_counters_and_search_know_what_was_there_before(first_version):
    with open_project(first_version) as project:
        assert page_progress(project) == {
            1: PageProgress(2, 2, 1, doubt=pytest.approx(0.2), doubtful=1, truth=1),
            2: PageProgress(),
        }
        assert [each.line_id for each in search_lines(project, "命之謂")] == [1]
        assert [each.line_id for each in search_lines(project, "Aussi")] == [2]
        assert search_lines(project, "machine") == []


def test_work_goes_on_in_a_migrated_project(first_version):
    with open_project(first_version) as project:
        with project.writing() as session:
            session.connection().exec_driver_sql("UPDATE lines SET current_draft_id = NULL")
        entry = list_entries(project, 1)[1]
        save(project, entry.line.id, "neuf", state=TranscriptionState.REVIEWED, base_revision=0)
        assert page_progress(project, [1])[1].done == 2
        assert [each.text for each in search_lines(project, "neu")] == ["neuf"]


def test_the_old_state_is_kept_beside_it(first_version):
    open_project(first_version).close()
    (backup,) = (first_version / "backups").iterdir()
    assert "0001" in backup.name
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM transcriptions").fetchone() == (1,)


@contextmanager
def before_each_statement(act):
    event.listen(Engine, "before_cursor_execute", act)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", act)


def test_a_migration_that_is_broken_off_leaves_the_old_database(first_version):
    def break_off(_connection, _cursor, statement, *_):
        if "VIRTUAL TABLE" in statement:
            raise RuntimeError("killed")

    with before_each_statement(break_off), pytest.raises(RuntimeError, match="killed"):
        open_project(first_version)
    with closing(sqlite3.connect(first_version / "project.db")) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not names & {"ix_journal_undone", "page_counts"}
    with open_project(first_version) as project:
        assert [each.line_id for each in search_lines(project, "命之謂")] == [1]


def test_a_copy_that_could_not_be_finished_is_no_copy(first_version, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        open_project(first_version)
    assert not list((first_version / "backups").iterdir())


def test_a_full_disk_in_the_middle_of_a_migration_gets_a_sentence(first_version):
    def fill_up(connection, _cursor, statement, *_):
        if "VIRTUAL TABLE" in statement:
            (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with before_each_statement(fill_up), pytest.raises(NotSaved, match="is as it was: the disk is full"):
        open_project(first_version)
    open_project(first_version).close()


def test_an_old_project_is_not_changed_by_reading_only(first_version):
    with pytest.raises(KnownError, match=f"schema 0001, this program reads {SCHEMA_REVISION}"):
        open_project(first_version, read_only=True)
