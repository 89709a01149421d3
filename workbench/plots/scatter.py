"""CER of model A against CER of model B, a point per line; below the diagonal B is better."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot

from core.evaluation.comparison import ComparedLine, Outcome
from core.wording import say
from workbench.theme import Theme

_ROLES = {Outcome.BETTER: "done", Outcome.WORSE: "error", Outcome.SAME: "waiting"}
_SYMBOLS = {Outcome.BETTER: "t", Outcome.WORSE: "x", Outcome.SAME: "o"}


class Scatter(pg.PlotWidget):  # type: ignore[misc]
    """``line_clicked`` carries the id of the line whose point was clicked."""

    line_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(enableMenu=False)  # that menu speaks English only
        self.setAccessibleName(say("CER of each line by both models"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table beside it says the same and takes keys
        self._theme = theme
        self._lines: Sequence[ComparedLine] = ()
        self._points = pg.ScatterPlotItem(size=9, hoverable=True)
        self._chosen = pg.ScatterPlotItem(size=16, brush=None)
        self._diagonal = pg.InfiniteLine(pos=(0, 0), angle=45)
        for item in (self._diagonal, self._points, self._chosen):
            self.addItem(item)
        self._points.sigClicked.connect(self._tell_click)
        theme.changed.connect(self.colour)
        self.colour()

    @Slot()
    def colour(self) -> None:
        """Take the theme's colours."""
        self.setBackground(self._theme.colour("paper"))
        for side in ("left", "bottom"):
            self.getAxis(side).setPen(self._theme.colour("ink_soft"))
            self.getAxis(side).setTextPen(self._theme.colour("ink_soft"))
        self._diagonal.setPen(pg.mkPen(self._theme.colour("rule"), style=Qt.PenStyle.DashLine))
        self._chosen.setPen(pg.mkPen(self._theme.colour("accent"), width=2))
        self._draw()

    def show_lines(self, names: tuple[str, str], lines: Sequence[ComparedLine]) -> None:
        """Show the first and the last model of a comparison."""
        self.setLabel("bottom", say("CER {model} (%)", model=names[0]))
        self.setLabel("left", say("CER {model} (%)", model=names[1]))
        self._lines = lines
        self._chosen.clear()
        self._draw()

    def mark(self, line_id: int) -> None:
        """Ring the point of a line."""
        for line in self._lines:
            if line.line_id == line_id:
                self._chosen.setData([100 * line.scores[0].cer], [100 * line.scores[-1].cer])

    def _draw(self) -> None:
        self._points.setData(
            [
                {
                    "pos": (100 * line.scores[0].cer, 100 * line.scores[-1].cer),
                    "data": line.line_id,
                    "symbol": _SYMBOLS[line.outcome],
                    "brush": self._theme.colour(_ROLES[line.outcome], 0.7),
                    "pen": None,
                }
                for line in self._lines
            ]
        )

    @Slot(object, object)
    def _tell_click(self, _item: Any, points: Any, *_rest: Any) -> None:
        if len(points):
            self.line_clicked.emit(int(points[0].data()))
