"""The key sheet (F1): the keys of the place one is in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workbench.place import Command, KeyHint

ROWS = 14


class KeySheet(QDialog):
    """A page of keys over the window; any key or click closes it."""

    def __init__(self, parent: QWidget, title: str, hints: Sequence[KeyHint]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        heading = QLabel(f"Keys in {title}")
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addLayout(_columns(hints))

    def keyPressEvent(self, _event: object) -> None:  # noqa: N802
        """Any key puts the sheet away."""
        self.close()

    def mousePressEvent(self, _event: object) -> None:  # noqa: N802
        """So does any click."""
        self.close()


def hints_of(commands: Sequence[Command]) -> list[KeyHint]:
    """The commands that have a key, as hints."""
    hints = []
    for command in commands:
        keys = command.action.shortcuts()
        if keys and command.action.isVisible():
            shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            hints.append(KeyHint(shown.replace("Return", "Enter"), command.action.text().replace("&", "")))
    return hints


def _columns(hints: Sequence[KeyHint]) -> QHBoxLayout:
    columns = QHBoxLayout()
    columns.setSpacing(40)
    for start in range(0, len(hints), ROWS):
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, hint in enumerate(hints[start : start + ROWS]):
            key = QLabel(hint.keys)
            key.setProperty("role", "key")
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(hint.what), row, 1)
        grid.setRowStretch(ROWS, 1)
        columns.addLayout(grid)
    return columns
