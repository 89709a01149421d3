"""Paints a model's reading with its wrong characters marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.evaluation.comparison import ComparedLine
from workbench.comparison.line_table import LINE_ROLE, TRUTH, LineTable
from workbench.differences import difference_layout
from workbench.theme import Theme

PAD = 6
LEAD = 60
"""Px before the first mark that stay in sight where a text is wider than its column."""


class MarkedText(QStyledItemDelegate):
    """For the text columns; colour and underline say what is wrong."""

    def __init__(self, theme: Theme, table: LineTable) -> None:
        super().__init__()
        self._theme, self._table = theme, table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Text with marks; other columns as usual."""
        place = self._table.text_column(index.column())
        line = index.data(LINE_ROLE)
        if (index.column() != TRUTH and place is None) or not isinstance(line, ComparedLine):
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_soft"))
        painter.setClipRect(option.rect)
        painter.setPen(self._theme.colour("ink"))
        layout = marked_layout(self._theme, line, place, 17)
        area = QRectF(option.rect).adjusted(PAD, 0, -PAD, 0)
        left = area.left() - hidden_part(layout, area.width())
        layout.draw(painter, QPointF(left, area.center().y() - layout.boundingRect().height() / 2))
        painter.restore()


def marked_layout(theme: Theme, line: ComparedLine, place: int | None, pixels: int) -> QTextLayout:
    """What the model at ``place`` read, wrong characters marked; ``None`` is the truth."""
    read = line.truth if place is None else line.scores[place].text
    return difference_layout(theme, line.truth, read, pixels)


def hidden_part(layout: QTextLayout, width: float) -> float:
    """Px of a text to leave out at its left, so that its first mark is in sight."""
    line = layout.lineAt(0)
    if not layout.formats() or line.naturalTextWidth() <= width:
        return 0.0
    found: object = line.cursorToX(layout.formats()[0].start)
    x = float(found[0]) if isinstance(found, tuple) else 0.0  # (x, cursor), whatever the stub says
    return max(0.0, min(x - LEAD, line.naturalTextWidth() - width)) if x > width - LEAD else 0.0
