"""The character palette: a search field over a grid; the keyboard alone is enough."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.characters.census import Census
from core.characters.naming import code_of, name_of, shown_alone
from core.characters.search import find_characters
from core.wording import say
from workbench.command import kept_from_commands
from workbench.theme import Theme
from workbench.theme.fonts import READING
from workbench.transcribe.palette_groups import Offered, after_recent
from workbench.transcribe.palette_model import CELL, KNOWN_ROLE, OFFERED_ROLE, PaletteDelegate, PaletteModel

WIDTH, HEIGHT = 13 * CELL.width() + 32, 416

_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
"""Arrow keys as steps across and down."""

_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class CharacterPalette(QFrame):
    """Lies over the place, beside the line in hand.

    Signals:
        chosen(str): write this character.
        closed(): the keyboard is free again.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, place: QWidget, theme: Theme) -> None:
        super().__init__(place)
        self.setObjectName("popup")
        self._census, self._recent = Census(), ""
        self._others: Sequence[Offered] = ()
        self._composing, self._outdated = False, True
        self._all: Sequence[Offered] = ()
        self._rank: dict[str, int] = {}
        self.model = PaletteModel(self)
        self.field, self.grid = QLineEdit(), QListView()
        self._sign, self._name, self._about = QLabel(), QLabel(), QLabel()
        self._groups = QToolButton()
        self._build_field()
        self._build_grid(theme)
        self._build_layout()
        self.hide()

    def use(self, census: Census, others: Sequence[Offered]) -> None:
        """What the project and its model have, in groups; an open palette stays as it is."""
        self._census, self._others = census, others
        self._outdated = True

    def use_recent(self, recent: str) -> None:
        """What was used last; an open palette stays as it is."""
        self._recent, self._outdated = recent, True

    def open_beside(self, line: QRect) -> None:
        """Open without covering the line in hand, which is at ``line`` of the place."""
        if self._outdated:
            self._outdated = False
            self._all = after_recent(self._recent, self._others)
            self._rank = {each.char: number for number, each in enumerate(self._all)}
        self.setGeometry(_beside(line, (self.parentWidget() or self).size().toTuple()))
        self.field.clear()
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_palette(self) -> None:
        """Give the keyboard back."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows walk in the grid; while something is composed, all keys are the input method's."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif kept_from_commands(event):  # to Qt the palette belongs to the place
            return True
        elif event.type() == QEvent.Type.FocusOut:
            self._composing = False
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not self._composing and self._handle_key(event)
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Space and control):
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(stay=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif key in _PAGES and control:
            self._go_to_group(_PAGES[key])
        elif key in _STEPS or key in _PAGES:
            self._step(key)
        elif key == Qt.Key.Key_Tab:
            pass  # would leave the palette open without the keyboard
        else:
            return False
        return True

    def _build_field(self) -> None:
        self.field.setPlaceholderText(say("Find a character: long s, U+017F, zi4, 氵, 85.4"))
        self.field.setAccessibleName(say("Find a character"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)

    def _build_grid(self, theme: Theme) -> None:
        grid = self.grid
        grid.setModel(self.model)
        grid.setItemDelegate(PaletteDelegate(theme, self))
        grid.setFlow(QListView.Flow.LeftToRight)
        grid.setWrapping(True)
        grid.setResizeMode(QListView.ResizeMode.Adjust)
        grid.setUniformItemSizes(True)
        grid.setGridSize(CELL)
        grid.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.setAccessibleName(say("Characters"))
        grid.clicked.connect(self._take_clicked)
        grid.selectionModel().currentChanged.connect(self._tell_current)

    def _build_layout(self) -> None:
        self._groups.setText(say("Groups"))
        self._groups.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._groups.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._groups.setMenu(QMenu(self._groups))
        self._groups.menu().aboutToShow.connect(self._list_groups)
        self._groups.menu().triggered.connect(self._take_group)
        families = ", ".join(f"'{family}'" for family in READING)
        self._sign.setStyleSheet(f"font-family: {families}; font-size: 38px;")
        self._sign.setFixedSize(64, 60)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._about.setProperty("role", "small")
        keys = QLabel(say("Enter writes · Shift+Enter writes and stays · Ctrl+PgDn next group · Esc closes"))
        keys.setProperty("role", "small")
        above, below, words = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        above.addWidget(self.field, 1)
        above.addWidget(self._groups)
        words.addWidget(self._name)
        words.addWidget(self._about)
        words.addWidget(keys)
        below.addWidget(self._sign)
        below.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 8)
        layout.setSpacing(4)
        layout.addLayout(above)
        layout.addWidget(self.grid, 1)
        layout.addLayout(below)

    @Slot()
    def _search(self) -> None:
        query = self.field.text().strip()
        model = self._census.model
        shown = self._all
        if query:
            found = find_characters(query, self._rank)
            shown = [self._all[self._rank[c]] if c in self._rank else Offered(c, "") for c in found]
        self.model.show_characters(shown, model.known if model else None)
        self._go_to(0)

    def _step(self, key: Qt.Key) -> None:
        columns = max(self.grid.viewport().width() // CELL.width(), 1)
        rows = max(self.grid.viewport().height() // CELL.height(), 1)
        across, down = _STEPS.get(key, (0, _PAGES.get(key, 0) * rows))
        self._go_to(self.grid.currentIndex().row() + across + down * columns)

    def _go_to(self, row: int) -> None:
        row = min(max(row, 0), self.model.rowCount() - 1)
        self.grid.setCurrentIndex(self.model.index(row))
        if row < 0:
            self._tell_current(QModelIndex())

    def _go_to_group(self, step: int) -> None:
        firsts = self._firsts()
        here = self.grid.currentIndex().row()
        others = [row for row in firsts if (row > here if step > 0 else row < here)]
        if others:
            self._go_to(others[0] if step > 0 else others[-1])
            self.grid.scrollTo(self.grid.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def _firsts(self) -> dict[int, str]:
        """At which rows groups begin."""
        titles = [each.group for each in self.model.offered]
        return {row: title for row, title in enumerate(titles) if row == 0 or titles[row - 1] != title}

    @Slot()
    def _list_groups(self) -> None:
        menu = self._groups.menu()
        menu.clear()
        for row, title in self._firsts().items():
            menu.addAction(title).setData(row)

    @Slot(QAction)
    def _take_group(self, action: QAction) -> None:
        self._go_to(action.data())
        self.grid.scrollTo(self.grid.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    @Slot(QModelIndex)
    def _take_clicked(self, _index: QModelIndex) -> None:
        self._take(stay=False)

    def _take(self, *, stay: bool) -> None:
        here: Offered | None = self.grid.currentIndex().data(OFFERED_ROLE)
        if here is None:
            return
        if not stay:
            self.close_palette()
        self.chosen.emit(here.char)

    @Slot(QModelIndex)
    def _tell_current(self, index: QModelIndex) -> None:
        here: Offered | None = index.data(OFFERED_ROLE)
        if here is None:
            self._sign.clear()
            self._name.setText(say("Nothing is called so."))
            self._about.clear()
            return
        self._sign.setText(shown_alone(here.char))
        room = self.width() - 96
        name = name_of(here.char) or say("without a name")
        self._name.setText(
            QFontMetrics(self._name.font()).elidedText(name, Qt.TextElideMode.ElideRight, room)
        )
        self._name.setToolTip(name)
        self._about.setText(" · ".join(self._facts(here, known=bool(index.data(KNOWN_ROLE)))))

    def _facts(self, here: Offered, *, known: bool) -> list[str]:
        confirmed, shown = self._census.confirmed.get(here.char, 0), self._census.shown.get(here.char, 0)
        facts = [code_of(here.char), here.group]
        if shown:
            facts.append(
                say("{shown} in all texts, {confirmed} to learn from", shown=shown, confirmed=confirmed)
            )
        if not known:
            facts.append(say("the model does not know it"))
        return [fact for fact in facts if fact]


def _beside(line: QRect, place: tuple[int, int]) -> QRect:
    """Under the line if there is room, else over it; beside it if it is a column."""
    width, height = min(WIDTH, place[0] - 16), min(HEIGHT, place[1] - 16)
    if line.height() > line.width():
        right = line.right() + 12
        x = right if right + width < place[0] else max(line.left() - width - 12, 8)
        return QRect(x, max(8, (place[1] - height) // 2), width, height)
    below = line.bottom() + 8
    y = below if below + height < place[1] else max(line.top() - height - 8, 8)
    return QRect(min(max(line.left(), 8), place[0] - width - 8), y, width, height)
