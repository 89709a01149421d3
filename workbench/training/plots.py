"""Live plots: loss, validation CER beside the base's, learning rate."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.document import CurvePoint
from workbench.theme import Theme


class TrainingPlots(QWidget):
    """Three plots over training steps, in the colours of the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: list[CurvePoint] = []
        self._loss = pg.PlotWidget()
        self._cer = pg.PlotWidget()
        self._rate = pg.PlotWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for plot, label, units, stretch in (
            (self._loss, "loss per character", "", 3),
            (self._cer, "CER on validation", "%", 3),
            (self._rate, "learning rate", "", 2),
        ):
            plot.setLabel("left", label, units=units)
            plot.setLabel("bottom", "step")
            plot.showGrid(x=False, y=True, alpha=0.15)
            plot.setMinimumHeight(90)
            layout.addWidget(plot, stretch)
        self._loss.addLegend(offset=(-10, 10))
        self._train_line = self._loss.plot(name="training")
        self._val_line = self._loss.plot(name="validation", symbol="o", symbolSize=5)
        self._cer_line = self._cer.plot(symbol="o", symbolSize=6)
        self._base_line = pg.InfiniteLine(angle=0)
        self._cer.addItem(self._base_line)
        self._base_line.hide()
        self._rate_line = self._rate.plot()
        self.colour()
        theme.changed.connect(self.colour)

    @Slot()
    def colour(self) -> None:
        """Take the theme's colours."""
        paper, ink = self._theme.colour("paper"), self._theme.colour("ink_soft")
        for plot in (self._loss, self._cer, self._rate):
            plot.setBackground(paper)
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(ink)
                plot.getAxis(side).setTextPen(ink)
        self._train_line.setPen(pg.mkPen(self._theme.colour("accent"), width=1.5))
        for line, role in ((self._val_line, "doubt"), (self._cer_line, "done")):
            line.setPen(pg.mkPen(self._theme.colour(role), width=2))
            line.setSymbolBrush(self._theme.colour(role))
            line.setSymbolPen(None)
        self._base_line.setPen(pg.mkPen(ink, style=Qt.PenStyle.DashLine))
        self._rate_line.setPen(pg.mkPen(ink, width=1.5))

    def show_base(self, cer: float | None) -> None:
        """Where the base stands, as a dashed line."""
        self._base_line.setVisible(cer is not None)
        if cer is not None:
            self._base_line.setValue(100 * cer)

    def show_points(self, points: Sequence[CurvePoint]) -> None:
        """Draw the curves."""
        self._points = list(points)
        steps = [point.step for point in points]
        self._train_line.setData(steps, [point.train_loss for point in points])
        self._rate_line.setData(steps, [point.learning_rate for point in points])
        validated = [p for p in points if p.val_cer is not None and p.val_loss is not None]
        at = [p.step for p in validated]
        self._val_line.setData(at, [p.val_loss for p in validated])
        self._cer_line.setData(at, [100 * p.val_cer for p in validated if p.val_cer is not None])
