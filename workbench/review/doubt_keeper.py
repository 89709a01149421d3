"""Keeps the index of doubt for all tabs: built behind the window once, then in step with the project.

How far confidences hold is learned anew, behind the window too, whenever a tab asks and texts have changed.
"""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.storage.changes import Change
from core.wording import say
from core.workflow.queueing import DoubtIndex
from core.workflow.sureness import learned_laws
from workbench.jobs import Job, JobOutcome, JobProgress, JobRunner, JobSucceeded
from workbench.workspace import Workspace

PAUSE_MS = 200
"""Changes that come together are taken in together."""

FEW_PAGES = 2
"""A change of so many pages is read at once (some 6 ms a page of new drafts), of more behind the window."""


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
        self._texts_changed = False
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
            if self._texts_changed and self._job is None:
                self._look_up(self.index, Change())
        elif self._job is None:
            self._build()

    def _build(self) -> None:
        project = self._workspace.project
        self._waiting = Change()
        self._texts_changed = False
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
        if len(waiting.pages) > FEW_PAGES:
            self._look_up(self.index, waiting)
        elif self.index.refresh(waiting):
            self.updated.emit()

    def _look_up(self, index: DoubtIndex, change: Change) -> None:
        project = self._workspace.project
        self._texts_changed = False
        self._job = Job(
            say("Comparing drafts with what was corrected"),
            lambda _cancel, _progress, _changed: (index.news(change), learned_laws(project)),
        )
        self._looking.start(self._job)

    @Slot(object)
    def _note(self, change: Change) -> None:
        self._waiting |= change
        self._texts_changed |= bool(change.lines)
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
        if not isinstance(outcome, JobSucceeded):
            self.index = None  # what it has missed is read with all else, when a tab asks again
            return
        if isinstance(outcome.result, DoubtIndex):
            self.index = outcome.result
        elif self.index is not None:
            news, laws = outcome.result
            self.index.take(news)
            self.index.believe(laws)
        self.catch_up()
        self.updated.emit()
