"""The tools of the page canvas as small buttons in its corner."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from core.wording import say
from workbench.theme import Theme

SELECT, RECTANGLE, POLYGON, BASELINE = "select", "rectangle", "polygon", "baseline"
REGION = "region"
"""Marks a part of the page for a rule; shown only while the dialog of rules has asked for it."""

ICONS = {
    SELECT: "mouse-pointer-2",
    RECTANGLE: "square-dashed",
    POLYGON: "pentagon",
    BASELINE: "baseline",
    REGION: "scan-text",
}


class CanvasBar(QFrame):
    """``chosen`` carries the name of a tool."""

    chosen = Signal(str)

    def __init__(self, canvas: QWidget, theme: Theme) -> None:
        super().__init__(canvas)
        self.setObjectName("canvasBar")
        self._theme = theme
        self._buttons = {name: self._button(name, words) for name, words in self._words().items()}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for button in self._buttons.values():
            self._group.addButton(button)
            layout.addWidget(button)
        self._group.buttonClicked.connect(self._choose)
        self.move(6, 6)
        self.show_tool(SELECT)
        theme.changed.connect(self._tint)
        self._tint()

    def show_tool(self, name: str) -> None:
        """Another tool is in use."""
        self._buttons[name].setChecked(True)
        self._buttons[REGION].setVisible(name == REGION)
        self.adjustSize()

    def show_key(self, name: str, keys: str) -> None:
        """Tell which key chooses a tool."""
        words = self._buttons[name].accessibleName()
        self._buttons[name].setToolTip(f"{words} ({keys})" if keys else words)

    def button(self, name: str) -> QToolButton:
        """The button of a tool."""
        return self._buttons[name]

    def _words(self) -> dict[str, str]:
        return {
            SELECT: say("Choose lines, drag corners and edges"),
            RECTANGLE: say("Add a line: a rectangle"),
            POLYGON: say("Add a line: click its corners, Enter ends"),
            BASELINE: say("Draw a baseline: click along it, Enter ends"),
            REGION: say("Mark a part of the page for a rule"),
        }

    def _button(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setCheckable(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(self.focusPolicy())
        return button

    @Slot(QToolButton)
    def _choose(self, button: QToolButton) -> None:
        self.chosen.emit(button.objectName())

    @Slot()
    def _tint(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(self._theme.icon(ICONS[name]))
