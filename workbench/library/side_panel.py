"""What is known of the selected pages, and what can be changed about them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
)

from core.document import Page, PageProgress, Split
from core.wording import say
from workbench.command import Command, tie
from workbench.fields import Picker
from workbench.names import split_name
from workbench.theme import Theme

CHOICES = (None, Split.TRAIN, Split.VAL, Split.TEST)


class SidePanel(QScrollArea):
    """``split_chosen`` carries what the pages are to serve for (``Split`` or ``None``)."""

    split_chosen = Signal(object)

    def __init__(self, theme: Theme, turns: Sequence[Command], delete: Command) -> None:
        """The panel's buttons turn pages to the left and to the right, and delete them."""
        super().__init__()
        self.setObjectName("pane")
        self.setMinimumWidth(220)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what can have the keyboard is inside
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._size, self._lines, self._done = QLabel(), QLabel(), QLabel()
        self._doubt, self._book, self._source = QLabel(), QLabel(), QLabel()
        self._split = Picker()
        self._split.addItems([split_name(split) for split in CHOICES])
        self._split.activated.connect(self._choose)
        self._left, self._right, self._delete = QToolButton(), QToolButton(), QToolButton()
        for button, command, icon in (
            (self._left, turns[0], "rotate-ccw"),
            (self._right, turns[1], "rotate-cw"),
            (self._delete, delete, "trash-2"),
        ):
            theme.tint(button, icon)
            tie(button, command)
        self._build_layout()

    def _build_layout(self) -> None:
        form = QFormLayout()
        for name, label in (
            (say("Size"), self._size),
            (say("Lines"), self._lines),
            (say("Done"), self._done),
            (say("Doubt"), self._doubt),
            (say("Book"), self._book),
            (say("Source"), self._source),
        ):
            label.setWordWrap(True)
            form.addRow(name, label)
        form.addRow(say("Serves for"), self._split)
        self._split.setAccessibleName(say("What the pages serve for"))
        turns = QHBoxLayout()
        turns.addWidget(self._left)
        turns.addWidget(self._right)
        turns.addStretch(1)
        form.addRow(say("Turn"), turns)
        form.addRow(say("Delete"), self._delete)
        content = QFrame()
        content.setObjectName("sidePanel")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addStretch(1)
        self.setWidget(content)

    def show_pages(self, pages: Sequence[tuple[Page, PageProgress]]) -> None:
        """Show one page, or the sum of several."""
        for part in (self._split, self._left, self._right, self._delete):
            part.setEnabled(bool(pages))
        lines = sum(progress.lines for _, progress in pages)
        done = sum(progress.done for _, progress in pages)
        self._lines.setText(str(lines) if pages else "–")
        self._done.setText(f"{done} ({100 * done // lines} %)" if lines else "–")
        one = pages[0][0] if len(pages) == 1 else None
        several = say("{count} pages selected", count=len(pages)) if pages else say("No page selected")
        self._title.setText(one.name if one else several)
        self._size.setText(f"{one.width} × {one.height} px" if one else "–")
        self._doubt.setText(f"{100 * pages[0][1].doubt:.1f} %" if one else "–")
        self._book.setText(one.group if one else "–")
        self._source.setText(one.source if one else "–")
        splits = {page.split for page, _ in pages}
        chosen = [n for n, split in enumerate(CHOICES) if splits == {split}]
        self._split.setCurrentIndex(chosen[0] if chosen else -1)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.split_chosen.emit(CHOICES[number])
