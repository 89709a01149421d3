"""From the question to the written files: the dialog, the job behind the window, the closing words."""

from collections.abc import Callable, Collection
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton

from core.jobs import CancelToken, ProgressSink
from core.storage.pages import project_progress
from core.storage.project import Project
from core.wording import say
from core.workflow.exporting import ExportReport, StateCounts, count_by_state, export_pages
from workbench.errors import report_bug
from workbench.exporting.dialog import ExportDialog, ExportOrder
from workbench.exporting.words import amount, without_scans
from workbench.jobs import Job, JobCancelled, JobFailed, JobOutcome, JobRunner, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message, MessageKind, Place


@dataclass(frozen=True, slots=True)
class ExportJob(Job):
    """Writes texts to ``folder``; whoever hears of its end can say where they are."""

    _: KW_ONLY
    folder: Path


class TextExport(QObject):
    """Belongs to the Library, which knows the selected pages; the window's command finds it there.

    It is the Library's so that it goes with the project, and the window's command because texts are
    exported from wherever one is.
    """

    def __init__(self, place: Place, selected: Callable[[], Collection[int]]) -> None:
        super().__init__(place)
        self.button = QPushButton(say("Export texts …"))
        self._place, self._selected = place, selected
        self._dialog: ExportDialog | None = None
        self._counting = JobRunner(self)
        self._counting.finished.connect(self._take_counts)
        place.workspace.jobs.finished.connect(self._tell_outcome)

    def shut_down(self) -> None:
        """End the counting."""
        self._counting.shut_down()

    @Slot()
    def ask(self) -> None:
        """Ask what is to be written, and where."""
        workspace = self._place.workspace
        pages, _ = project_progress(workspace.project)
        self._dialog = dialog = ExportDialog(
            self._place.window(),
            workspace.settings,
            workspace.project.name,
            pages,
            self._selected(),
            selected_first=self._place.isVisible(),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.ordered.connect(self.start)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()
        self._counting.start(Job(say("Counting lines"), _count(workspace.project), missed=False))

    @Slot(object)
    def start(self, order: ExportOrder) -> None:
        """Write it, behind the window."""
        workspace = self._place.workspace
        work = _write(workspace.project, order)
        workspace.jobs.start(ExportJob(say("Exporting"), work, folder=order.folder))

    @Slot()
    def _forget_dialog(self) -> None:
        self._dialog = None
        self._counting.cancel()

    @Slot(object)
    def _take_counts(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobFailed):
            report_bug(outcome.error)
        elif self._dialog is not None and isinstance(outcome, JobSucceeded):
            self._dialog.show_counts(outcome.result)

    @Slot(object)
    def _tell_outcome(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome.job, ExportJob):
            return
        folder = outcome.job.folder
        if isinstance(outcome, JobSucceeded):
            report: ExportReport = outcome.result
            text = say("{amount} written to {folder}.", amount=amount(report), folder=folder)
            if report.skipped:
                self._tell(f"{text} {without_scans(report.skipped)}", "doubt", folder)
            else:
                self._tell(text, "done", folder)
        elif isinstance(outcome, JobCancelled) and folder.is_dir():
            text = say("Stopped. The pages written so far are in {folder}; delete them there.", folder=folder)
            self._tell(text, "doubt", folder)

    def _tell(self, text: str, kind: MessageKind, folder: Path) -> None:
        message = Message(text, kind, say("Open the folder"), partial(show_folder, folder), None)
        self._place.message_wanted.emit(message)


def show_folder(folder: Path) -> None:
    """Show a folder in the system's own window of files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _count(project: Project) -> Callable[[CancelToken, ProgressSink, ChangeSink], StateCounts]:
    return lambda cancel, _progress, _changed: count_by_state(project, cancel=cancel)


def _write(
    project: Project, order: ExportOrder
) -> Callable[[CancelToken, ProgressSink, ChangeSink], ExportReport]:
    return lambda cancel, progress, _changed: export_pages(
        project,
        order.folder,
        order.format,
        state=order.state,
        page_ids=order.page_ids,
        cancel=cancel,
        progress=progress,
    )
