"""Carries out what the find-and-replace bar asks for."""

from PySide6.QtCore import QObject, Slot

from core.jobs import CancelToken, Progress, ProgressSink
from core.storage.changes import Change
from core.storage.replacing import Replacement, find_all, replace_all
from core.storage.rewriting import RewriteReport
from core.storage.text_search import Search
from core.wording import say, say_count
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message, MessageKind, Place
from workbench.transcribe.controller import Controller
from workbench.transcribe.replace_bar import ReplaceBar
from workbench.transcribe.strip_view import StripView

AT_ONCE = 1000
"""More lines than this are replaced behind the window."""


class Replacer(QObject):
    """Between the bar, the controller and the runner of jobs."""

    def __init__(self, place: Place, controller: Controller, strips: StripView) -> None:
        super().__init__(place)
        self._place, self._controller, self._strips = place, controller, strips
        self._job: Job | None = None
        self.bar = ReplaceBar(place.workspace.theme, controller.project)
        self.bar.line_wanted.connect(self._show_line)
        self.bar.replace_wanted.connect(self.replace_ticked)
        self.bar.closed.connect(strips.take_keyboard)
        place.workspace.changes.changed.connect(self._search_again)
        place.workspace.jobs.finished.connect(self._note_finished)

    @Slot()
    def find(self) -> None:
        """Open the bar for finding."""
        self._open(replacing=False)

    @Slot()
    def find_and_replace(self) -> None:
        """Open the bar for replacing."""
        self._open(replacing=self._controller.edits.possible())

    @Slot()
    def next_found(self) -> None:
        """Go to the next line that was found."""
        self._step(1)

    @Slot()
    def previous_found(self) -> None:
        """Go to the previous one."""
        self._step(-1)

    @Slot()
    def replace_ticked(self) -> None:
        """Replace in all ticked lines, also in those not shown yet."""
        model = self.bar.model
        if self.bar.current_search() != model.search:
            # What is not in the list has not been looked at: first show, then replace.
            self.bar.search()
            return
        if model.complete and model.rowCount() <= AT_ONCE:
            reports: list[RewriteReport] = []

            def act() -> Change:
                reports.append(replace_all(self._controller.project, model.chosen()))
                return reports[-1].change

            self._controller.edits.change_texts(act)
            for report in reports:
                self._tell(report)
        elif self._controller.commit_pending():
            self._job = Job(say("Replacing"), _Work(self._controller, model.search, model.left_out).run)
            self._place.workspace.jobs.start(self._job)

    def _open(self, *, replacing: bool) -> None:
        marked = self._strips.editor.textCursor().selectedText()
        self.bar.open_for(replacing=replacing, text=marked)

    def _step(self, by: int) -> None:
        if self.bar.isHidden():
            self.find()
        else:
            self.bar.step(by)

    @Slot(object)
    def _show_line(self, found: Replacement) -> None:
        if not self._controller.show_line(found.line_id):
            return
        editor = self._strips.editor
        if editor.toPlainText() == found.before and found.spans:
            editor.select(*found.spans[0])
        editor.setFocus()

    @Slot(object)
    def _search_again(self, _change: object) -> None:
        self.bar.search_if_shown()

    @Slot(object)
    def _note_finished(self, outcome: JobOutcome) -> None:
        if outcome.job is self._job:
            self._job = None
            if isinstance(outcome, JobSucceeded):
                self._tell(outcome.result)

    def _tell(self, report: RewriteReport) -> None:
        lines, left = len(report.lines), len(report.left_out)
        words: list[str] = [say_count(lines, "{count:,} line changed.", "{count:,} lines changed.")]
        if left:
            words.append(say("{count:,} left out: changed elsewhere meanwhile.", count=left))
        act = self._controller.edits.undo_offer() if lines else None
        kind: MessageKind = "doubt" if left else "done"
        self._place.message_wanted.emit(Message(" ".join(words), kind, say("Undo") if act else "", act))


class _Work:
    """Replacing behind the window; knows no widget."""

    def __init__(self, controller: Controller, search: Search, left_out: frozenset[int]) -> None:
        self._project, self._search, self._left_out = controller.project, search, left_out

    def run(self, cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> RewriteReport:
        chosen = []
        for found in find_all(self._project, self._search):
            cancel.raise_if_cancelled()
            if found.line_id not in self._left_out:
                chosen.append(found)
                progress(Progress(len(chosen), 0))
        report = replace_all(self._project, chosen)
        changed(report.change)
        return report
