import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

import core.storage
from core.document import BASE_MODELS, TranscriptionState
from core.errors import (
    DamagedDatabase,
    KnownError,
    NewerDatabase,
    NotAProject,
    NotSaved,
    ProjectExists,
    ReadOnlyProject,
)
from core.storage.migrate import bring_up_to_date
from core.storage.models import list_models
from core.storage.pages import list_pages
from core.storage.project import Project, create_project, open_project
from core.storage.schema import SCHEMA_REVISION, Row
from core.wording import set_translation
from tests.holding import held


def test_new_project_has_its_folders_and_the_base_models(project):
    assert {p.name for p in project.folder.iterdir() if p.is_dir()} == {"scans", "models", "backups", "runs"}
    assert tuple(model.name for model in list_models(project)) == BASE_MODELS


def test_edits_are_synced_to_disk_and_foreign_keys_hold(project):
    with project.reading() as session:
        connection = session.connection().connection
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_schema_constant_is_the_newest_migration_and_equals_the_tables(project):
    config = Config()
    config.set_main_option("script_location", str(Path(core.storage.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_REVISION
    with closing(sqlite3.connect(project.database)) as connection:
        for table in Row.metadata.sorted_tables:
            columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
            assert columns == {column.name for column in table.columns}


def test_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(ProjectExists, match="not empty"):
        create_project(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("empty_folder", [False, True])
@pytest.mark.parametrize("room", [10, 10_000])
def test_a_project_for_which_there_is_no_room_says_so_and_leaves_nothing(tmp_path, empty_folder, room):
    """Be it that its tables do not fit, or what stands in them."""
    (tmp_path / "mine.txt").write_text("mine")
    folder = tmp_path / "new" / "folder"
    if empty_folder:
        folder.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    def limit(connection, _entry):
        connection.execute(f"PRAGMA max_page_count={room}")

    def fill(connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO models"):
            connection.exec_driver_sql("PRAGMA max_page_count=1")
            connection.exec_driver_sql("INSERT INTO settings (key, value) VALUES ('k', zeroblob(100000))")

    event.listen(Engine, "connect", limit)
    event.listen(Engine, "before_cursor_execute", fill)
    try:
        with pytest.raises(KnownError, match=r"folder cannot be made: the disk is full\. Make room"):
            create_project(folder)
    finally:
        event.remove(Engine, "connect", limit)
        event.remove(Engine, "before_cursor_execute", fill)
    assert sorted(tmp_path.rglob("*")) == before
    create_project(folder).close()


def test_folder_without_project_is_named(tmp_path):
    with pytest.raises(NotAProject, match=r"no project\.db"):
        open_project(tmp_path)


def test_second_window_opens_read_only_and_says_who_writes(project):
    with open_project(project.folder) as second:
        assert second.read_only
        assert str(os.getpid()) in second.read_only_reason
        with pytest.raises(ReadOnlyProject), second.writing():
            pass


def test_an_act_that_cannot_be_written_says_why_and_leaves_nothing(project):
    with held(project), pytest.raises(NotSaved, match="another program"), project.writing():
        pass
    with project.reading() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
    with pytest.raises(NotSaved, match="disk is full"), project.writing() as session:
        session.execute(text(f"PRAGMA max_page_count={pages}"))
        session.execute(text("INSERT INTO settings (key, value) VALUES ('k', zeroblob(100000))"))
    with project.reading() as session:
        assert session.execute(text("SELECT count(*) FROM settings WHERE key = 'k'")).scalar_one() == 0


def test_only_the_thread_that_a_window_waits_for_gives_up_soon(project):
    def patience() -> int:
        with project.writing() as session:
            return session.execute(text("PRAGMA busy_timeout")).scalar_one()

    project.hurry_here()
    with ThreadPoolExecutor(1) as behind:
        assert [patience(), behind.submit(patience).result(), patience()] == [2_000, 10_000, 2_000]


def test_a_fault_of_the_program_is_not_told_as_one_of_the_disk(project):
    with pytest.raises(OperationalError), project.writing() as session:
        session.execute(text("INSERT INTO nowhere VALUES (1)"))


def test_a_project_in_a_folder_that_may_not_be_written_can_be_read(project, add_page, monkeypatch):
    add_page()
    project.close()

    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    # Root may write everywhere: what the system says of the folder is all that a test can change.
    monkeypatch.setattr(os, "access", lambda *_: False)
    before = sorted(project.folder.iterdir())
    with open_project(project.folder) as seen:
        assert "may not be written to" in seen.read_only_reason
        assert len(list_pages(seen)) == 1
        assert sorted(project.folder.iterdir()) == before, "SQLite would have failed there"


def test_why_a_project_is_read_only_is_said_in_the_language_of_the_window(project):
    set_translation(
        lambda template: template.upper().replace("{PROJECT}", "{project}").replace("{HOLDER}", "?")
    )
    try:
        with open_project(project.folder) as second:
            assert second.read_only_reason.endswith("IS BEING EDITED BY ?; CLOSE IT THERE TO EDIT HERE.")
    finally:
        set_translation(None)


def test_closing_the_writer_lets_the_next_one_write(project):
    project.close()
    with open_project(project.folder) as second:
        assert not second.read_only


def test_lock_of_a_killed_process_is_released(tmp_path):
    folder = tmp_path / "p"
    script = (
        "import sys, time; from pathlib import Path; from core.storage.project import create_project;"
        "p = create_project(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"open\n"
        with open_project(folder) as second:
            assert second.read_only
        writer.send_signal(signal.SIGKILL)
    with open_project(folder) as third:
        assert not third.read_only


def test_newer_database_is_refused_and_left_alone(project):
    project.close()
    with closing(sqlite3.connect(project.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = project.database.read_bytes()
    with pytest.raises(NewerDatabase, match="newer Linewright"):
        open_project(project.folder)
    assert project.database.read_bytes() == before


def test_damaged_database_is_refused_with_the_way_out(project):
    project.close()
    project.database.write_bytes(b"this is no database at all, not even nearly" * 100)
    with pytest.raises(KnownError, match="backups"):
        open_project(project.folder)


def test_a_database_that_is_empty_while_scans_are_there_is_not_begun_anew(project):
    project.close()
    (project.scans / "a.png").write_bytes(b"scan")
    project.database.write_bytes(b"")
    for read_only in (False, True):
        with pytest.raises(DamagedDatabase, match="it is empty"):
            open_project(project.folder, read_only=read_only)
    assert project.database.read_bytes() == b""


def damage(project: Project, table: str) -> None:
    """Overwrite where a table begins, as a failing disk does."""
    project.close()
    with closing(sqlite3.connect(project.database)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with project.database.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


def test_damage_that_an_act_meets_later_is_told_with_the_way_out(project, add_page):
    add_page()
    damage(project, "pages")
    with open_project(project.folder) as damaged:
        with pytest.raises(DamagedDatabase, match="no copy of it"):
            list_pages(damaged)
        (damaged.folder / "backups" / "project-0005.db").write_bytes(b"a copy")
        with pytest.raises(DamagedDatabase, match=r"project\.db-wal"), damaged.writing() as session:
            session.execute(text("UPDATE pages SET number = 7"))


def test_a_database_that_cannot_be_read_now_is_not_taken_for_an_empty_one(project, monkeypatch):
    project.close()

    def fail(*_arguments, **_options):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("core.storage.migrate.sqlite3.connect", fail)
        for read_only in (False, True):
            with pytest.raises(KnownError, match="cannot be read now"):
                open_project(project.folder, read_only=read_only)
    assert not list((project.folder / "backups").iterdir())
    with open_project(project.folder) as again:
        assert not again.read_only


def test_reading_while_the_database_is_out_of_reach_is_told(project):
    project.database.rename(project.folder / "away.db")
    project._engine.dispose()
    project.folder.rename(project.folder.with_name("moved"))
    with pytest.raises(KnownError, match="cannot be read now"):
        list_pages(project)
    project.folder.with_name("moved").rename(project.folder)


def test_on_a_full_disk_a_project_is_neither_made_nor_locked(tmp_path, project, monkeypatch):
    project.close()

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        with pytest.raises(KnownError, match="No space left"):
            create_project(tmp_path / "new")
        held_by_nobody = open_project(project.folder)
        assert "No space left" in held_by_nobody.read_only_reason
    with held_by_nobody, open_project(project.folder) as writer:
        assert not writer.read_only


def test_a_log_that_cannot_be_copied_now_is_copied_after_a_later_commit(project, monkeypatch):
    tried, copied = threading.Event(), threading.Event()
    connect = project._engine.connect

    def full():
        if tried.is_set():
            copied.set()
            return connect()
        tried.set()
        raise OperationalError("PRAGMA", None, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr(project._engine, "connect", full)
    for done in (tried, copied):
        project._checkpoints.note_commit()
        assert done.wait(10)


def test_migration_backs_the_database_up_first(project, monkeypatch):
    project.close()
    migrations = project.folder / "migrations"
    shutil.copytree(Path(core.storage.__file__).with_name("migrations"), migrations)
    (migrations / "versions" / "next.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = 'next'\n"
        f"down_revision = '{SCHEMA_REVISION}'\n"
        "def upgrade():\n    op.add_column('pages', sa.Column('shelf', sa.String()))\n"
    )
    monkeypatch.setattr("core.storage.migrate._MIGRATIONS", migrations)
    monkeypatch.setattr("core.storage.migrate.SCHEMA_REVISION", "next")
    reopened = Project(project.folder, None, None)
    bring_up_to_date(reopened._engine, project.database, project.folder / "backups")
    reopened.close()
    (backup,) = (project.folder / "backups").iterdir()

    def page_columns(file: Path) -> set[str]:
        with closing(sqlite3.connect(file)) as connection:
            return {row[1] for row in connection.execute("PRAGMA table_info(pages)")}

    assert "shelf" in page_columns(project.database)
    assert "shelf" not in page_columns(backup)


def test_confirmed_text_survives_kill_minus_nine(tmp_path):
    script = """
import os, signal, sys
from pathlib import Path
from core.document import LineShape, TranscriptionState
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.pages import NewPage
from core.storage.project import create_project
from core.storage.transcriptions import save
project = create_project(Path(sys.argv[1]))
page = NewPage("a", "scans/a", 10, 10, "hash", "a", "a")
line = NewLine(LineShape(((0, 0), (9, 0), (9, 9))))
add_pages_with_lines(project, [NewPageWithLines(page, (line,))], "me")
save(project, 1, "北京 ſchon", state=TranscriptionState.CORRECTED, base_revision=0)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "p")], check=False)
    assert killed.returncode == -signal.SIGKILL
    from core.storage.lines import list_entries

    with open_project(tmp_path / "p") as reopened:
        (entry,) = list_entries(reopened, 1)
    assert (entry.text, entry.state) == ("北京 ſchon", TranscriptionState.CORRECTED)


def test_the_log_is_copied_into_the_database_beside_the_work(project, monkeypatch):
    copied = threading.Event()
    checkpoint = Project._checkpoint

    def noted(self):
        checkpoint(self)
        copied.set()

    monkeypatch.setattr(Project, "_checkpoint", noted)
    with open_project_again(project) as again:
        with again.writing() as session:
            session.execute(text("UPDATE models SET note = 'changed'"))
        assert copied.wait(10)
        assert b"changed" in again.database.read_bytes()
    assert not any(thread.name == "checkpoints" for thread in threading.enumerate())


def open_project_again(project):
    project.close()
    return open_project(project.folder)


def test_what_a_killed_process_left_half_written_goes_with_the_next_opening(tmp_path):
    folder = tmp_path / "book"
    create_project(folder).close()
    left = folder / "models" / ".utopie-1.safetensors.0123456789ab.tmp"
    kept = [folder / "models" / ".mine.tmp", folder / "scans" / "0123456789ab.tmp"]
    for file in (left, *kept):
        file.write_bytes(b"half")
    open_project(folder, read_only=True).close()
    assert left.exists(), "somebody else may be writing it"
    open_project(folder).close()
    assert not left.exists()
    assert all(file.exists() for file in kept)
