"""The row above the grid: a piece of a name, state, split, order, and how many pages that leaves."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from workbench.library.page_filter import PageFilter, PageOrder, PageState, SplitChoice
from workbench.settings import Settings
from workbench.theme import Theme

STATES = {
    PageState.ALL: "All pages",
    PageState.OPEN: "Open",
    PageState.DOUBTFUL: "Doubtful",
    PageState.DONE: "Done",
}
SPLITS = {
    SplitChoice.ANY: "Any split",
    SplitChoice.TRAIN: "Training",
    SplitChoice.VAL: "Validation",
    SplitChoice.TEST: "Test",
    SplitChoice.UNDECIDED: "Undecided",
}
ORDERS = {
    PageOrder.NUMBER: "By number",
    PageOrder.DOUBT: "Most doubt first",
    PageOrder.OPEN: "Most open lines first",
}


class FilterBar(QFrame):
    """State, split and order are remembered; a name is meant for now only.

    Signals:
        chosen(PageFilter): show these pages.
        left(): the name was entered, the keyboard belongs to the grid again.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("filterBar")
        self._theme, self._settings = theme, settings
        self._name = QLineEdit()
        self._states = self._combo("library/state", STATES, "Pages by state")
        self._splits = self._combo("library/split", SPLITS, "Pages by what they serve for")
        self._orders = self._combo("library/order", ORDERS, "Order of the pages")
        self._count, self._all = QLabel(), QPushButton("Show all")
        self._build_name()
        self._build_layout()
        theme.changed.connect(self._colour)

    @property
    def filter(self) -> PageFilter:
        """What is chosen now."""
        return PageFilter(
            list(STATES)[self._states.currentIndex()],
            list(SPLITS)[self._splits.currentIndex()],
            self._name.text(),
            list(ORDERS)[self._orders.currentIndex()],
        )

    @Slot()
    def take_keyboard(self) -> None:
        """Let a name be typed."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    @Slot()
    def show_all(self) -> None:
        """Leave no page out; the order stays."""
        for combo in (self._states, self._splits):
            combo.setCurrentIndex(0)
        self._name.clear()
        self._choose()

    def show_count(self, shown: int, pages: int) -> None:
        """How many pages of how many are shown."""
        every = self.filter.shows_all
        self._count.setText(f"{pages:,} pages" if every else f"{shown:,} of {pages:,} pages")
        self._all.setVisible(not every)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """In the field of the name, Esc clears and leaves, an arrow down only leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._name.clear()
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _combo(self, key: str, names: Mapping[Any, str], what: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(what)
        combo.setToolTip(what)
        combo.addItems(list(names.values()))
        values = [str(value) for value in names]
        stored = self._settings.choice(key)
        combo.setCurrentIndex(values.index(stored) if stored in values else 0)
        combo.setProperty("key", key)
        combo.setProperty("values", values)
        combo.activated.connect(self._choose)
        return combo

    def _build_name(self) -> None:
        self._name.setPlaceholderText("Name, book or number")
        self._name.setAccessibleName("Find pages by name")
        self._name.setClearButtonEnabled(True)
        self._name.setMaximumWidth(260)
        self._name.textChanged.connect(self._choose)
        self._name.installEventFilter(self)
        self._icon = QAction(self)
        self._name.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self._colour()

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._name, 1)
        for combo in (self._states, self._splits, self._orders):
            layout.addWidget(combo)
        self._count.setProperty("role", "soft")
        self._all.setProperty("flat", True)
        self._all.clicked.connect(self.show_all)
        layout.addWidget(self._count)
        layout.addWidget(self._all)
        layout.addStretch(1)

    @Slot()
    def _colour(self) -> None:
        self._icon.setIcon(self._theme.icon("search"))

    @Slot()
    def _choose(self) -> None:
        for combo in (self._states, self._splits, self._orders):
            self._settings.keep_choice(combo.property("key"), combo.property("values")[combo.currentIndex()])
        self.chosen.emit(self.filter)
