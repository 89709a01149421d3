"""The page canvas under a real mouse and real keys."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.document import LineShape, Point
from workbench.transcribe.controller import Controller
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
BENT = ((60.0, 300.0), (250.0, 290.0), (440.0, 300.0), (440.0, 340.0), (60.0, 340.0))


def at(canvas: PageCanvas, point: Point) -> QPoint:
    return canvas.to_screen(point).toPoint()


def click(canvas: PageCanvas, point: Point, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(canvas, LEFT, modifier, at(canvas, point))


def drag(canvas: PageCanvas, start: Point, end: Point, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(canvas, LEFT, modifier, at(canvas, start))
    for share in (0.5, 1.0):
        there = QPointF(at(canvas, start)) * (1 - share) + QPointF(at(canvas, end)) * share
        event = QMouseEvent(
            QEvent.Type.MouseMove, there, canvas.mapToGlobal(there), Qt.MouseButton.NoButton, LEFT, modifier
        )
        QApplication.sendEvent(canvas, event)
    QTest.mouseRelease(canvas, LEFT, modifier, at(canvas, end))


def key(canvas: PageCanvas, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(canvas, key, modifier)


def draw_path(canvas: PageCanvas, points: Sequence[Point]) -> None:
    for point in points:
        click(canvas, point)


def shapes(controller: Controller) -> list[LineShape]:
    return [entry.line.shape for entry in controller.entries]


def current(place: TranscribePlace) -> LineShape:
    assert place.controller.current is not None
    return place.controller.current.line.shape


def about(points: Sequence[Point]) -> list[object]:
    """A screen px is more than a page px: clicks are that exact."""
    return [pytest.approx(point, abs=2.5) for point in points]
