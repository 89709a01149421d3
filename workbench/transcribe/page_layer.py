"""The page with its outlines as pictures, so that going to the next line paints next to nothing."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

PaintPart = Callable[[QPainter, QRect], None]
"""Paints what lies in a rectangle (px of the screen) of the layer."""

HINTS = QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing


class PageLayer:
    """Two pictures of one size: ``plain``, and ``dimmed`` with a veil over the page.

    Outlines with dashes take milliseconds; they are painted once a view, and again only where a line changed.
    """

    def __init__(self) -> None:
        self.plain, self.dimmed = QPixmap(), QPixmap()
        self._view: object = None

    def shows(self, view: object) -> bool:
        """Whether the pictures were painted for this view (anything that can be compared)."""
        return self._view == view

    def drop(self) -> None:
        """Paint all anew the next time."""
        self._view = None

    def paint_all(
        self, view: object, size: QSize, ratio: float, paint: PaintPart, veil: tuple[QRectF, QColor]
    ) -> None:
        """Make both pictures, ``size`` px before ``ratio``; ``veil`` is where the page lies, and a colour."""
        if self.plain.size() != size * ratio or self.plain.devicePixelRatio() != ratio:
            self.plain, self.dimmed = QPixmap(size * ratio), QPixmap(size * ratio)
            self.plain.setDevicePixelRatio(ratio)
            self.dimmed.setDevicePixelRatio(ratio)
        self._view = view
        self.paint_parts([QRect(0, 0, size.width(), size.height())], paint, veil)

    def add(self, paint: Callable[[QPainter], None], veil: tuple[QRectF, QColor]) -> None:
        """Paint something more over what is there."""
        plain = QPainter(self.plain)
        plain.setRenderHints(HINTS)
        paint(plain)
        plain.end()
        self._dim(None, veil)

    def paint_parts(self, parts: Iterable[QRect], paint: PaintPart, veil: tuple[QRectF, QColor]) -> None:
        """Paint some rectangles of both pictures anew."""
        for part in parts:
            plain = QPainter(self.plain)
            plain.setClipRect(part)
            plain.setRenderHints(HINTS)
            paint(plain, part)
            plain.end()
            self._dim(part, veil)

    def _dim(self, part: QRect | None, veil: tuple[QRectF, QColor]) -> None:
        dimmed = QPainter(self.dimmed)
        if part is not None:
            dimmed.setClipRect(part)
        dimmed.drawPixmap(0, 0, self.plain)
        dimmed.fillRect(*veil)
        dimmed.end()
