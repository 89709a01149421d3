"""The message strip: one sentence, one action, never in the way of the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from workbench.command import Command, tie
from workbench.place import Message
from workbench.theme import Theme

ICONS = {"info": "info", "done": "check", "doubt": "triangle-alert", "error": "triangle-alert"}
MARGIN, GAP = 16, 4
MAX_WIDTH = 860
SEEN_MS = 5000


class MessageStrip(QFrame):
    """Floats over the lower edge of ``ground``, so that nothing is pushed aside when it comes or goes.

    What stands along that edge and must be seen all the time is left free: ``spared``.
    """

    def __init__(self, ground: QWidget, spared: QWidget, theme: Theme) -> None:
        super().__init__(ground)
        self._spared = spared
        self.setObjectName("messageStrip")
        self._theme = theme
        self._message: Message | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._action = QPushButton()
        self._close = QToolButton()
        theme.tint(self._close, "x", "ink")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._build_layout()
        ground.installEventFilter(self)
        theme.changed.connect(self._draw_sign)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message if self.isVisible() else None

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Show a message in place of the one before."""
        self._message = message
        self._text.setText(message.text)
        self._draw_sign()
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        self.setProperty("kind", message.kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._timer.stop()
        if message.seconds is not None:
            self._timer.start(round(message.seconds * 1000))
        self.show()
        self.raise_()
        self._lay_over_ground()

    @Slot(object)
    def withdraw(self, message: Message) -> None:
        """Hide a message that is not true any more, if it still is the one that is shown."""
        if self._message is message:
            self.hide()

    def note_seen(self) -> None:
        """Somebody has gone on to another place: what merely tells that something is done goes away soon.

        Otherwise it would cover the lower edge of every place until it is closed.
        """
        message = self.message
        if message and message.seconds is None and message.kind == "done" and not message.action:
            self._timer.start(SEEN_MS)

    @Slot()
    def _draw_sign(self) -> None:
        if self._message:
            self._icon.setPixmap(self._theme.icon(ICONS[self._message.kind], "ink").pixmap(18, 18))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the ground's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._lay_over_ground()
        return super().eventFilter(watched, event)

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        for button in (self._action, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _lay_over_ground(self) -> None:
        ground = self.parentWidget()
        layout = self.layout()
        if ground is None or layout is None:
            return
        width = min(ground.width() - 2 * MARGIN, MAX_WIDTH)
        height = max(layout.heightForWidth(width), 48)
        below = self._spared.height() + GAP if self._spared.isVisible() else MARGIN
        self.setGeometry((ground.width() - width) // 2, ground.height() - height - below, width, height)

    def tie(self, act: Command, close: Command) -> None:
        """Let the buttons do these commands, whose keys reach what the keyboard otherwise could not."""
        tie(self._action, act)
        tie(self._close, close)

    @Slot()
    def act(self) -> None:
        """Do what the message offers."""
        message = self.message
        self.hide()
        if message and message.act:
            message.act()
