"""Small signs beside a line's state: a broken rule, an open comment. Shapes differ, not only colours."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from workbench.theme import Theme
from workbench.transcribe.line_notes import RowNotes


def draw_notes(painter: QPainter, notes: RowNotes, theme: Theme, centre: QPointF, step: QPointF) -> None:
    """Draw the signs one ``step`` (px) after the other, beginning beside ``centre``."""
    if not (notes.violations or notes.comments):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for wanted, draw in ((bool(notes.violations), _triangle), (bool(notes.comments), _bubble)):
        if wanted:
            centre = centre + step
            draw(painter, theme, centre)
    painter.restore()


def _triangle(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """A triangle with a point in it: a rule is broken."""
    painter.setPen(QPen(theme.colour("fault"), 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(theme.colour("fault", 0.18))
    corners = (QPointF(0, -5), QPointF(5.5, 4.5), QPointF(-5.5, 4.5))
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
    painter.setPen(QPen(theme.colour("fault"), 1.8, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(centre + QPointF(0, -1.5), centre + QPointF(0, 0.6))
    painter.drawPoint(centre + QPointF(0, 3))


def _bubble(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """A speech bubble: somebody wrote a comment."""
    painter.setPen(QPen(theme.colour("accent"), 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(theme.colour("accent_soft"))
    painter.drawRoundedRect(QRectF(centre.x() - 5.5, centre.y() - 5, 11, 7.5), 2, 2)
    tail = (QPointF(-2.5, 2.5), QPointF(-2.5, 5.5), QPointF(0.5, 2.5))
    painter.drawPolyline(QPolygonF([centre + point for point in tail]))
