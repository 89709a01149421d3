"""What a tool on the page canvas is, and what the canvas gives it."""

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from core.document import LineShape, Point
from workbench.theme import Theme

HANDLE = 6.0
"""Edge of a corner's handle, in px of the screen."""

ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}

FAR = 10
"""With Shift an arrow key goes so many px of the page."""


class Surface(Protocol):
    """The canvas as its tools see it."""

    @property
    def theme(self) -> Theme:
        """Colours."""

    @property
    def shape(self) -> LineShape | None:
        """The line in hand."""

    @property
    def scale(self) -> float:
        """Px of the screen per px of the page."""

    def to_screen(self, point: Point) -> QPointF:
        """Where a point of the page is on the screen."""

    def to_page(self, point: QPointF) -> Point:
        """Where a point of the screen is on the page."""

    def middle(self) -> Point:
        """The point of the page in the middle of the screen."""

    def repaint_tool(self) -> None:
        """Paint the tool anew."""

    def take_keyboard(self) -> None:
        """Keys go to the canvas from now on."""

    def free_keyboard(self) -> None:
        """Keys go back to the text."""


class Tool:
    """Each answers whether the tool has used the event; what it has not is the canvas's."""

    def press(self, event: QMouseEvent) -> bool:
        """A button of the mouse went down."""
        return False

    def move(self, event: QMouseEvent) -> bool:
        """The mouse moved."""
        return False

    def release(self, event: QMouseEvent) -> bool:
        """A button of the mouse went up."""
        return False

    def double_click(self, event: QMouseEvent) -> bool:
        """The second press of a double click."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """A key went down."""
        return False

    def key_up(self, event: QKeyEvent) -> bool:
        """A key went up."""
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the tool's, though a command of the place may have it."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Paint what is being done."""


def arrow_step(event: QKeyEvent) -> Point | None:
    """How far an arrow key goes, in px of the page; ``None`` for any other key."""
    step = ARROWS.get(Qt.Key(event.key()))
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if step is None or modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return None
    factor = FAR if modifiers == Qt.KeyboardModifier.ShiftModifier else 1
    return step[0] * factor, step[1] * factor
