"""What a place of the window is, and the values by which places talk to the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.command import Command, MenuName, make_command
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
class KeyHint:
    """A key that is no command and always the same, for the key sheet."""

    keys: str
    what: str


class Place(QWidget):
    """A place of the window: one entry of the rail, one task.

    A place is built for one open project and thrown away with it. It never imports another place.

    Signals:
        message_wanted(Message): show this in the message strip.
        message_outdated(Message): what that message says is not so any more.
        target_wanted(Target): go there, in whichever place can show it.
        saved(datetime): human work has just been committed to the project.
        offer_changed(): other acts than before can be done.
    """

    name: ClassVar[str]
    """The same in all languages; begins the names of the place's commands."""

    icon_name: ClassVar[str]

    message_wanted = Signal(object)
    message_outdated = Signal(object)
    target_wanted = Signal(object)
    saved = Signal(object)
    offer_changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    @property
    def title(self) -> str:
        """What people call the place."""
        raise NotImplementedError

    def commands(self) -> Sequence[Command]:
        """All acts of the place; they are shown and work only while the place is in front."""
        return ()

    def offers(self, command: Command) -> bool:
        """Whether an act of the place can be done as the place stands now."""
        return True

    def command_groups(self) -> Sequence[tuple[str, Sequence[Command]]]:
        """The commands as they are listed, under titles."""
        return ((self.title, self.commands()),)

    def fixed_keys(self) -> Mapping[str, str]:
        """What keys do here that no command can have, by key in Qt's portable notation."""
        return {}

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys beside those of the commands."""
        return ()

    def note_keys(self, keys: Mapping[str, str]) -> None:
        """Commands have other keys now; ``keys`` as people write them, by name of every command."""

    def enter(self) -> None:
        """The place comes to the front: refresh what changed, take the keyboard."""

    def leave(self) -> None:
        """The place goes to the back, or the window closes: commit what is pending."""

    @property
    def unsaved(self) -> str:
        """Text that ``leave`` could not commit; empty if there is none."""
        return ""

    def shut_down(self) -> None:
        """The place is thrown away: end threads and processes of one's own."""

    def memory(self) -> object:
        """What is shown beside what the project and the settings know; see ``recall``."""
        return None

    def recall(self, memory: Any) -> None:
        """Show again what the place before this one showed, which was of another language."""

    def show_target(self, target: Target) -> bool:
        """Show what is meant; ``False`` if the place cannot show such a thing."""
        return False

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Files or folders were dropped on the window; ``False`` if the place has no use for them."""
        return False

    def command(
        self,
        menu: MenuName | None,
        name: str,
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
            menu: Where it stands in the menu bar.
            name: What it is called within the place, the same in all languages.
            text: What people call it.
            keys: Its usual keys in Qt's portable notation, several separated by spaces; may be empty.
            act: A bound method of this place.
            icon: Name of a bundled icon.
            group: Whether a separator goes before it.
            checked: Whether it is on, if it is a switch; ``act`` then takes a bool.
        """
        settings, whole = self.workspace.settings, f"{self.name}.{name}"
        made = make_command(settings, self, whole, text, keys, act, menu=menu, group=group)
        if checked is not None:
            made.action.setCheckable(True)
            made.action.setChecked(checked)
        if icon:
            self.workspace.theme.tint(made.action, icon)
        return made
