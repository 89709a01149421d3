"""Paints one strip: number, state, crop with its doubtful places, text."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from core.document import Direction
from workbench.scans.crop_cache import CropCache
from workbench.theme import Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.line_look import draw_mark
from workbench.transcribe.line_model import LineRow
from workbench.transcribe.note_marks import draw_notes
from workbench.transcribe.strip_geometry import GUTTER, StripBox
from workbench.transcribe.text_fit import column_pitch, fitted_font, line_layout


@dataclass(frozen=True, slots=True)
class StripPainter:
    """Knows the colours and the crops; holds nothing of a page."""

    theme: Theme
    crops: CropCache

    def paint(
        self, painter: QPainter, number: int, row: LineRow, box: StripBox, *, lit: bool, vertical: bool
    ) -> None:
        """Paint a strip; of the lit one, whose text is in the editor, everything but the text."""
        if lit:
            self._paint_card(painter, box, vertical)
        self._paint_number(painter, number, row, box, lit=lit, vertical=vertical)
        self._paint_crop(painter, row, box, lit=lit, vertical=vertical)
        if lit:
            return
        painter.setPen(self.theme.colour("ink" if row.entry.state.is_truth else "ink_soft"))
        if vertical:
            self._paint_column(painter, row, box)
        else:
            self._paint_text(painter, row, box)

    def crop(self, row: LineRow, box: StripBox, ratio: float, *, vertical: bool) -> QPixmap | None:
        """The crop of a line at the size of its box, if it has been cut."""
        return self.crops.pixmap(row.entry.line, box.crop.size().toSize(), ratio, upright=vertical)

    def _paint_card(self, painter: QPainter, box: StripBox, vertical: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("rule"), 1))
        painter.setBrush(self.theme.colour("raised"))
        card = box.strip.adjusted(6.5, 2.5, -6.5, -2.5)
        painter.drawRoundedRect(card, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("accent"))
        edge = (
            QRectF(card.left(), card.top(), card.width(), 3)
            if vertical
            else QRectF(card.left(), card.top(), 3, card.height())
        )
        painter.drawRoundedRect(edge, 1.5, 1.5)
        # Fills with soft edges take ten times as long, and the tints have none.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_number(
        self, painter: QPainter, number: int, row: LineRow, box: StripBox, *, lit: bool, vertical: bool
    ) -> None:
        font = painter.font()
        font.setFamilies(["Source Sans 3"])
        font.setPointSizeF(self.theme.points - (0 if lit else 1))
        font.setBold(lit)
        painter.setFont(font)
        painter.setPen(self.theme.colour("accent_text" if lit else "ink_soft"))
        if vertical:
            area = QRectF(box.strip.left(), 8, box.strip.width(), 20)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number + 1))
            middle = QPointF(box.strip.center().x(), 38)
            draw_mark(painter, row.look, self.theme, middle)
            draw_notes(painter, row.notes, self.theme, middle, QPointF(16, 0))
            return
        area = QRectF(box.strip.left() + 8, box.crop.top(), GUTTER - 18, 18)
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number + 1))
        middle = QPointF(area.right() - 5, box.text.center().y())
        draw_mark(painter, row.look, self.theme, middle)
        draw_notes(painter, row.notes, self.theme, middle, QPointF(-16, 0))

    def _paint_crop(
        self, painter: QPainter, row: LineRow, box: StripBox, *, lit: bool, vertical: bool
    ) -> None:
        pixmap = self.crop(row, box, painter.device().devicePixelRatioF(), vertical=vertical)
        if pixmap is None:
            painter.fillRect(box.crop, self.theme.colour("hover"))
            return
        painter.setOpacity(1.0 if lit else 0.86)
        painter.drawPixmap(box.crop.topLeft().toPoint(), pixmap)
        painter.setOpacity(1.0)
        for doubt in row.doubts:
            self._tint(painter, box, doubt, vertical)

    def _tint(self, painter: QPainter, box: StripBox, doubt: Doubt, vertical: bool) -> None:
        length = box.crop.height() if vertical else box.crop.width()
        start = doubt.start * length
        extent = max((doubt.end - doubt.start) * length, 4.0)
        if vertical:
            place = QRectF(box.crop.left(), box.crop.top() + start, box.crop.width(), extent)
            mark = QRectF(place.left() - 2, place.top(), 2, place.height())
        else:
            place = QRectF(box.crop.left() + start, box.crop.top(), extent, box.crop.height())
            mark = QRectF(place.left(), place.bottom(), place.width(), 2)
        painter.fillRect(place, self.theme.colour("doubt", 0.22))
        painter.fillRect(mark, self.theme.colour("doubt"))

    def _paint_text(self, painter: QPainter, row: LineRow, box: StripBox) -> None:
        text = row.entry.text
        font = fitted_font(text, box.crop.width(), box.text_pixels)
        direction = row.entry.line.shape.direction
        layout = line_layout(text, font, row.doubts, self.theme, row.notes.violations, direction)
        line = layout.lineAt(0)
        left = box.text.left()
        if direction is Direction.RTL:
            left = box.crop.right() - line.naturalTextWidth()
        layout.draw(painter, QPointF(left, box.text.top() + (box.text.height() - line.height()) / 2))

    def _paint_column(self, painter: QPainter, row: LineRow, box: StripBox) -> None:
        text = row.entry.text
        pitch = column_pitch(text, box.crop.height(), box.text_pixels)
        painter.setFont(reading_font(box.text_pixels))
        doubtful = {place for doubt in row.doubts for place in range(doubt.first, doubt.last)}
        broken = {place for each in row.notes.violations for place in range(each.first, each.last)}
        for place, char in enumerate(text):
            cell = QRectF(box.text.left(), box.text.top() + place * pitch, box.text.width(), pitch)
            if place in doubtful:
                painter.fillRect(cell, self.theme.colour("doubt", 0.16))
                painter.fillRect(
                    QRectF(cell.left(), cell.top(), 2, cell.height()), self.theme.colour("doubt")
                )
            if place in broken:
                painter.fillRect(cell, self.theme.colour("fault", 0.18))
                edge = QRectF(cell.right() - 2, cell.top(), 2, cell.height() * 0.7)
                painter.fillRect(edge, self.theme.colour("fault"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, char)
