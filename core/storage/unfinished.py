"""Texts that people have begun and not finished, so that they outlive the window.

What is typed for a line as its text is saved as an open transcription. This is for what is none: a comment
that nobody has added yet, another reading that nobody has decided for, a rule that is no rule yet.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.storage.project import Project
from core.storage.project_settings import project_setting, put_setting
from core.storage.schema import SettingRow

OF_LINES = "line."
"""So begin the kinds that belong to lines and go with them."""

_KEY = "unfinished."


def unfinished_texts(project: Project, kind: str) -> dict[int, str]:
    """What was begun of a kind, by the id of the line or whatever it belongs to."""
    return {int(owner): text for owner, text in project_setting(project, _KEY + kind).items()}


def note_unfinished(project: Project, kind: str, texts: Mapping[int, str | None]) -> None:
    """Keep texts in place of those that were begun before; ``None``: finished or given up."""
    with project.writing() as session:
        _change(session, _KEY + kind, texts)


def forget_unfinished(session: Session, line_ids: Iterable[int]) -> None:
    """Lines go for good within a running transaction: their ids may come again."""
    gone = dict.fromkeys(line_ids)
    for key in session.scalars(
        select(SettingRow.key).where(SettingRow.key.startswith(_KEY + OF_LINES))
    ).all():
        _change(session, key, gone)


def _change(session: Session, key: str, texts: Mapping[int, str | None]) -> None:
    row = session.get(SettingRow, key)
    present = dict(row.value) if row else {}
    changed = {**present, **{str(owner): text for owner, text in texts.items()}}
    left = {owner: text for owner, text in changed.items() if text is not None}
    if left != present:
        put_setting(session, key, left)
