"""What stands in place of the strips on a page without lines; it holds the keyboard meanwhile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.wording import say


class NoLines(QWidget):
    """Says that there is no line, and which keys make one. The place's other keys act as ever."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title, self._text = QLabel(say("No lines on this page")), QLabel()
        title.setProperty("role", "heading")
        self._text.setProperty("role", "soft")
        self._text.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 24, 48, 24)
        layout.addStretch(1)
        for label in (title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(2)
        self.show_keys("", "")
        self.hide()

    def show_keys(self, draw: str, find: str) -> None:
        """Tell how lines are drawn here and found in the Library, with the keys if there are any."""
        ways = (
            (say("Draw a line on the page"), draw),
            (say("Let lines be found: choose the page in the Library, then “Find lines”"), find),
        )
        self._text.setText("\n".join(f"{words} ({key})" if key else words for words, key in ways))
        self.setAccessibleName(f"{say('No lines on this page')}. {self._text.text()}")
