"""Where the page lies on the canvas: zoom and pan."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPolygonF

from core.document import Point, Polygon

ZOOM_RANGE = (0.5, 20.0)
MARGIN = 24
"""Px of the screen beside a page that is shown whole."""


class PageProjection:
    """Maps px of the page to px of the screen and back."""

    def __init__(self) -> None:
        self.page = (1.0, 1.0)
        self.screen = QSize(1, 1)
        self.zoom = 1.0
        self.centre = QPointF()

    @property
    def scale(self) -> float:
        """Px of the screen per px of the page; zoom 1 shows the whole page."""
        across = (self.screen.width() - MARGIN) / self.page[0]
        return max(min(across, (self.screen.height() - MARGIN) / self.page[1]), 1e-3) * self.zoom

    @property
    def state(self) -> object:
        """Equal for equal views."""
        return self.screen, self.zoom, self.centre.toTuple(), self.page

    @property
    def page_rect(self) -> QRectF:
        """The whole page on the screen."""
        return QRectF(self.to_screen((0, 0)), self.to_screen(self.page))

    def fit(self) -> None:
        """Show the whole page."""
        self.zoom = 1.0
        self.centre = QPointF(self.page[0] / 2, self.page[1] / 2)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a point of the screen that stays where it is, or about the middle."""
        before = self.to_page(at) if at else None
        self.zoom = min(max(self.zoom * factor, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        if at and before:
            after = self.to_page(at)
            self.centre += QPointF(before[0] - after[0], before[1] - after[1])

    def pan(self, by: QPointF) -> None:
        """Move the page under the window, by px of the screen."""
        self.centre -= by / self.scale

    def to_screen(self, point: Point) -> QPointF:
        """Where a point of the page is on the screen."""
        middle = QPointF(self.screen.width() / 2, self.screen.height() / 2)
        return (QPointF(*point) - self.centre) * self.scale + middle

    def to_page(self, point: QPointF) -> Point:
        """Where a point of the screen is on the page."""
        middle = QPointF(self.screen.width() / 2, self.screen.height() / 2)
        found = (point - middle) / self.scale + self.centre
        return found.x(), found.y()

    def polygon(self, points: Polygon) -> QPolygonF:
        """An outline on the screen."""
        return QPolygonF([self.to_screen(point) for point in points])
