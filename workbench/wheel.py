"""The wheel scrolls what is under it, and never changes what a field says."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox

FIELDS = (QComboBox, QAbstractSpinBox)


class WheelGuard(QObject):
    """Passes the wheel on from every picker and number field to what they stand in.

    Qt turns a field by the wheel as soon as the pointer is above it: who scrolls a panel would change data
    without noticing. An unfolded list is a window of its own and keeps the wheel.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if application := QApplication.instance():
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave the wheel to the parent; the keyboard stays where it is, too."""
        kind = event.type()
        if kind not in (QEvent.Type.Wheel, QEvent.Type.Polish) or not isinstance(watched, FIELDS):
            return False
        if kind == QEvent.Type.Wheel:
            event.ignore()  # Qt offers an event that was not accepted to the parent
            return True
        if watched.focusPolicy() is Qt.FocusPolicy.WheelFocus:
            watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return False
