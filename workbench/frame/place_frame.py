"""What stands around the places: rail, header, status line, and the banner of a read-only project."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.wording import again
from workbench.command import Command
from workbench.frame.header import Header
from workbench.frame.rail import Rail
from workbench.frame.status_line import StatusLine
from workbench.place import Place
from workbench.theme import Theme
from workbench.workspace import Workspace


class PlaceFrame(QWidget):
    """Shows one place of a project.

    Signals:
        search_wanted(), models_wanted(): buttons of the header.
    """

    search_wanted = Signal()
    models_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("frame")
        self._rail = Rail(theme)
        self.header = Header(theme)
        self.status = StatusLine()
        self._stack = QStackedWidget()
        self._banner = QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0, 3, 1)
        grid.addWidget(self.header, 0, 1)
        grid.addWidget(self._build_area(), 1, 1)
        grid.addWidget(self.status, 2, 1)
        grid.setRowStretch(1, 1)
        self.header.search_wanted.connect(self.search_wanted)
        self.header.models_wanted.connect(self.models_wanted)

    @property
    def place(self) -> Place | None:
        """The place in front."""
        current = self._stack.currentWidget()
        return current if isinstance(current, Place) else None

    def show_project(
        self, workspace: Workspace, places: Sequence[Place], commands: Sequence[Command]
    ) -> None:
        """Take in the places of a project; ``commands`` go to them."""
        for place in places:
            self._stack.addWidget(place)
        self._rail.show_places(places, commands)
        self.status.watch((workspace.training, workspace.jobs))
        self.header.show_project(workspace.project.name)
        self._banner.setText(again(workspace.project.read_only_reason or ""))
        self._banner.setVisible(workspace.project.read_only)

    def remove(self, place: Place) -> None:
        """Let go of a place."""
        self._stack.removeWidget(place)

    def show_place(self, number: int, place: Place) -> None:
        """Bring a place to the front."""
        self._stack.setCurrentWidget(place)
        self._rail.mark(number)

    def _build_area(self) -> QWidget:
        area = QFrame()
        area.setObjectName("placeArea")
        self._banner.setObjectName("readOnlyBanner")
        self._banner.setWordWrap(True)
        self._banner.setContentsMargins(16, 8, 16, 8)
        inside = QVBoxLayout(area)
        inside.setContentsMargins(1, 1, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._banner)
        inside.addWidget(self._stack, 1)
        return area
