"""The palette's characters as an item model, and how one of them is painted."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.characters.naming import code_of, invisible, name_of, shown_alone
from workbench.theme import Theme
from workbench.theme.fonts import interface_font, reading_font
from workbench.transcribe.palette_groups import Offered

OFFERED_ROLE = int(Qt.ItemDataRole.UserRole)
KNOWN_ROLE = OFFERED_ROLE + 1

CELL = QSize(44, 44)
SIGN = 24
"""Size of a character in px."""

CORNER = 7
"""Edge in px of the corner that marks what the model does not know."""

AnyIndex = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """``DisplayRole`` is the character as it can be shown; ``KNOWN_ROLE``: whether the model knows it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offered: Sequence[Offered] = ()
        self._known: frozenset[str] | None = None

    @property
    def offered(self) -> Sequence[Offered]:
        """All characters."""
        return self._offered

    def show_characters(self, offered: Sequence[Offered], known: frozenset[str] | None) -> None:
        """Show other characters; ``known`` are those of the model, ``None`` if nobody can tell."""
        self.beginResetModel()
        self._offered, self._known = offered, known
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of characters."""
        return 0 if parent is not None and parent.isValid() else len(self._offered)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is asked of a character; its name is looked up for the few in sight."""
        if not index.isValid() or index.row() >= len(self._offered):
            return None
        offered = self._offered[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return code_of(offered.char) if invisible(offered.char) else shown_alone(offered.char)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{code_of(offered.char)} {name_of(offered.char)}"
        if role == OFFERED_ROLE:
            return offered
        if role == KNOWN_ROLE:
            return self._known is None or offered.char in self._known or offered.char.isspace()
        return None


class PaletteDelegate(QStyledItemDelegate):
    """One character in its cell; a corner in the colour of doubt says that the model does not know it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """The same for all."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a character."""
        painter.save()
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
            painter.setPen(self._theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if not index.data(KNOWN_ROLE):
            self._paint_corner(painter, rect)
        invisible_one = invisible(index.data(OFFERED_ROLE).char)
        painter.setFont(interface_font(7) if invisible_one else reading_font(SIGN))
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        corner = rect.topRight()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("doubt"))
        across, down = QPoint(CORNER, 0), QPoint(0, CORNER)
        painter.drawPolygon(QPolygon([corner - across, corner, corner + down]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
