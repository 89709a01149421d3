"""Makes thumbnails of pages in a thread of its own, the last asked for first."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import KnownError
from core.imaging.scan import read_scan
from workbench.scans.pixels import to_image
from workbench.scans.scan_reader import ScanKey

THUMBNAIL_EDGE = 480
"""Longer edge in px: sharp at twice the usual size."""

WAITING_MAX = 120
"""Requests kept: who scrolls past a thousand pages does not want them all."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of a page; a null image if its scan cannot be read."""

    key: ScanKey
    image: QImage


class _Worker(QObject):
    made = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._wanted: OrderedDict[ScanKey, None] = OrderedDict()

    def add(self, key: ScanKey) -> None:
        """Note a request; called from the window's thread."""
        with self._lock:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > WAITING_MAX:
                self._wanted.popitem(last=False)

    def forget(self) -> None:
        """Drop all requests; called from the window's thread."""
        with self._lock:
            self._wanted.clear()

    @Slot()
    def make_next(self) -> None:
        """Make the thumbnail that was asked for last."""
        with self._lock:
            if not self._wanted:
                return
            key, _ = self._wanted.popitem(last=True)
        self.made.emit(Thumbnail(key, _thumbnail(key)))


class Thumbnailer(QObject):
    """The window's side; ``made`` carries each ``Thumbnail``, in the thread of the window."""

    made = Signal(object)
    _next_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("thumbnails")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._next_wanted.connect(self._worker.make_next, Qt.ConnectionType.QueuedConnection)
        self._worker.made.connect(self._hand_on)

    def ask(self, key: ScanKey) -> None:
        """Make the thumbnail of a page, soon."""
        self._worker.add(key)
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._next_wanted.emit()

    def shut_down(self) -> None:
        """End the thread; nothing is made afterwards."""
        self._worker.forget()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _hand_on(self, thumbnail: Thumbnail) -> None:
        self.made.emit(thumbnail)


def _thumbnail(key: ScanKey) -> QImage:
    try:
        image = to_image(read_scan(key.path, key.rotation))
    except KnownError:
        return QImage()
    return image.scaled(
        THUMBNAIL_EDGE,
        THUMBNAIL_EDGE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
