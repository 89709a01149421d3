"""The lines of the page that will probably be wanted next, read in small pieces while nobody types."""

from collections.abc import Collection

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.document import LineEntry
from core.storage.lines import list_entries
from core.storage.project import Project
from workbench.transcribe.page_in_hand import first_open

PAUSE_MS = 250
"""Reading begins this long after a page is shown."""

PIECE = 12
"""Lines read at a time: a few milliseconds."""


class PageAhead(QObject):
    """Holds one page; whatever changes it makes it forgotten.

    Signals:
        read(list[LineEntry]): some more lines have been read.
    """

    read = Signal(object)

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project
        self._page_id: int | None = None
        self._entries: list[LineEntry] = []
        self._complete = False
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._read_piece)

    def plan(self, page_id: int | None) -> None:
        """Read this page soon."""
        self._page_id = page_id
        self._start_anew()

    def forget(self, pages: Collection[int]) -> None:
        """These pages have changed."""
        if self._page_id in pages:
            self._start_anew()

    def take(self, page_id: int) -> list[LineEntry] | None:
        """The lines of a page, if they have all been read."""
        return list(self._entries) if self._complete and page_id == self._page_id else None

    @property
    def first_open(self) -> LineEntry | None:
        """The line of that page with which one begins, if it has been read."""
        return self._entries[first_open(self._entries)] if self._complete and self._entries else None

    def _start_anew(self) -> None:
        self._entries, self._complete = [], False
        if self._page_id is None:
            self._next.stop()
        else:
            self._next.start(PAUSE_MS)

    @Slot()
    def _read_piece(self) -> None:
        if self._page_id is None:
            return
        piece = list_entries(self._project, self._page_id, first=len(self._entries), count=PIECE)
        self._entries += piece
        self._complete = len(piece) < PIECE
        self.read.emit(piece)
        if not self._complete:
            self._next.start(0)
