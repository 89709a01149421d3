"""The status line: how far the project is, that work is saved, what runs."""

import datetime as dt

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from core.document import PageProgress
from workbench.jobs import Job, JobOutcome, JobProgress


class StatusLine(QFrame):
    """Always visible; ``cancel_wanted`` asks to stop the running job."""

    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._lines = QLabel()
        self._saved = QLabel()
        self._job = QLabel()
        self._bar = QProgressBar()
        self._cancel = QPushButton("Cancel")
        self._build_layout()
        self._show_job_parts(False)

    def show_progress(self, pages: list[PageProgress]) -> None:
        """How many lines of the project a human has finished with."""
        done, lines = sum(page.done for page in pages), sum(page.lines for page in pages)
        self._lines.setText(
            f"{done:,} of {lines:,} lines corrected" if lines else f"{len(pages):,} pages, no lines yet"
        )

    def show_saved(self, at: dt.datetime) -> None:
        """When human work was committed last."""
        self._saved.setText(f"saved {at.astimezone():%H:%M:%S}")

    @Slot(object)
    def show_started(self, job: Job) -> None:
        """A job began."""
        self._job.setText(f"{job.name} …")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._show_job_parts(True)

    @Slot(object)
    def show_job(self, progress: JobProgress) -> None:
        """A job went on."""
        self._job.setText(describe(progress))
        if progress.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))

    @Slot(object)
    def show_finished(self, _outcome: JobOutcome) -> None:
        """The job ended, one way or another."""
        self._show_job_parts(False)

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 16, 4)
        layout.setSpacing(16)
        layout.addWidget(self._lines)
        layout.addWidget(self._saved)
        layout.addStretch(1)
        layout.addWidget(self._job)
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        layout.addWidget(self._bar)
        self._cancel.setProperty("flat", True)
        self._cancel.clicked.connect(self._ask_to_cancel)
        layout.addWidget(self._cancel)

    def _show_job_parts(self, visible: bool) -> None:
        for part in (self._job, self._bar, self._cancel):
            part.setVisible(visible)

    @Slot()
    def _ask_to_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._job.setText("Stopping …")
        self.cancel_wanted.emit()


def describe(progress: JobProgress) -> str:
    """One line on a running job: “Drafting 62 %, 3 min left”."""
    if progress.fraction is None:
        return f"{progress.job.name}: {progress.progress.done:,}"
    parts = f"{progress.job.name} {progress.fraction * 100:.0f} %"
    if progress.seconds_left is None or progress.seconds < 1:
        return parts
    return f"{parts}, {time_left(progress.seconds_left)}"


def time_left(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min left"
