"""A small pop-up with the comments on the line in hand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.document import LineEntry
from core.errors import KnownError
from core.storage.comments import (
    Comment,
    add_comment,
    delete_comment,
    line_comments,
    reopen_comment,
    resolve_comment,
)
from core.storage.project import Project
from core.storage.unfinished import OF_LINES
from core.wording import say
from workbench.command import kept_from_commands
from workbench.unfinished import UnfinishedTexts

WIDTH = 420


class CommentEditor(QFrame):
    """Enter adds what is written, Esc closes; what was begun is kept for its line until it is added.

    Signals:
        changed(int): the comments on the line with that id are other ones now.
        failed(KnownError): a comment could not be written.
    """

    changed = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QWidget, project: Project) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._project = project
        self._line_id = -1
        self._point = QPoint()
        self._unfinished = UnfinishedTexts(project, f"{OF_LINES}comment", self)
        self._title = QLabel()
        self._title.setProperty("role", "caption")
        self.field = QLineEdit()
        self.field.setPlaceholderText(say("Write a comment; Enter keeps it"))
        self.field.setAccessibleName(say("New comment"))
        self.field.setMaxLength(2000)
        self.field.returnPressed.connect(self._add)
        self.field.textChanged.connect(self._note_unfinished)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(self._list)
        layout.addWidget(self.field)

    def open_at(self, point: QPoint, entry: LineEntry) -> None:
        """Show the comments on a line at a point of the screen."""
        self._line_id = entry.line.id
        self._title.setText(say("Comments on line {line}", line=entry.line.order + 1))
        self.field.setText(self._unfinished.text(self._line_id))
        self.field.setEnabled(not self._project.read_only)
        self._point = point
        self._fill()
        self.show()
        self.field.setFocus()

    def event(self, event: QEvent) -> bool:
        """To Qt a pop-up belongs to the place under it: keep the place's keys from acting on the line."""
        return kept_from_commands(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()

    def _fill(self) -> None:
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for comment in line_comments(self._project, self._line_id):
            self._list.addWidget(self._card(comment))
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        self._stay_in_window()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """It grows with its comments."""
        super().resizeEvent(event)
        self._stay_in_window()

    def _stay_in_window(self) -> None:
        """A column reaches down to the edge of the window, and its comments stand under it."""
        window = (self.parentWidget() or self).window()
        corner, room = window.mapToGlobal(QPoint(0, 0)), window.size() - self.size()
        inside = self._point - corner
        x, y = min(inside.x(), room.width()), min(inside.y(), room.height())
        self.move(corner + QPoint(max(x, 0), max(y, 0)))

    def _card(self, comment: Comment) -> QWidget:
        card = QFrame()
        card.setObjectName("comment")
        text, about = (
            QLabel(comment.text),
            QLabel(f"{comment.author}, {comment.at.astimezone():%Y-%m-%d %H:%M}"),
        )
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setProperty("role", "soft" if comment.resolved else "")
        about.setProperty("role", "small")
        about.setTextFormat(Qt.TextFormat.PlainText)
        settle = self._button(say("Take up again") if comment.resolved else say("Settle"))
        act = reopen_comment if comment.resolved else resolve_comment
        settle.clicked.connect(partial(self._do, partial(act, self._project, comment.id)))
        delete = self._button(say("Delete"))
        delete.clicked.connect(partial(self._do, partial(delete_comment, self._project, comment.id)))
        below = QHBoxLayout()
        below.addWidget(about, 1)
        below.addWidget(settle)
        below.addWidget(delete)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(10, 8, 6, 4)
        layout.addWidget(text)
        layout.addLayout(below)
        return card

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", "true")
        button.setEnabled(not self._project.read_only)
        return button

    @Slot()
    def _add(self) -> None:
        text = self.field.text()
        if not text.strip() or self._do(partial(add_comment, self._project, self._line_id, text)):
            self.field.clear()
            self.hide()

    @Slot(str)
    def _note_unfinished(self, text: str) -> None:
        self._unfinished.note(self._line_id, text)

    def keep(self) -> None:
        """Write down what was begun."""
        self._unfinished.keep()

    def _do(self, act: Callable[[], Comment], _checked: bool = False) -> bool:
        try:
            act()
        except KnownError as error:
            self.failed.emit(error)
            return False
        self._fill()
        self.changed.emit(self._line_id)
        return True
