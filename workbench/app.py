"""The composition root: opens projects, builds services, places and the window."""

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from core.errors import KnownError
from core.storage.project import Project, create_project, open_project
from core.wording import say
from core.workflow.second_reader import is_home, not_arrived
from workbench import errors, heap
from workbench.collecting import Collector
from workbench.comparison.place import ComparisonPlace
from workbench.demo import demo_folder, open_demo
from workbench.finetuning.controller import Controller
from workbench.follower import Follower
from workbench.jobs import JobRunner
from workbench.language import Language, speak
from workbench.library.place import LibraryPlace
from workbench.main_window import MainWindow
from workbench.models.place import ModelsPlace
from workbench.place import Message, Place
from workbench.project_changes import ProjectChanges
from workbench.receiving import PackageReader, is_package, open_package
from workbench.review.place import ReviewPlace
from workbench.settings import Settings
from workbench.theme import Theme
from workbench.training.place import TrainingPlace
from workbench.transcribe.place import TranscribePlace
from workbench.workspace import Workspace

PLACES: tuple[type[Place], ...] = (
    LibraryPlace,
    TranscribePlace,
    TrainingPlace,
    ComparisonPlace,
    ModelsPlace,
    ReviewPlace,
)
"""The places of the window, in the order of the rail."""


SWITCH_SECONDS = 0.001


class Desk(QObject):
    """Holds the window and the open project together; one per program."""

    def __init__(
        self,
        settings: Settings,
        *,
        place_types: Sequence[type[Place]] = PLACES,
        demo_folder: Path | None = None,
    ) -> None:
        super().__init__()
        # So long the window's thread waits for another one that works in Python; 5 ms is usual.
        sys.setswitchinterval(SWITCH_SECONDS)
        self._settings = settings
        self._place_types = place_types
        self._demo_folder = demo_folder
        self._workspace: Workspace | None = None
        self._follower: Follower | None = None
        self.theme = Theme(settings.scheme, settings.text_points)
        self.theme.apply()
        speak(settings.language)
        self.window = MainWindow(self.theme, settings)
        self._packages = PackageReader(self)
        self._packages.message_wanted.connect(self.window.show_message)
        self._packages.message_outdated.connect(self._withdraw)
        self.window.new_wanted.connect(self.make)
        self.window.open_wanted.connect(self.open)
        self.window.package_wanted.connect(self.open)
        self.window.package_dropped.connect(self.take_package)
        self.window.demo_wanted.connect(self._show_demo)
        self.window.close_wanted.connect(self.close_project)
        self.window.language_wanted.connect(self.speak)

    @property
    def workspace(self) -> Workspace | None:
        """The open project with its services."""
        return self._workspace

    @Slot(object)
    def make(self, folder: Path) -> None:
        """Make a project and show it."""
        self._show_or_tell(lambda: create_project(folder))

    @Slot(object)
    def open(self, folder: Path) -> None:
        """Open a project and show it; a package of pages becomes one, in a folder that is asked for."""
        if is_package(folder):
            self._packages.read(folder, lambda _home: self._unpack(folder))
        else:
            self._show_or_tell(lambda: open_project(folder))

    @Slot(object)
    def take_package(self, file: Path) -> None:
        """Merge a package of our own pages; make a project of those of others."""

        def take_home(home: str) -> None:
            ours = self._workspace is not None and is_home(self._workspace.project, home)
            if not (ours and self.window.take_files([file])):
                self._unpack(file)

        self._packages.read(file, take_home)

    @Slot(object)
    def _withdraw(self, message: Message) -> None:
        self.window.strip.withdraw(message)

    def _unpack(self, file: Path) -> None:
        """Make a project of a package of pages and show it while they come in."""
        folder = self.window.ask_where_to_unpack(file)
        if folder is None:
            return
        try:
            project, job = open_package(file, folder)
        except KnownError as error:
            self.show_known(error)
        else:
            self.show(project).jobs.start(job)

    def show(self, project: Project) -> Workspace:
        """Show an open project in place of the one before."""
        self.close_project()
        self._workspace = workspace = self._furnish(project)
        if project.read_only:
            self._follower = Follower(project, workspace.changes, self.window)
        self._settings.remember_project(project.folder)
        self._show_places(workspace, [None] * len(self._place_types), 0)
        if not project.read_only and (missing := not_arrived(project)):  # else they may still be coming
            self.window.show_message(Message(missing, "doubt", seconds=None))
        return workspace

    def _furnish(self, project: Project) -> Workspace:
        """A project with its services."""
        project.hurry_here()
        changes, jobs, training = ProjectChanges(), JobRunner(), JobRunner()
        for runner in (jobs, training):
            runner.changed.connect(changes.announce)
        fine_tuning = Controller(project, changes, training)
        return Workspace(project, changes, jobs, training, fine_tuning, self.theme, self._settings)

    @Slot()
    def close_project(self) -> None:
        """Commit what is pending, stop what runs, close the project, show the start screen."""
        self._packages.let_go()
        if self._workspace is None:
            return
        workspace, self._workspace = self._workspace, None
        gc.unfreeze()
        if self._follower is not None:
            self._follower.shut_down()
            self._follower = None
        self.window.take_project()
        workspace.jobs.shut_down()
        workspace.fine_tuning.shut_down()
        workspace.project.close()
        self.window.show_start()

    @Slot(object)
    def speak(self, language: Language) -> None:
        """Go on in another language: the window is made anew, the project and what runs stay."""
        self._settings.language = language
        workspace, (front, memories) = self._workspace, self._memories()
        self.window.take_project()
        speak(language)
        self.window.build_anew()
        if workspace is not None:
            self._show_places(workspace, memories, front)
        # The old places are deleted when all this is over; only then they can be collected.
        QTimer.singleShot(0, self, self._collect)

    @Slot()
    def _collect(self) -> None:
        gc.unfreeze()
        gc.collect()
        if self._workspace is not None:
            gc.freeze()

    def _memories(self) -> tuple[int, list[object]]:
        """Which place is in front, and what each one shows."""
        places = self.window.places
        front = next((n for n, place in enumerate(places) if place is self.window.place), 0)
        return front, [place.memory() for place in places]

    def _show_places(self, workspace: Workspace, memories: Sequence[object], front: int) -> None:
        places = [make(workspace) for make in self._place_types]
        for place, memory in zip(places, memories, strict=True):
            place.recall(memory)
        self.window.show_project(workspace, places, front)
        # What is there now stays: looking through it again and again for garbage stops the window for 0.1 s.
        gc.freeze()

    def save_pending(self) -> None:
        """Commit text that is still only in an editor."""
        for place in self.window.places:
            place.leave()

    def show_known(self, error: KnownError) -> None:
        """Show a known error in the message strip."""
        self.window.show_message(Message(str(error), "error", seconds=None))

    def _show_or_tell(self, get_project: Callable[[], Project]) -> None:
        try:
            project = get_project()
        except KnownError as error:
            self.show_known(error)
        else:
            self.show(project)

    @Slot()
    def _show_demo(self) -> None:
        folder = self._demo_folder or demo_folder()
        try:
            project, jobs = open_demo(folder)
        except KnownError as error:
            self.show_known(error)
            return
        workspace = self.show(project)
        for job in jobs:
            workspace.jobs.start(job)
        self.window.show_message(
            Message(say("The demo's project is in {folder}; it is yours to try things on.", folder=folder))
        )


def build_window(project: Project | None, settings: Settings | None = None) -> Desk:
    """The window with its services, not yet shown; with a project, or with the start screen."""
    desk = Desk(settings or Settings())
    if project is not None:
        desk.show(project)
    return desk


def run(folder: Path | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    heap.set_limits()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("Linewright")
    desk = build_window(None)
    errors.install(desk.show_known, desk.save_pending)
    collector = Collector()
    desk.window.show()
    if folder is not None:
        # The window is on the screen before the project is read.
        QTimer.singleShot(0, desk, lambda: desk.open(folder))
    code = application.exec()
    collector.deleteLater()
    return code
