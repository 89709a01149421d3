"""Paints one found line: tick, where it is, the old text with its places marked, the new one beside it."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QTextCharFormat, QTextLayout, QTextLine
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.storage.replacing import Replacement
from core.storage.text_search import Span
from core.wording import say
from workbench.names import state_name
from workbench.theme import Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.replacement_model import FOUND_ROLE, ReplacementModel
from workbench.utf16 import utf16_units

AnyIndex = QModelIndex | QPersistentModelIndex
TICK_GAP, WHERE, GAP = 10, 156, 16


class ReplacementDelegate(QStyledItemDelegate):
    """``replacing`` decides whether the new text and the ticks are shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.replacing = False

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """One line of text with room around it."""
        return QSize(100, round(option.fontMetrics.height() * 1.8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint a row."""
        found: Replacement = index.data(FOUND_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setClipRect(rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        left = rect.left() + 8
        if self.replacing:
            self._paint_tick(painter, option, index)
            left += tick_width(option)
        painter.setPen(self._theme.colour("ink_soft"))
        where = QRect(left, rect.top(), WHERE, rect.height())
        sign = say("draft") if found.is_draft else state_name(found.state)
        painter.drawText(
            where, Qt.AlignmentFlag.AlignVCenter, f"{found.page_number} · {found.order + 1}  {sign}"
        )
        left += WHERE
        room = rect.right() - left - GAP
        width = room // 2 if self.replacing else room
        self._paint_text(
            painter, QRect(left, rect.top(), width, rect.height()), found.before, found.spans, "doubt"
        )
        if self.replacing:
            after = QRect(left + width + GAP, rect.top(), width, rect.height())
            self._paint_text(painter, after, found.after, found.placed, "done")
        painter.restore()

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: object, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A click on the tick changes it."""
        if (
            self.replacing
            and event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and isinstance(model, ReplacementModel)
            and event.position().x() < option.rect.left() + 8 + tick_width(option)
        ):
            toggle(model, index)
            return True
        return False

    def _paint_tick(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """As the style draws the tick of any list."""
        box = QStyleOptionViewItem(option)
        size, row = tick_width(option) - TICK_GAP, option.rect
        box.rect = QRect(row.left() + 8, row.center().y() - size // 2, size, size)
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        state = QStyle.StateFlag.State_On if checked else QStyle.StateFlag.State_Off
        box.state = QStyle.StateFlag.State_Enabled | state
        tick, view = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, option.widget
        view.style().drawPrimitive(tick, box, painter, view)

    def _paint_text(
        self, painter: QPainter, area: QRect, text: str, spans: Sequence[Span], role: str
    ) -> None:
        font: QFont = reading_font(area.height() * 0.5)
        layout = QTextLayout(text, font)
        ranges = []
        for first, last in spans:
            each = QTextLayout.FormatRange()
            each.start = utf16_units(text, first)
            each.length = utf16_units(text, last) - each.start
            look = QTextCharFormat()
            look.setBackground(self._theme.colour(f"{role}_soft"))
            look.setForeground(self._theme.colour(f"{role}_text"))
            look.setFontUnderline(True)
            each.format = look
            ranges.append(each)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        painter.setPen(self._theme.colour("ink"))
        painter.save()
        painter.setClipRect(area)
        # A place far to the right comes into sight: the text is moved to the left.
        end = _x_of(line, utf16_units(text, spans[0][1])) if spans else 0.0
        shift = max(0.0, end + 40 - area.width())
        top = area.top() + (area.height() - line.height()) / 2
        layout.draw(painter, QPointF(area.left() - shift, top))
        painter.restore()


def _x_of(line: QTextLine, place: int) -> float:
    # PySide answers a pair (x, place), its stubs speak of an object.
    x, _ = cast(tuple[float, int], line.cursorToX(place))
    return x


def tick_width(option: QStyleOptionViewItem) -> int:
    """Px of a row's tick with the gap after it."""
    view = option.widget
    metric = QStyle.PixelMetric.PM_IndicatorWidth
    return int(view.style().pixelMetric(metric, None, view)) + TICK_GAP


def toggle(model: ReplacementModel, index: AnyIndex) -> None:
    """Turn a row's tick round."""
    checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    new = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
    model.setData(index, new, Qt.ItemDataRole.CheckStateRole)
