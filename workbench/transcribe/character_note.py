"""What is odd about the characters of the line in hand: a quiet mark in the text, a sentence under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QLabel, QSizePolicy

from core.characters.findings import Finding
from core.wording import say_count
from workbench.theme import Theme


class CharacterNote(QLabel):
    """One sentence, cut to the room there is; the tool tip has all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("characterNote")
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sentence = ""
        self.hide()

    @property
    def sentence(self) -> str:
        """All that it says, also what has no room."""
        return self._sentence

    def show_findings(self, findings: Sequence[Finding], position: int) -> None:
        """Tell of what is at the cursor, else of the first, and how many more there are."""
        self.setVisible(bool(findings))
        if not findings:
            self._sentence = ""
            return
        shown = next((each for each in findings if each.first <= position <= each.last), findings[0])
        others = len(findings) - 1
        more = say_count(others, " (and {count} more)", " (and {count} more)") if others else ""
        self._sentence = f"{shown.sentence}{more}"
        self.setToolTip("\n".join(each.sentence for each in findings))
        self.setAccessibleName(self._sentence)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut the sentence anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - 8, 40)
        self.setText(self.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, room))


def finding_format(theme: Theme) -> QTextCharFormat:
    """How an odd character looks in text: dots under it."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(theme.colour("ink_soft"))
    return made
