"""What a project remembers about itself, as JSON by key."""

from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from core.storage.changes import Change
from core.storage.project import Project
from core.storage.schema import SettingRow
from core.storage.text_batches import note_step, texts_changed


def project_setting(project: Project, key: str) -> dict[str, Any]:
    """A setting; empty if nothing was noted."""
    with project.reading() as session:
        row = session.get(SettingRow, key)
        return dict(row.value) if row else {}


def note_setting(project: Project, key: str, value: dict[str, Any]) -> None:
    """Keep a setting, in place of what was noted before."""
    with project.writing() as session:
        put_setting(session, key, value)


def put_setting(session: Session, key: str, value: dict[str, Any]) -> None:
    """Keep a setting within a running transaction."""
    statement = insert(SettingRow).values(key=key, value=value)
    session.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def note_entry(project: Project, key: str, entry: str, value: Any, line_id: int) -> Change:
    """Keep one entry of a setting that concerns a line, as one step of undo."""
    with project.writing() as session:
        before = put_entry(session, key, entry, value)
        note_step(session, "setting", [[key, entry, before, line_id]], [[key, entry, value, line_id]])
        return texts_changed(session, [line_id])


def put_entry(session: Session, key: str, entry: str, value: Any) -> Any:
    """Keep one entry of a setting within a running transaction, drop it if ``None``; what it was before."""
    row = session.get(SettingRow, key)
    values = dict(row.value) if row else {}
    before = values.pop(entry, None)
    put_setting(session, key, values if value is None else {**values, entry: value})
    return before
