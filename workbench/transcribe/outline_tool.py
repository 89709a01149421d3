"""The tool that is always there: corners, edges and baseline of the line in hand, by mouse and by keys."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from core.document import LineShape, Point
from core.geometry import contains
from workbench.transcribe.canvas_tool import HANDLE, Surface, Tool, arrow_step
from workbench.transcribe.outline import (
    Grip,
    edge_near,
    grips_of,
    inserted,
    moved,
    neighbour,
    point_near,
    points_of,
    without,
)

EDGE = 4.0
"""So near (px of the screen) the mouse has to be to take an edge."""

MOVED = 0.5
"""Px of the page; less is a click and no drag."""

FEW = 12
"""Handles of more points are painted only while the outline is in hand."""

_DELETES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_TURNS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class OutlineTool(Tool):
    """``reshaped`` gets the changed line, once for each drag, each held key, each point set or deleted."""

    def __init__(self, surface: Surface, reshaped: Callable[[LineShape], None]) -> None:
        self._surface, self._reshaped = surface, reshaped
        self.grip: Grip | None = None
        self.changed: LineShape | None = None
        self._start: tuple[LineShape, Point] | None = None
        self._dragged: Grip | None = None

    @property
    def shape(self) -> LineShape | None:
        """The line as it would be if the mouse or the key were let go now."""
        return self.changed or self._surface.shape

    def drop(self) -> None:
        """Take nothing in hand, and forget what was not finished."""
        self.grip = self.changed = self._start = self._dragged = None

    def take_first(self) -> None:
        """Take the first corner in hand; keys go to the outline from now on."""
        if self._surface.shape is not None:
            self.grip = neighbour(self._surface.shape, None, 1)
            self._surface.take_keyboard()

    def press(self, event: QMouseEvent) -> bool:
        """Take a point, an edge, or with Ctrl the whole line; with Alt set a point on an edge."""
        shape, point = self._surface.shape, self._surface.to_page(event.position())
        if shape is None:
            return False
        inserts = event.modifiers() & Qt.KeyboardModifier.AltModifier
        # Far out, the corners of a short edge would leave nothing of it to set a point on.
        reach = 0.5 * HANDLE if inserts else 1.5 * HANDLE
        corner = point_near(shape, point, reach / self._surface.scale)
        edge = None if corner else edge_near(shape, point, EDGE / self._surface.scale)
        whole = event.modifiers() & Qt.KeyboardModifier.ControlModifier and contains(shape, point)
        if edge and inserts:
            self._insert(shape, edge, point)
            return True
        self.grip = corner
        if corner or edge or whole:
            self._start, self._dragged = (shape, point), corner or (None if whole else edge)
            if corner:
                self._surface.take_keyboard()
            self._surface.repaint_tool()
        return self._start is not None

    def move(self, event: QMouseEvent) -> bool:
        """What was taken follows the mouse."""
        if self._start is None:
            return False
        shape, first = self._start
        here = self._surface.to_page(event.position())
        self.changed = moved(shape, self._dragged, (here[0] - first[0], here[1] - first[1]))
        self._surface.repaint_tool()
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Keep what was moved."""
        if self._start is None:
            return False
        self._start = self._dragged = None
        self._keep()
        return True

    def double_click(self, event: QMouseEvent) -> bool:
        """Set a point on an edge."""
        shape, point = self._surface.shape, self._surface.to_page(event.position())
        edge = edge_near(shape, point, EDGE / self._surface.scale) if shape else None
        if shape is None or edge is None or point_near(shape, point, 1.5 * HANDLE / self._surface.scale):
            return False
        self._insert(shape, edge, point)
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """With a point in hand: arrows, Tab, Del, Esc."""
        own = (*_DELETES, *_TURNS, Qt.Key.Key_Escape)
        return self.grip is not None and (arrow_step(event) is not None or event.key() in own)

    def key(self, event: QKeyEvent) -> bool:
        """Move, change or delete the point in hand, or let it go."""
        shape, grip = self.shape, self.grip
        if shape is None or grip is None or not self.wants(event):
            return False
        if step := arrow_step(event):
            self.changed = moved(shape, grip, step)
        elif turn := _TURNS.get(Qt.Key(event.key())):
            self.grip = neighbour(shape, grip, turn)
        elif event.key() in _DELETES:
            self.changed = without(shape, grip)
            self.grip = neighbour(self.changed or shape, Grip(grip.part, max(grip.number - 1, 0)), 0)
            self._keep()
        else:
            self.drop()
            self._surface.free_keyboard()
        self._surface.repaint_tool()
        return True

    def key_up(self, event: QKeyEvent) -> bool:
        """A held arrow key is one step of undo."""
        if event.isAutoRepeat() or self.changed is None or self._start is not None:
            return False
        self._keep()
        return True

    def paint(self, painter: QPainter) -> None:
        """Baseline and handles; the point in hand is full."""
        shape, theme = self.shape, self._surface.theme
        if shape is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1.2, Qt.PenStyle.DashLine))
        if shape.baseline:
            painter.drawPolyline(QPolygonF([self._surface.to_screen(point) for point in shape.baseline]))
        painter.setPen(QPen(theme.colour("accent"), 1.2))
        for grip in grips_of(shape):
            if self.grip is None and len(points_of(shape, grip.part)) > FEW:
                continue
            painter.setBrush(theme.colour("accent" if grip == self.grip else "raised"))
            centre = self._surface.to_screen(points_of(shape, grip.part)[grip.number])
            if grip.part == "baseline":
                painter.drawEllipse(centre, HANDLE / 2, HANDLE / 2)
            else:
                painter.drawRect(
                    QRectF(centre - QPointF(HANDLE, HANDLE) / 2, centre + QPointF(HANDLE, HANDLE) / 2)
                )

    def _insert(self, shape: LineShape, edge: Grip, point: Point) -> None:
        self.grip = Grip(edge.part, edge.number + 1)
        self._start = self._dragged = None
        self._surface.take_keyboard()
        self.changed = inserted(shape, edge, point)
        self._keep()

    def _keep(self) -> None:
        shape, changed = self._surface.shape, self.changed
        self.changed = None
        if shape is not None and changed is not None and _differ(shape, changed):
            self._reshaped(changed)
        self._surface.repaint_tool()


def _differ(one: LineShape, other: LineShape) -> bool:
    before, after = ([*shape.polygon, *(shape.baseline or ())] for shape in (one, other))
    return len(before) != len(after) or any(
        abs(a - b) >= MOVED
        for old, new in zip(before, after, strict=True)
        for a, b in zip(old, new, strict=True)
    )
