"""For fields whose text is not saved as typed: it is kept in the project until it is finished."""

from PySide6.QtCore import QObject, QTimer, Slot

from core.errors import KnownError
from core.storage.project import Project
from core.storage.unfinished import note_unfinished, unfinished_texts

PAUSE_MS = 1000
"""A pause in typing after which what nobody has confirmed yet is kept."""


class UnfinishedTexts(QObject):
    """Texts of one kind by the id of what they are for; written down at pauses in typing, and by ``keep``."""

    def __init__(self, project: Project, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._project, self._kind = project, kind
        self._texts: dict[int, str] = unfinished_texts(project, kind)
        self._fresh: dict[int, str | None] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def text(self, owner: int, usual: str = "") -> str:
        """What was begun for a line, or whatever the kind is about; ``usual`` if nothing was."""
        return self._texts.get(owner, usual)

    def note(self, owner: int, text: str, usual: str = "") -> None:
        """Something was typed where ``usual`` stands as long as nothing is."""
        if text == usual:
            self.drop(owner)
        elif self._texts.get(owner) != text:
            self._texts[owner] = self._fresh[owner] = text
            self._pause.start()

    def drop(self, owner: int) -> None:
        """A text is finished, or given up."""
        if self._texts.pop(owner, None) is not None:
            self._fresh[owner] = None
            self.keep()

    @Slot()
    def keep(self) -> None:
        """Write down what was typed since the last time.

        Raises:
            KnownError: If that could not be; the next time it is tried again.
        """
        self._pause.stop()
        fresh, self._fresh = self._fresh, {}
        if fresh and not self._project.read_only:
            try:
                note_unfinished(self._project, self._kind, fresh)
            except KnownError:
                self._fresh = fresh
                raise
