"""The key sheet (F1): the keys of the place one is in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.wording import say
from workbench.command import Command
from workbench.place import KeyHint

ROWS = 16


class KeySheet(QDialog):
    """A page of keys over the window; any key or click closes it."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        chosen: Sequence[KeyHint],
        fixed: Sequence[KeyHint],
        change_keys: str,
    ) -> None:
        """Keys that can be changed, then those that are always the same; ``change_keys`` lead to changing."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        heading = QLabel(say("Keys in {place}", place=title))
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        layout.addLayout(_columns(chosen))
        how = QLabel(say("View, Shortcuts gives commands other keys.  {keys}", keys=change_keys))
        how.setProperty("role", "small")
        if fixed:
            caption = QLabel(say("Always the same"))
            caption.setProperty("role", "caption")
            layout.addWidget(caption)
            layout.addLayout(_columns(fixed, rows=(len(fixed) + 2) // 3))
        layout.addWidget(how)

    def keyPressEvent(self, _event: object) -> None:  # noqa: N802
        """Any key puts the sheet away."""
        self.close()

    def mousePressEvent(self, _event: object) -> None:  # noqa: N802
        """So does any click."""
        self.close()


def hints_of(commands: Sequence[Command]) -> list[KeyHint]:
    """The commands that have a key, as hints."""
    return [
        KeyHint(command.shown_keys, command.text.rstrip(" …"))
        for command in commands
        if command.menu is not None and command.shown_keys and command.action.isVisible()
    ]


def _columns(hints: Sequence[KeyHint], rows: int = ROWS) -> QHBoxLayout:
    columns = QHBoxLayout()
    columns.setSpacing(40)
    for start in range(0, len(hints), rows):
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for row, hint in enumerate(hints[start : start + rows]):
            key = QLabel(hint.keys)
            key.setProperty("role", "key")
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(hint.what), row, 1)
        grid.setRowStretch(rows, 1)
        columns.addLayout(grid)
    return columns
