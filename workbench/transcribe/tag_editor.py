"""A small field for the tag of the line in hand; the project's tags are completed while one types."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.wording import say
from workbench.command import kept_from_commands

WIDTH, FRAME = 320, 48
"""Px of the pop-up at least, and of what surrounds the text of its field."""

NAMED = 8
"""Tags of the project that are named under the field."""


class TagEditor(QFrame):
    """Enter offers what is written, also nothing; Esc closes.

    Signals:
        kept(str): the tag that was written; the field stays until ``close_field``, for it may be refused.
        closed(): the keyboard is free again.
    """

    kept = Signal(str)
    closed = Signal()

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self.setObjectName("popup")
        self._tags = QStringListModel(self)
        self._known = QLabel()
        self._known.setProperty("role", "small")
        self._known.setWordWrap(True)
        self._known.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit()
        self.field.setPlaceholderText(say("Tag of the line: heading, date, marginal note"))
        self.field.setAccessibleName(say("Tag of the line"))
        self.field.installEventFilter(self)
        completer = QCompleter(self._tags, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.field.setCompleter(completer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self._known)
        self.hide()

    def open_at(self, point: QPoint, tag: str, tags: Sequence[str]) -> None:
        """Show a line's tag at a point of the place; ``tags`` are the project's, the usual ones first."""
        self._tags.setStringList(list(tags))
        self._known.setText(say("In this project: {tags}", tags=", ".join(tags[:NAMED])))
        self._known.setVisible(bool(tags))
        self.field.setText(tag)
        self.field.selectAll()
        self.field.ensurePolished()
        words = self.field.fontMetrics().horizontalAdvance(self.field.placeholderText())
        self.setFixedWidth(max(WIDTH, words + FRAME))
        self.adjustSize()
        room = (self.parentWidget() or self).size() - self.size()  # a column reaches down to the edge
        self.move(max(min(point.x(), room.width()), 0), max(min(point.y(), room.height()), 0))
        self.show()
        self.raise_()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter, Esc and leaving; keys of the place's commands do not act."""
        if kept_from_commands(event):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.kept.emit(self.field.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_field()
                return True
        return super().eventFilter(watched, event)

    def close_field(self) -> None:
        """Put the field away."""
        self.hide()
        self.closed.emit()
