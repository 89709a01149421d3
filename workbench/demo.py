"""The demo in the window: the bundled scans as a project of the user's, ready to be corrected and learned."""

from pathlib import Path

from platformdirs import user_documents_path

from core.storage.project import Project, create_project, open_project
from core.wording import say
from core.workflow.demo import import_demo, take_bundled_corrections
from core.workflow.drafting import draft_lines
from core.workflow.line_finding import find_lines
from workbench.jobs import Job


def demo_folder() -> Path:
    """Where the demo's project lies; it stays there, with all that the user did in it."""
    return user_documents_path() / "Linewright demo"


def open_demo(folder: Path) -> tuple[Project, list[Job]]:
    """The demo's project and what is still to be done in it: all of it the first time, nothing later.

    Raises:
        KnownError: If the folder holds something else, or may not be written to.
    """
    if (folder / "project.db").exists():
        return open_project(folder), []
    project = create_project(folder)
    jobs = [
        Job(
            say("Importing the demo"),
            lambda cancel, progress, changed: import_demo(
                project, cancel=cancel, progress=progress, changed=changed
            ),
        ),
        Job(
            say("Finding lines"),
            lambda cancel, progress, changed: find_lines(
                project, cancel=cancel, progress=progress, changed=changed
            ),
        ),
        Job(
            say("Drafting"),
            lambda cancel, progress, changed: draft_lines(
                project, cancel=cancel, progress=progress, changed=changed
            ),
        ),
        Job(
            say("Taking the bundled corrections"),
            lambda _cancel, _progress, changed: take_bundled_corrections(project, changed),
        ),
    ]
    return project, jobs
