"""What is known of the selected pages, and what can be changed about them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from core.document import Page, PageProgress, Split
from workbench.theme import Theme

_CHOICES: tuple[tuple[str, Split | None], ...] = (
    ("undecided", None),
    ("training", Split.TRAIN),
    ("validation", Split.VAL),
    ("test", Split.TEST),
)


class SidePanel(QFrame):
    """What can be changed about pages is told by signals.

    Signals:
        split_chosen(Split | None), rotation_wanted(int): the latter in degrees clockwise.
        deletion_wanted(): delete the selected pages.
    """

    split_chosen = Signal(object)
    rotation_wanted = Signal(int)
    deletion_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setMinimumWidth(220)
        self._title = QLabel("No page selected")
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._facts = {name: QLabel("–") for name in ("Size", "Lines", "Done", "Doubt", "Book", "Source")}
        self._split = QComboBox()
        for name, _ in _CHOICES:
            self._split.addItem(name)
        self._split.activated.connect(self._choose)
        self._left, self._right, self._delete = QToolButton(), QToolButton(), QToolButton()
        self._build_layout(theme)

    def _build_layout(self, theme: Theme) -> None:
        form = QFormLayout()
        for name, label in self._facts.items():
            label.setWordWrap(True)
            form.addRow(name, label)
        form.addRow("Serves for", self._split)
        turns = QHBoxLayout()
        for button, icon, degrees, what in (
            (self._left, "rotate-ccw", 270, "Turn left"),
            (self._right, "rotate-cw", 90, "Turn right"),
        ):
            button.setIcon(theme.icon(icon))
            button.setToolTip(what)
            button.setAccessibleName(what)
            button.setProperty("degrees", degrees)
            button.clicked.connect(self._turn)
            turns.addWidget(button)
        turns.addStretch(1)
        form.addRow("Turn", turns)
        self._delete.setIcon(theme.icon("trash-2"))
        self._delete.setToolTip("Delete (Del)")
        self._delete.setAccessibleName("Delete pages")
        self._delete.clicked.connect(self.deletion_wanted)
        form.addRow("Delete", self._delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addStretch(1)

    def show_pages(self, pages: Sequence[tuple[Page, PageProgress]]) -> None:
        """Show one page, or the sum of several."""
        for part in (self._split, self._left, self._right, self._delete):
            part.setEnabled(bool(pages))
        lines = sum(progress.lines for _, progress in pages)
        done = sum(progress.done for _, progress in pages)
        self._facts["Lines"].setText(str(lines))
        self._facts["Done"].setText(f"{done} ({100 * done // lines} %)" if lines else "–")
        one = pages[0][0] if len(pages) == 1 else None
        self._title.setText(
            one.name if one else f"{len(pages)} pages selected" if pages else "No page selected"
        )
        self._facts["Size"].setText(f"{one.width} x {one.height} px" if one else "–")
        self._facts["Doubt"].setText(f"{100 * pages[0][1].doubt:.1f} %" if one else "–")
        self._facts["Book"].setText(one.group if one else "–")
        self._facts["Source"].setText(one.source if one else "–")
        splits = {page.split for page, _ in pages}
        chosen = [n for n, (_, split) in enumerate(_CHOICES) if splits == {split}]
        self._split.setCurrentIndex(chosen[0] if chosen else -1)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.split_chosen.emit(_CHOICES[number][1])

    @Slot()
    def _turn(self) -> None:
        sender = self.sender()
        if isinstance(sender, QToolButton):
            self.rotation_wanted.emit(int(sender.property("degrees")))
