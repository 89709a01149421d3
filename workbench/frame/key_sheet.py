"""The key sheet (F1): the keys of the place one is in."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from core.wording import say
from workbench.command import Command, kept_from_commands
from workbench.place import KeyHint

ROWS = 16
BETWEEN_COLUMNS, BESIDE_KEY = 40, 16
"""Px."""

MARGIN = 32
"""Px, within the sheet and between it and the edge of the window."""

_ACTIONS = QAbstractSlider.SliderAction
SCROLLING = {
    Qt.Key.Key_Up: _ACTIONS.SliderSingleStepSub,
    Qt.Key.Key_Down: _ACTIONS.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _ACTIONS.SliderPageStepSub,
    Qt.Key.Key_PageDown: _ACTIONS.SliderPageStepAdd,
    Qt.Key.Key_Home: _ACTIONS.SliderToMinimum,
    Qt.Key.Key_End: _ACTIONS.SliderToMaximum,
}


class KeySheet(QDialog):
    """A page of keys over the window, never larger than it.

    Any key or click closes it; if it is higher than the window, arrow keys and page keys scroll.
    """

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
        self._room = parent.size() - QSize(2 * MARGIN, 2 * MARGIN)
        content = QFrame()
        content.setObjectName("sheet")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(MARGIN, 20, MARGIN, 20)
        layout.setSpacing(16)
        heading = QLabel(say("Keys in {place}", place=title))
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        for part in self._build_keys(chosen, fixed):
            layout.addWidget(part)
        how = QLabel(say("View, Shortcuts gives commands other keys.  {keys}", keys=change_keys))
        how.setProperty("role", "small")
        layout.addWidget(how)
        self._build_scrolling(content)

    def _build_keys(self, chosen: Sequence[KeyHint], fixed: Sequence[KeyHint]) -> list[QWidget]:
        room = (
            self._room.width() - 2 * MARGIN - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        )
        if not fixed:
            return [_columns(chosen, ROWS, room)]
        caption = QLabel(say("Always the same"))
        caption.setProperty("role", "caption")
        return [_columns(chosen, ROWS, room), caption, _columns(fixed, (len(fixed) + 2) // 3, room)]

    def _build_scrolling(self, content: QWidget) -> None:
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self._area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._area)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As large as the keys need, but not larger than the window."""
        content = self._content.sizeHint()
        bar = self._area.verticalScrollBar().sizeHint().width()
        wanted = content + QSize(2 + (bar if content.height() > self._room.height() else 0), 2)
        return wanted.boundedTo(self._room)

    def event(self, event: QEvent) -> bool:
        """Keys are the sheet's as long as it is open, not those of commands below it."""
        return kept_from_commands(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Any key puts the sheet away; where there is more to see, some go there first."""
        bar = self._area.verticalScrollBar()
        action = SCROLLING.get(Qt.Key(event.key()))
        if action is not None and bar.maximum() > 0:
            bar.triggerAction(action)
        else:
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


def _columns(hints: Sequence[KeyHint], rows: int, room: int) -> QWidget:
    """The keys in columns of at most so many rows; in fewer and higher ones to stay within ``room`` px."""
    cells = [(_key_label(hint.keys), QLabel(hint.what)) for hint in hints]
    count = ceil(len(cells) / rows)
    while count > 1 and _width(cells, ceil(len(cells) / count)) > room:
        count -= 1
    rows = ceil(len(cells) / max(count, 1))
    block = QWidget()
    columns = QHBoxLayout(block)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(BETWEEN_COLUMNS)
    for start in range(0, len(cells), max(rows, 1)):
        grid = QGridLayout()
        grid.setHorizontalSpacing(BESIDE_KEY)
        grid.setVerticalSpacing(4)
        for row, (key, what) in enumerate(cells[start : start + rows]):
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(what, row, 1)
        grid.setRowStretch(rows, 1)
        columns.addLayout(grid)
    columns.addStretch(1)
    return block


def _key_label(keys: str) -> QLabel:
    label = QLabel(keys)
    label.setProperty("role", "key")
    return label


def _width(cells: Sequence[tuple[QLabel, QLabel]], rows: int) -> int:
    """Px of the columns, if each has so many rows."""
    columns = [cells[start : start + rows] for start in range(0, len(cells), rows)]
    widths = [
        sum(max(_natural_width(label) for label in labels) for labels in zip(*column, strict=True))
        for column in columns
    ]
    return sum(widths) + len(widths) * BESIDE_KEY + (len(widths) - 1) * BETWEEN_COLUMNS


def _natural_width(label: QLabel) -> int:
    """Px that a label needs in the application's style, which it has not met yet."""
    label.ensurePolished()
    return label.sizeHint().width()
