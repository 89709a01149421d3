"""A small pop-up with characters that keyboards lack; the page's own rare ones come first."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.document import LineEntry
from core.wording import say
from workbench.theme.fonts import reading_font

USUAL = "ſãẽĩõũæœçéèêëꝑꝓꝗꝛꝯ⁊⸗¬—–’“”„«»§†‡°½¼ß"
"""Characters of early print and of careful typography."""


def rare_characters(entries: Sequence[LineEntry]) -> str:
    """Characters on the page beyond ASCII, most frequent first, then the usual ones."""
    counts = Counter(char for entry in entries for char in entry.text if ord(char) > 126)
    own = [char for char, _ in counts.most_common(60)]
    return "".join(dict.fromkeys([*own, *USUAL]))


class CharacterPalette(QFrame):
    """``chosen`` carries the character; arrows and Enter choose, Esc closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._list = QListWidget()
        self._list.setViewMode(QListWidget.ViewMode.IconMode)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setMovement(QListWidget.Movement.Static)
        self._list.setSpacing(2)
        self._list.setFont(reading_font(22))
        self._list.setAccessibleName(say("Characters"))
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._list)
        self.resize(420, 240)

    def open_at(self, point: QPoint, characters: str) -> None:
        """Show characters at a point of the screen."""
        self._list.clear()
        for char in characters:
            item = QListWidgetItem(char)
            item.setToolTip(f"U+{ord(char):04X}")
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self.move(point)
        self.show()
        self._list.setFocus()

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.text())
