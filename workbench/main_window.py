"""The main window: the frame with the place in front, menus, message strip. No domain logic."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget

from core.errors import KnownError
from core.storage.changes import Change
from core.storage.models import promoted_model
from core.storage.pages import project_progress
from core.wording import say
from workbench.errors import report_bug
from workbench.frame.command_palette import CommandPalette
from workbench.frame.finding import Finder
from workbench.frame.key_sheet import KeySheet, hints_of
from workbench.frame.menus import Menus
from workbench.frame.message_strip import MessageStrip
from workbench.frame.place_frame import PlaceFrame
from workbench.frame.shortcuts import CommandGroup, Shortcuts
from workbench.frame.shortcuts_dialog import ShortcutsDialog
from workbench.frame.start_screen import StartScreen
from workbench.frame.status_line import StatusLine
from workbench.frame.window_commands import WindowCommands
from workbench.jobs import JobFailed, JobOutcome
from workbench.language import Language
from workbench.letting_go import may_lose_text, may_stop
from workbench.place import Message, Place, Target
from workbench.receiving import is_package, packages_kind
from workbench.settings import Settings
from workbench.theme import Theme
from workbench.workspace import Workspace

REFRESH_MS = 300
"""Counting lines waits for a pause, so that it never delays a keystroke."""


class MainWindow(QMainWindow):
    """Shows the places of one project, or the start screen.

    Signals:
        new_wanted(Path), open_wanted(Path): make or open the project in that folder.
        package_wanted(Path): open that package of pages.
        package_dropped(Path): merge that package, or open it if its pages are another project's.
        demo_wanted(): open the demo.
        close_wanted(): close the project and show the start screen.
        language_wanted(Language): speak another language.
    """

    new_wanted = Signal(object)
    open_wanted = Signal(object)
    package_wanted = Signal(object)
    package_dropped = Signal(object)
    demo_wanted = Signal()
    close_wanted = Signal()
    language_wanted = Signal(object)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._settings = settings
        self._workspace: Workspace | None = None
        self._places: list[Place] = []
        self._count_soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._count_soon.timeout.connect(self._show_counts)
        self._menus = Menus(self.menuBar())
        self._build_parts()
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        if geometry := settings.state("window"):
            self.restoreGeometry(geometry)
        self.show_start()

    @property
    def place(self) -> Place | None:
        """The place in front."""
        return self._frame.place

    @property
    def places(self) -> Sequence[Place]:
        """All places of the open project, in the order of the rail."""
        return tuple(self._places)

    @property
    def strip(self) -> MessageStrip:
        """The message strip."""
        return self._strip

    @property
    def status(self) -> StatusLine:
        """The status line."""
        return self._frame.status

    def build_anew(self) -> None:
        """Make all parts once more: the language is another one. There must be no place left."""
        self._own.throw_away()
        self._build_parts()
        self._pages.show()  # at once: the place that comes to the front may want the keyboard
        self.show_start()

    def show_project(self, workspace: Workspace, places: Sequence[Place], front: int = 0) -> None:
        """Show the places of an open project, number ``front`` in front."""
        self._workspace = workspace
        self._places = list(places)
        for place in places:
            place.message_wanted.connect(self._strip.show_message)
            place.message_outdated.connect(self._strip.withdraw)
            place.target_wanted.connect(self.show_target)
            place.saved.connect(self.status.show_saved)
            place.offer_changed.connect(self._update_menus)
        self._own.show_for(places)
        self._tell_keys()
        self._frame.show_project(workspace, places, self._own.places)
        workspace.jobs.finished.connect(self._tell_of_failure)
        workspace.changes.changed.connect(self._refresh)
        self._pages.setCurrentWidget(self._frame)
        self.setWindowTitle(f"{workspace.project.name} – Linewright")
        self._refresh(Change(models=True))
        self._show_counts()
        self._frame.show_place(front, places[front])
        self.show_place(front)

    def take_project(self) -> None:
        """Let go of the open project's places, after committing what is pending and can be."""
        self._strip.hide()  # what is told there is of this project, and so is what it offers to do
        if place := self.place:
            with suppress(KnownError):
                place.leave()
        for each in self._places:
            each.shut_down()
            self._frame.remove(each)
            each.deleteLater()
        if self._workspace:
            self._workspace.jobs.finished.disconnect(self._tell_of_failure)
            self._workspace.changes.changed.disconnect(self._refresh)
        self._places = []
        self._workspace = None

    def show_start(self) -> None:
        """Show the start screen."""
        self._start.show_recent(self._settings.recent_projects)
        self._pages.setCurrentWidget(self._start)
        self.setWindowTitle("Linewright")
        self._own.show_for(())
        self._update_menus()

    @Slot(int)
    def show_place(self, number: int) -> None:
        """Bring a place (0-based) to the front."""
        if not 0 <= number < len(self._places):
            return
        place = self._places[number]
        if (before := self.place) is not None and before is not place:
            before.leave()
            self._strip.note_seen()
        self._frame.show_place(number, place)
        self._update_menus()
        place.enter()

    @Slot(object)
    def show_target(self, target: Target) -> None:
        """Go to a page or line, in the place that can show it."""
        for number, place in enumerate(self._places):
            if place.show_target(target):
                self.show_place(number)
                return

    def show_message(self, message: Message) -> None:
        """Show a sentence in the message strip."""
        self._strip.show_message(message)

    @Slot()
    def open_palette(self) -> None:
        """Find a page, text or command."""
        project = self._workspace.project if self._workspace else None
        self._palette.open_with(Finder(project, lambda: self._menus.commands, self.show_target))

    @Slot()
    def show_keys(self) -> None:
        """Show the keys of the place in front."""
        place = self.place
        commands = [*(place.commands() if place else ()), *self._own.commands]
        fixed = place.key_hints() if place else ()
        title = place.title if place else "Linewright"
        sheet = KeySheet(self, title, hints_of(commands), fixed, self._own.shortcuts.shown_keys)
        sheet.resize(sheet.sizeHint())
        sheet.move(self.mapToGlobal(self.rect().center()) - sheet.rect().center())
        sheet.show()

    @Slot()
    def show_shortcuts(self) -> None:
        """Let other keys be given to commands."""
        groups = [CommandGroup(say("Everywhere"), self._own.commands)]
        for place in self._places:
            fixed = place.fixed_keys()
            groups += [CommandGroup(title, commands, fixed) for title, commands in place.command_groups()]
        dialog = ShortcutsDialog(self, Shortcuts(self._settings, groups))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._note_keys)
        dialog.open()

    @Slot()
    def _note_keys(self) -> None:
        self._tell_keys()
        self._update_menus()

    def _tell_keys(self) -> None:
        """Let the places know the keys of all commands, also of those of another place."""
        commands = [*self._own.commands, *(each for place in self._places for each in place.commands())]
        keys = {command.name: command.shown_keys for command in commands}
        for place in self._places:
            place.note_keys(keys)

    @Slot()
    def ask_for_new(self) -> None:
        """Ask where a new project should go."""
        title = say("New project: name of its folder")
        name, _ = QFileDialog.getSaveFileName(self, title, str(Path.home()))
        if name and self._may_let_go():
            self.new_wanted.emit(Path(name))

    @Slot()
    def ask_for_folder(self) -> None:
        """Ask which project to open."""
        name = QFileDialog.getExistingDirectory(self, say("Open project"), str(Path.home()))
        if name:
            self._open(Path(name))

    @Slot()
    def ask_for_package(self) -> None:
        """Ask which package of pages to open."""
        title = say("Open a package of pages")
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), packages_kind())
        if name:
            self.package_wanted.emit(Path(name))

    def ask_where_to_unpack(self, file: Path) -> Path | None:
        """Ask which folder the pages of a package should get; ``None`` if they should get none."""
        proposed = str(file.with_suffix(""))
        name, _ = QFileDialog.getSaveFileName(self, say("Folder of the new project"), proposed)
        return Path(name) if name and self._may_let_go() else None

    @Slot()
    def ask_for_demo(self) -> None:
        """Open the demo, unless there is work that would be lost."""
        if self._may_let_go():
            self.demo_wanted.emit()

    @Slot()
    def ask_to_close(self) -> None:
        """Close the project, unless there is work that would be lost."""
        if self._may_let_go():
            self.close_wanted.emit()

    def ask_for_language(self, language: Language) -> None:
        """Speak another language, unless there is text that would be lost."""
        if may_lose_text(self, self._places):
            self.language_wanted.emit(language)

    def _open(self, path: Path) -> None:
        if self._may_let_go():
            self.open_wanted.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and folders may be dropped anywhere; without a project, what makes one."""
        paths = _local_files(event)
        if paths and (self._workspace or _can_be_opened(paths[0])):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Hand dropped files to the place that takes them; what none takes, or a project, is opened."""
        paths = _local_files(event)
        if not paths:
            return
        event.acceptProposedAction()
        if is_package(paths[0]):
            self.package_dropped.emit(paths[0])
        elif not self.take_files(paths):
            # The program they come from waits until the drop is over: ask afterwards.
            QTimer.singleShot(0, self, partial(self._open, paths[0]))

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Hand files to the place that takes them, and show it; ``False`` if none does."""
        for number, place in enumerate(self._places):
            if place.take_files(paths):
                self.show_place(number)
                return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Commit what is pending, remember the window, stop what runs."""
        if not self._may_let_go():
            event.ignore()
            return
        self.take_project()
        self._settings.save_state("window", self.saveGeometry())
        self.close_wanted.emit()
        self._settings.flush()
        event.accept()

    def _may_let_go(self) -> bool:
        """Whether the project can be put away; the user is asked if work would be lost."""
        workspace = self._workspace
        if workspace and not may_stop(self, (workspace.jobs, workspace.training)):
            return False
        return may_lose_text(self, self._places)

    def _build_parts(self) -> None:
        self._pages = QStackedWidget()
        self._start = StartScreen(self._theme)
        self._frame = PlaceFrame(self._theme)
        self._pages.addWidget(self._start)
        self._pages.addWidget(self._frame)
        self.setCentralWidget(self._pages)
        self._frame.search_wanted.connect(self.open_palette)
        self._frame.models_wanted.connect(self._show_models)
        self._start.new_wanted.connect(self.ask_for_new)
        self._start.open_wanted.connect(self.ask_for_folder)
        self._start.package_wanted.connect(self.ask_for_package)
        self._start.demo_wanted.connect(self.demo_wanted)
        self._start.recent_wanted.connect(self.open_wanted)
        self._strip = MessageStrip(self._pages, self._frame.status, self._theme)
        self._palette = CommandPalette(self._pages, self._theme)
        self._own = WindowCommands(self, self._theme, self._settings)

    @Slot()
    def _update_menus(self) -> None:
        commands = [*self._own.commands]
        for place in self._places:
            for command in place.commands():
                command.action.setVisible(place is self.place and place.offers(command))
                commands.append(command)
        self._menus.fill(commands)
        self._frame.header.show_search_key(self._own.search.shown_keys)

    @Slot()
    def _show_models(self) -> None:
        for number, place in enumerate(self._places):
            if place.name == "models":
                self.show_place(number)

    @Slot(object)
    def _refresh(self, change: Change) -> None:
        self._count_soon.start()
        if change.models and self._workspace:
            self._frame.header.show_model(promoted_model(self._workspace.project))

    @Slot()
    def _show_counts(self) -> None:
        if self._workspace:
            self.status.show_progress(*project_progress(self._workspace.project))

    @Slot(object)
    def _tell_of_failure(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome, JobFailed):
            return
        if isinstance(outcome.error, KnownError):
            self.show_message(Message(str(outcome.error), "error", seconds=None))
        else:
            report_bug(outcome.error)


def _local_files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _can_be_opened(path: Path) -> bool:
    return path.is_dir() or is_package(path)
