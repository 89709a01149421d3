"""Live plots: loss, validation CER beside the base's, learning rate."""

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.versions import CurvePoint
from core.wording import say
from workbench.theme import Theme

HEADROOM = 1.1
LEAST, AXIS_PAD = 80, 12
"""Px: of a plot's height at least, and between an axis, its numbers and its name."""


class TrainingPlots(QWidget):
    """Three plots over training steps, in the colours of the theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._base_cer: float | None = None
        self._build_plots()
        self._build_curves()
        self.colour()
        theme.changed.connect(self.colour)

    def _build_plots(self) -> None:
        self._cer, self._loss, self._rate = (pg.PlotWidget(enableMenu=False) for _ in range(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        rate = say("rate (10⁻⁴)")
        self._names = (
            (self._cer, say("validation CER (%)"), "CER (%)"),
            (self._loss, say("loss per character"), say("loss")),
            (self._rate, rate, rate),
        )
        for (plot, name, _), stretch in zip(self._names, (4, 4, 2), strict=True):
            plot.setLabel("left", name)
            plot.getViewBox().sigResized.connect(self._name_axes)
            plot.setAccessibleName(name)
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it shows, and does nothing
            plot.getAxis("left").enableAutoSIPrefix(False)
            plot.getAxis("bottom").enableAutoSIPrefix(False)
            plot.showGrid(x=False, y=True, alpha=0.15)
            plot.setMouseEnabled(x=False, y=False)
            plot.setXLink(self._cer)
            layout.addWidget(plot, stretch)
        for plot in (self._cer, self._loss):
            plot.getAxis("bottom").setStyle(showValues=False)
        self._rate.setLabel("bottom", say("step"))

    @Slot()
    def _name_axes(self) -> None:
        """A low plot has room for a short name only; a longer one would be cut off at both ends."""
        for plot, name, short in self._names:
            axis = plot.getAxis("left")
            fits = self.fontMetrics().horizontalAdvance(name) <= axis.height()
            if axis.labelText != (shown := name if fits else short):
                axis.setLabel(shown)

    def _build_curves(self) -> None:
        self._legend = self._loss.addLegend(offset=(-10, 4))
        self._train_line = self._loss.plot(name=say("training"), antialias=True)
        self._val_line = self._loss.plot(name=say("validation"), symbol="o", symbolSize=6, antialias=True)
        self._cer_line = self._cer.plot(symbol="o", symbolSize=6, antialias=True)
        self._kept = self._cer.plot(symbol="star", symbolSize=15, pen=None)
        self._base_line = pg.InfiniteLine(
            angle=0, label="", labelOpts={"position": 0.9, "anchors": [(1, 0), (1, 1)]}
        )
        self._cer.addItem(self._base_line)
        self._base_line.hide()
        self._rate_line = self._rate.plot(antialias=True)

    def _give_room(self) -> None:
        """Numbers beside their axis and its name, whatever the size of the text."""
        metrics = self.fontMetrics()
        for plot in (self._cer, self._loss, self._rate):
            plot.getAxis("left").setWidth(metrics.horizontalAdvance("0.00") + metrics.height() + AXIS_PAD)
            plot.setMinimumHeight(LEAST)
        name = metrics.horizontalAdvance(self._rate.getAxis("left").labelText)
        self._rate.setMinimumHeight(max(name + 2 * metrics.height() + AXIS_PAD, LEAST))

    @Slot()
    def colour(self) -> None:
        """Take the theme's colours and text size."""
        self._give_room()
        paper, ink = self._theme.colour("paper"), self._theme.colour("ink_soft")
        for plot in (self._loss, self._cer, self._rate):
            plot.setBackground(paper)
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(ink)
                plot.getAxis(side).setTextPen(ink)
        for _, label in self._legend.items:  # setLabelTextColor leaves labels that are there as they are
            label.setText(label.text, color=ink, size=f"{self._theme.points:g}pt")
        self._train_line.setPen(pg.mkPen(self._theme.colour("accent"), width=1.5))
        for line, role in ((self._val_line, "doubt"), (self._cer_line, "done")):
            line.setPen(pg.mkPen(self._theme.colour(role), width=2))
            line.setSymbolBrush(self._theme.colour(role))
            line.setSymbolPen(None)
        self._kept.setSymbolBrush(self._theme.colour("accent"))
        self._kept.setSymbolPen(pg.mkPen(paper))
        self._base_line.setPen(pg.mkPen(ink, width=1.5, style=Qt.PenStyle.DashLine))
        self._base_line.label.setColor(ink)
        self._rate_line.setPen(pg.mkPen(ink, width=1.5))

    def show_base(self, cer: float | None) -> None:
        """Where the base stands (a fraction), as a dashed line."""
        self._base_cer = cer
        self._base_line.setVisible(cer is not None)
        if cer is not None:
            self._base_line.setValue(100 * cer)
            self._base_line.label.setFormat(say("the base: {cer:.1f} %", cer=100 * cer))

    def show_points(self, points: Sequence[CurvePoint], planned: int = 0, kept: int | None = None) -> None:
        """Draw the curves; the axis reaches to the planned end, so that nothing jumps while they grow.

        A star marks the step whose state is ``kept``: not always the one with the lowest CER, for a few lines
        cannot tell close ones apart.
        """
        steps = [point.step for point in points]
        self._cer.setXRange(0, max(planned, *steps[-1:], 1), padding=0.01)
        self._train_line.setData(*_finite([(point.step, point.train_loss) for point in points]))
        self._rate_line.setData(steps, [1e4 * point.learning_rate for point in points])
        self._val_line.setData(*_finite([(p.step, p.val_loss) for p in points if p.val_loss is not None]))
        self._show_cers([(p.step, 100 * p.val_cer) for p in points if p.val_cer is not None], kept)

    def _show_cers(self, cers: list[tuple[int, float]], kept: int | None) -> None:
        self._cer_line.setData([step for step, _ in cers], [cer for _, cer in cers])
        self._kept.setData(
            [step for step, _ in cers if step == kept], [cer for step, cer in cers if step == kept]
        )
        tops = [cer for _, cer in cers] + ([100 * self._base_cer] if self._base_cer is not None else [])
        if tops and (top := max(tops)) > 0:
            self._cer.setYRange(0, HEADROOM * top, padding=0)


def _finite(points: Sequence[tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Steps and values without those that overflowed: an axis cannot reach to infinity."""
    kept = [(step, value) for step, value in points if math.isfinite(value)]
    return [step for step, _ in kept], [value for _, value in kept]
