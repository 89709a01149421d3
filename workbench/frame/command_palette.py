"""The command palette (Ctrl+K): type to find a page, a line's text or a command."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.wording import say
from workbench.frame.finding import Finder, Hit
from workbench.theme import Theme

HIT_ROLE = Qt.ItemDataRole.UserRole
WIDTH, HEIGHT = 640, 440
PAUSE_MS = 120
"""Searching waits for this pause in typing."""

AnyIndex = QModelIndex | QPersistentModelIndex


class _HitDelegate(QStyledItemDelegate):
    """Kind at the left, title, detail at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        return QSize(100, round(option.fontMetrics.height() * 1.7))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        hit: Hit = index.data(HIT_ROLE)
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        metrics = QFontMetrics(painter.font())
        area = rect.adjusted(16, 0, -16, 0)
        detail_width = metrics.horizontalAdvance(hit.detail)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.colour("ink_soft"))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, hit.kind)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, hit.detail)
        painter.setPen(self._theme.colour("ink"))
        title_area = area.adjusted(92, 0, -detail_width - 16, 0)
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, title_area.width())
        painter.drawText(title_area, middle | Qt.AlignmentFlag.AlignLeft, title)


class CommandPalette(QFrame):
    """Lies over the upper part of the window while it is open."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self._finder: Finder | None = None
        self._before: QWidget | None = None
        self._field = QLineEdit()
        self._list = QListWidget()
        self._nothing = QLabel(say("Nothing found"))
        self._pause = QTimer(self)
        self._build_field()
        self._build_list(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 8)
        layout.addWidget(self._field)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(self._list)
        self.hide()

    def open_with(self, finder: Finder) -> None:
        """Show the palette and take the keyboard."""
        self._finder = finder
        self._before = self.window().focusWidget()
        ground = self.parentWidget() or self.window()
        width = min(WIDTH, ground.width() - 32)
        self.setGeometry((ground.width() - width) // 2, 48, width, min(HEIGHT, ground.height() - 96))
        self._field.clear()
        self._search()
        self.show()
        self.raise_()
        self._field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrow keys walk the list while the field keeps the keyboard; leaving the field closes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._handle_key(event):
            return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(self._list.count(), 1))
        else:
            return False
        return True

    def _build_field(self) -> None:
        self._field.setPlaceholderText(say("Find a page, text of a line, or a command"))
        self._field.setAccessibleName(say("Find a page, text of a line, or a command"))
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._pause_then_search)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)

    def _build_list(self, theme: Theme) -> None:
        self._delegate = _HitDelegate(theme)
        self._list.setItemDelegate(self._delegate)
        self._list.setAccessibleName(say("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._go)
        self._nothing.setProperty("role", "soft")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()

    @Slot()
    def _pause_then_search(self) -> None:
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        self._list.clear()
        for hit in self._finder.find(self._field.text()) if self._finder else ():
            item = QListWidgetItem()
            item.setData(HIT_ROLE, hit)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.kind}: {hit.title} {hit.detail}")
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._nothing.setVisible(self._list.count() == 0)

    @Slot()
    def _go(self) -> None:
        if self._pause.isActive():
            self._search()
        item = self._list.currentItem()
        self._close()
        if item is not None:
            item.data(HIT_ROLE).go()

    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
