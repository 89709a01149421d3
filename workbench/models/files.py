"""Model files in and out: the questions, the work behind the window, the closing words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog

from core.jobs import CancelToken, ProgressSink
from core.storage.changes import Change
from core.versions import ModelVersion
from core.wording import say
from core.workflow.exporting import export_model
from core.workflow.importing_models import checked_name, free_name, import_model
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.models.import_dialog import ImportDialog, ImportOrder
from workbench.place import Message, Place

WEIGHTS = "*.safetensors *.pth *.pt *.ckpt *.bin"
"""Endings under which other programs keep weights; the list also offers all files."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A model that came from a file."""

    version: ModelVersion


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """The file that a version was written to."""

    file: Path


class ModelFiles(QObject):
    """Belongs to the place Models; ``show`` selects the version of a name."""

    def __init__(self, place: Place, show: Callable[[str], object]) -> None:
        super().__init__(place)
        self._place, self._show = place, show
        place.workspace.jobs.finished.connect(self._tell_outcome)

    @Slot()
    def ask_for_import(self) -> None:
        """Ask for a file, then for what is not in it."""
        project = self._place.workspace.project
        if project.read_only:
            self._place.message_wanted.emit(Message(project.read_only_reason or "", "error"))
            return
        kinds = f"{say('Models')} ({WEIGHTS});;* (*)"
        name, _ = QFileDialog.getOpenFileName(self._place, say("Import a model"), str(Path.home()), kinds)
        if name:
            self.ask_about(Path(name))

    def ask_about(self, file: Path) -> None:
        """Ask for what is not in a file."""
        project = self._place.workspace.project
        proposed = free_name(project, file)
        dialog = ImportDialog(self._place.window(), file, proposed, partial(checked_name, project))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ordered.connect(self.take_in)
        dialog.open()

    @Slot(object)
    def take_in(self, order: ImportOrder) -> None:
        """Convert and register a model, behind the window."""
        project = self._place.workspace.project

        def work(cancel: CancelToken, _progress: ProgressSink, changed: ChangeSink) -> TakenIn:
            version = import_model(
                project,
                order.file,
                name=order.name,
                vocab=order.vocab,
                config=order.config,
                kind=order.kind,
                keep_ratio=order.keep_ratio,
                cancel=cancel,
            )
            changed(Change(models=True))
            return TakenIn(version)

        self._place.workspace.jobs.start(Job(say("Importing a model"), work))

    def ask_where_to_write(self, model: str) -> None:
        """Ask for a file, and write a version to it."""
        start = str(Path.home() / f"{model}.safetensors")
        kinds = f"{say('Models')} (*.safetensors *.pth *.onnx)"
        name, _ = QFileDialog.getSaveFileName(self._place, say("Export"), start, kinds)
        if name:
            self.write_out(model, Path(name))

    def write_out(self, model: str, file: Path) -> None:
        """Write a version to a file, behind the window."""
        project = self._place.workspace.project

        def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> WrittenOut:
            export_model(project, model, file)
            return WrittenOut(file)

        self._place.workspace.jobs.start(Job(say("Exporting"), work))

    @Slot(object)
    def _tell_outcome(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome, JobSucceeded):
            return
        if isinstance(outcome.result, WrittenOut):
            self._place.message_wanted.emit(
                Message(say("Saved as {file}.", file=outcome.result.file), "done")
            )
        elif isinstance(outcome.result, TakenIn):
            version = outcome.result.version
            self._show(version.name)
            text = say(
                "{model} is here, with {count} characters. See how it reads under Compare, then promote it.",
                model=version.name,
                count=version.charset_size,
            )
            self._place.message_wanted.emit(Message(text, "done"))
