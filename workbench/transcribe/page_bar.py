"""Over the page: which one it is, how far it is done, and the ways to its neighbours."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from core.document import LineEntry, Page, TranscriptionState
from core.storage.efforts import EffortSummary
from workbench.theme import Theme

FEWEST = 300
"""Keys of typing before a share is told."""


class PageBar(QFrame):
    """``step_wanted`` carries -1 or 1; ``fit_wanted`` asks for the whole page."""

    step_wanted = Signal(int)
    fit_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("placeBar")
        self._theme = theme
        self._name, self._progress = QLabel(), QLabel()
        self._effort = QLabel()
        for label in (self._progress, self._effort):
            label.setProperty("role", "small")
        self._effort.hide()
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._back = self._button("Previous page (PgUp)", lambda: self.step_wanted.emit(-1))
        self._on = self._button("Next page (PgDown)", lambda: self.step_wanted.emit(1))
        self._fit = self._button("Whole page (Ctrl+9)", self.fit_wanted.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(6)
        layout.addWidget(self._back)
        layout.addWidget(self._on)
        layout.addWidget(self._name, 1)
        layout.addWidget(self._effort)
        layout.addWidget(self._progress)
        layout.addWidget(self._fit)
        theme.changed.connect(self._tint)
        self._tint()

    def show_page(self, page: Page, pages: int) -> None:
        """Name the page in hand."""
        self._name.setText(f"{page.number} of {pages} · {page.name}")
        self._name.setToolTip(page.name)
        self._back.setEnabled(page.number > 1)
        self._on.setEnabled(page.number < pages)

    def show_progress(self, entries: list[LineEntry]) -> None:
        """How many lines of the page are done."""
        done = sum(entry.state is not TranscriptionState.OPEN for entry in entries)
        self._progress.setText(f"{done} of {len(entries)} lines")

    def show_effort(self, efforts: Sequence[EffortSummary]) -> None:
        """How much typing the drafts spared lately; if they cost more than they gave, say so."""
        drafted = [effort for effort in efforts if effort.model]
        keys, typing = sum(e.keystrokes for e in drafted), sum(e.typing for e in drafted)
        self._effort.setVisible(typing >= FEWEST)
        if typing < FEWEST:
            return
        saved = 1 - keys / typing
        self._effort.setText(f"typing saved {saved:.0%}" if saved > 0 else "an empty field is quicker")
        self._effort.setToolTip(
            f"{keys:,} keys for {typing:,} that typing it all would have taken"
            + ("" if saved > 0 else "; Ctrl+A and typing the line beats correcting this draft")
        )

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(act)
        return button

    @Slot()
    def _tint(self) -> None:
        for button, icon in (
            (self._back, "chevron-left"),
            (self._on, "chevron-right"),
            (self._fit, "maximize"),
        ):
            button.setIcon(self._theme.icon(icon))
