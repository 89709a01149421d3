"""The one signal by which the places learn that the project changed."""

from PySide6.QtCore import QObject, Signal, Slot

from core.storage.changes import Change


class ProjectChanges(QObject):
    """Acts return a ``Change``; whoever did the act announces it here, and all places refresh."""

    changed = Signal(object)

    @Slot(object)
    def announce(self, change: Change) -> None:
        """Tell everybody, unless nothing changed."""
        if change != Change():
            self.changed.emit(change)
