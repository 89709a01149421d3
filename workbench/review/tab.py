"""What a tab of Review is, and the parts that all tabs are built of."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.errors import KnownError
from core.storage.changes import Change
from workbench.command import Command, make_command
from workbench.place import KeyHint, Message, Target
from workbench.workspace import Workspace


class EmptyState(QWidget):
    """Says that there is nothing, and what to do next."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, self.text = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        self.text.setProperty("role", "soft")
        self.text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 24, 48, 24)
        layout.addStretch(1)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(2)


class ReviewTab(QWidget):
    """A bar above what the tab is about, or above an empty state.

    Signals:
        message_wanted(Message), target_wanted(Target): as of a place.
    """

    name: ClassVar[str]
    """The same in all languages; part of the names of the tab's commands."""

    message_wanted = Signal(object)
    target_wanted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.commands: list[Command] = []
        self.bar = QFrame()
        self.bar.setObjectName("placeBar")
        self.bar_layout = QHBoxLayout(self.bar)
        self.bar_layout.setContentsMargins(12, 8, 12, 8)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self.stack, 1)

    @property
    def title(self) -> str:
        """What people call the tab."""
        raise NotImplementedError

    def enter(self) -> None:
        """The tab comes to the front: refresh, take the keyboard."""

    def leave(self) -> None:
        """The place goes to the back, or the window closes: write down what is only in a field."""

    def note_change(self, change: Change) -> None:
        """Something in the project changed."""

    def shut_down(self) -> None:
        """The project closes: end threads of one's own."""

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys of the tab beside those of its commands."""
        return ()

    def command(
        self,
        name: str,
        text: str,
        keys: str,
        act: Callable[..., object],
        *,
        on: QWidget | None = None,
        group: bool = False,
    ) -> Command:
        """Make a command of the tab.

        Args:
            name: What it is called within the tab, the same in all languages.
            text: What people call it.
            keys: Its usual keys in Qt's portable notation, several separated by spaces.
            act: Does it.
            on: The widget that must have the keyboard for the keys to act; any part of the tab by default.
            group: Whether a separator goes before it in the menu.
        """
        contexts = Qt.ShortcutContext
        made = make_command(
            self.workspace.settings,
            on or self,
            f"review.{self.name}.{name}",
            text,
            keys,
            act,
            menu="review",
            group=group or not self.commands,
            context=contexts.WidgetShortcut if on else contexts.WidgetWithChildrenShortcut,
        )
        self.commands.append(made)
        return made

    def add_below_bar(self, part: QWidget) -> None:
        """Show a part between the bar and what it is about, be that empty or not."""
        self._layout.insertWidget(1, part)

    def set_content(self, content: QWidget, keyboard: QWidget | None = None) -> None:
        """What the tab shows when it is not empty, and which part of that has the keyboard first."""
        self.content, self.keyboard = content, keyboard or content
        self.stack.addWidget(content)

    def show_empty(self, title: str, text: str) -> None:
        """There is nothing to show; ``text`` says what to do."""
        self.empty.title.setText(title)
        self.empty.text.setText(text)
        self.empty.setAccessibleName(f"{title} {text}".strip())
        shown = self.stack.currentWidget()
        had_keyboard = shown is not None and shown.hasFocus()
        self.stack.setCurrentWidget(self.empty)
        if had_keyboard:  # else it would go to the next field, which takes keys of its own
            self.empty.setFocus()

    def show_content(self) -> None:
        """There is something to show."""
        had_keyboard = self.empty.hasFocus()
        self.stack.setCurrentWidget(self.content)
        if had_keyboard:
            self.keyboard.setFocus()

    def take_keyboard(self) -> None:
        """Give the keyboard to what is in sight."""
        shown = self.empty if self.stack.currentWidget() is self.empty else self.keyboard
        shown.setFocus()

    def open_line(self, line_id: int | None) -> None:
        """Go to a line in Transcribe."""
        if line_id is not None:
            self.target_wanted.emit(Target(line_id=line_id))

    def act(self, act: Callable[[], Change]) -> bool:
        """Do something to the project and tell everybody; ``False`` if it was refused."""
        try:
            change = act()
        except KnownError as error:
            self.tell(str(error), "error")
            return False
        self.workspace.changes.announce(change)
        return True

    def tell(self, text: str, kind: str = "info") -> None:
        """A sentence for the message strip."""
        self.message_wanted.emit(Message(text, kind))  # type: ignore[arg-type]


def on_escape(widget: QWidget, act: Callable[[], object]) -> None:
    """Let Esc act while a widget has the keyboard."""
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(act)
