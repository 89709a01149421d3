"""A small field for the tag of the line in hand; the project's tags are completed while one types."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.document import Line
from core.storage.project import Project
from core.storage.unfinished import OF_LINES
from core.wording import say
from workbench.command import kept_from_commands
from workbench.unfinished import UnfinishedTexts

WIDTH, FRAME = 320, 48
"""Px of the pop-up at least, and of what surrounds the text of its field."""

NAMED = 8
"""Tags of the project that are named under the field."""


STAYING = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""The keyboard goes away for a while only."""


class TagEditor(QFrame):
    """Enter offers what is written, also nothing, and so does leaving; Esc closes.

    Signals:
        kept(str): the tag that was written; the field stays until ``close_field``, for it may be refused.
        closed(): the keyboard is free again.
    """

    kept = Signal(str)
    closed = Signal()

    def __init__(self, place: QWidget, project: Project) -> None:
        super().__init__(place)
        self.setObjectName("popup")
        self.line: Line | None = None
        self._unfinished = UnfinishedTexts(project, f"{OF_LINES}tag", self)
        self._title = QLabel()
        self._title.setProperty("role", "caption")
        self._title.setContentsMargins(12, 0, 0, 0)  # as far as the field's text
        self._tags = QStringListModel(self)
        self._known = QLabel()
        self._known.setProperty("role", "small")
        self._known.setWordWrap(True)
        self._known.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit()
        self.field.setPlaceholderText(say("Tag of the line: heading, date, marginal note"))
        self.field.setAccessibleName(say("Tag of the line"))
        self.field.setReadOnly(project.read_only)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._note_unfinished)
        completer = QCompleter(self._tags, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.field.setCompleter(completer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._title)
        layout.addWidget(self.field)
        layout.addWidget(self._known)
        self.hide()

    def open_at(self, point: QPoint, line: Line, tags: Sequence[str]) -> None:
        """Show a line's tag at a point of the place; ``tags`` are the project's, the usual ones first."""
        self.line = line
        self._title.setText(say("Tag of line {line}", line=line.order + 1))
        self._tags.setStringList(list(tags))
        self._known.setText(say("In this project: {tags}", tags=", ".join(tags[:NAMED])))
        self._known.setVisible(bool(tags))
        self.field.setText(self._unfinished.text(line.id, line.tag))
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
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYING:
            # Afterwards: the line that was clicked comes first, and keeps the keyboard.
            QTimer.singleShot(0, self, self._offer)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.kept.emit(self.field.text())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_field()
                return True
        return super().eventFilter(watched, event)

    def close_field(self) -> None:
        """Put the field away: what stood in it is kept, or given up."""
        if self.line is not None:
            self._unfinished.drop(self.line.id)
        had_keyboard = self.field.hasFocus()
        self.hide()
        if had_keyboard:
            self.closed.emit()

    def keep(self) -> None:
        """Write down what was begun."""
        self._unfinished.keep()

    @Slot()
    def _offer(self) -> None:
        """The keyboard is elsewhere: offer what is written."""
        if not self.isHidden() and not self.field.hasFocus():
            self.kept.emit(self.field.text())

    @Slot(str)
    def _note_unfinished(self, text: str) -> None:
        if self.line is not None:
            self._unfinished.note(self.line.id, text, self.line.tag)
