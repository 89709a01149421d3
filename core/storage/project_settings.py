"""What a project remembers about itself, as JSON by key."""

from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from core.storage.project import Project
from core.storage.schema import SettingRow


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
