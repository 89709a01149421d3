"""Which keys the commands have: changing them, and what stands in the way of a change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from core.wording import say
from workbench.command import Command, sequences, shown, work_together
from workbench.settings import Settings

FIRST_SPECIAL_KEY = 0x01000000
"""Qt's codes below are characters (Qt::Key)."""


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """Commands that are listed together; ``fixed`` tells what keys do there that no command can have."""

    title: str
    commands: Sequence[Command]
    fixed: Mapping[str, str] = field(default_factory=dict)


class Shortcuts:
    """All commands of the window; what is chosen is kept in the settings and acts at once."""

    def __init__(self, settings: Settings, groups: Sequence[CommandGroup]) -> None:
        self._settings = settings
        self.groups = groups

    def objection(self, command: Command, key: QKeySequence) -> str:
        """Why a command cannot have a key; empty if it can."""
        if key.isEmpty():
            return ""
        if _writes(key) and not all(map(_writes, sequences(command.usual_keys) or [QKeySequence()])):
            return say("{key} alone writes a character; take Ctrl or Alt with it.", key=shown(key))
        if owner := self._owner(command, key):
            return say("{key} is taken: {owner}.", key=shown(key), owner=owner)
        return ""

    def choose(self, command: Command, key: QKeySequence) -> None:
        """Give a command a key in place of those it has; an empty one takes them away."""
        keys = key.toString(QKeySequence.SequenceFormat.PortableText)
        self._settings.keep_shortcut(command.name, None if keys == command.usual_keys else keys)
        command.action.setShortcuts(sequences(keys))

    def reset(self, command: Command) -> str:
        """Give a command its usual keys again, if they are free; else the answer tells why not."""
        for key in sequences(command.usual_keys):
            if objection := self.objection(command, key):
                return objection
        self._settings.keep_shortcut(command.name, None)
        command.action.setShortcuts(sequences(command.usual_keys))
        return ""

    def reset_all(self) -> None:
        """Give all commands their usual keys again."""
        for command in self._commands():
            self._settings.keep_shortcut(command.name, None)
            command.action.setShortcuts(sequences(command.usual_keys))

    def is_usual(self, command: Command) -> bool:
        """Whether a command has the keys it came with."""
        return self._settings.shortcut(command.name) is None

    def _commands(self) -> Iterator[Command]:
        return (command for group in self.groups for command in group.commands)

    def _owner(self, command: Command, key: QKeySequence) -> str:
        """What has the key already, wherever ``command`` acts."""
        for group in self.groups:
            for other in group.commands:
                together = other.name != command.name and work_together(command, other)
                if together and key in other.action.shortcuts():
                    return say("{command} ({place})", command=other.text.rstrip(" …"), place=group.title)
            fixed = group.fixed.get(key.toString())
            if fixed and any(work_together(command, other) for other in group.commands):
                return say("{command} ({place})", command=fixed, place=group.title)
        return ""


def _writes(key: QKeySequence) -> bool:
    """Whether a key is a character by itself."""
    pressed = key[0]  # type: ignore[index]  # missing from the stubs
    plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return pressed.key() < FIRST_SPECIAL_KEY and pressed.keyboardModifiers() in plain
