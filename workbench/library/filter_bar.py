"""The row above the grid: a piece of a name, state, split, order, and how many pages that leaves."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton

from core.wording import say, say_count
from workbench.fields import Picker
from workbench.library.page_filter import PageFilter, PageOrder, PageState, SplitChoice
from workbench.settings import Settings
from workbench.theme import Theme


def state_choices() -> dict[PageState, str]:
    """How far pages may be."""
    return {
        PageState.ALL: say("All pages"),
        PageState.OPEN: say("Open"),
        PageState.DOUBTFUL: say("Doubtful"),
        PageState.DONE: say("Done"),
    }


def split_choices() -> dict[SplitChoice, str]:
    """What pages may serve for."""
    return {
        SplitChoice.ANY: say("Any split"),
        SplitChoice.TRAIN: say("Training"),
        SplitChoice.VAL: say("Validation"),
        SplitChoice.TEST: say("Test"),
        SplitChoice.UNDECIDED: say("Undecided"),
    }


def order_choices() -> dict[PageOrder, str]:
    """What may come first."""
    return {
        PageOrder.NUMBER: say("By number"),
        PageOrder.DOUBT: say("Most doubt first"),
        PageOrder.OPEN: say("Most open lines first"),
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
        self._states = self._combo("library/state", state_choices(), say("Pages by state"))
        self._splits = self._combo("library/split", split_choices(), say("Pages by what they serve for"))
        self._orders = self._combo("library/order", order_choices(), say("Order of the pages"))
        self._count, self._all = QLabel(), QPushButton(say("Show all"))
        self._build_name()
        self._build_layout()
        theme.changed.connect(self._colour)

    @property
    def filter(self) -> PageFilter:
        """What is chosen now."""
        return PageFilter(
            PageState(self._states.currentData()),
            SplitChoice(self._splits.currentData()),
            self._name.text(),
            PageOrder(self._orders.currentData()),
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
        self._count.setText(
            say_count(pages, "{count:,} page", "{count:,} pages")
            if every
            else say("{shown:,} of {pages:,} pages", shown=shown, pages=pages)
        )
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
        combo = Picker()
        combo.setAccessibleName(what)
        combo.setToolTip(what)
        for value, name in names.items():
            combo.addItem(name, str(value))
        combo.setCurrentIndex(max(combo.findData(self._settings.choice(key)), 0))
        combo.setProperty("key", key)
        combo.activated.connect(self._choose)
        return combo

    def _build_name(self) -> None:
        self._name.setPlaceholderText(say("Name, book or number"))
        self._name.setAccessibleName(say("Find pages by name"))
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
            self._settings.keep_choice(combo.property("key"), combo.currentData())
        self.chosen.emit(self.filter)
