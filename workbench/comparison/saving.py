"""Saving what Compare shows: a table of the lines, a printable report."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from core.errors import KnownError
from core.evaluation.table import write_csv
from core.jobs import CancelToken, ProgressSink
from core.wording import say
from workbench.comparison.comparing import ComparedLines
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message, Place


class Saving(QObject):
    """Belongs to the place Compare; ``compared`` is what it shows."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place = place
        self._job: Job | None = None
        self.compared: ComparedLines | None = None
        place.workspace.jobs.finished.connect(self._take_outcome)

    @Slot()
    def ask_for_csv(self) -> None:
        """Ask where the table should go."""
        if self.compared is None:
            self._tell_nothing()
        else:
            self._ask(say("Save as CSV"), "comparison.csv", "CSV (*.csv)", self.save_csv)

    @Slot()
    def ask_for_report(self) -> None:
        """Ask where the report should go."""
        if self.compared is None or self.compared.judgement is None:
            self._tell_nothing()
        else:
            self._ask(say("Save the report"), "report.html", "HTML (*.html)", self.save_report)

    def _tell_nothing(self) -> None:
        self._place.message_wanted.emit(Message(say("Nothing to save yet: choose models and press Compare.")))

    def save_csv(self, file: Path) -> None:
        """Write one row per line."""
        if self.compared is None:
            return
        try:
            write_csv(self.compared.comparison, file)
        except KnownError as error:
            self._place.message_wanted.emit(Message(str(error), "error"))
        else:
            self._place.message_wanted.emit(_saved(file))

    def save_report(self, file: Path) -> None:
        """Write a printable report, behind the window."""
        judgement = self.compared.judgement if self.compared else None
        if judgement is None:
            return
        project = self._place.workspace.project

        def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> Path:
            from core.workflow.report import write_report  # Jinja2: 3 MiB that only a report needs

            write_report(project, judgement, file)
            return file

        self._job = Job(say("Writing the report"), work)
        self._place.workspace.jobs.start(self._job)

    def _ask(self, title: str, name: str, kind: str, save: Callable[[Path], None]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self._place, title, str(Path.home() / name), kind)
        if chosen:
            save(Path(chosen))

    @Slot(object)
    def _take_outcome(self, outcome: JobOutcome) -> None:
        if outcome.job is self._job and isinstance(outcome, JobSucceeded):
            self._place.message_wanted.emit(_saved(outcome.result))


def _saved(file: Path) -> Message:
    return Message(say("Saved as {file}.", file=file), "done")
