"""Reads pages and cuts lines out of them in a thread of its own; a page is decoded once."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from core.document import LineShape
from core.errors import KnownError
from core.imaging.crop import crop_line
from core.imaging.scan import read_scan
from workbench.heap import IDLE_MS, give_back
from workbench.scans.pixels import Pixels, shared_image, shrunk, to_image

MAX_BYTES = 32 * 1024 * 1024
"""Decoded pages kept beside the one in hand and the one read last (12 megapixels take 52 MB with the
smaller pictures)."""


@dataclass(frozen=True, slots=True)
class ScanKey:
    """Which pixels: a scan file and how far it is turned."""

    page_id: int
    path: Path
    rotation: int


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page at full size and at 1/2, 1/4 … of it, for quick painting; each level is an image.

    The full size is painted only when one looks closely, and shares the memory of ``pixels``.
    """

    key: ScanKey
    pixels: Pixels
    levels: tuple[QImage, ...]

    @property
    def bytes_used(self) -> int:
        """Size of the pixels and of all smaller pictures."""
        return self.pixels.nbytes + sum(level.sizeInBytes() for level in self.levels[1:])


@dataclass(frozen=True, slots=True)
class PageFailure:
    """A scan that cannot be read."""

    key: ScanKey
    error: KnownError


@dataclass(frozen=True, slots=True)
class CropRequest:
    """Lines to be cut out of one page."""

    key: ScanKey
    lines: tuple[tuple[int, LineShape], ...]


@dataclass(frozen=True, slots=True)
class LineCrop:
    """A line as it reads from left to right (columns turned 90 degrees counter-clockwise)."""

    line_id: int
    shape: LineShape
    image: QImage


class _Worker(QObject):
    """Lives in the reader's thread."""

    page_read = Signal(object)
    page_failed = Signal(object)
    line_cut = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._pages: OrderedDict[ScanKey, PageImage] = OrderedDict()
        self.wanted: ScanKey | None = None

    @Slot(object)
    def read_page(self, key: ScanKey) -> None:
        """Decode a page and hand it over, unless the window has gone on to another one."""
        if key != self.wanted:
            return
        if page := self._decoded(key):
            self.page_read.emit(page)

    @Slot(object)
    def read_ahead(self, key: ScanKey) -> None:
        """Decode a page that will probably be wanted next."""
        self._decoded(key, quietly=True)

    @Slot(object)
    def cut_lines(self, request: CropRequest) -> None:
        """Cut lines out of a page, unless the window has gone on to another one."""
        for line_id, shape in request.lines:
            if request.key != self.wanted:
                return
            page = self._decoded(request.key, quietly=True)  # whoever showed the page has been told
            if page is None:
                return
            self.line_cut.emit(LineCrop(line_id, shape, to_image(crop_line(page.pixels, shape))))

    @Slot()
    def forget(self) -> None:
        """Nobody looks at a page."""
        self._pages.clear()
        give_back()

    @Slot()
    def give_back(self) -> None:
        """Nothing was asked for a while."""
        give_back()

    def _decoded(self, key: ScanKey, *, quietly: bool = False) -> PageImage | None:
        if key in self._pages:
            self._pages.move_to_end(key)
            return self._pages[key]
        try:
            pixels = read_scan(key.path, key.rotation)
        except KnownError as error:
            if not quietly:
                self.page_failed.emit(PageFailure(key, error))
            return None
        self._pages[key] = PageImage(key, pixels, _levels(pixels))
        for other in [each for each in self._pages if each not in (self.wanted, key)]:
            if sum(page.bytes_used for page in self._pages.values()) > MAX_BYTES:
                del self._pages[other]
        return self._pages[key]


class ScanReader(QObject):
    """The window's side: asks, and hands on what was read, in the thread of the window.

    Signals:
        page_read(PageImage), page_failed(PageFailure), line_cut(LineCrop): answers to what was asked.
    """

    page_read = Signal(object)
    page_failed = Signal(object)
    line_cut = Signal(object)
    _page_wanted = Signal(object)
    _ahead_wanted = Signal(object)
    _lines_wanted = Signal(object)
    _forget_wanted = Signal()
    _idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("scans")
        self._ended = False
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        for asked, act in (
            (self._page_wanted, self._worker.read_page),
            (self._ahead_wanted, self._worker.read_ahead),
            (self._lines_wanted, self._worker.cut_lines),
        ):
            asked.connect(act, Qt.ConnectionType.QueuedConnection)
        self._forget_wanted.connect(self._worker.forget, Qt.ConnectionType.QueuedConnection)
        self._idle.connect(self._worker.give_back, Qt.ConnectionType.QueuedConnection)
        self._pause = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._pause.timeout.connect(self._idle)
        self._worker.page_read.connect(self._hand_on_page)
        self._worker.page_failed.connect(self._hand_on_failure)
        self._worker.line_cut.connect(self._hand_on_line)

    def show_page(self, key: ScanKey) -> None:
        """Read this page; whatever was asked of other pages is dropped."""
        self._worker.wanted = key
        self._begin()
        self._page_wanted.emit(key)

    def read_ahead(self, key: ScanKey) -> None:
        """Read a page that will probably be wanted next."""
        self._begin()
        self._ahead_wanted.emit(key)

    def cut_lines(self, request: CropRequest) -> None:
        """Cut lines out of the page that is shown."""
        if request.lines:
            self._begin()
            self._lines_wanted.emit(request)

    def forget(self) -> None:
        """Let go of all decoded pages."""
        self._forget_wanted.emit()

    def shut_down(self) -> None:
        """End the thread; nothing is read afterwards."""
        self._ended = True
        self._worker.wanted = None
        self._pause.stop()
        self._thread.quit()
        self._thread.wait()

    def _begin(self) -> None:
        if self._ended:
            return
        self._pause.start()
        if not self._thread.isRunning():
            self._thread.start()

    @Slot(object)
    def _hand_on_page(self, page: PageImage) -> None:
        if page.key == self._worker.wanted:
            self.page_read.emit(page)

    @Slot(object)
    def _hand_on_failure(self, failure: PageFailure) -> None:
        if failure.key == self._worker.wanted:
            self.page_failed.emit(failure)

    @Slot(object)
    def _hand_on_line(self, crop: LineCrop) -> None:
        self.line_cut.emit(crop)


def _levels(pixels: Pixels) -> tuple[QImage, ...]:
    levels = [shared_image(pixels)]
    while min(pixels.shape[:2]) > 800:
        pixels = shrunk(pixels, pixels.shape[1] // 2, pixels.shape[0] // 2)
        levels.append(to_image(pixels))
    return tuple(levels)
