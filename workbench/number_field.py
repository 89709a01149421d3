"""Fields for numbers with room on both sides of the digits."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox

Field = TypeVar("Field", bound=QAbstractSpinBox)

SIDES = 8
"""Px; the padding of all other fields (``resources/style/window.qss``)."""


def padded(field: Field) -> Field:
    """The field itself; a style sheet's padding does not reach the line edit within it."""
    field.lineEdit().setTextMargins(SIDES, 0, SIDES, 0)
    return field
