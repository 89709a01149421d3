"""The selected line, large: crop, truth, and what each model read, one under the other."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.evaluation.comparison import ComparedLine
from core.wording import say
from workbench.comparison.marked_text import marked_layout
from workbench.theme import Theme

PIXELS = 21
ROW = 32
CROP = 56
MARGIN = 12
NAMES = 120
"""Px for the names at the left."""


class LineDetail(QWidget):
    """Paints one compared line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(say("The selected line"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._line: ComparedLine | None = None
        self._models: tuple[str, ...] = ()
        self._image: QImage | None = None
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for crop, truth and all models."""
        return QSize(400, 2 * MARGIN + CROP + 8 + ROW * (1 + max(len(self._models), 2)))

    def show_line(
        self, line: ComparedLine | None, models: tuple[str, ...] = (), image: QImage | None = None
    ) -> None:
        """Show another line; its picture may follow later."""
        if len(models) != len(self._models):
            self.updateGeometry()
        self._line, self._models, self._image = line, models, image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Crop, then a row for each text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour("raised"))
        painter.setPen(self._theme.colour("rule"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
        if self._line is None:
            painter.setPen(self._theme.colour("ink_soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, say("Select a line to see it large."))
            return
        self._paint_crop(painter)
        rows: list[tuple[str, int | None]] = [
            (say("truth"), None),
            *((name, n) for n, name in enumerate(self._models)),
        ]
        for number, (name, place) in enumerate(rows):
            self._paint_row(painter, self._line, MARGIN + CROP + 8 + number * ROW, name, place)

    def _paint_crop(self, painter: QPainter) -> None:
        if self._image is None:
            return
        room = QRectF(MARGIN + NAMES, MARGIN, self.width() - 2 * MARGIN - NAMES, CROP)
        scale = min(room.width() / self._image.width(), room.height() / self._image.height())
        size = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        painter.drawImage(size.translated(room.left(), room.bottom() - size.height()), self._image)

    def _paint_row(
        self, painter: QPainter, line: ComparedLine, top: int, name: str, place: int | None
    ) -> None:
        painter.setPen(self._theme.colour("ink_soft"))
        caption = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAMES - 12)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(MARGIN, top, NAMES, ROW), middle, caption)
        painter.setPen(self._theme.colour("ink"))
        layout = marked_layout(self._theme, line, place, PIXELS)
        # A longer line is squeezed rather than cut: all of it is to be seen here.
        room = self.width() - 2 * MARGIN - NAMES
        squeeze = min(1.0, room / max(layout.lineAt(0).naturalTextWidth(), 1.0))
        painter.save()
        painter.translate(MARGIN + NAMES, top + (ROW - layout.boundingRect().height()) / 2)
        painter.scale(squeeze, 1.0)
        layout.draw(painter, QPointF(0, 0))
        painter.restore()
