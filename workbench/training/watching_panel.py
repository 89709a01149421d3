"""Right side of Fine-tune: how the training goes, and the buttons that stop it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.wording import again, say
from workbench.command import Command, tie
from workbench.finetuning.story import Story
from workbench.plots.later import later_training_plots
from workbench.theme import Theme
from workbench.theme.fonts import fixed_font
from workbench.training.readings import Readings

LOG_HEIGHT = 120


class WatchingPanel(QWidget):
    """Draws a ``Story`` when told to."""

    def __init__(self, theme: Theme, commands: Sequence[Command]) -> None:
        """``commands`` pause the training, stop it and keep its best, throw it away."""
        super().__init__()
        self.plots = later_training_plots(theme)
        self.readings = Readings(theme)
        self._log_written = 0
        self._build_status(commands)
        self._build_log()
        self._build_pages()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(self._status_row)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)

    def show_running(self) -> None:
        """A training began."""
        self._pages.setCurrentIndex(1)
        self._log.clear()
        self._log.show()
        self._log_written = 0
        self.readings.hide()
        self.bar.setRange(0, 0)
        self._show_buttons(True)
        self.status.setText(say("Preparing the lines …"))

    def show_ended(self, text: str) -> None:
        """It ended, one way or another."""
        self._show_buttons(False)
        self.status.setText(text)

    def show_story(self, story: Story, *, stopping: bool) -> None:
        """Draw what was told so far."""
        self._draw(story, story.last.total if story.last else 0)
        self._show_step(story, stopping)
        if story.newest:
            self.readings.show_samples(story.first_samples, story.newest.samples)
        self._write_log(story)

    def show_past(self, story: Story, text: str) -> None:
        """Show the curves of a run that ended earlier."""
        self._pages.setCurrentIndex(1 if story.points else 0)
        if story.points:
            self._draw(story)
        self._log.setVisible(bool(story.log))
        self._write_log(story)
        self.status.setText(text)

    def _draw(self, story: Story, planned: int = 0) -> None:
        plots = self.plots.widget
        plots.show_base(story.base_line)
        plots.show_points(story.points, planned, story.kept_step)

    def _build_status(self, commands: Sequence[Command]) -> None:
        self.status = QLabel()
        self.status.setProperty("role", "soft")
        self.status.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.pause_button = QPushButton(say("Pause"))
        self.keep_button = QPushButton(say("Stop and keep the best"))
        self.drop_button = QPushButton(say("Throw away"))
        for button, command in zip(self._buttons, commands, strict=True):
            tie(button, command)
        self.drop_button.setProperty("flat", "true")
        self._status_row = QHBoxLayout()
        self._status_row.addWidget(self.status, 1)
        for button in (self.pause_button, self.keep_button, self.drop_button):
            self._status_row.addWidget(button)
        self._show_buttons(False)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.pause_button, self.keep_button, self.drop_button

    def _build_log(self) -> None:
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setAccessibleName(say("Log of the training"))
        self._log.setObjectName("trainingLog")
        self._log.setFont(fixed_font(9))
        self._log.setMaximumHeight(LOG_HEIGHT)
        self._log.hide()

    def _build_pages(self) -> None:
        empty = QLabel(
            say("Nothing was trained yet.\nWhile a training runs, its curves and a few readings show here.")
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setProperty("role", "soft")
        watching = QWidget()
        layout = QVBoxLayout(watching)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plots, 1)
        layout.addWidget(self.readings)
        layout.addWidget(self._log)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(watching)

    def _show_buttons(self, running: bool) -> None:
        self.bar.setVisible(running)
        for button in (self.pause_button, self.keep_button, self.drop_button):
            button.setVisible(running)
            button.setEnabled(running)

    def _show_step(self, story: Story, stopping: bool) -> None:
        if stopping:
            for button in (self.pause_button, self.keep_button, self.drop_button):
                button.setEnabled(False)
            self.status.setText(say("Stopping after this step …"))
        elif step := story.last:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.step)
            self.status.setText(status_words(story))

    def _write_log(self, story: Story) -> None:
        text = "\n".join(map(again, story.log))
        if len(text) == self._log_written:
            return
        self._log_written = len(text)
        self._log.setPlainText(text)
        self._log.verticalScrollBar().setValue(self._log.verticalScrollBar().maximum())


def status_words(story: Story) -> str:
    """Step, time left, what is kept so far."""
    step = story.last
    if step is None:
        return say("Preparing the lines …")
    parts: list[str] = [
        say("Step {step} of {total}, epoch {epoch:.1f}", step=step.step, total=step.total, epoch=step.epoch)
    ]
    if story.evaluating or step.step >= step.total:
        parts.append(say("reading all lines with the new model …"))
    elif (left := story.seconds_left) is not None:
        parts.append(
            say("less than a minute left")
            if left < 60
            else say("{minutes} min left", minutes=round(left / 60))
        )
    if kept := story.kept:
        parts.append(say("kept: CER {cer:.2f} % (step {step})", cer=100 * kept.val_cer, step=kept.step))
    return " · ".join(parts)
