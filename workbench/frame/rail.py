"""The rail at the left: one button for each place."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from workbench.command import Command, tie
from workbench.place import Place
from workbench.theme import Theme

RAIL_WIDTH = 88
ICON_SIZE = 22


class Rail(QFrame):
    """Shows the places."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(RAIL_WIDTH)
        self._theme = theme
        self._buttons = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        theme.changed.connect(self._tint)

    def show_places(self, places: Sequence[Place], commands: Sequence[Command]) -> None:
        """Replace the buttons by those of these places; ``commands`` go to them."""
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
            button.deleteLater()
        for number, (place, command) in enumerate(zip(places, commands, strict=True)):
            button = self._button(place, command)
            self._buttons.addButton(button, number)
            self._layout.insertWidget(number, button)
        self._tint()

    def mark(self, number: int) -> None:
        """Show which place is in front."""
        if button := self._buttons.button(number):
            button.setChecked(True)

    def _button(self, place: Place, command: Command) -> QToolButton:
        button = QToolButton()
        button.setText(place.title)
        button.setProperty("icon_name", place.icon_name)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.setFixedWidth(RAIL_WIDTH - 16)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tie(button, command)
        return button

    @Slot()
    def _tint(self) -> None:
        for button in self._buttons.buttons():
            button.setIcon(self._theme.icon(button.property("icon_name")))
