"""The menu bar, filled from the commands of the window and of its places."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from workbench.place import Command

ORDER = ("Project", "Edit", "View", "Library", "Page", "Line", "Model", "Go", "Help")


class Menus:
    """Puts each command under its menu; a menu without a visible command is hidden."""

    def __init__(self, bar: QMenuBar) -> None:
        self._bar = bar
        self._commands: list[Command] = []

    def fill(self, commands: Iterable[Command]) -> None:
        """Build the menus anew."""
        self._commands = list(commands)
        self._bar.clear()
        titles = {command.menu: None for command in self._commands}
        for title in [*(t for t in ORDER if t in titles), *(t for t in titles if t not in ORDER)]:
            self._fill_menu(self._bar.addMenu(title), [c for c in self._commands if c.menu == title])

    @property
    def actions(self) -> Sequence[QAction]:
        """All acts that can be done now."""
        return [c.action for c in self._commands if c.action.isVisible()]

    def update_visibility(self) -> None:
        """Hide menus whose commands belong to places in the back."""
        for menu_action in self._bar.actions():
            menu = menu_action.menu()
            if isinstance(menu, QMenu):
                menu_action.setVisible(any(a.isVisible() for a in menu.actions() if not a.isSeparator()))

    def _fill_menu(self, menu: QMenu, commands: Sequence[Command]) -> None:
        for command in commands:
            if command.starts_group:
                menu.addSeparator()
            menu.addAction(command.action)
