"""A package of pages in the window: a project of its own, which fills while one already looks at it."""

from functools import partial
from pathlib import Path

from core.exchange.package import SUFFIX, read_package
from core.jobs import CancelToken, ProgressSink
from core.storage.project import Project, create_project
from core.wording import say
from core.workflow.receiving import ReceivedReport, take_pages
from workbench.jobs import Job
from workbench.jobs.job import ChangeSink


def is_package(path: Path) -> bool:
    """Whether a file is called like a package of pages."""
    return path.suffix.lower() == SUFFIX


def packages_kind() -> str:
    """What a dialog of files offers."""
    return f"{say('Packages of pages')} (*{SUFFIX})"


def open_package(file: Path, folder: Path) -> tuple[Project, Job]:
    """A new project for the pages of a package, and the job that brings them in.

    Raises:
        UnreadableFile: If the file is no package.
        ProjectExists: If the folder is not empty.
    """
    package = read_package(file)
    project = create_project(folder)
    bring = partial(take_pages, project, file, package)

    def work(cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> ReceivedReport:
        return bring(cancel=cancel, progress=progress, changed=changed)

    return project, Job(say("Receiving pages"), work)
