"""The picture of a page under its tools: the scan with the outlines of all lines, painted once and kept."""

from PySide6.QtCore import QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from core.document import LineShape
from workbench.scans.scan_reader import PageImage, ScanKey
from workbench.theme import Theme
from workbench.transcribe.line_look import outline_pen
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_layer import PageLayer
from workbench.transcribe.page_projection import PageProjection

OUTLINES_MS = 60
"""The outlines of another page come with its picture, or after this: fifty of them would delay the text."""

OUTLINES_AT_ONCE = 12

MARKS_MS = 40
"""So much later than its text a line's new state shows on the page: the next line comes first."""


class PagePicture:
    """Painted anew only where it has to be.

    ``soon`` fires when the outlines of another page are due that have waited, ``marks`` when those of changed
    lines are.
    """

    def __init__(self, theme: Theme, model: LineModel, view: PageProjection) -> None:
        self._theme, self._model, self._view = theme, model, view
        self.image: PageImage | None = None
        self._shown: ScanKey | None = None
        self.soon = QTimer(singleShot=True, interval=OUTLINES_MS)
        self.marks = QTimer(singleShot=True, interval=MARKS_MS)
        self._layer = PageLayer()
        self._outlines: list[tuple[QPolygonF, QRect]] = []
        self._changed: set[int] = set()
        self._in_steps = False

    @property
    def plain(self) -> QPixmap:
        """The page as it is."""
        return self._layer.plain

    @property
    def dimmed(self) -> QPixmap:
        """The page behind a veil, so that the line in hand stands out."""
        return self._layer.dimmed

    @property
    def waits(self) -> bool:
        """Whether the page has just come, and nothing of it is there yet."""
        return self.image is None and self.soon.isActive()

    def drop(self) -> None:
        """Paint all anew the next time."""
        self._layer.drop()

    def note_rows(self, rows: range) -> None:
        """Some lines look other than before."""
        self._changed.update(rows)
        self.marks.start()

    def show_page(self) -> None:
        """Another page, whose scan follows."""
        self.image = self._shown = None
        self.soon.start()
        self._in_steps = True

    def show_image(self, image: PageImage) -> None:
        """The page's scan has been read."""
        self._in_steps = self._shown != image.key
        self.image, self._shown = image, image.key
        self.soon.stop()

    def forget_image(self) -> None:
        """Let go of the scan; what was painted of it stays as long as the view does."""
        self.image = None

    def refresh(self, size: QSize, ratio: float) -> bool:
        """Paint what is missing, at ``ratio`` px of the device; whether outlines are still to come."""
        if self.image is None and not self._layer.shows((ratio, self._view.state, self._shown)):
            self._shown = None
        state = (ratio, self._view.state, self._shown)
        veil = (self._view.page_rect, self._theme.colour("canvas", 0.28))
        if not self._layer.shows(state):
            self._outlines = []
            self._changed.clear()
            self._layer.paint_all(state, size, ratio, self._paint_part, veil)
        elif not self.marks.isActive() and (self.image or not self._shown):  # else the scan comes again
            parts = [self._outlines[row][1] for row in self._changed if row < len(self._outlines)]
            self._changed.clear()
            self._layer.paint_parts(parts, self._paint_part, veil)
        if len(self._outlines) < len(self._model.rows):
            self._add_outlines(veil)
        self._in_steps &= len(self._outlines) < len(self._model.rows)
        return self._in_steps

    def _add_outlines(self, veil: tuple[QRectF, QColor]) -> None:
        """Outlines of a page that has just come appear some at a time: all would stop the window."""
        first = len(self._outlines)
        rows = self._model.rows[first : first + OUTLINES_AT_ONCE if self._in_steps else None]
        self._outlines += [self._outline(row.entry.line.shape) for row in rows]

        def paint(painter: QPainter) -> None:
            for row, (outline, _) in zip(rows, self._outlines[first:], strict=True):
                painter.setPen(outline_pen(row.look, self._theme, lit=False))
                painter.drawPolygon(outline)

        self._layer.add(paint, veil)

    def _outline(self, shape: LineShape) -> tuple[QPolygonF, QRect]:
        """A line's outline on the screen, and the part of the screen that it touches."""
        outline = self._view.polygon(shape.polygon)
        return outline, outline.boundingRect().toAlignedRect().adjusted(-3, -3, 3, 3)

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        painter.fillRect(part, self._theme.colour("canvas"))
        self._paint_page(painter)
        for row, (outline, touched) in zip(self._model.rows, self._outlines, strict=False):
            if touched.intersects(part):
                painter.setPen(outline_pen(row.look, self._theme, lit=False))
                painter.drawPolygon(outline)

    def _paint_page(self, painter: QPainter) -> None:
        page = self._view.page_rect
        painter.fillRect(page, self._theme.colour("scan_ground"))
        if self.image is None:
            return
        scale = self._view.scale * self._layer.plain.devicePixelRatio()
        levels = self.image.levels
        level = next((n for n in reversed(range(len(levels))) if 0.5**n >= scale), 0)
        painter.drawImage(page, levels[level])
