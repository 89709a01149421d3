"""Keeps the index of doubt for all tabs: built behind the window once, then in step with the project."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.storage.changes import Change
from core.wording import say
from core.workflow.queueing import DoubtIndex
from workbench.jobs import Job, JobOutcome, JobProgress, JobRunner, JobSucceeded
from workbench.workspace import Workspace

PAUSE_MS = 200
"""Changes that come together are taken in together."""

MANY_PAGES = 60
"""A change of more pages than this is read behind the window: the index is built anew."""


class DoubtKeeper(QObject):
    """Builds with a runner of its own: nobody is asked about it when the window closes.

    Signals:
        updated(): the index is there, or says something else.
        progressed(str): how far the building is, in words.
    """

    updated = Signal()
    progressed = Signal(str)

    def __init__(self, workspace: Workspace, looking: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = looking
        self._workspace = workspace
        self.index: DoubtIndex | None = None
        self._job: Job | None = None
        self._waiting = Change()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.catch_up)
        workspace.changes.changed.connect(self._note)
        looking.finished.connect(self._take)
        looking.progressed.connect(self._tell)

    def ensure(self) -> None:
        """Build the index if there is none yet; bring it up to date otherwise."""
        if self.index is not None:
            self.catch_up()
        elif self._job is None:
            self._build()

    def _build(self) -> None:
        project = self._workspace.project
        self._waiting = Change()
        self._job = Job(
            say("Reading drafts"),
            lambda cancel, progress, _changed: DoubtIndex.build(project, cancel=cancel, progress=progress),
        )
        self._looking.start(self._job)

    @Slot()
    def catch_up(self) -> None:
        """Take in what has changed."""
        if self.index is None or self._job is not None:
            return
        waiting, self._waiting = self._waiting, Change()
        if len(waiting.pages) > MANY_PAGES:
            self._build()
        elif self.index.refresh(waiting):
            self.updated.emit()

    @Slot(object)
    def _note(self, change: Change) -> None:
        self._waiting |= change
        self._soon.start()

    @Slot(object)
    def _tell(self, progress: JobProgress) -> None:
        if progress.job is self._job:
            counts = progress.progress
            self.progressed.emit(
                say("{done:,} of {total:,} drafts are read.", done=counts.done, total=counts.total)
            )

    @Slot(object)
    def _take(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._job:
            return
        self._job = None
        if isinstance(outcome, JobSucceeded):
            self.index = outcome.result
            self.catch_up()
            self.updated.emit()
