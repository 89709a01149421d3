"""The sentence of a broken rule under the current line; a click takes its repair."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from core.rules.violation import Violation
from core.wording import say


class ViolationHint(QPushButton):
    """``clicked`` asks for the repair."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("violationHint")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The pane decides how wide it is; a long sentence is cut, its whole text is in the tool tip.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sentence = self._key = ""
        self.hide()

    @property
    def sentence(self) -> str:
        """All that it says, also what has no room."""
        return self._sentence

    def show_key(self, key: str) -> None:
        """Tell from now on that this key takes the repair."""
        self._key = key

    def show_violations(self, violations: Sequence[Violation], shown: Violation | None) -> None:
        """Tell of one broken rule, and how many more there are."""
        self.setVisible(shown is not None)
        if shown is None:
            self._sentence = ""
            return
        repair = "" if shown.repair is None else f"   {self._key}  {shown.repair}"
        more = say("(and {count} more)", count=len(violations) - 1) if len(violations) > 1 else ""
        self._sentence = f"{shown.rule}: {shown.sentence}{repair}   {more}".rstrip()
        self.setToolTip(self._sentence)
        self.setAccessibleName(self._sentence)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Cut the sentence anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - 20, 40)
        cut = self.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))


def violation_at(violations: Sequence[Violation], position: int) -> Violation | None:
    """The broken rule at a cursor position, else the first after it, else the first."""
    touching = [each for each in violations if each.first <= position <= each.last]
    later = [each for each in violations if each.first >= position]
    return next(iter(touching or later or violations), None)
