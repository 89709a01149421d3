"""What lists of open lines say of a project that has no lines at all."""

from core.storage.pages import project_progress
from core.storage.project import Project
from core.wording import say


def no_lines(project: Project) -> tuple[str, str] | None:
    """A title and what to do; ``None`` if there are lines, whatever became of them."""
    pages, progress = project_progress(project)
    if progress.lines:
        return None
    todo = say("Find the lines of your pages in the Library, then draft them.")
    if not pages:
        todo = say("Import scans in the Library, find their lines there, then draft them.")
    return say("No lines yet"), todo
