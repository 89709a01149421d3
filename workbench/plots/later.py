"""Plots that are made when there is something to draw: pyqtgraph and its widgets take 30 MiB."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.theme import Theme

if TYPE_CHECKING:
    from workbench.plots.reliability_plot import ReliabilityPlot
    from workbench.plots.scatter import Scatter
    from workbench.plots.training_plots import TrainingPlots

W = TypeVar("W", bound=QWidget)


class Later(QWidget, Generic[W]):
    """Keeps the room of a widget that is made when it is first asked for.

    Args:
        make: Makes the widget.
    """

    def __init__(self, make: Callable[[], W]) -> None:
        super().__init__()
        self._make = make
        self._made: W | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def widget(self) -> W:
        """The widget itself."""
        if self._made is None:
            self._made = self._make()
            self._layout.addWidget(self._made)
            self._made.show()  # a layout would do so only in the next turn of the event loop
        return self._made


def later_training_plots(theme: Theme) -> Later[TrainingPlots]:
    """Room for the curves of a training."""

    def make() -> TrainingPlots:
        from workbench.plots.training_plots import TrainingPlots

        return TrainingPlots(theme)

    return Later(make)


def later_reliability_plot(theme: Theme) -> Later[ReliabilityPlot]:
    """Room for a reliability diagram."""

    def make() -> ReliabilityPlot:
        from workbench.plots.reliability_plot import ReliabilityPlot

        return ReliabilityPlot(theme)

    return Later(make)


def later_scatter(theme: Theme, clicked: Callable[[int], None]) -> Later[Scatter]:
    """Room for the scatter of a comparison; ``clicked`` gets the id of a line."""

    def make() -> Scatter:
        from workbench.plots.scatter import Scatter

        scatter = Scatter(theme)
        scatter.line_clicked.connect(clicked)
        return scatter

    return Later(make)
