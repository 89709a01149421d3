"""The page with its lines outlined: zoom, pan, choose, draw and reshape lines."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.document import Direction, LineShape
from core.geometry import rectangle
from core.wording import say
from workbench.scans.scan_reader import PageImage
from workbench.theme import Theme
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.line_look import outline_pen
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_layer import HINTS, PageLayer

HANDLE = 6.0
"""Half the edge of a corner's handle, in px of the screen."""

OUTLINES_MS = 60
"""The outlines of another page come with its picture, or after this: fifty of them would delay the text."""

OUTLINES_AT_ONCE = 12

ZOOM_RANGE = (0.5, 20.0)
SMALLEST = 4.0
"""A drawn line has at least this many px of the scan on each side."""


class PageCanvas(QWidget):
    """Shows one page.

    Signals:
        line_clicked(int): id of the line that was clicked.
        line_drawn(LineShape): a rectangle was drawn.
        line_reshaped(int, LineShape): corners or the whole outline of the current line were dragged.
    """

    line_clicked = Signal(int)
    line_drawn = Signal(object)
    line_reshaped = Signal(int, object)

    def __init__(self, theme: Theme, model: LineModel) -> None:
        super().__init__()
        self.setObjectName("pageCanvas")
        self.setAccessibleName(say("Page"))
        self.setMinimumWidth(160)
        self._theme, self._model = theme, model
        self._image: PageImage | None = None
        self._layer = PageLayer()
        self._outlines: list[tuple[QPolygonF, QRect]] = []
        self._changed: set[int] = set()
        self._outlines_soon = QTimer(self, singleShot=True, interval=OUTLINES_MS)
        self._outlines_soon.timeout.connect(self.update)
        self._in_steps = False
        self._size = (1.0, 1.0)
        self._zoom = 1.0
        self._centre = QPointF()
        self._row = -1
        self._doubts: tuple[Doubt, ...] = ()
        self._drawing = False
        self._rubber: QRectF | None = None
        self._dragged: list[QPointF] | None = None
        self._grip: int | None = None
        self._last = QPointF()
        model.modelReset.connect(self.refresh)
        model.dataChanged.connect(self._note_rows)
        theme.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Paint anew."""
        self._layer.drop()
        self.update()

    @Slot(QModelIndex, QModelIndex)
    def _note_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        self._changed.update(range(first.row(), last.row() + 1))
        self.update()

    def show_page(self, width: float, height: float) -> None:
        """Another page, whose picture follows."""
        self._image = None
        self._size = (max(width, 1.0), max(height, 1.0))
        self._outlines_soon.start()
        self._in_steps = True
        self.fit()

    def show_image(self, image: PageImage) -> None:
        """The page's picture has been read."""
        self._image = image
        self._outlines_soon.stop()
        self._in_steps = True
        self.update()

    def show_row(self, row: int, doubts: Sequence[Doubt]) -> None:
        """Light a line; scroll to it if it is out of sight."""
        self._row, self._doubts = row, tuple(doubts)
        self._dragged = None
        if 0 <= row < len(self._model.rows):
            left, top, right, bottom = self._model.rows[row].entry.line.shape.box
            box = QRectF(self._to_screen(QPointF(left, top)), self._to_screen(QPointF(right, bottom)))
            if not QRectF(self.rect()).adjusted(0, 24, 0, -24).contains(box.center()):
                self._centre = QPointF((left + right) / 2, (top + bottom) / 2)
        self.update()

    @Slot()
    def start_drawing(self) -> None:
        """The next drag of the mouse draws a line."""
        self._drawing = True
        self.setCursor(Qt.CursorShape.CrossCursor)

    def stop_drawing(self) -> bool:
        """Draw no line after all; whether one was about to be drawn."""
        if not self._drawing:
            return False
        self._drawing, self._rubber = False, None
        self.unsetCursor()
        self.update()
        return True

    @Slot()
    def fit(self) -> None:
        """Show the whole page."""
        self._zoom = 1.0
        self._centre = QPointF(self._size[0] / 2, self._size[1] / 2)
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        self._zoom = min(max(self._zoom * factor, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page with its outlines, dimmed but for the line in hand; doubtful places, handles."""
        self._refresh_layer()
        painter = QPainter(self)
        shown = 0 <= self._row < len(self._model.rows)
        painter.drawPixmap(0, 0, self._layer.dimmed if shown else self._layer.plain)
        painter.setRenderHints(HINTS)
        if shown:
            self._paint_current(painter)
        if self._rubber is not None:
            painter.setPen(QPen(self._theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(self._rubber)

    def _refresh_layer(self) -> None:
        ratio = self.devicePixelRatioF()
        image = self._image.key if self._image else None
        view = (self.size(), ratio, self._zoom, self._centre.toTuple(), self._size, image)
        page = QRectF(self._to_screen(QPointF(0, 0)), self._to_screen(QPointF(*self._size)))
        veil = (page, self._theme.colour("canvas", 0.28))
        rows, self._changed = self._changed, set()
        if not self._layer.shows(view):
            self._outlines = []
            self._layer.paint_all(view, self.size(), ratio, self._paint_part, veil)
        else:
            parts = [self._outlines[row][1] for row in rows if row < len(self._outlines)]
            self._layer.paint_parts(parts, self._paint_part, veil)
        if not self._outlines_soon.isActive() and len(self._outlines) < len(self._model.rows):
            self._add_outlines(veil)

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
        if len(self._outlines) < len(self._model.rows):
            self.update()
        else:
            self._in_steps = False

    def _outline(self, shape: LineShape) -> tuple[QPolygonF, QRect]:
        """A line's outline on the screen, and the part of the screen that it touches."""
        outline = self._polygon(shape)
        return outline, outline.boundingRect().toAlignedRect().adjusted(-3, -3, 3, 3)

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        painter.fillRect(part, self._theme.colour("canvas"))
        self._paint_page(painter)
        for row, (outline, touched) in zip(self._model.rows, self._outlines, strict=False):
            if touched.intersects(part):
                painter.setPen(outline_pen(row.look, self._theme, lit=False))
                painter.drawPolygon(outline)

    def _paint_page(self, painter: QPainter) -> None:
        page = QRectF(self._to_screen(QPointF(0, 0)), self._to_screen(QPointF(self._size[0], self._size[1])))
        painter.fillRect(page, self._theme.colour("scan_ground"))
        if self._image is None:
            return
        scale = self._scale() * self.devicePixelRatioF()
        levels = self._image.levels
        level = next((n for n in reversed(range(len(levels))) if 0.5**n >= scale), 0)
        painter.drawImage(page, levels[level])

    def _paint_current(self, painter: QPainter) -> None:
        row = self._model.rows[self._row]
        self._light(painter, QPolygonF(self._dragged or self._polygon(row.entry.line.shape)))
        for doubt in self._doubts:
            quad = [
                QPointF(x, y) for x, y in row.frame.quad(doubt.start, max(doubt.end, doubt.start + 0.004))
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(self._theme.colour("doubt", 0.35)))
            painter.drawPolygon(QPolygonF([self._to_screen(point) for point in quad]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(outline_pen(row.look, self._theme, lit=True))
        corners = self._dragged or [self._to_screen(QPointF(x, y)) for x, y in row.entry.line.shape.polygon]
        painter.drawPolygon(QPolygonF(corners))
        if self.underMouse() and len(corners) <= 12:
            painter.setBrush(QBrush(self._theme.colour("raised")))
            for corner in corners:
                painter.drawRect(QRectF(corner.x() - HANDLE / 2, corner.y() - HANDLE / 2, HANDLE, HANDLE))

    def _light(self, painter: QPainter, outline: QPolygonF) -> None:
        """Take the veil off the line in hand."""
        inside = QPainterPath()
        inside.addPolygon(outline)
        painter.setClipPath(inside)
        painter.drawPixmap(0, 0, self._layer.plain)
        painter.setClipping(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to draw, drag a corner, drag the line, choose a line, or pan."""
        point = self._last = event.position()
        if self._drawing:
            self._rubber = QRectF(point, point)
            return
        if 0 <= self._row < len(self._model.rows):
            shape = self._model.rows[self._row].entry.line.shape
            corners = [self._to_screen(QPointF(x, y)) for x, y in shape.polygon]
            near = [n for n, c in enumerate(corners) if (c - point).manhattanLength() < 2 * HANDLE]
            moved = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if near or (moved and QPolygonF(corners).containsPoint(point, Qt.FillRule.OddEvenFill)):
                self._grip = near[0] if near else -1
                self._dragged = corners
                return
        hit = self._line_at(point)
        if hit is not None:
            self.line_clicked.emit(hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw, reshape or pan."""
        step = event.position() - self._last
        self._last = event.position()
        if self._rubber is not None:
            self._rubber.setBottomRight(event.position())
        elif self._dragged is not None and self._grip is not None:
            moved = range(len(self._dragged)) if self._grip < 0 else (self._grip,)
            for corner in moved:
                self._dragged[corner] = self._dragged[corner] + step
        elif event.buttons():
            self._centre -= step / self._scale()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Finish drawing or reshaping."""
        rubber, self._rubber = self._rubber, None
        dragged, self._dragged, self._grip = self._dragged, None, None
        if rubber is not None:
            self._finish_drawing(rubber.normalized())
        elif dragged is not None:
            row = self._model.rows[self._row]
            before = row.entry.line.shape
            points = tuple((p.x(), p.y()) for p in map(self._to_page, dragged))
            if any(
                abs(a - b) > 0.5
                for new, old in zip(points, before.polygon, strict=True)
                for a, b in zip(new, old, strict=True)
            ):
                self.line_reshaped.emit(row.line_id, LineShape(points, before.direction))
        self.update()

    def _finish_drawing(self, rubber: QRectF) -> None:
        self._drawing = False
        self.unsetCursor()
        first, last = self._to_page(rubber.topLeft()), self._to_page(rubber.bottomRight())
        if last.x() - first.x() >= SMALLEST and last.y() - first.y() >= SMALLEST:
            directions = [row.entry.line.shape.direction for row in self._model.rows]
            direction = max(set(directions), key=directions.count) if directions else Direction.LTR
            self.line_drawn.emit(rectangle(first.x(), first.y(), last.x(), last.y(), direction))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and the wheel zoom at the mouse; the wheel pans."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            under = self._to_page(event.position())
            self.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15)
            self._centre += under - self._to_page(event.position())
        else:
            self._centre -= QPointF(event.angleDelta()) / self._scale() / 2
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The page keeps its place."""
        super().resizeEvent(event)
        self.update()

    def _scale(self) -> float:
        """Px of the screen per px of the scan; zoom 1 shows the whole page."""
        fitting = min((self.width() - 24) / self._size[0], (self.height() - 24) / self._size[1])
        return max(fitting, 1e-3) * self._zoom

    def _to_screen(self, point: QPointF) -> QPointF:
        middle = QPointF(self.width() / 2, self.height() / 2)
        return (point - self._centre) * self._scale() + middle

    def _to_page(self, point: QPointF) -> QPointF:
        middle = QPointF(self.width() / 2, self.height() / 2)
        return (point - middle) / self._scale() + self._centre

    def _polygon(self, shape: LineShape) -> QPolygonF:
        return QPolygonF([self._to_screen(QPointF(x, y)) for x, y in shape.polygon])

    def _line_at(self, point: QPointF) -> int | None:
        for row in self._model.rows:
            if self._polygon(row.entry.line.shape).containsPoint(point, Qt.FillRule.OddEvenFill):
                return row.line_id
        return None
