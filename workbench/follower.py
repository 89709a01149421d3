"""Keeps a window that only reads a project in step with the one that writes it."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from core.storage.following import Following
from core.storage.project import Project
from workbench.project_changes import ProjectChanges

LOOK_MS = 3000


class Follower(QObject):
    """While the window is active, announces what another one has written; belongs to the window."""

    def __init__(self, project: Project, changes: ProjectChanges, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._changes = window, changes
        self._following = Following(project)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def shut_down(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._following.close()
        self.deleteLater()

    @Slot()
    def look(self) -> None:
        """Tell all places what is new."""
        if self._window.isActiveWindow():
            self._changes.announce(self._following.news())
