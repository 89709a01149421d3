"""Pickers and fields for numbers that never change by the wheel.

Qt turns such a field by the wheel as soon as the pointer is above it, and gives it the keyboard: who scrolls
a panel would change data without noticing. Here the wheel scrolls what the field stands in. An unfolded list
is a window of its own and keeps the wheel.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QSpinBox

SIDES = 8
"""Px beside the digits; the padding of all other fields (``resources/style/window.qss``)."""


class _LeavesTheWheel:
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Qt offers an event that was not accepted to the parent."""
        event.ignore()


class Picker(_LeavesTheWheel, QComboBox):
    """One of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class NumberField(_LeavesTheWheel, QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        _prepare(self)


class DecimalField(_LeavesTheWheel, QDoubleSpinBox):
    """A number with decimal places."""

    def __init__(self) -> None:
        super().__init__()
        _prepare(self)


def _prepare(field: QAbstractSpinBox) -> None:
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    # A style sheet's padding does not reach the line edit within.
    field.lineEdit().setTextMargins(SIDES, 0, SIDES, 0)
