"""Over the page: which one it is, how far it is done, and the ways to its neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from core.document import LineEntry, Page, TranscriptionState
from core.storage.efforts import EffortSummary
from core.wording import say
from workbench.command import Command, tie
from workbench.theme import Theme

ICONS = ("chevron-left", "chevron-right", "maximize")

FEWEST = 300
"""Keys of typing before a share is told."""


class CutLabel(QLabel):
    """Takes the room that is left; words that do not fit end with an ellipsis."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """More or less of them can be seen."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))


class PageBar(QFrame):
    """Its buttons go to the page before and after, and show the whole page."""

    def __init__(self, theme: Theme, commands: Sequence[Command]) -> None:
        """``commands`` are those of the buttons, in that order."""
        super().__init__()
        self.setObjectName("placeBar")
        self._name, self._progress = CutLabel(), QLabel()
        self._effort = QLabel()
        for label in (self._progress, self._effort):
            label.setProperty("role", "small")
        self._effort.hide()
        self._back, self._on, self._fit = QToolButton(), QToolButton(), QToolButton()
        buttons = (self._back, self._on, self._fit)
        for button, icon, command in zip(buttons, ICONS, commands, strict=True):
            theme.tint(button, icon)
            tie(button, command)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(6)
        layout.addWidget(self._back)
        layout.addWidget(self._on)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._effort)
        layout.addWidget(self._progress)
        layout.addWidget(self._fit)

    def show_page(self, page: Page, pages: Sequence[Page]) -> None:
        """Name the page in hand, and its place among those that there are; numbers may be missing."""
        place = 1 + next((n for n, each in enumerate(pages) if each.id == page.id), 0)
        words = say("{number} of {pages} · {page}", number=place, pages=len(pages), page=page.name)
        self._name.show_words(words)
        self._name.setToolTip(page.name)
        self._back.setEnabled(place > 1)
        self._on.setEnabled(place < len(pages))

    def show_progress(self, entries: list[LineEntry]) -> None:
        """How many lines of the page are done."""
        done = sum(entry.state is not TranscriptionState.OPEN for entry in entries)
        self._progress.setText(say("{done} of {lines} lines", done=done, lines=len(entries)))

    def show_effort(self, efforts: Sequence[EffortSummary]) -> None:
        """How much typing the drafts spared lately; if they cost more than they gave, say so."""
        drafted = [effort for effort in efforts if effort.model]
        keys, typing = sum(e.keystrokes for e in drafted), sum(e.typing for e in drafted)
        self._effort.setVisible(typing >= FEWEST)
        if typing < FEWEST:
            return
        saved = 1 - keys / typing
        self._effort.setText(
            say("typing saved {percent:.0f} %", percent=100 * saved)
            if saved > 0
            else say("an empty field is quicker")
        )
        tip = say(
            "{keys:,} keys for {typing:,} that typing it all would have taken", keys=keys, typing=typing
        )
        advice = say("Ctrl+A and typing the line beats correcting this draft")
        self._effort.setToolTip(tip if saved > 0 else f"{tip}\n{advice}")
