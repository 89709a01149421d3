"""Plots as plain geometry for the report's template: a box of 280 x 190 px with ticks, curves and dots."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.evaluation.comparison import Comparison, Outcome
from core.evaluation.reliability import Reliability
from core.versions import CurvePoint
from core.wording import say

LEFT, TOP, WIDTH, HEIGHT = 50, 10, 280, 190
ACCENT, DONE, ERROR, SOFT = "#2F6DB5", "#2F7D4F", "#B3372F", "#9AA1A9"
TICKS = 4
MAX_POINTS = 400
"""Points of a curve in the report; more cannot be told apart in print."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """``at`` in px, from the left or the top of the figure."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """``points`` as SVG wants them: ``x,y x,y``, in px."""

    points: str
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point in px."""

    x: float
    y: float
    colour: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One plot with its axes."""

    title: str
    x_title: str
    y_title: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    curves: tuple[Curve, ...] = ()
    dots: tuple[Dot, ...] = ()
    diagonal: bool = False


@dataclass(frozen=True, slots=True)
class _Axes:
    """From values to px; both axes begin at 0."""

    x_max: float
    y_max: float

    def place(self, x: float, y: float) -> Point:
        return (
            round(LEFT + WIDTH * min(x / self.x_max, 1), 1),
            round(TOP + HEIGHT * (1 - min(y / self.y_max, 1)), 1),
        )

    def curve(self, values: Sequence[Point], colour: str) -> Curve:
        step = max(1, math.ceil(len(values) / MAX_POINTS))
        kept = [*values[::step], *values[-1:]]
        return Curve(" ".join("{},{}".format(*self.place(*value)) for value in kept), colour)

    def x_ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.place(v, 0)[0], f"{v:g}") for v in _steps(self.x_max))

    def y_ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.place(0, v)[1], f"{v:g}") for v in _steps(self.y_max))


def scatter_figure(comparison: Comparison) -> Figure:
    """CER of the first model against that of the last, a dot per line; below the diagonal is better."""
    values = [(100 * line.scores[0].cer, 100 * line.scores[-1].cer) for line in comparison.lines]
    largest = _rounded(max((value for pair in values for value in pair), default=0))
    axes = _Axes(largest, largest)
    colours = {Outcome.BETTER: DONE, Outcome.WORSE: ERROR, Outcome.SAME: SOFT}
    dots = (
        Dot(*axes.place(*pair), colours[line.outcome])
        for pair, line in zip(values, comparison.lines, strict=True)
    )
    return Figure(
        say("CER per line; below the diagonal is better"),
        f"{comparison.models[0]} (%)",
        f"{comparison.models[-1]} (%)",
        axes.x_ticks(),
        axes.y_ticks(),
        dots=tuple(dots),
        diagonal=True,
    )


def curves_figure(points: Sequence[CurvePoint]) -> list[Figure]:
    """Loss, and CER on the validation lines, over the steps of a training."""
    loss = [(float(p.step), p.train_loss) for p in points if math.isfinite(p.train_loss)]
    val_loss = [
        (float(p.step), p.val_loss) for p in points if p.val_loss is not None and math.isfinite(p.val_loss)
    ]
    cer = [(float(p.step), 100 * p.val_cer) for p in points if p.val_cer is not None]
    plots = (
        (
            say("Loss while training (blue) and on the validation lines (green)"),
            say("loss per character"),
            (loss, val_loss),
        ),
        (say("CER on the validation lines"), "CER (%)", (cer,)),
    )
    figures = []
    for title, unit, curves in plots:
        values = [value for curve in curves for value in curve]
        if not values:
            continue
        axes = _Axes(_rounded(max(x for x, _ in values)), _rounded(max(y for _, y in values)))
        drawn = tuple(
            axes.curve(curve, colour) for curve, colour in zip(curves, (ACCENT, DONE), strict=False) if curve
        )
        figures.append(Figure(title, say("step"), unit, axes.x_ticks(), axes.y_ticks(), drawn))
    return figures


def reliability_figure(found: Reliability) -> Figure:
    """How often characters are right against how sure the model was."""
    axes = _Axes(100, 100)
    points = [(100 * each.confidence, 100 * each.accuracy) for each in found.bins]
    return Figure(
        say("Reliability: expected calibration error {error:.1f} %", error=100 * found.error),
        say("confidence (%)"),
        say("right (%)"),
        axes.x_ticks(),
        axes.y_ticks(),
        curves=(axes.curve(points, ACCENT),),
        dots=tuple(Dot(*axes.place(*point), ACCENT) for point in points),
        diagonal=True,
    )


def _steps(largest: float) -> list[float]:
    return [largest * number / TICKS for number in range(TICKS + 1)]


def _rounded(value: float) -> float:
    """The next number of 1, 2, 4, 8 or 10 times a power of ten: its quarters make good ticks."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1, 2, 4, 8, 10) if factor * power >= value)
