"""Small pictures of lines from many pages, cut in a thread of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from core.document import LineImage
from core.errors import KnownError
from core.imaging.crop import crop_line
from core.imaging.scan import read_scan
from workbench.scans.pixels import to_image

HEIGHT = 30
"""Px; a row of the table."""


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line's picture."""

    line_id: int
    image: QImage


class _Worker(QObject):
    cut = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False

    @Slot(object)
    def read(self, lines: Sequence[LineImage]) -> None:
        """Cut lines, each page decoded once."""
        scan, page = None, None
        for line in lines:
            if self.stopped:
                return
            try:
                if (line.scan, line.rotation) != scan or page is None:
                    scan, page = (line.scan, line.rotation), read_scan(line.scan, line.rotation)
                image = to_image(crop_line(page, line.shape))
            except KnownError:
                continue
            self.cut.emit(
                CutLine(
                    line.line_id, image.scaledToHeight(HEIGHT, Qt.TransformationMode.SmoothTransformation)
                )
            )


class CropReader(QObject):
    """The window's side; ``cut`` carries each ``CutLine`` in the thread of the window."""

    cut = Signal(object)
    _wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("comparison crops")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._wanted.connect(self._worker.read, Qt.ConnectionType.QueuedConnection)
        self._worker.cut.connect(self._hand_on)

    def read(self, lines: Sequence[LineImage]) -> None:
        """Cut these lines."""
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._wanted.emit(tuple(lines))

    def shut_down(self) -> None:
        """End the thread; nothing is cut afterwards."""
        self._worker.stopped = True
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _hand_on(self, line: CutLine) -> None:
        self.cut.emit(line)
