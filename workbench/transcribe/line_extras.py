"""What stands under the current line: alternatives, the difference to the draft, a clash of two texts."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import StaleEdit
from core.evaluation.alignment import align
from core.wording import say
from workbench.theme import Theme
from workbench.theme.fonts import FIXED, READING
from workbench.transcribe.character_note import CharacterNote
from workbench.transcribe.doubts import MAX_ALTERNATIVES, Doubt, closely_around, word_around
from workbench.transcribe.violation_hint import ViolationHint

DIFFERENCE_WIDTH = 420
"""Px that the comparison of two texts wants at least, before it is broken into rows."""

SENTENCE_WIDTH = 240
"""Px that a sentence beside the alternatives wants; it is cut to the room that there is."""


class AlternativesRow(QFrame):
    """Other readings of the doubtful place at the cursor; ``chosen`` carries the number (0-based)."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alternatives")
        self._buttons = QButtonGroup(self)
        self._room = 0
        self._text = ""
        self._doubt: Doubt | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(6)
        for number in range(MAX_ALTERNATIVES):
            button = QToolButton()
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            # Never narrower than its text: what would be cut off is the character that differs.
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            families = ", ".join(f"'{family}'" for family in READING)
            button.setStyleSheet(f"font-family: {families};")
            button.hide()
            self._buttons.addButton(button, number)
            layout.addWidget(button)
        layout.addStretch(1)
        self._buttons.idClicked.connect(self.chosen)

    def show_keys(self, keys: Sequence[str]) -> None:
        """Tell which keys take the readings."""
        for number, key in enumerate(keys):
            words = say("Take this reading")
            self._buttons.button(number).setToolTip(f"{words} ({key})" if key else words)

    def show_doubt(self, text: str, doubt: Doubt | None) -> None:
        """Show what the doubtful place may be instead."""
        self._text, self._doubt = text, doubt
        for words in (word_around, closely_around, _alone):
            self._show(words)
            if self.sizeHint().width() <= self._room or not self._room:
                return

    def fit(self, room: int) -> None:
        """There are so many px for the readings: in little room they stand with fewer neighbours."""
        if room != self._room:
            self._room = room
            self.show_doubt(self._text, self._doubt)

    def _show(self, words: Callable[[str, Doubt, int], str]) -> None:
        count = len(self._doubt.alternatives) if self._doubt else 0
        for number in range(MAX_ALTERNATIVES):
            button = self._buttons.button(number)
            if self._doubt and number < count:
                button.setText(f"{number + 1}   {words(self._text, self._doubt, number) or '␣'}")
            button.setVisible(number < count)


def _alone(_text: str, doubt: Doubt, number: int) -> str:
    return doubt.alternatives[number].strip()


class DifferenceRow(QLabel):
    """The draft with what the human changed: struck out what was wrong, underlined what is new."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.hide()

    def show_texts(self, draft: str, text: str) -> None:
        """Compare a text with its draft."""
        self.setText(difference_html(draft, text, self._theme))


class StaleBar(QFrame):
    """Two texts of one line, both kept: the human decides.

    Signals:
        mine_wanted(), theirs_wanted(): the decision.
    """

    mine_wanted = Signal()
    theirs_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("staleBar")
        self._text = QLabel()
        self._text.setWordWrap(True)
        mine, theirs = QPushButton(say("Keep mine")), QPushButton(say("Take theirs"))
        mine.clicked.connect(self.mine_wanted)
        theirs.clicked.connect(self.theirs_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(mine)
        layout.addWidget(theirs)
        self.hide()

    def show_clash(self, error: StaleEdit) -> None:
        """Show both texts."""
        self._text.setText(
            say(
                "This line was changed elsewhere meanwhile.<br>"
                "There: <b>{theirs}</b><br>Yours: <b>{ours}</b>",
                theirs=escape(error.theirs),
                ours=escape(error.ours),
            )
        )
        self.show()


class LineExtras(QWidget):
    """All that may stand under the current line, one below the other.

    Signals:
        wants_changed(): other parts are shown, or wider ones.
    """

    wants_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.alternatives = AlternativesRow()
        self.difference = DifferenceRow(theme)
        self.stale = StaleBar()
        self.hint = ViolationHint()
        self.characters = CharacterNote()
        # Beside the alternatives, whose room is always kept: nothing jumps when a rule is broken or mended.
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.alternatives)
        beside.addWidget(self.hint, 1)
        beside.addWidget(self.characters, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.difference)
        layout.addLayout(beside)
        layout.addWidget(self.stale)
        layout.addStretch(1)

    @property
    def room(self) -> float:
        """Height in px that is needed now; never less than the alternatives take, so nothing jumps."""
        shown = [part for part in (self.difference, self.stale) if not part.isHidden()]
        return self.fontMetrics().height() + 18.0 + sum(self._height(part) + 2 for part in shown)

    @property
    def wanted_width(self) -> int:
        """Width in px at which nothing is cut off."""
        sentences = sum(not part.isHidden() for part in (self.hint, self.characters))
        beside = self.alternatives.sizeHint().width() + sentences * SENTENCE_WIDTH
        below = any(not part.isHidden() for part in (self.difference, self.stale))
        return max(beside, DIFFERENCE_WIDTH if below else 0)

    def event(self, event: QEvent) -> bool:
        """Parts came, went or have another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.wants_changed.emit()
        return super().event(event)

    def _height(self, part: QWidget) -> int:
        return part.heightForWidth(self.width()) if part.hasHeightForWidth() else part.sizeHint().height()

    @Slot()
    def hide_clash(self) -> None:
        """The clash is settled."""
        self.stale.hide()


def difference_html(draft: str, text: str, theme: Theme) -> str:
    """Both texts as one line of rich text."""
    gone = (
        f"color:{theme.roles.error_text}; background:{theme.roles.error_soft}; text-decoration:line-through"
    )
    new = f"color:{theme.roles.done_text}; background:{theme.roles.done_soft}; text-decoration:underline"
    parts = []
    for span in align(draft, text):
        if span.kind == "equal":
            parts.append(escape(span.reference))
            continue
        if span.reference:
            parts.append(f'<span style="{gone}">{_visible(span.reference)}</span>')
        if span.read:
            parts.append(f'<span style="{new}">{_visible(span.read)}</span>')
    families = ", ".join(f"'{family}'" for family in FIXED)
    return f'<span style="font-family:{families}; white-space:pre-wrap">{"".join(parts) or "&nbsp;"}</span>'


def _visible(text: str) -> str:
    return escape(text.replace(" ", "␣"))
