"""All about characters at the annotator's desk: palette, warnings, keys of one's own."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QToolTip

from core.characters.census import Census
from core.characters.findings import Finding, findings_in
from core.characters.search import find_characters
from core.jobs import CancelToken, ProgressSink
from core.storage.changes import Change
from core.wording import say
from core.workflow.characters import take_census
from workbench.command import Command
from workbench.jobs import Job, JobOutcome, JobRunner, JobSucceeded
from workbench.jobs.job import ChangeSink
from workbench.place import Place
from workbench.transcribe.character_palette import CharacterPalette
from workbench.transcribe.controller import Controller
from workbench.transcribe.field_keys import field_keys
from workbench.transcribe.palette_groups import Offered, groups_of, offered, with_recent
from workbench.transcribe.snippet_keys import SnippetKeys
from workbench.transcribe.snippets import Snippet, from_json, to_json
from workbench.transcribe.snippets_dialog import SnippetsDialog
from workbench.transcribe.strip_view import StripView
from workbench.utf16 import code_points

SNIPPETS, RECENT = "transcribe/snippets", "transcribe/characters"
BEGUN = "transcribe/snippets-begun"
"""Snippets that stand in the dialog and were not kept yet."""

FIRST_COUNT_MS = 1500
"""The characters are counted after the window has had time to come up."""

RECOUNT_MS = 60_000
"""After a change they are counted anew, but no oftener than this."""

JUDGE_MS = 30
"""The text of the next line is painted first; then its odd characters are marked."""

Counted = tuple[Census, list[Offered]]


class CharacterDesk(QObject):
    """Belongs to the place Transcribe."""

    def __init__(self, place: Place, controller: Controller, strips: StripView) -> None:
        super().__init__(place)
        self._place, self._controller, self._strips = place, controller, strips
        self._project, self._settings = controller.project, place.workspace.settings
        self.census = Census()
        self.findings: tuple[Finding, ...] = ()
        self.palette = CharacterPalette(place, place.workspace.theme)
        self.keys = SnippetKeys(strips.editor)
        self.dialog = SnippetsDialog(place)
        self._runner = JobRunner(self)
        self._names_read = False
        self._recount = QTimer(self, singleShot=True)
        self._unjudged = QTimer(self, singleShot=True, interval=JUDGE_MS)
        self.take(Census(), offered(groups_of(Census())))
        self.palette.use_recent(self._settings.choice(RECENT))
        self._use(from_json(self._settings.choice(SNIPPETS)))

    def commands(self) -> list[Command]:
        """All acts of this part of the desk."""
        make = self._place.command
        return [
            make("line", "palette", say("Character palette"), "Ctrl+Space", self.open_palette, icon="omega"),
            make("edit", "snippets", say("Keys for texts …"), "", self.open_dialog, group=True),
        ]

    def connect_parts(self) -> None:
        """After the place has connected its own parts."""
        editor = self._strips.editor
        self.palette.chosen.connect(self._write)
        self.palette.closed.connect(editor.setFocus)
        self.dialog.kept.connect(self._keep_snippets)
        self.dialog.begun.connect(self._note_begun)
        self._controller.current_changed.connect(self._judge_soon)
        self._unjudged.timeout.connect(self._judge)
        editor.typed.connect(self._judge)
        editor.cursor_moved.connect(self._show_note)
        editor.viewport().installEventFilter(self)
        self._runner.finished.connect(self._note_counted)
        self._recount.timeout.connect(self.count)
        self._place.workspace.changes.changed.connect(self._follow)
        self._recount.start(FIRST_COUNT_MS)

    def leave(self) -> None:
        """Write down what is only in a field."""
        self.dialog.write_down()

    def shut_down(self) -> None:
        """End counting."""
        self.dialog.write_down()
        self._recount.stop()
        self._unjudged.stop()
        self._runner.shut_down()

    def fixed_keys(self) -> dict[str, str]:
        """What the field's keys and the user's own ones do."""
        return field_keys() | {each.sequence: each.text for each in self.snippets if each.sequence}

    @Slot()
    def open_palette(self) -> None:
        """Offer characters beside the line in hand."""
        editor = self._strips.editor
        if editor.isReadOnly() or not editor.isVisible():
            return
        self._read_names()
        corner = editor.mapTo(self._place, QPoint(0, 0))
        self.palette.open_beside(QRect(corner, editor.size()))

    @Slot()
    def open_dialog(self) -> None:
        """Show the user's own keys."""
        begun = self._settings.choice(BEGUN)
        self.dialog.open_with(self.snippets, self._taken_keys(), from_json(begun) if begun else None)

    @Slot()
    def count(self) -> None:
        """Count the project's characters behind the window."""
        project = self._project

        def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> Counted:
            census = take_census(project)
            return census, offered(groups_of(census))

        if self._runner.current is None:
            self._runner.start(Job("characters", work))
        else:
            self._recount.start(FIRST_COUNT_MS)

    def _read_names(self) -> None:
        """Read the tables that a search needs (40 MB) while somebody begins to type what they look for."""

        def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
            find_characters("a", {})

        if not self._names_read and self._runner.current is None:
            self._names_read = True
            self._runner.start(Job("names", work))

    def take(self, census: Census, others: Sequence[Offered]) -> None:
        """Characters have been counted: judge and offer by that from now on."""
        self.census = census
        self.palette.use(census, others)
        self._judge()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Tell of an odd character under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cursor = self._strips.editor.cursorForPosition(event.pos())
            at = code_points(self._strips.editor.toPlainText(), cursor.position())
            told = [each.sentence for each in self.findings if each.first <= at <= each.last]
            QToolTip.showText(event.globalPos(), "\n".join(told), self._strips.editor)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _write(self, char: str) -> None:
        recent = with_recent(self._settings.choice(RECENT), char)
        self._settings.keep_choice(RECENT, recent)
        self.palette.use_recent(recent)
        self._strips.editor.insert(char)

    @Slot()
    def _judge_soon(self) -> None:
        self.findings = ()
        self._strips.editor.mark_findings(())
        self._show_note()
        self._unjudged.start()

    @Slot()
    def _judge(self) -> None:
        self._unjudged.stop()
        editor = self._strips.editor
        self.findings = findings_in(editor.toPlainText(), self.census) if not editor.composing else ()
        editor.mark_findings(self.findings)
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        self._strips.extras.characters.show_findings(self.findings, self._strips.editor.position)

    @Slot(object)
    def _note_counted(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded) and outcome.result is not None:
            self.take(*outcome.result)

    @Slot(object)
    def _follow(self, change: Change) -> None:
        if change.models:
            self.count()
        elif not self._recount.isActive():
            self._recount.start(RECOUNT_MS)

    @Slot(object)
    def _keep_snippets(self, snippets: tuple[Snippet, ...]) -> None:
        self._settings.keep_choice(SNIPPETS, to_json(snippets))
        self._use(snippets)

    @Slot(object)
    def _note_begun(self, snippets: list[Snippet] | None) -> None:
        self._settings.keep_choice(BEGUN, "" if snippets is None else to_json(snippets))
        self._settings.flush()

    def _use(self, snippets: tuple[Snippet, ...]) -> None:
        self.snippets = snippets
        self.keys.use(snippets)

    def _taken_keys(self) -> dict[str, str]:
        """Names by their keys of what a field does and of all commands of the window."""
        taken = field_keys()
        for action in self._place.window().findChildren(QAction):
            taken |= {key.toString(): action.iconText() for key in action.shortcuts()}
        return taken
