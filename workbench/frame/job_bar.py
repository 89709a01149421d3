"""What one runner does now: name, numbers, time left, Cancel (or Pause, if it can be gone on with)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from core.wording import again, say, say_count
from workbench.jobs import Job, JobOutcome, JobProgress, JobRunner


class JobBar(QWidget):
    """Visible while its runner works."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self._runner = runner
        self._text, self._waiting = QLabel(), QLabel()
        self._bar, self._stop = QProgressBar(), QPushButton()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._stop.setProperty("flat", True)
        # A click does not take the keyboard: the button soon hides, and what is typed next would go astray.
        self._stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stop.clicked.connect(self._ask_to_stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for part in (self._text, self._bar, self._stop, self._waiting):
            layout.addWidget(part)
        # Its room is kept, so that the status line does not grow when a job begins.
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        runner.queued.connect(self._show_waiting)
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

    @property
    def waiting(self) -> str:
        """What it says of the jobs that wait."""
        return self._waiting.text()

    @Slot(object)
    def show_started(self, job: Job) -> None:
        """A job began."""
        self._text.setText(f"{again(job.name)} …")
        self._bar.setRange(0, 0)
        self._stop.setText(say("Pause") if job.pauses else say("Cancel"))
        self._stop.setEnabled(True)
        self._show_waiting()
        self.show()

    @Slot()
    def _show_waiting(self) -> None:
        """Who asked for more is told that it will be done: until then nothing else shows it."""
        count = self._runner.waiting
        self._waiting.setText(say_count(count, "{count} job waits", "{count} jobs wait") if count else "")
        self._waiting.setVisible(count > 0)

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
    # What follows the last step, as reading all lines after a training, takes nobody knows how long.
    if progress.seconds_left is None or progress.seconds < 1 or progress.fraction >= 1:
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
