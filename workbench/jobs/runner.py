"""Runs jobs one after the other in a thread, and tells the window about them by queued signals."""

import time
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal, Slot

from core.errors import of_disk
from core.jobs import Cancelled, CancelToken, Progress
from core.storage.changes import Change
from workbench.jobs.job import Job, JobCancelled, JobFailed, JobOutcome, JobProgress, JobSucceeded

REPORT_INTERVAL = 0.1
"""Seconds between two reports of progress: more often, nobody can read them."""

SHUTDOWN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class _Run:
    job: Job
    cancel: CancelToken


class _Worker(QObject):
    """Lives in the runner's thread."""

    progressed = Signal(object)
    changed = Signal(object)
    finished = Signal(object)

    @Slot(object)
    def run(self, run: _Run) -> None:
        """Do the work of one job and emit exactly one outcome."""
        self.finished.emit(self._outcome(run))

    def _outcome(self, run: _Run) -> JobOutcome:
        started = time.monotonic()
        last_report = 0.0

        def report(progress: Progress) -> None:
            nonlocal last_report
            seconds = time.monotonic() - started
            if seconds - last_report < REPORT_INTERVAL and progress.done < progress.total:
                return
            last_report = seconds
            left = progress.seconds_left
            if left is None and progress.done > 0:
                left = seconds / progress.done * (progress.total - progress.done)
            self.progressed.emit(JobProgress(run.job, progress, seconds, left))

        try:
            run.cancel.raise_if_cancelled()
            return JobSucceeded(run.job, run.job.work(run.cancel, report, self.changed.emit))
        except Cancelled:
            return JobCancelled(run.job)
        except Exception as error:
            return JobFailed(run.job, of_disk(error) or error)


class JobRunner(QObject):
    """One job at a time; others wait in line.

    Signals:
        queued(Job): it waits for those before it.
        started(Job), progressed(JobProgress), finished(JobOutcome): how the jobs go.
        changed(Change): what the running job has just stored in the project.

    All are emitted in the thread of the window.
    """

    queued = Signal(object)
    started = Signal(object)
    progressed = Signal(object)
    changed = Signal(object)
    finished = Signal(object)
    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[_Run] = deque()
        self._current: _Run | None = None
        self._over = False
        self._thread = QThread()
        self._thread.setObjectName("jobs")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.run)
        self._worker.progressed.connect(self._pass_on_progress)
        self._worker.changed.connect(self._pass_on_change)
        self._worker.finished.connect(self._finish)

    @property
    def current(self) -> Job | None:
        """The job that runs now."""
        return self._current.job if self._current else None

    @property
    def waiting(self) -> int:
        """How many jobs wait in line."""
        return len(self._waiting)

    def start(self, job: Job) -> None:
        """Run a job, now or after those before it; none any more after ``shut_down``."""
        if self._over:  # a timer of what is being closed may still come
            return
        self._waiting.append(_Run(job, CancelToken()))
        if self._current:
            self.queued.emit(job)
        self._start_next()

    def cancel(self) -> None:
        """Ask the running job to stop; its outcome follows."""
        if self._current:
            self._current.cancel.cancel()

    def shut_down(self) -> None:
        """Stop everything and end the thread; nothing runs afterwards."""
        self._over = True
        self._waiting.clear()
        self.cancel()
        self._thread.quit()
        self._thread.wait(SHUTDOWN_SECONDS * 1000)

    def _start_next(self) -> None:
        if self._current or not self._waiting:
            return
        self._current = self._waiting.popleft()
        if not self._thread.isRunning():
            self._thread.start()
        self.started.emit(self._current.job)
        self._requested.emit(self._current)

    @Slot(object)
    def _pass_on_progress(self, progress: JobProgress) -> None:
        self.progressed.emit(progress)

    @Slot(object)
    def _pass_on_change(self, change: Change) -> None:
        self.changed.emit(change)

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        self._current = None
        self.finished.emit(outcome)
        self._start_next()
