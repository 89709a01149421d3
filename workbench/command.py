"""An act with its name, its text, its keys and its place in the menus; and buttons that do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from workbench.settings import Settings

MenuName = Literal[
    "project",
    "edit",
    "view",
    "library",
    "page",
    "line",
    "training",
    "compare",
    "models",
    "review",
    "go",
    "help",
]


@dataclass(frozen=True, slots=True)
class Command:
    """An act that menus, keys, buttons and the command palette lead to.

    Attributes:
        name: Never changes, whatever the language: “library.find-lines”. What comes before the last dot is
            its scope: the place, or the part of a place, in which its keys act; “window” is everywhere.
        text: What people call it.
        action: Does it.
        usual_keys: Keys as long as nobody has chosen others, in Qt's portable notation, separated by spaces.
        menu: Where it stands in the menu bar; ``None``: nowhere.
        starts_group: Whether a separator goes before it.
    """

    name: str
    text: str
    action: QAction
    usual_keys: str = ""
    menu: MenuName | None = None
    starts_group: bool = False

    @property
    def scope(self) -> str:
        """Where its keys act."""
        return self.name.rpartition(".")[0]

    @property
    def shown_keys(self) -> str:
        """The first of its keys as people write it; empty without one."""
        return shown(self.action.shortcut())


def kept_from_commands(event: QEvent) -> bool:
    """Whether an event asks for a key that a command would take; if so the key goes to the widget instead.

    For fields and pop-ups in which no key of the place below them may act.
    """
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    event.accept()
    return True


def work_together(first: Command, second: Command) -> bool:
    """Whether the same key could mean both: one acts wherever the other one does."""
    scopes = sorted((first.scope, second.scope), key=len)
    return "window" in scopes or f"{scopes[1]}.".startswith(f"{scopes[0]}.")


def shown(keys: QKeySequence) -> str:
    """A key as people write it: “Ctrl+Enter”."""
    return keys.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def sequences(keys: str) -> list[QKeySequence]:
    """Keys in Qt's portable notation, separated by spaces."""
    return [QKeySequence(each) for each in keys.split()]


def make_command(
    settings: Settings,
    owner: QWidget,
    name: str,
    text: str,
    keys: str,
    act: Callable[..., object],
    *,
    menu: MenuName | None,
    group: bool = False,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> Command:
    """Make a command; its keys, the chosen ones or else ``keys``, act while ``owner`` has the keyboard."""
    action = QAction(text, owner)
    action.setIconText(text)  # menus put a letter to the text
    chosen = settings.shortcut(name)
    action.setShortcuts(sequences(keys if chosen is None else chosen))
    action.setShortcutContext(context)
    action.triggered.connect(act)
    owner.addAction(action)
    return Command(name, text, action, keys, menu, group)


class _Tie(QObject):
    """Keeps a button's tool tip in step with its command's keys."""

    def __init__(self, button: QAbstractButton, command: Command) -> None:
        super().__init__(button)
        self._button, self._command = button, command
        button.clicked.connect(command.action.trigger)
        command.action.changed.connect(self._tell_keys)
        self._tell_keys()

    @Slot()
    def _tell_keys(self) -> None:
        keys, text = self._command.shown_keys, self._command.text
        self._button.setToolTip(f"{text} ({keys})" if keys else text)


def tie(button: QAbstractButton, command: Command) -> None:
    """Let a button do a command; its tool tip tells the command's key."""
    if not button.text():
        button.setAccessibleName(command.text)
    _Tie(button, command)


class CommandButton(QPushButton):
    """A button that says and does what a command does."""

    def __init__(self, command: Command) -> None:
        # Qt leaves too little room between an icon and the words.
        super().__init__(command.text if command.action.icon().isNull() else f" {command.text}")
        self.setAccessibleName(command.text)
        self._action = command.action
        self._action.changed.connect(self._take_icon)
        self._take_icon()
        tie(self, command)

    @Slot()
    def _take_icon(self) -> None:
        """It has other colours when the scheme is another one."""
        self.setIcon(self._action.icon())
