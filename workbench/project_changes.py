"""The one signal by which the places learn that the project changed."""

from PySide6.QtCore import QObject, Signal, Slot

from core.storage.changes import Change
from core.storage.pages import get_page
from core.storage.project import Project
from core.wording import say, say_count


class ProjectChanges(QObject):
    """Acts return a ``Change``; whoever did the act announces it here, and all places refresh."""

    changed = Signal(object)

    @Slot(object)
    def announce(self, change: Change) -> None:
        """Tell everybody, unless nothing changed."""
        if change != Change():
            self.changed.emit(change)


def walked_words(project: Project, change: Change, done: str) -> str:
    """What a step of the journal did, and where."""
    where = say("{count} pages", count=len(change.pages))
    if len(change.pages) == 1:
        where = say("page {number}", number=get_page(project, min(change.pages)).number)
    return say_count(
        change.touched,
        "{what}: {count} line on {where}.",
        "{what}: {count} lines on {where}.",
        what=done,
        where=where,
    )
