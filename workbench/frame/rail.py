"""The rail at the left: one button for each place."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from workbench.command import Command, tie
from workbench.place import Place
from workbench.theme import Theme

BUTTON_WIDTH = 72
"""Px; with large text a button is as wide as the longest title needs."""

MARGIN = 8
AROUND_TITLE = 8
"""Px on both sides of a title together: the buttons' padding and border."""

ICON_SIZE = 22


class Rail(QFrame):
    """Shows the places."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._theme = theme
        self._buttons = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def show_places(self, places: Sequence[Place], commands: Sequence[Command]) -> None:
        """Replace the buttons by those of these places; ``commands`` go to them."""
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
            button.deleteLater()
        for number, (place, command) in enumerate(zip(places, commands, strict=True)):
            button = self._button(place, command)
            self._buttons.addButton(button, number)
            self._layout.insertWidget(number, button)
        self._follow_theme()

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
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tie(button, command)
        return button

    @Slot()
    def _follow_theme(self) -> None:
        """Take the colours, and the room that titles of this size need."""
        width = BUTTON_WIDTH
        for button in self._buttons.buttons():
            button.setIcon(self._theme.icon(button.property("icon_name")))
            button.ensurePolished()
            width = max(width, button.fontMetrics().horizontalAdvance(button.text()) + AROUND_TITLE)
        for button in self._buttons.buttons():
            button.setFixedWidth(width)
        self.setFixedWidth(width + 2 * MARGIN)
