"""Fine-tune: what the model will learn from, one button, what happens, how it ended."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.document import Split
from core.storage.changes import Change
from core.storage.models import list_models
from core.storage.runs import curve, list_runs, resumable_run
from core.training.config import PRESETS, FineTuneConfig, preset, with_settings
from core.workflow.finetuning import FineTuneReport
from workbench.place import Command, Message, Place
from workbench.training.controller import Controller
from workbench.training.plots import TrainingPlots
from workbench.training.readiness import RECOMMENDED, readiness
from workbench.workspace import Workspace

REDRAW_MS = 100


class TrainingPlace(Place):
    """One screen, one button."""

    title = "Fine-tune"
    icon_name = "graduation-cap"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.controller = Controller(workspace)
        self.controller.began.connect(self._show_running)
        self.controller.ended.connect(self._show_end)
        self._redraw = QTimer(self, interval=REDRAW_MS)
        self._redraw.timeout.connect(self._draw)
        self._report: FineTuneReport | None = None
        self._build_details()
        self._build_left()
        self._build_right()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._left)
        splitter.addWidget(self._right)
        splitter.setSizes([420, 760])
        splitter.setStretchFactor(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        workspace.changes.changed.connect(self._note_change)
        self._commands = [self.command("Fine-tune", "Fine-tune", "Ctrl+Shift+T", self.start)]
        self._stale = True

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Look at the corrected lines anew."""
        self.refresh()

    def shut_down(self) -> None:
        """Stop a training that runs; it can be resumed."""
        self._redraw.stop()
        self.controller.shut_down()

    def _build_left(self) -> None:
        self._left = QFrame()
        self._left.setMinimumWidth(340)
        self._word, self._facts, self._verdict = QLabel(), QLabel(), QLabel()
        self._word.setProperty("role", "title")
        for label in (self._facts, self._verdict):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
        self.button = QPushButton("Fine-tune")
        self.button.setProperty("primary", "true")
        self.button.clicked.connect(self.start)
        self.resume_button = QPushButton("Resume the last run")
        self.resume_button.clicked.connect(self._resume)
        self.use_button = QPushButton("Use this model")
        self.use_button.clicked.connect(self._use)
        heading = QLabel("What the model will learn from")
        heading.setProperty("role", "heading")
        layout = QVBoxLayout(self._left)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        for part in (heading, self._word, self._facts, self.button, self.resume_button):
            layout.addWidget(part)
        layout.addWidget(self._verdict)
        layout.addWidget(self.use_button)
        layout.addWidget(self._fold)
        layout.addWidget(self._details)
        layout.addStretch(1)
        self.use_button.hide()

    def _build_details(self) -> None:
        self._fold = QToolButton()
        self._fold.setText("Details")
        self._fold.setCheckable(True)
        self._details = QWidget()
        self._details.hide()
        self._fold.toggled.connect(self._details.setVisible)
        self._base, self._preset, self._charset = QComboBox(), QComboBox(), QComboBox()
        self._preset.addItems(list(PRESETS))
        self._charset.addItems(["project", "union", "keep"])
        self._minutes = QDoubleSpinBox()
        self._minutes.setRange(0, 600)
        self._minutes.setSpecialValueText("no limit")
        self._minutes.setSuffix(" min")
        form = QFormLayout(self._details)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Base", self._base),
            ("Preset", self._preset),
            ("Charset", self._charset),
            ("At most", self._minutes),
        )
        for name, widget in rows:
            form.addRow(name, widget)

    def _build_right(self) -> None:
        self._right = QWidget()
        self._status = QLabel("No training yet. The curves show here while one runs.")
        self._status.setProperty("role", "soft")
        self.plots = TrainingPlots(self.workspace.theme)
        self._samples = QLabel()
        self._samples.setTextFormat(Qt.TextFormat.PlainText)
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setMaximumHeight(110)
        self.pause_button = QPushButton("Pause")
        self.pause_button.clicked.connect(self.controller.pause)
        self.keep_button = QPushButton("Stop and keep the best")
        self.keep_button.clicked.connect(self.controller.stop_and_keep_best)
        buttons = QHBoxLayout()
        buttons.addWidget(self._status, 1)
        for button in (self.pause_button, self.keep_button):
            button.setEnabled(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self._right)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(buttons)
        layout.addWidget(self.plots, 1)
        layout.addWidget(self._samples)
        layout.addWidget(self._log)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        self._stale = True
        if self.isVisible() and (change.models or change.runs):
            self.refresh()

    def config(self) -> FineTuneConfig:
        """The settings as chosen under Details."""
        minutes = self._minutes.value() or None
        chosen = {"charset": self._charset.currentText(), "max_minutes": minutes}
        return with_settings(preset(self._preset.currentText()), chosen)

    def refresh(self) -> None:
        """Look at the project again."""
        project = self.workspace.project
        ready = readiness(project, self.config())
        self._word.setText(ready.word)
        lines = ready.lines
        advice = "; ".join(
            f"{kind} {low}{f' to {high}' if high else ' or more'}" for kind, low, high in RECOMMENDED
        )
        thin = ", ".join(f"{count} of {char}" for char, count in ready.thin[:12])
        split = " · ".join(
            f"{split or 'undecided'}: {lines.get(split, 0)} lines on {ready.pages[split]} pages"
            for split in (*Split, None)
            if lines.get(split, 0)
        )
        measured = (
            "measured here" if ready.minutes_measured else "an estimate until this machine has trained once"
        )
        self._facts.setText(
            f"{ready.reason}<br><br><b>{sum(lines.values())}</b> corrected lines, "
            f"{ready.characters} different characters.<br>{split}<br><br>Recommended: {advice}.<br><br>"
            f"{'Thin: ' + thin + '.<br><br>' if thin else ''}"
            f"It will take about <b>{max(ready.minutes, 0.1):.1f} minutes</b> ({measured})."
        )
        self._show_bases()
        running = self.controller.running
        self.button.setEnabled(not running and not project.read_only and ready.word != "Not yet")
        self.resume_button.setVisible(not running and resumable_run(project) is not None)
        if not running and not self.controller.points:
            for run in list_runs(project)[:1]:
                self.plots.show_points(curve(project, run.id))
                self._status.setText(f"Last run: {run.state}. {run.message}")

    def _show_bases(self) -> None:
        models = list_models(self.workspace.project)
        names = [model.name for model in models]
        if names != [self._base.itemText(n) for n in range(self._base.count())]:
            self._base.clear()
            self._base.addItems(names)
            self._base.setCurrentText(next(model.name for model in models if model.promoted))

    @Slot()
    def start(self) -> None:
        """Begin."""
        if self.button.isEnabled():
            self.controller.start(self.config(), self._base.currentText() or None)

    @Slot()
    def _resume(self) -> None:
        self.controller.resume()

    @Slot()
    def _use(self) -> None:
        if self._report:
            self.controller.promote(self._report.model.name)
            self.message_wanted.emit(
                Message(f"{self._report.model.name} makes the drafts from now on.", "done")
            )

    @Slot()
    def _show_running(self) -> None:
        self._verdict.clear()
        self.use_button.hide()
        self.button.setEnabled(False)
        self.resume_button.hide()
        for button in (self.pause_button, self.keep_button):
            button.setEnabled(True)
        self._status.setText("Preparing the lines …")
        self._redraw.start()

    @Slot()
    def _draw(self) -> None:
        controller = self.controller
        self.plots.show_base(controller.base_cer)
        self.plots.show_points(controller.points)
        if step := controller.last:
            left = step.seconds / step.step * (step.total - step.step)
            best = f", best CER {100 * controller.best.val_cer:.2f} %" if controller.best else ""
            self._status.setText(f"Step {step.step} of {step.total}, {left / 60:.1f} min left{best}")
        if newest := controller.newest:
            self._samples.setText("\n".join(sample.text for sample in newest.samples[:3]))
        text = "\n".join(controller.log[-200:])
        if text != self._log.toPlainText():
            self._log.setPlainText(text)
            self._log.verticalScrollBar().setValue(self._log.verticalScrollBar().maximum())

    @Slot(object, str)
    def _show_end(self, report: FineTuneReport | None, text: str) -> None:
        self._redraw.stop()
        self._draw()
        self._report = report
        for button in (self.pause_button, self.keep_button):
            button.setEnabled(False)
        self._status.setText("Done." if report else text)
        self._verdict.setText(
            f"<b>{text}</b>" + ("<br>Compare (Ctrl+4) shows it line by line." if report else "")
        )
        self.use_button.setVisible(report is not None)
        self.message_wanted.emit(Message(text, "done" if report else "doubt", seconds=None))
        self.refresh()
