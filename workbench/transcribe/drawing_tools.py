"""Tools that draw a new line: a rectangle, an outline corner by corner, a baseline."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from core.document import Point, Polygon
from workbench.transcribe.canvas_tool import HANDLE, Surface, Tool, arrow_step

SMALLEST = 4.0
"""A drawn rectangle has at least this many px of the page on each side."""

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKES_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class RectangleTool(Tool):
    """Drag from corner to corner; ``drawn`` gets both, or ``None`` if nothing was drawn."""

    def __init__(self, surface: Surface, drawn: Callable[[Polygon | None], None]) -> None:
        self._surface, self._drawn = surface, drawn
        self._rubber: QRectF | None = None

    def press(self, event: QMouseEvent) -> bool:
        """One corner."""
        self._rubber = QRectF(event.position(), event.position())
        return True

    def move(self, event: QMouseEvent) -> bool:
        """The other corner follows."""
        if self._rubber is not None:
            self._rubber.setBottomRight(event.position())
            self._surface.repaint_tool()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Both corners are there."""
        if self._rubber is None:
            return False
        rubber, self._rubber = self._rubber.normalized(), None
        first, last = (self._surface.to_page(corner) for corner in (rubber.topLeft(), rubber.bottomRight()))
        large = last[0] - first[0] >= SMALLEST and last[1] - first[1] >= SMALLEST
        self._drawn((first, last) if large else None)
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Esc gives up."""
        return event.key() == Qt.Key.Key_Escape

    def key(self, event: QKeyEvent) -> bool:
        """Esc gives up."""
        if self.wants(event):
            self._drawn(None)
        return True

    def paint(self, painter: QPainter) -> None:
        """The rectangle so far."""
        if self._rubber is not None:
            painter.setPen(QPen(self._surface.theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.drawRect(self._rubber)


class PathTool(Tool):
    """Click point by point; Enter or a double click ends, Backspace takes the last one back, Esc gives up.

    Without a mouse: arrows move the cross, the space bar sets a point. ``drawn`` gets the points, or
    ``None`` if nothing was drawn.
    """

    def __init__(
        self, surface: Surface, drawn: Callable[[Polygon | None], None], *, fewest: int, closed: bool
    ) -> None:
        self._surface, self._drawn = surface, drawn
        self._fewest, self._closed = fewest, closed
        self._points: list[Point] = []
        self._here = surface.middle()

    @property
    def points(self) -> Polygon:
        """What was set so far."""
        return tuple(self._points)

    def press(self, event: QMouseEvent) -> bool:
        """Set a point; a click on the first one closes an outline."""
        self._here = self._surface.to_page(event.position())
        if self._closed and len(self._points) >= self._fewest and self._near_first(event.position()):
            self._finish()
        else:
            self._set()
        return True

    def move(self, event: QMouseEvent) -> bool:
        """The next stretch follows the mouse."""
        self._here = self._surface.to_page(event.position())
        self._surface.repaint_tool()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Pressing was all."""
        return True

    def double_click(self, event: QMouseEvent) -> bool:
        """Its first click has set the last point."""
        self._finish()
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """All keys of drawing."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        own = (*_ENDS, *_TAKES_BACK, Qt.Key.Key_Escape, Qt.Key.Key_Space)
        return arrow_step(event) is not None or (plain and event.key() in own)

    def key(self, event: QKeyEvent) -> bool:
        """Set, take back, end, give up."""
        if not self.wants(event):
            return False
        if step := arrow_step(event):
            self._here = (self._here[0] + step[0], self._here[1] + step[1])
        elif event.key() == Qt.Key.Key_Space:
            self._set()
        elif event.key() in _ENDS:
            self._finish()
        elif event.key() in _TAKES_BACK:
            del self._points[-1:]
        else:
            self._drawn(None)
        self._surface.repaint_tool()
        return True

    def paint(self, painter: QPainter) -> None:
        """What was set, and the stretch to the cross."""
        here = self._surface.to_screen(self._here)
        accent = self._surface.theme.colour("accent")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1.5))
        set_points = [self._surface.to_screen(point) for point in self._points]
        painter.drawPolyline(QPolygonF(set_points))
        painter.setPen(QPen(accent, 1.0, Qt.PenStyle.DashLine))
        if set_points:
            painter.drawLine(set_points[-1], here)
        if self._closed and len(set_points) > 1:
            painter.drawLine(here, set_points[0])
        painter.setPen(QPen(accent, 1.0))
        painter.drawLine(here - QPointF(8, 0), here + QPointF(8, 0))
        painter.drawLine(here - QPointF(0, 8), here + QPointF(0, 8))
        painter.setBrush(self._surface.theme.colour("raised"))
        for point in set_points:
            painter.drawEllipse(point, HANDLE / 2, HANDLE / 2)

    def _set(self) -> None:
        if not self._points or self._here != self._points[-1]:
            self._points.append(self._here)
        self._surface.repaint_tool()

    def _near_first(self, point: QPointF) -> bool:
        return (self._surface.to_screen(self._points[0]) - point).manhattanLength() < 2 * HANDLE

    def _finish(self) -> None:
        if len(self._points) >= self._fewest:
            self._drawn(self.points)
