"""How far a line is, as colour and as shape, so that nobody needs to tell green from amber."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from core.document import LineEntry, TranscriptionState
from core.wording import say
from workbench.theme import Theme
from workbench.transcribe.doubts import Doubt


class LineLook(StrEnum):
    """What the eye should learn about a line."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    DONE = "done"
    REVIEWED = "reviewed"
    UNREADABLE = "unreadable"


def look_name(look: LineLook) -> str:
    """What people call it."""
    names = {
        LineLook.OPEN: say("open"),
        LineLook.DOUBTFUL: say("doubtful"),
        LineLook.DONE: say("corrected"),
        LineLook.REVIEWED: say("reviewed"),
        LineLook.UNREADABLE: say("unreadable"),
    }
    return names[look]


COLOUR_ROLES = {
    LineLook.OPEN: "waiting",
    LineLook.DOUBTFUL: "doubt",
    LineLook.DONE: "done",
    LineLook.REVIEWED: "done",
    LineLook.UNREADABLE: "error",
}

DASHES: dict[LineLook, list[float]] = {
    LineLook.OPEN: [],
    LineLook.DOUBTFUL: [6.0, 3.0],
    LineLook.DONE: [],
    LineLook.REVIEWED: [],
    LineLook.UNREADABLE: [1.5, 3.0],
}

_STATES = {
    TranscriptionState.CORRECTED: LineLook.DONE,
    TranscriptionState.REVIEWED: LineLook.REVIEWED,
    TranscriptionState.UNREADABLE: LineLook.UNREADABLE,
}


def look_of(entry: LineEntry, doubts: tuple[Doubt, ...]) -> LineLook:
    """The look of a line whose shown text has these doubtful places."""
    return _STATES.get(entry.state, LineLook.DOUBTFUL if doubts else LineLook.OPEN)


def outline_pen(look: LineLook, theme: Theme, *, lit: bool) -> QPen:
    """The pen of a line's outline on the page; its width does not grow with the zoom."""
    pen = QPen(theme.colour("accent" if lit else COLOUR_ROLES[look]))
    pen.setCosmetic(True)
    pen.setWidthF(2.4 if lit else 1.6 if look in (LineLook.DONE, LineLook.REVIEWED) else 1.3)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if DASHES[look] and not lit:
        pen.setDashPattern(DASHES[look])
    return pen


def draw_mark(painter: QPainter, look: LineLook, theme: Theme, centre: QPointF, size: float = 10.0) -> None:
    """Draw the small sign of a look: ring, diamond, tick, double tick, cross; ``size`` in px."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size / 10, size / 10)
    pen = QPen(theme.colour(COLOUR_ROLES[look]), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _MARKS[look](painter)
    painter.restore()


def _ring(painter: QPainter) -> None:
    painter.drawEllipse(QRectF(-3, -3, 6, 6))


def _diamond(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([QPointF(0, -4), QPointF(4, 0), QPointF(0, 4), QPointF(-4, 0)]))


def _tick(painter: QPainter) -> None:
    painter.drawPolyline(QPolygonF([QPointF(-4, 0), QPointF(-1, 3), QPointF(4, -3.5)]))


def _double_tick(painter: QPainter) -> None:
    painter.drawPolyline(QPolygonF([QPointF(-6, 0), QPointF(-3, 3), QPointF(2, -3.5)]))
    painter.drawPolyline(QPolygonF([QPointF(-0.5, 2.5), QPointF(0, 3), QPointF(5, -3.5)]))


def _cross(painter: QPainter) -> None:
    painter.drawLine(QPointF(-3, -3), QPointF(3, 3))
    painter.drawLine(QPointF(-3, 3), QPointF(3, -3))


_MARKS = {
    LineLook.OPEN: _ring,
    LineLook.DOUBTFUL: _diamond,
    LineLook.DONE: _tick,
    LineLook.REVIEWED: _double_tick,
    LineLook.UNREADABLE: _cross,
}
