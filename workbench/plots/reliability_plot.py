"""How far a model version's confidences can be believed: a reliability diagram with its figures in words."""

from math import sqrt

import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.evaluation.reliability import Reliability, ReliabilityBin
from core.wording import say
from workbench.theme import Theme

HEIGHT = 240
SMALLEST, LARGEST = 6.0, 18.0
"""Px of a point; its area follows the number of characters."""


class ReliabilityPlot(QWidget):
    """A point for each bin of confidence; on the diagonal a model is right as often as it is sure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "soft")
        self._build_plot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addWidget(self.plot)
        theme.changed.connect(self.colour)
        self.colour()

    def _build_plot(self) -> None:
        self.plot = pg.PlotWidget(enableMenu=False)
        self.plot.setFixedHeight(HEIGHT)
        self.plot.setAccessibleName(say("How often characters are right, by confidence"))
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it shows, and does nothing
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setLabel("bottom", say("confidence (%)"))
        self.plot.setLabel("left", say("right (%)"))
        self.plot.getAxis("left").setWidth(56)
        self.plot.setXRange(0, 100)
        self.plot.setYRange(0, 100)
        self._diagonal = pg.PlotDataItem([0, 100], [0, 100])
        self.points = pg.PlotDataItem(symbol="o", antialias=True)
        self.plot.addItem(self._diagonal)
        self.plot.addItem(self.points)

    @Slot()
    def colour(self) -> None:
        """Take the theme's colours."""
        self.plot.setBackground(self._theme.colour("paper"))
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setPen(self._theme.colour("ink_soft"))
            self.plot.getAxis(side).setTextPen(self._theme.colour("ink_soft"))
        self._diagonal.setPen(pg.mkPen(self._theme.colour("ink_soft"), style=Qt.PenStyle.DashLine))
        self.points.setPen(pg.mkPen(self._theme.colour("accent"), width=1.5))
        self.points.setSymbolBrush(self._theme.colour("accent"))
        self.points.setSymbolPen(pg.mkPen(self._theme.colour("paper")))

    def show_reliability(self, found: Reliability, temperature: float) -> None:
        """Draw the bins; say what they come to, and what was done to the confidences for it."""
        most = max((each.count for each in found.bins), default=1)
        self.points.setData(
            [100 * each.confidence for each in found.bins],
            [100 * each.accuracy for each in found.bins],
            symbolSize=[max(LARGEST * sqrt(each.count / most), SMALLEST) for each in found.bins],
        )
        error = say("Expected calibration error: {error:.1f} %.", error=100 * found.error)
        self.words.setText(f"{error} {_temperature_words(temperature)}")
        self.plot.setAccessibleDescription("\n".join([self.words.text(), *map(_bin_words, found.bins)]))


def _temperature_words(temperature: float) -> str:
    if temperature > 1:
        return say(
            "Temperature: {temperature:.2f}; the network was too sure, its confidences are lowered.",
            temperature=temperature,
        )
    if temperature < 1:
        return say(
            "Temperature: {temperature:.2f}; the network was not sure enough, its confidences are raised.",
            temperature=temperature,
        )
    return say("Temperature: 1; the confidences are the network's own.")


def _bin_words(each: ReliabilityBin) -> str:
    return say(
        "Confidence {confidence:.0f} %: {accuracy:.0f} % of {count:,} characters right",
        confidence=100 * each.confidence,
        accuracy=100 * each.accuracy,
        count=each.count,
    )
