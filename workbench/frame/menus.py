"""The menu bar, filled from the commands of the window and of its places."""

import re
from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QMenu, QMenuBar

from core.wording import say
from workbench.command import Command, MenuName
from workbench.frame.mnemonics import with_mnemonics


def menu_titles() -> dict[MenuName, str]:
    """What the menus are called, in their order."""
    return {
        "project": say("Project"),
        "edit": say("Edit"),
        "view": say("View"),
        "library": say("Library"),
        "page": say("Page"),
        "line": say("Line"),
        "training": say("Fine-tune"),
        "compare": say("Compare"),
        "models": say("Models"),
        "review": say("Review"),
        "go": say("Go"),
        "help": say("Help"),
    }


class Menus:
    """Puts each command that can be done under its menu."""

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar
        self._commands: list[Command] = []

    @property
    def commands(self) -> Sequence[Command]:
        """All acts that can be done now."""
        return self._commands

    def fill(self, commands: Iterable[Command]) -> None:
        """Build the menus anew from the commands that can be done."""
        self._commands = [c for c in commands if c.menu is not None and c.action.isVisible()]
        for action in self._bar.actions():
            if isinstance(menu := action.menu(), QMenu):
                menu.deleteLater()
        self._bar.clear()
        filled = {c.menu for c in self._commands}
        titles = {name: title for name, title in menu_titles().items() if name in filled}
        marked = with_mnemonics(list(titles.values()), taken=self._alt_letters())
        for name, title in zip(titles, marked, strict=True):
            self._fill_menu(self._bar.addMenu(title), [c for c in self._commands if c.menu == name])

    def _fill_menu(self, menu: QMenu, commands: Sequence[Command]) -> None:
        for command, text in zip(commands, with_mnemonics([c.text for c in commands]), strict=True):
            if command.starts_group:
                menu.addSeparator()
            command.action.setText(text)
            menu.addAction(command.action)

    def _alt_letters(self) -> str:
        """Letters that are keys of commands together with Alt: no menu may have them."""
        keys = [key.toString() for command in self._commands for key in command.action.shortcuts()]
        return "".join(key[-1] for key in keys if re.fullmatch("Alt\\+[A-Z]", key))
