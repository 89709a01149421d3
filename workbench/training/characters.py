"""Looks at the project's characters behind the window, and carries out what the dialog asks for."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from core.errors import KnownError
from core.jobs import CancelToken, ProgressSink
from core.storage import journal
from core.storage.changes import Change
from core.storage.lines import images_of
from core.storage.rewriting import RewriteReport
from core.wording import say, say_count
from core.workflow.preflight import Normalisation, Preflight, normalise, preflight
from workbench.errors import report_bug
from workbench.jobs import Job, JobFailed, JobOutcome, JobRunner, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message, MessageKind, Place, Target
from workbench.scans.line_pictures import CropReader
from workbench.training.characters_dialog import CharactersDialog


class CharactersDesk(QObject):
    """Between dialog, project and place."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place, self._project = place, place.workspace.project
        self._base: str | None = None
        self.crops = CropReader(self)
        # Apart from the long jobs: whoever asks wants to see it now.
        self.jobs = JobRunner(self)
        self.jobs.changed.connect(place.workspace.changes.announce)
        self.jobs.finished.connect(self._finish)
        self.dialog = CharactersDialog(place, self.crops.image)
        self.dialog.read_only = self._project.read_only
        self.dialog.line_wanted.connect(self._open_line)
        self.dialog.crops_wanted.connect(self._read_crops)
        self.dialog.normalise_wanted.connect(self._normalise)
        self.crops.cut.connect(self.dialog.note_crop)
        place.workspace.changes.changed.connect(self._note_change)

    def open(self, base: str | None) -> None:
        """Show the characters beside those of a base; ``None`` is the promoted version."""
        self._base = base
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self._look()

    def shut_down(self) -> None:
        """End the threads."""
        self.jobs.shut_down()
        self.crops.shut_down()

    def _look(self) -> None:
        project, base = self._project, self._base
        self.dialog.show_waiting()
        self.jobs.start(
            Job(
                say("Looking at the characters"),
                lambda cancel, _progress, _changed: preflight(project, base, cancel=cancel),
            )
        )

    @Slot(object)
    def _normalise(self, rule: Normalisation) -> None:
        project = self._project

        def work(_cancel: CancelToken, _progress: ProgressSink, changed: ChangeSink) -> RewriteReport:
            report = normalise(project, rule)
            changed(report.change)
            return report

        self.jobs.start(Job(say("Normalising"), work))

    @Slot(object)
    def _finish(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded):
            if isinstance(outcome.result, Preflight):
                self.dialog.show_found(outcome.result)
            else:
                self._tell(outcome.result)
        elif isinstance(outcome, JobFailed):
            if not isinstance(outcome.error, KnownError):
                report_bug(outcome.error)
            else:
                self._place.message_wanted.emit(Message(str(outcome.error), "error", seconds=None))

    def _tell(self, report: RewriteReport) -> None:
        changed, left = len(report.lines), len(report.left_out)
        words: list[str] = [say_count(changed, "{count:,} line changed.", "{count:,} lines changed.")]
        if left:
            words.append(say("{count:,} left out: changed elsewhere meanwhile.", count=left))
        kind: MessageKind = "doubt" if left else "done"
        undo = (say("Undo"), partial(self._undo, journal.last_step(self._project))) if changed else ("", None)
        self._place.message_wanted.emit(Message(" ".join(words), kind, *undo))

    def _undo(self, step: journal.Step | None) -> None:
        try:
            change = journal.undo(self._project, step)
        except KnownError as error:
            self._place.message_wanted.emit(Message(str(error), "error"))
            return
        self._place.workspace.changes.announce(change or Change())

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if self.dialog.isVisible() and (change.lines or change.pages or change.models):
            self._look()

    @Slot(int)
    def _open_line(self, line_id: int) -> None:
        self.dialog.hide()
        self._place.target_wanted.emit(Target(line_id=line_id))

    @Slot(object)
    def _read_crops(self, line_ids: tuple[int, ...]) -> None:
        missing = [line_id for line_id in line_ids if self.crops.lacks(line_id)]
        if missing:
            self.crops.read(images_of(self._project, missing))
