"""What an annotator has at hand beside the keys of writing: rules, comments, replacing, states taken back."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.document import TranscriptionState
from core.errors import KnownError
from core.jobs import CancelToken, ProgressSink
from core.rules.violation import Violation
from core.storage.changes import Change
from core.storage.comments import open_comments
from core.storage.project import Project
from core.storage.transcriptions import mark_reviewed, reopen
from core.wording import say, say_count
from core.workflow.ruling import RepairReport, repair_drafts
from workbench.command import Command
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Message, Place
from workbench.transcribe.comment_editor import CommentEditor
from workbench.transcribe.controller import Controller
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.line_notes import LineNotes
from workbench.transcribe.replacer import Replacer
from workbench.transcribe.rules_dialog import RulesDialog
from workbench.transcribe.strip_view import StripView
from workbench.transcribe.violation_hint import violation_at


class DeskTools(QObject):
    """Belongs to the place Transcribe; ``pane`` holds the strips with the find-and-replace bar under them."""

    def __init__(self, place: Place, controller: Controller, strips: StripView, model: LineModel) -> None:
        super().__init__(place)
        self._place, self._controller, self._strips, self._model = place, controller, strips, model
        self._project = controller.project
        self._violations: tuple[Violation, ...] = ()
        self._repair: Job | None = None
        self.notes = LineNotes(self._project)
        self.replacer = Replacer(place, controller, strips)
        self.comments = CommentEditor(place, self._project)
        self.rules = RulesDialog(place, self._project)
        self.pane = QWidget()
        layout = QVBoxLayout(self.pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strips, 1)
        layout.addWidget(self.replacer.bar)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Broken rules in the text that the field shows."""
        return self._violations

    def commands(self) -> list[Command]:
        """All acts of the desk."""
        return [*self._finding_commands(), *self._line_commands(), *self._page_commands()]

    def _finding_commands(self) -> list[Command]:
        make, do = partial(self._place.command, "edit"), self.replacer
        self._own = [
            make("find", say("Find in the project …"), "Ctrl+F", do.find, icon="search", group=True),
            make("replace", say("Find and replace …"), "Ctrl+H", do.find_and_replace),
            make("next-found", say("Next line found"), "F3", do.next_found),
            make("previous-found", say("Previous line found"), "Shift+F3", do.previous_found),
        ]
        rules = make("rules", say("Rules for fields …"), "", self.rules.open_dialog, group=True)
        return [*self._own, rules]

    def _line_commands(self) -> list[Command]:
        make = partial(self._place.command, "line")
        repair = say("Take the rule's repair")
        self._repair_command = make(
            "repair", repair, "Alt+R", self.take_repair, icon="wand-sparkles", group=True
        )
        reviewed, keys = say("Mark as reviewed"), "Ctrl+Shift+Return"
        return [
            self._repair_command,
            make("next-violation", say("Next line that breaks a rule"), "F4", self._next_violation),
            make("comments", say("Comments …"), "Ctrl+M", self.open_comments),
            make("next-comment", say("Next comment"), "Ctrl+Shift+M", self._next_comment),
            make("review", reviewed, keys, self._review, icon="check-check", group=True),
            make("reopen", say("Reopen the line"), "Ctrl+Shift+O", self._reopen_line),
        ]

    def _page_commands(self) -> list[Command]:
        make, reviewed = partial(self._place.command, "page"), say("Mark corrected lines as reviewed")
        return [
            make("review-page", reviewed, "", self._review_page, group=True),
            make("reopen-page", say("Reopen the page"), "", self._reopen_page),
        ]

    def connect_parts(self) -> None:
        """After the place has connected its own parts: marks are put on what it shows."""
        editor = self._strips.editor
        self._controller.current_changed.connect(self._judge)
        editor.typed.connect(self._judge)
        editor.cursor_moved.connect(self._show_hint)
        self._strips.extras.hint.clicked.connect(self.take_repair)
        self.comments.changed.connect(self._note_comments)
        self.comments.failed.connect(self._tell_failure)
        self.rules.rules_changed.connect(self.read_rules)
        self.rules.repair_wanted.connect(self._mend_drafts)
        self._place.workspace.changes.changed.connect(self._follow)
        self._place.workspace.jobs.finished.connect(self._note_finished)
        self.note_keys()
        self.notes.read_comments()
        self.read_rules()

    def note_keys(self) -> None:
        """Commands have other keys now."""
        actions = [key for each in self._place.actions() for key in each.shortcuts()]
        own = [key for each in self._own for key in each.action.shortcuts()]
        self.replacer.bar.keep_keys(actions, own)
        self._strips.extras.hint.show_key(self._repair_command.shown_keys)

    def leave(self) -> None:
        """The place goes to the back: write down what was begun."""
        self.comments.keep()
        self.rules.write_down()

    @Slot()
    def read_rules(self) -> None:
        """Other rules are in force: mark the lines anew."""
        self.notes.read_rules()
        self._model.take_notes(self.notes.of)
        self._judge()

    @Slot()
    def take_repair(self) -> None:
        """Put what the rule suggests into the text; the field's own undo takes it back."""
        editor = self._strips.editor
        violation = violation_at(self._violations, editor.position)
        if editor.composing or editor.isReadOnly() or violation is None:
            return
        if violation.repair is None:
            # Nothing is changed that the hint does not tell of: first it shows what can be mended.
            mendable = [each for each in self._violations if each.repair is not None]
            if other := violation_at(mendable, editor.position):
                editor.select(other.first, other.first)
            return
        editor.replace_text(violation.repaired(editor.toPlainText()))
        end = violation.first + len(violation.repair)
        editor.select(end, end)

    @Slot()
    def open_comments(self) -> None:
        """Show the comments on the line in hand."""
        if entry := self._controller.current:
            self.comments.open_at(self._strips.editor.cursor_point(), entry)

    @Slot()
    def _judge(self) -> None:
        entry, editor = self._controller.current, self._strips.editor
        self._violations = self.notes.violations(entry, editor.toPlainText()) if entry else ()
        editor.mark_violations(self._violations)
        self._show_hint()

    @Slot()
    def _show_hint(self) -> None:
        shown = violation_at(self._violations, self._strips.editor.position)
        self._strips.extras.hint.show_violations(self._violations, shown)

    @Slot()
    def _next_violation(self) -> None:
        rows, current = self._model.rows, self._controller.current
        here = self._model.row_of(current.line.id) if current else None
        following = rows[(-1 if here is None else here) + 1 :]
        row = next((each for each in following if each.notes.violations), None)
        if row is None:
            self._tell(say("No line that breaks a rule follows on this page."))
        elif self._controller.show_line(row.line_id):
            first = self._violations[0] if self._violations else None
            if first:
                self._strips.editor.select(first.first, first.last)

    @Slot()
    def _next_comment(self) -> None:
        page, current = self._controller.page, self._controller.current
        here = (page.number, current.line.order) if page and current else (0, -1)
        found = open_comments(self._project)
        later = [each for each in found if (each.page_number, each.order) > here]
        if not found:
            self._tell(say("No comment is open."))
        else:
            self._controller.show_line((later or found)[0].line_id)

    @Slot(int)
    def _note_comments(self, line_id: int) -> None:
        self._place.workspace.changes.announce(Change(lines=frozenset({line_id}), comments=True))

    @Slot()
    def _review(self) -> None:
        self._controller.confirm(1, TranscriptionState.REVIEWED)

    @Slot()
    def _review_page(self) -> None:
        self._decide_page(mark_reviewed, say("There is no corrected line on this page."))

    @Slot()
    def _reopen_line(self) -> None:
        entry = self._controller.current
        if entry is None or entry.state is TranscriptionState.OPEN:
            self._tell(say("The line is open already."))
            return
        self._controller.edits.change_texts(lambda: reopen(self._project, [entry.line.id]))

    @Slot()
    def _reopen_page(self) -> None:
        self._decide_page(reopen, say("All lines of this page are open already."))

    def _decide_page(self, act: Callable[[Project, Collection[int]], Change], nothing: str) -> None:
        ids = [entry.line.id for entry in self._controller.entries]
        changes: list[Change] = []

        def decide() -> Change:
            changes.append(act(self._project, ids))
            return changes[-1]

        self._controller.edits.change_texts(decide)
        for change in changes:
            count = len(change.lines)
            undo = self._controller.edits.undo_offer() if count else None
            text = say_count(count, "{count} line changed.", "{count} lines changed.") if count else nothing
            self._place.message_wanted.emit(Message(text, "info", say("Undo") if undo else "", undo))

    @Slot()
    def _mend_drafts(self) -> None:
        if self._repair is None and self._controller.commit_pending():
            project = self._project

            def work(cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> RepairReport:
                report = repair_drafts(project, cancel=cancel, progress=progress)
                changed(report.change)
                return report

            self._repair = Job(say("Mending drafts"), work)
            self._place.workspace.jobs.start(self._repair)

    @Slot(object)
    def _note_finished(self, outcome: JobOutcome) -> None:
        if outcome.job is not self._repair:
            return
        self._repair = None
        if isinstance(outcome, JobSucceeded):
            lines = len(outcome.result.lines)
            undo = self._controller.edits.undo_offer() if lines else None
            text = say_count(
                lines,
                "{count:,} draft mended; it waits as an open line.",
                "{count:,} drafts mended; they wait as open lines.",
            )
            self._place.message_wanted.emit(Message(text, "done", say("Undo") if undo else "", undo))

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change.pages:
            self.notes.forget_pages()
        if change.comments:
            self.notes.read_comments()
            self._model.take_notes(self.notes.of)

    @Slot(object)
    def _tell_failure(self, error: KnownError) -> None:
        self._place.message_wanted.emit(Message(str(error), "error"))

    def _tell(self, text: str) -> None:
        self._place.message_wanted.emit(Message(text))
