"""A field in which one presses a key instead of writing."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from workbench.command import kept_from_commands, shown

ALONE = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
LEAVES = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
"""These go on to the next field, as everywhere."""


class KeyField(QLineEdit):
    """``pressed`` carries the key (``QKeySequence``); the field shows what it is told to."""

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_key(self, key: QKeySequence) -> None:
        """Show a key."""
        self.setText(shown(key))

    def event(self, event: QEvent) -> bool:
        """No key of a dialog or window acts while the field has the keyboard."""
        return kept_from_commands(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Every key but those that leave, also Enter and Esc."""
        if event.key() in LEAVES:
            event.ignore()
        elif event.key() not in ALONE:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self.pressed.emit(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))))
