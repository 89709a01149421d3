"""Packages of pages: read behind the window, made a project that fills while one already looks at it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import KnownError
from core.exchange.package import SUFFIX, read_package
from core.jobs import CancelToken, ProgressSink
from core.storage.project import Project, create_project
from core.wording import say
from core.workflow.receiving import ReceivedReport, take_pages
from workbench.errors import report_bug
from workbench.jobs import Job, JobFailed, JobOutcome, JobRunner, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message


def is_package(path: Path) -> bool:
    """Whether a file is called like a package of pages."""
    return path.suffix.lower() == SUFFIX


def packages_kind() -> str:
    """What a dialog of files offers."""
    return f"{say('Packages of pages')} (*{SUFFIX})"


class PackageReader(QObject):
    """Looks into packages behind the window: one of a thousand pages takes seconds.

    Signals:
        message_wanted(Message): what is under way, or what is wrong with a package.
        message_outdated(Message): that is not under way any more.
    """

    message_wanted = Signal(object)
    message_outdated = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runner: JobRunner | None = None
        self._wanted: dict[Job, tuple[Message, Callable[[str], None]]] = {}

    def read(self, file: Path, take_home: Callable[[str], None]) -> None:
        """Read all of a package; ``take_home`` gets the id of the project that handed it out."""

        def work(cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> str:
            return read_package(file, drafts=False, cancel=cancel).home

        job = Job(say("Reading the package"), work, missed=False)
        words = say("Reading {file} …", file=file.name)
        if self._runner is None:
            self._runner = JobRunner()
            self._runner.finished.connect(self._finish)
        message = Message(words, action=say("Cancel"), act=self._runner.cancel, seconds=None)
        self._wanted[job] = message, take_home
        self.message_wanted.emit(message)
        self._runner.start(job)

    def let_go(self) -> None:
        """Stop reading and end the thread; another package begins anew."""
        for message, _ in self._wanted.values():
            self.message_outdated.emit(message)
        self._wanted.clear()
        if self._runner is not None:
            self._runner.shut_down()
            self._runner = None

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        if outcome.job not in self._wanted:
            return
        message, take_home = self._wanted.pop(outcome.job)
        self.message_outdated.emit(message)
        if isinstance(outcome, JobSucceeded):
            take_home(outcome.result)
        elif isinstance(outcome, JobFailed) and isinstance(outcome.error, KnownError):
            self.message_wanted.emit(Message(str(outcome.error), "error", seconds=None))
        elif isinstance(outcome, JobFailed):
            report_bug(outcome.error)


def open_package(file: Path, folder: Path) -> tuple[Project, Job]:
    """A new project for the pages of a package, and the job that brings them in.

    Raises:
        ProjectExists: If the folder is not empty.
    """
    project = create_project(folder)

    def work(cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> ReceivedReport:
        package = read_package(file, cancel=cancel)
        return take_pages(project, file, package, cancel=cancel, progress=progress, changed=changed)

    return project, Job(say("Receiving pages"), work)
