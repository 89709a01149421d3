"""What one runner does now: name, numbers, time left, Cancel (or Pause, if it can be gone on with)."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from core.wording import again, say
from workbench.jobs import Job, JobOutcome, JobProgress, JobRunner


class JobBar(QWidget):
    """Visible while its runner works."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self._runner = runner
        self._text, self._bar, self._stop = QLabel(), QProgressBar(), QPushButton()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._stop.setProperty("flat", True)
        self._stop.clicked.connect(self._ask_to_stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self._text, self._bar, self._stop):
            layout.addWidget(part)
        # Its room is kept, so that the status line does not grow when a job begins.
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        runner.started.connect(self.show_started)
        runner.progressed.connect(self.show_progress)
        runner.finished.connect(self.show_finished)
        self.hide()
        if runner.current:
            self.show_started(runner.current)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    @Slot(object)
    def show_started(self, job: Job) -> None:
        """A job began."""
        self._text.setText(f"{again(job.name)} …")
        self._bar.setRange(0, 0)
        self._stop.setText(say("Pause") if job.pauses else say("Cancel"))
        self._stop.setEnabled(True)
        self.show()

    @Slot(object)
    def show_progress(self, progress: JobProgress) -> None:
        """A job went on."""
        if not self._stop.isEnabled():
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
    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._text.setText(say("Stopping …"))
        self._runner.cancel()


def describe(progress: JobProgress) -> str:
    """One line on a running job: “Drafting 62 %, 3 min left”."""
    name = again(progress.job.name)
    if progress.fraction is None:
        return f"{name}: {progress.progress.done:,}"
    percent = 100 * progress.fraction
    if progress.seconds_left is None or progress.seconds < 1:
        return f"{name} {percent:.0f} %"
    left = time_left(progress.seconds_left)
    return say("{job} {percent:.0f} %, {left}", job=name, percent=percent, left=left)


def time_left(seconds: float) -> str:
    """A duration as people say it."""
    if seconds < 60:
        return say("{seconds} s left", seconds=max(round(seconds), 1))
    minutes = round(seconds / 60)
    if minutes < 90:
        return say("{minutes} min left", minutes=minutes)
    return say("{hours} h {minutes} min left", hours=minutes // 60, minutes=minutes % 60)
