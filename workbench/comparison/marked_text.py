"""Paints a model's reading with its wrong characters marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.evaluation.alignment import SpanKind, align
from core.evaluation.comparison import ComparedLine
from workbench.comparison.line_table import LINE_ROLE, LineTable
from workbench.theme import Theme
from workbench.theme.fonts import reading_font

LOST = "‸"
"""Stands where the model lost characters."""


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
        if (index.column() != 2 and place is None) or not isinstance(line, ComparedLine):
            super().paint(painter, option, index)
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_soft"))
        painter.setClipRect(option.rect)
        painter.setPen(self._theme.colour("ink"))
        layout = self._layout(line, place)
        area = QRectF(option.rect)
        layout.draw(painter, QPointF(area.left() + 6, area.center().y() - layout.boundingRect().height() / 2))
        painter.restore()

    def _layout(self, line: ComparedLine, place: int | None) -> QTextLayout:
        text, formats = "", []
        if place is None:
            text = line.truth
        else:
            for span in align(line.truth, line.scores[place].text):
                shown = span.read or LOST
                if span.kind is not SpanKind.EQUAL:
                    formats.append(self._mark(len(text), len(shown)))
                text += shown
        layout = QTextLayout(text, reading_font(17))
        layout.setFormats(formats)
        layout.beginLayout()
        layout.createLine().setLineWidth(1e6)
        layout.endLayout()
        return layout

    def _mark(self, start: int, length: int) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setForeground(self._theme.colour("error_text"))
        look.setBackground(self._theme.colour("error_soft"))
        look.setFontUnderline(True)
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, length, look
        return made
