"""What a place of the window is, and the values by which places talk to the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.workspace import Workspace

MessageKind = Literal["info", "done", "doubt", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the message strip, with at most one action.

    ``seconds`` is how long it stays; ``None``: until it is closed or replaced.
    """

    text: str
    kind: MessageKind = "info"
    action: str = ""
    act: Callable[[], object] | None = None
    seconds: float | None = 10.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where the user wants to go: a page, a line, models side by side, all places of one character."""

    page_id: int | None = None
    line_id: int | None = None
    models: tuple[str, ...] = ()
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """An act with its place in the menus; commands with a key appear on the key sheet (F1)."""

    menu: str
    action: QAction
    starts_group: bool = False


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key that is no command, for the key sheet."""

    keys: str
    what: str


class Place(QWidget):
    """A place of the window: one entry of the rail, one task.

    A place is built for one open project and thrown away with it. It never imports another place.

    Signals:
        message_wanted(Message): show this in the message strip.
        target_wanted(Target): go there, in whichever place can show it.
        saved(datetime): human work has just been committed to the project.
    """

    title: ClassVar[str]
    icon_name: ClassVar[str]

    message_wanted = Signal(object)
    target_wanted = Signal(object)
    saved = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def commands(self) -> Sequence[Command]:
        """All acts of the place; they are shown and work only while the place is in front."""
        return ()

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys beside those of the commands."""
        return ()

    def enter(self) -> None:
        """The place comes to the front: refresh what changed, take the keyboard."""

    def leave(self) -> None:
        """The place goes to the back, or the window closes: commit what is pending."""

    def shut_down(self) -> None:
        """The project closes: end threads and processes of one's own."""

    def show_target(self, target: Target) -> bool:
        """Show what is meant; ``False`` if the place cannot show such a thing."""
        return False

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Files or folders were dropped on the window; ``False`` if the place has no use for them."""
        return False

    def command(
        self,
        menu: str,
        text: str,
        keys: str,
        act: Callable[..., object],
        *,
        icon: str = "",
        group: bool = False,
        checked: bool | None = None,
    ) -> Command:
        """Make a command whose key works only within this place.

        Args:
            menu: Title of the menu.
            text: What the menu says.
            keys: Key sequences in Qt's portable notation, several separated by spaces; may be empty.
            act: A bound method of this place.
            icon: Name of a bundled icon.
            group: Whether a separator goes before it.
            checked: Whether it is on, if it is a switch; ``act`` then takes a bool.
        """
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(each) for each in keys.split()])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        if icon:
            action.setIcon(self.workspace.theme.icon(icon))
            action.setProperty("icon_name", icon)
        action.triggered.connect(act)
        self.addAction(action)
        return Command(menu, action, group)
