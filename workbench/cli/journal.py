"""Commands ``undo`` and ``redo``."""

from collections.abc import Callable

from core.errors import KnownError
from core.storage import journal
from core.storage.changes import Change
from core.storage.lines import get_entry
from core.storage.project import Project, open_project
from workbench.cli.console import JsonOption, answer, set_aside_words
from workbench.cli.project import ProjectArgument


def undo_(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Take back the last act on texts or lines."""
    with open_project(project) as opened:
        _walk(opened, journal.undo, "undone", as_json)


def redo_(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Do again what was undone last."""
    with open_project(project) as opened:
        _walk(opened, journal.redo, "redone", as_json)


def _walk(project: Project, walk: Callable[[Project], Change | None], what: str, as_json: bool) -> None:
    change = walk(project)
    if change is None:
        raise KnownError(f"Nothing in {project.name} can be {what}.")
    line = change.focus_line
    text = get_entry(project, line).text if line is not None else ""
    told = f"Line {line} is “{text}” now." if line is not None else f"{what.capitalize()}."
    if len(change.lines) > 1:
        told = f"{what.capitalize()} in {len(change.lines)} lines. {told}" if line is not None else told
    found = {"line": line, "text": text, "lines": len(change.lines), "drafts_set_aside": change.set_aside}
    answer(as_json, found, told + set_aside_words(change.set_aside))
