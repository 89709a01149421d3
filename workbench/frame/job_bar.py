"""What one runner does now: name, numbers, time left, Cancel."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from workbench.jobs import Job, JobOutcome, JobProgress, JobRunner


class JobBar(QWidget):
    """Visible while its runner works."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self._runner = runner
        self._text, self._bar, self._cancel = QLabel(), QProgressBar(), QPushButton("Cancel")
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._cancel.setProperty("flat", True)
        self._cancel.clicked.connect(self._ask_to_cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self._text, self._bar, self._cancel):
            layout.addWidget(part)
        runner.started.connect(self.show_started)
        runner.progressed.connect(self.show_progress)
        runner.finished.connect(self.show_finished)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @Slot(object)
    def show_started(self, job: Job) -> None:
        """A job began."""
        self._text.setText(f"{job.name} …")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.show()

    @Slot(object)
    def show_progress(self, progress: JobProgress) -> None:
        """A job went on."""
        if not self._cancel.isEnabled():
            return  # it is stopping, and says so
        self._text.setText(describe(progress))
        if progress.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))

    @Slot(object)
    def show_finished(self, _outcome: JobOutcome) -> None:
        """The job ended, one way or another."""
        self.hide()

    @Slot()
    def _ask_to_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText("Stopping …")
        self._runner.cancel()


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
