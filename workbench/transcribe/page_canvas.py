"""The page with its lines outlined: zoom, pan, choose, draw and reshape lines."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.document import Direction, LineShape, Point, Polygon
from core.geometry import rectangle
from core.wording import say
from workbench.scans.scan_reader import PageImage
from workbench.theme import Theme
from workbench.transcribe.canvas_bar import BASELINE, POLYGON, RECTANGLE, REGION, SELECT, CanvasBar
from workbench.transcribe.canvas_tool import Tool
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.drawing_tools import PathTool, RectangleTool
from workbench.transcribe.line_look import outline_pen
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.outline_tool import OutlineTool
from workbench.transcribe.page_layer import HINTS
from workbench.transcribe.page_picture import PagePicture
from workbench.transcribe.page_projection import PageProjection

LEAVES = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
"""The user took the keyboard elsewhere; anything else is another line coming in hand."""


class PageCanvas(QWidget):
    """Shows one page.

    Signals:
        line_clicked(int): id of the line that was clicked.
        line_drawn(LineShape): a rectangle or an outline was drawn.
        baseline_drawn(Polygon): a baseline was drawn, in the order of its points.
        region_drawn(Region | None): a part of the page was marked, or not after all.
        line_reshaped(int, LineShape): points, edges or the whole outline of the current line were changed.
        keyboard_freed(): keys may go to the text again.
    """

    line_clicked = Signal(int)
    line_drawn = Signal(object)
    baseline_drawn = Signal(object)
    region_drawn = Signal(object)
    line_reshaped = Signal(int, object)
    keyboard_freed = Signal()

    def __init__(self, theme: Theme, model: LineModel) -> None:
        super().__init__()
        self.setObjectName("pageCanvas")
        self.setAccessibleName(say("Page"))
        self.setMinimumWidth(160)
        self._theme, self._model = theme, model
        self.view = PageProjection()
        self.picture = PagePicture(theme, model, self.view)
        self.picture.soon.timeout.connect(self.update)
        self.picture.marks.timeout.connect(self.update)
        self._row, self._line_id = -1, -1
        self._doubts: tuple[Doubt, ...] = ()
        self._last = QPointF()
        self.outline = OutlineTool(self, self._reshape)
        self.drawing: Tool | None = None
        self.bar = CanvasBar(self, theme)
        self.bar.chosen.connect(self.use_tool)
        model.modelReset.connect(self.refresh)
        model.dataChanged.connect(self._note_rows)
        theme.changed.connect(self.refresh)

    @property
    def theme(self) -> Theme:
        """Colours."""
        return self._theme

    @property
    def shape(self) -> LineShape | None:
        """The line in hand."""
        shown = 0 <= self._row < len(self._model.rows)
        return self._model.rows[self._row].entry.line.shape if shown else None

    @property
    def scale(self) -> float:
        """Px of the screen per px of the page."""
        return self.view.scale

    def to_screen(self, point: Point) -> QPointF:
        """Where a point of the page is on the screen."""
        return self.view.to_screen(point)

    def to_page(self, point: QPointF) -> Point:
        """Where a point of the screen is on the page."""
        return self.view.to_page(point)

    def middle(self) -> Point:
        """The point of the page in the middle of the screen."""
        return self.view.centre.x(), self.view.centre.y()

    def repaint_tool(self) -> None:
        """Paint the tool anew."""
        self.update()

    def take_keyboard(self) -> None:
        """Keys go to the canvas from now on."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def free_keyboard(self) -> None:
        """Keys go back to the text."""
        self.keyboard_freed.emit()

    @Slot()
    def refresh(self) -> None:
        """Paint anew."""
        self.picture.drop()
        self.update()

    @Slot(QModelIndex, QModelIndex)
    def _note_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        self.picture.note_rows(range(first.row(), last.row() + 1))

    def show_page(self, width: float, height: float) -> None:
        """Another page, whose picture follows."""
        self.view.page = (max(width, 1.0), max(height, 1.0))
        self.picture.show_page()
        self.stop_drawing()
        self.fit()

    def show_image(self, image: PageImage) -> None:
        """The page's picture has been read."""
        self.picture.show_image(image)
        self.update()

    @property
    def lacks_image(self) -> bool:
        """Whether the page's picture is not there."""
        return self.picture.image is None

    def forget_image(self) -> None:
        """Let go of the page's picture; what is painted stays."""
        self.picture.forget_image()

    def show_row(self, row: int, doubts: Sequence[Doubt]) -> None:
        """Light a line; scroll to it if it is out of sight."""
        before = self._line_id
        self._row, self._doubts = row, tuple(doubts)
        shown = 0 <= row < len(self._model.rows)
        self._line_id = self._model.rows[row].line_id if shown else -1
        if self._line_id != before:
            self.outline.drop()
        elif self.outline.grip is not None:
            self.take_keyboard()  # an own act has just shown the line anew, and its text took the keyboard
        if shape := self.shape:
            left, top, right, bottom = shape.box
            box = QRectF(self.to_screen((left, top)), self.to_screen((right, bottom)))
            if not QRectF(self.rect()).adjusted(0, 24, 0, -24).contains(box.center()):
                self.view.centre = QPointF((left + right) / 2, (top + bottom) / 2)
        self.update()

    @Slot()
    def start_drawing(self) -> None:
        """The next drag of the mouse draws a line."""
        self.use_tool(RECTANGLE)

    @Slot(str)
    def use_tool(self, name: str) -> None:
        """Draw a line with another tool, or choose and change lines again."""
        drawn: dict[str, Tool] = {
            RECTANGLE: RectangleTool(self, self._take_rectangle),
            POLYGON: PathTool(self, self._take_polygon, fewest=3, closed=True),
            BASELINE: PathTool(self, self._take_baseline, fewest=2, closed=False),
            REGION: RectangleTool(self, self._take_region),
        }
        self.drawing = drawn.get(name)
        self.outline.drop()
        self.bar.show_tool(name)
        self.setMouseTracking(self.drawing is not None)
        if self.drawing is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.take_keyboard()
        self.update()

    def stop_drawing(self) -> bool:
        """Draw no line after all; whether one was about to be drawn."""
        if self.drawing is None:
            return False
        self.use_tool(SELECT)
        self.free_keyboard()
        return True

    @Slot()
    def edit_outline(self) -> None:
        """Take the first corner of the line in hand; keys go to the outline from now on."""
        self.use_tool(SELECT)
        self.outline.take_first()
        self.update()

    @Slot()
    def fit(self) -> None:
        """Show the whole page."""
        self.view.fit()
        self.update()

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        self.view.zoom_by(factor)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The page with its outlines, dimmed but for the line in hand; doubtful places, tools."""
        if self.picture.waits:
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._theme.colour("canvas"))
            painter.fillRect(self.view.page_rect, self._theme.colour("scan_ground"))
            return
        if self.picture.refresh(self.size(), self.devicePixelRatioF()):
            self.update()
        painter = QPainter(self)
        shown = 0 <= self._row < len(self._model.rows)
        painter.drawPixmap(0, 0, self.picture.dimmed if shown else self.picture.plain)
        painter.setRenderHints(HINTS)
        if shown:
            self._paint_current(painter)
        if self.drawing is not None:
            self.drawing.paint(painter)

    def _paint_current(self, painter: QPainter) -> None:
        row = self._model.rows[self._row]
        outline = self.view.polygon((self.outline.changed or row.entry.line.shape).polygon)
        self._light(painter, outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(self._theme.colour("doubt", 0.35)))
        for doubt in self._doubts:
            quad = row.frame.quad(doubt.start, max(doubt.end, doubt.start + 0.004))
            painter.drawPolygon(self.view.polygon(quad))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(outline_pen(row.look, self._theme, lit=True))
        painter.drawPolygon(outline)
        if row.entry.line.tag:
            self._paint_tag(painter, outline.boundingRect().topLeft(), row.entry.line.tag)
        if self.underMouse() or self.outline.grip is not None:
            self.outline.paint(painter)

    def _paint_tag(self, painter: QPainter, corner: QPointF, tag: str) -> None:
        size = QFontMetricsF(painter.font()).boundingRect(tag).size() + QSizeF(10, 2)
        label = QRectF(corner - QPointF(0, size.height() + 2), size)
        painter.setPen(self._theme.colour("accent_text"))
        painter.fillRect(label, self._theme.colour("accent_soft"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, tag)

    def _light(self, painter: QPainter, outline: QPolygonF) -> None:
        """Take the veil off the line in hand."""
        inside = QPainterPath()
        inside.addPolygon(outline)
        painter.setClipPath(inside)
        painter.drawPixmap(0, 0, self.picture.plain)
        painter.setClipping(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The tool's, else choose a line or begin to pan."""
        self._last = event.position()
        if not self._tool.press(event) and (hit := self._line_at(event.position())) is not None:
            self.line_clicked.emit(hit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The tool's, else like another click."""
        if not self._tool.double_click(event):
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The tool's, else pan."""
        step = event.position() - self._last
        self._last = event.position()
        if not self._tool.move(event) and event.buttons():
            self.view.pan(step)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The tool's."""
        self._tool.release(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keys that the tool wants are kept from the commands that have them too; Tab is such a key."""
        if isinstance(event, QKeyEvent) and self._tool.wants(event):
            if event.type() == QEvent.Type.KeyPress:
                self._tool.key(event)
            if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event.accept()
                return True
        return super().event(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The tool's."""
        if not self._tool.key_up(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Who takes the keyboard elsewhere has finished with the outline."""
        super().focusOutEvent(event)
        if event.reason() in LEAVES:
            self.outline.drop()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and the wheel zoom at the mouse; the wheel pans."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.view.zoom_by(1.15 if event.angleDelta().y() > 0 else 1 / 1.15, event.position())
        else:
            self.view.pan(QPointF(event.angleDelta()) / 2)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The page keeps its place."""
        super().resizeEvent(event)
        self.view.screen = self.size()
        self.update()

    @property
    def _tool(self) -> Tool:
        return self.drawing or self.outline

    def usual_direction(self) -> Direction:
        """How most lines of the page run."""
        directions = [row.entry.line.shape.direction for row in self._model.rows]
        return max(set(directions), key=directions.count) if directions else Direction.LTR

    def _take_rectangle(self, corners: Polygon | None) -> None:
        self.stop_drawing()
        if corners:
            self.line_drawn.emit(rectangle(*corners[0], *corners[1], self.usual_direction()))

    def _take_polygon(self, points: Polygon | None) -> None:
        self.stop_drawing()
        if points:
            self.line_drawn.emit(LineShape(tuple(points), self.usual_direction()))

    def _take_baseline(self, points: Polygon | None) -> None:
        self.stop_drawing()
        if points:
            self.baseline_drawn.emit(tuple(points))

    def _take_region(self, corners: Polygon | None) -> None:
        self.stop_drawing()
        if corners is None:
            self.region_drawn.emit(None)
            return
        # A drag often ends beyond the edge of the page; a thousandth of it is as exact as a hand.
        values = (
            value / size for corner in corners for value, size in zip(corner, self.view.page, strict=True)
        )
        self.region_drawn.emit(tuple(round(min(max(value, 0.0), 1.0), 3) for value in values))

    def _reshape(self, shape: LineShape) -> None:
        self.line_reshaped.emit(self._line_id, shape)

    def _line_at(self, point: QPointF) -> int | None:
        for row in self._model.rows:
            outline = self.view.polygon(row.entry.line.shape.polygon)
            if outline.containsPoint(point, Qt.FillRule.OddEvenFill):
                return row.line_id
        return None
