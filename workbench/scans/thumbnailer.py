"""Makes thumbnails of pages in a thread of its own, the last asked for first."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from PySide6.QtCore import QObject, QSize, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from core.errors import KnownError
from core.imaging.scan import read_scan
from workbench.heap import IDLE_MS, give_back
from workbench.scans.pixels import shrunk, to_image
from workbench.scans.scan_reader import ScanKey

WAITING_MAX = 120
"""Requests kept: who scrolls past a thousand pages does not want them all."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of a page; a null image if its scan cannot be read."""

    key: ScanKey
    image: QImage


class _Worker(QObject):
    made = Signal(object)

    def __init__(self, room: QSize, ratio: float) -> None:
        super().__init__()
        self._room, self._ratio = room, ratio
        self._lock = Lock()
        self._wanted: OrderedDict[ScanKey, None] = OrderedDict()
        self._making: set[ScanKey] = set()

    def add(self, key: ScanKey) -> bool:
        """Note a request; whether it is a new one. Called from the window's thread."""
        with self._lock:
            if key in self._making:
                return False
            new = key not in self._wanted
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > WAITING_MAX:
                self._wanted.popitem(last=False)
            return new

    def handed_on(self, key: ScanKey) -> None:
        """The window has this thumbnail; called from the window's thread."""
        with self._lock:
            self._making.discard(key)

    def forget(self) -> None:
        """Drop all requests; called from the window's thread."""
        with self._lock:
            self._wanted.clear()

    @Slot()
    def give_back(self) -> None:
        """Nothing was asked for a while."""
        give_back()

    @Slot()
    def make_next(self) -> None:
        """Make the thumbnail that was asked for last."""
        with self._lock:
            if not self._wanted:
                return
            key, _ = self._wanted.popitem(last=True)
            self._making.add(key)
        self.made.emit(Thumbnail(key, _thumbnail(key, self._room, self._ratio)))


class Thumbnailer(QObject):
    """The window's side; ``made`` carries each ``Thumbnail``, in the thread of the window."""

    made = Signal(object)
    _next_wanted = Signal()
    _idle = Signal()

    def __init__(self, room: QSize, ratio: float, parent: QObject | None = None) -> None:
        """Thumbnails fit into ``room`` (px, before the screen's ``ratio``): they are painted as they are."""
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("thumbnails")
        self._ended = False
        self._worker = _Worker(room, ratio)
        self._worker.moveToThread(self._thread)
        self._next_wanted.connect(self._worker.make_next, Qt.ConnectionType.QueuedConnection)
        self._idle.connect(self._worker.give_back, Qt.ConnectionType.QueuedConnection)
        self._pause = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._pause.timeout.connect(self._idle)
        self._worker.made.connect(self._hand_on)

    def ask(self, key: ScanKey) -> None:
        """Make the thumbnail of a page, soon; asking again moves it to the front."""
        if self._ended or not self._worker.add(key):
            return
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._next_wanted.emit()

    def shut_down(self) -> None:
        """End the thread; nothing is made afterwards."""
        self._ended = True
        self._worker.forget()
        self._pause.stop()
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _hand_on(self, thumbnail: Thumbnail) -> None:
        self.made.emit(thumbnail)
        self._worker.handed_on(thumbnail.key)
        self._pause.start()


def _thumbnail(key: ScanKey, room: QSize, ratio: float) -> QImage:
    try:
        smallest = round(min(room.width(), room.height()) * ratio)
        pixels = read_scan(key.path, key.rotation, at_least=smallest)
    except KnownError:
        return QImage()
    height, width = pixels.shape[:2]
    size = QSize(width, height).scaled(room * ratio, Qt.AspectRatioMode.KeepAspectRatio)
    image = to_image(shrunk(pixels, size.width(), size.height()))
    image.setDevicePixelRatio(ratio)
    return image
