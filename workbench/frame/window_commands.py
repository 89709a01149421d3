"""The window's own commands: projects, looks, language, going to places, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalMapper, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMessageBox

from core import __version__
from core.wording import say
from workbench.command import Command, MenuName, make_command, tie
from workbench.exporting.text_export import TextExport
from workbench.language import NAMES, Language
from workbench.place import Place
from workbench.settings import Settings
from workbench.theme import Scheme, Theme
from workbench.theme.theme import DEFAULT_POINTS

if TYPE_CHECKING:
    from workbench.main_window import MainWindow

SCOPE = "window"
"""Keys of these commands act everywhere."""


class WindowCommands(QObject):
    """Makes the commands and keeps them fit to what is open."""

    def __init__(self, window: MainWindow, theme: Theme, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._go = QSignalMapper(self)
        self._go.mappedInt.connect(window.show_place)
        self._places: list[Command] = []
        self._exporting: TextExport | None = None
        self._fixed = [
            *self._project_commands(),
            *self._look_commands(),
            *self._language_commands(),
            self._shortcuts_command(),
            *self._message_commands(),
            *self._help_commands(),
        ]

    @property
    def commands(self) -> Sequence[Command]:
        """All commands of the window as it is now."""
        return [*self._fixed, *self._places]

    @property
    def places(self) -> Sequence[Command]:
        """Those that go to the places, in the order of the rail."""
        return self._places

    @property
    def search(self) -> Command:
        """The one that opens the search."""
        return self._search

    @property
    def shortcuts(self) -> Command:
        """The one that opens the dialog of keys."""
        return self._shortcuts

    def show_for(self, places: Sequence[Place]) -> None:
        """Make one command for each place, Ctrl+1 and so on."""
        _throw_away(self._places)
        self._places = []
        for number, place in enumerate(places):
            command = self._command("go", f"go-{place.name}", place.title, f"Ctrl+{number + 1}", self._go.map)
            self._go.setMapping(command.action, number)
            self._places.append(command)
        self._close.setEnabled(bool(places))
        self._take_exporting(places)

    def _take_exporting(self, places: Sequence[Place]) -> None:
        """Texts are exported by whichever place knows how to; without a project there are none."""
        found = (place.findChild(TextExport) for place in places)
        self._exporting = next((each for each in found if each is not None), None)
        self._export.action.setEnabled(self._exporting is not None)
        if self._exporting is not None:
            tie(self._exporting.button, self._export)

    def throw_away(self) -> None:
        """The window gets other ones."""
        _throw_away(self.commands)
        self.deleteLater()

    def _project_commands(self) -> list[Command]:
        make, window = self._command, self._window
        close = make("project", "close", say("Close project"), "Ctrl+W", window.ask_to_close)
        self._close = close.action
        self._export = make(
            "project", "export-texts", say("Export texts …"), "Ctrl+Shift+X", self._ask_for_export, group=True
        )
        return [
            make("project", "new", say("New project …"), "Ctrl+N", window.ask_for_new),
            make("project", "open", say("Open project …"), "Ctrl+O", window.ask_for_folder),
            make("project", "package", say("Open a package …"), "Ctrl+Alt+O", window.ask_for_package),
            make("project", "demo", say("Open the demo"), "", window.ask_for_demo),
            close,
            self._export,
            make("project", "quit", say("Quit"), "Ctrl+Q", window.close, group=True),
        ]

    def _look_commands(self) -> list[Command]:
        make = self._command
        commands = [
            make("view", "larger", say("Larger text"), "Ctrl++ Ctrl+=", self._larger),
            make("view", "smaller", say("Smaller text"), "Ctrl+-", self._smaller),
            make("view", "normal", say("Normal text size"), "Ctrl+0", self._normal),
        ]
        schemes = {
            Scheme.SYSTEM: say("Colours of the system"),
            Scheme.LIGHT: say("Light colours"),
            Scheme.DARK: say("Dark colours"),
        }
        group = QActionGroup(self)
        for scheme, text in schemes.items():
            first = scheme is Scheme.SYSTEM
            command = make("view", f"colours-{scheme}", text, "", self._choose_scheme, group=first)
            _make_choice(command.action, group, scheme.value, chosen=scheme is self._theme.scheme)
            commands.append(command)
        return commands

    def _language_commands(self) -> list[Command]:
        names = {
            Language.SYSTEM: say("Language of the system"),
            **{language: say("Language: {language}", language=name) for language, name in NAMES.items()},
        }
        group = QActionGroup(self)
        commands = []
        for language, text in names.items():
            name, first = f"language-{language or 'system'}", language is Language.SYSTEM
            command = self._command("view", name, text, "", self._choose_language, group=first)
            _make_choice(command.action, group, language.value, chosen=language is self._settings.language)
            commands.append(command)
        return commands

    def _message_commands(self) -> list[Command]:
        make, strip = self._command, self._window.strip
        act = make(
            "view", "message-act", say("Do what the message offers"), "Alt+Return", strip.act, group=True
        )
        close = make("view", "message-close", say("Close the message"), "Ctrl+Shift+W", strip.hide)
        strip.tie(act, close)
        return [act, close]

    def _shortcuts_command(self) -> Command:
        text, show = say("Shortcuts …"), self._window.show_shortcuts
        self._shortcuts = self._command("view", "shortcuts", text, "Ctrl+F1", show, group=True)
        return self._shortcuts

    def _help_commands(self) -> list[Command]:
        make, window = self._command, self._window
        self._search = make("go", "search", say("Search …"), "Ctrl+K", window.open_palette)
        return [
            self._search,
            make("help", "keys", say("Keys of this place"), "F1", window.show_keys),
            make("help", "about", say("About Linewright"), "", self._show_about),
        ]

    def _command(
        self,
        menu: MenuName,
        name: str,
        text: str,
        keys: str,
        act: Callable[[], object],
        *,
        group: bool = False,
    ) -> Command:
        return make_command(
            self._settings,
            self._window,
            f"{SCOPE}.{name}",
            text,
            keys,
            act,
            menu=menu,
            group=group,
            context=Qt.ShortcutContext.WindowShortcut,
        )

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
    def _choose_language(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._window.ask_for_language(Language(action.data()))

    @Slot()
    def _ask_for_export(self) -> None:
        if self._exporting is not None:
            self._exporting.ask()

    @Slot()
    def _show_about(self) -> None:
        words = say(
            "Turn scans into correct text, and teach the recogniser your own material, offline.</p>"
            "<p>Fonts: Source Sans 3, Source Code Pro, Source Han Sans, Junicode (SIL Open Font License). "
            "Icons: Lucide (ISC). Interface: Qt for Python (LGPL 3)."
        )
        QMessageBox.about(
            self._window, say("About Linewright"), f"<b>Linewright {__version__}</b><p>{words}</p>"
        )


def _make_choice(action: QAction, group: QActionGroup, value: str, *, chosen: bool) -> None:
    """One of several that exclude one another."""
    action.setCheckable(True)
    action.setChecked(chosen)
    action.setData(value)
    group.addAction(action)


def _throw_away(commands: Sequence[Command]) -> None:
    for command in commands:
        command.action.setShortcuts([])  # it acts until it is deleted, which is later
        command.action.deleteLater()
