"""The window's own commands: projects, looks, going to places, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalMapper, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMessageBox

from core import __version__
from workbench.place import Command, Place
from workbench.settings import Settings
from workbench.theme import Scheme, Theme
from workbench.theme.theme import DEFAULT_POINTS

if TYPE_CHECKING:
    from workbench.main_window import MainWindow

SCHEME_NAMES = {
    Scheme.SYSTEM: "Colours of the system",
    Scheme.LIGHT: "Light colours",
    Scheme.DARK: "Dark colours",
}


class WindowCommands(QObject):
    """Makes the commands and keeps them fit to what is open."""

    def __init__(self, window: MainWindow, theme: Theme, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._go = QSignalMapper(self)
        self._go.mappedInt.connect(window.show_place)
        self._fixed = [*self._project_commands(), *self._look_commands(), *self._help_commands()]
        self._places: list[Command] = []

    @property
    def commands(self) -> Sequence[Command]:
        """All commands of the window as it is now."""
        return [*self._fixed, *self._places]

    def show_for(self, places: Sequence[Place]) -> None:
        """Make one command for each place, Ctrl+1 and so on."""
        for command in self._places:
            self._window.removeAction(command.action)
            command.action.deleteLater()
        self._places = []
        for number, place in enumerate(places):
            command = self._command("Go", place.title, f"Ctrl+{number + 1}", self._go.map)
            self._go.setMapping(command.action, number)
            self._places.append(command)
        self._close.setEnabled(bool(places))

    def _project_commands(self) -> list[Command]:
        window = self._window
        close = self._command("Project", "Close project", "Ctrl+W", window.close_wanted.emit)
        self._close = close.action
        return [
            self._command("Project", "New project …", "Ctrl+N", window.ask_for_new),
            self._command("Project", "Open project …", "Ctrl+O", window.ask_for_folder),
            self._command("Project", "Open the demo", "", window.demo_wanted.emit),
            close,
            self._command("Project", "Quit", "Ctrl+Q", window.close, group=True),
        ]

    def _look_commands(self) -> list[Command]:
        commands = [
            self._command("View", "Larger text", "Ctrl++ Ctrl+=", self._larger),
            self._command("View", "Smaller text", "Ctrl+-", self._smaller),
            self._command("View", "Normal text size", "Ctrl+0", self._normal),
        ]
        group = QActionGroup(self)
        for scheme, name in SCHEME_NAMES.items():
            command = self._command("View", name, "", self._choose_scheme, group=scheme is Scheme.SYSTEM)
            command.action.setCheckable(True)
            command.action.setChecked(scheme is self._theme.scheme)
            command.action.setData(scheme.value)
            group.addAction(command.action)
            commands.append(command)
        return commands

    def _help_commands(self) -> list[Command]:
        return [
            self._command("Go", "Search …", "Ctrl+K", self._window.open_palette),
            self._command("Help", "Keys of this place", "F1", self._window.show_keys),
            self._command("Help", "About Linewright", "", self._show_about),
        ]

    def _command(
        self, menu: str, text: str, keys: str, act: Callable[[], object], *, group: bool = False
    ) -> Command:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(each) for each in keys.split()])
        action.triggered.connect(act)
        self._window.addAction(action)
        return Command(menu, action, group)

    @Slot()
    def _larger(self) -> None:
        self._resize_text(self._theme.points + 1)

    @Slot()
    def _smaller(self) -> None:
        self._resize_text(self._theme.points - 1)

    @Slot()
    def _normal(self) -> None:
        self._resize_text(DEFAULT_POINTS)

    def _resize_text(self, points: float) -> None:
        self._theme.resize_text(points)
        self._settings.text_points = self._theme.points

    @Slot()
    def _choose_scheme(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._settings.scheme = Scheme(action.data())
            self._theme.choose(self._settings.scheme)

    @Slot()
    def _show_about(self) -> None:
        QMessageBox.about(
            self._window,
            "About Linewright",
            f"<b>Linewright {__version__}</b><p>Turn scans into correct text, and teach the recogniser your "
            "own material, offline.</p><p>Fonts: Source Sans 3, Source Code Pro, Source Han Sans, Junicode "
            "(SIL Open Font License). Icons: Lucide (ISC). Interface: Qt for Python (LGPL 3).</p>",
        )
