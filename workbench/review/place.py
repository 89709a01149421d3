"""Review: six views over the lines of the whole project."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from core.errors import KnownError
from core.storage import journal
from core.storage.changes import Change
from core.storage.project import Project
from core.wording import say
from workbench.command import Command
from workbench.errors import report_bug
from workbench.jobs import JobFailed, JobOutcome, JobRunner
from workbench.place import KeyHint, Message, Place, Target
from workbench.project_changes import walked_words
from workbench.receiving import is_package
from workbench.review.accept_tab import AcceptTab
from workbench.review.audit_tab import AuditTab
from workbench.review.doubt_keeper import DoubtKeeper
from workbench.review.glyph_tab import GlyphTab
from workbench.review.queue_tab import QueueTab
from workbench.review.second_tab import SecondReaderTab
from workbench.review.suspects_tab import SuspectsTab
from workbench.review.tab import ReviewTab
from workbench.scans.line_pictures import CropReader
from workbench.set_aside import set_aside_message
from workbench.workspace import Workspace


class ReviewPlace(Place):
    """Tabs, each with its own keys."""

    name = "review"
    icon_name = "check-check"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.crops = CropReader(self)
        # Looking something up writes nothing: it runs apart from the jobs that closing would ask about.
        self.looking = JobRunner(self)
        self.looking.finished.connect(self._tell_failure)
        self.keeper = DoubtKeeper(workspace, self.looking, self)
        self.queue = QueueTab(workspace, self.keeper, self.crops)
        self.accept = AcceptTab(workspace, self.keeper, self.crops)
        self.audit = AuditTab(workspace, self.crops)
        self.glyphs = GlyphTab(workspace, self.crops)
        self.suspects = SuspectsTab(workspace, self.looking, self.crops)
        self.second = SecondReaderTab(workspace, self.looking, self.crops)
        self._tabs: tuple[ReviewTab, ...] = (
            self.queue,
            self.accept,
            self.audit,
            self.glyphs,
            self.suspects,
            self.second,
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("Parts of Review"))
        self.tabs.tabBar().setAccessibleName(say("Parts of Review"))
        for tab in self._tabs:
            self.tabs.addTab(tab, tab.title)
            tab.message_wanted.connect(self.message_wanted)
            tab.target_wanted.connect(self.target_wanted)
        self._commands = self._build_commands()
        self.tabs.currentChanged.connect(self._enter_tab)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        workspace.changes.changed.connect(self._note_change)

    @property
    def tab(self) -> ReviewTab:
        """The tab in front."""
        return self._tabs[self.tabs.currentIndex()]

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Review")

    def commands(self) -> Sequence[Command]:
        """Acts of the place and of all tabs."""
        return [*self._commands, *(command for tab in self._tabs for command in tab.commands)]

    def command_groups(self) -> Sequence[tuple[str, Sequence[Command]]]:
        """Those of the place, then those of each tab."""
        tabs = ((f"{self.title} · {tab.title}", tab.commands) for tab in self._tabs)
        return ((self.title, self._commands), *tabs)

    def offers(self, command: Command) -> bool:
        """Acts of a tab can be done while it is in front."""
        return command in self._commands or command in self.tab.commands

    def memory(self) -> object:
        """Which tab is in front, and what was swept over."""
        return self.tabs.currentIndex(), self.glyphs.glyph.text() if self.glyphs.result else ""

    def recall(self, memory: tuple[int, str] | None) -> None:
        """Bring the tab to the front, and sweep again."""
        if memory:
            number, glyph = memory
            self.tabs.setCurrentIndex(number)
            if glyph:
                self.glyphs.sweep(glyph)

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab in front."""
        return self.tab.key_hints()

    def enter(self) -> None:
        """Refresh the tab in front and give it the keyboard."""
        self.tab.enter()

    def leave(self) -> None:
        """Let all tabs write down what is only in a field."""
        for tab in self._tabs:
            tab.leave()

    def shut_down(self) -> None:
        """End the threads."""
        for tab in self._tabs:
            tab.shut_down()
        self.looking.shut_down()
        self.crops.shut_down()

    def show_tab(self, tab: ReviewTab) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentWidget(tab)

    def show_target(self, target: Target) -> bool:
        """Sweep over a character."""
        if not target.glyph:
            return False
        self.show_tab(self.glyphs)
        self.glyphs.sweep(target.glyph)
        return True

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Merge a package: the window hands over those of our own pages."""
        if not is_package(paths[0]):
            return False
        self.show_tab(self.second)
        self.second.merge(paths[0])
        return True

    def _build_commands(self) -> list[Command]:
        make = self.command
        return [
            *(
                make("review", tab.name, tab.title, f"Alt+{number}", partial(self.show_tab, tab))
                for number, tab in enumerate(self._tabs, start=1)
            ),
            make("edit", "undo", say("Undo"), "Ctrl+Z", self._undo, icon="undo-2"),
            make("edit", "redo", say("Redo"), "Ctrl+Shift+Z", self._redo, icon="redo-2"),
        ]

    @Slot(object)
    def _tell_failure(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome, JobFailed):
            return
        if isinstance(outcome.error, KnownError):
            self.message_wanted.emit(Message(str(outcome.error), "error", seconds=None))
        else:
            report_bug(outcome.error)

    @Slot()
    def _enter_tab(self) -> None:
        self.offer_changed.emit()
        if self.isVisible():
            self.tab.enter()

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        for tab in self._tabs:
            tab.note_change(change)

    @Slot()
    def _undo(self) -> None:
        self._walk_journal(journal.undo, say("Nothing to undo."), say("Undone"))

    @Slot()
    def _redo(self) -> None:
        self._walk_journal(journal.redo, say("Nothing to redo."), say("Done again"))

    def _walk_journal(self, walk: Callable[[Project], Change | None], nothing: str, done: str) -> None:
        try:
            change = walk(self.workspace.project)
        except KnownError as error:
            self.message_wanted.emit(Message(str(error), "error"))
            return
        if change is None:
            self.message_wanted.emit(Message(nothing))
            return
        self.workspace.changes.announce(change)
        words = walked_words(self.workspace.project, change, done)
        self.message_wanted.emit(set_aside_message(self.workspace, change, words) or Message(words))
