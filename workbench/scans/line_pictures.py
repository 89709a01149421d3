"""Small pictures of lines from many pages: cut in a thread of their own, the newest ones kept."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from PySide6.QtGui import QImage

from core.document import LineImage
from core.imaging.line_crops import line_crops
from workbench.scans.pixels import to_image

HEIGHT = 60
"""Px; twice a row of the table, so that it serves the larger view and dense screens too."""

KEPT = 300
"""Pictures in memory: some 40 MB of book lines."""


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
        for line, crop in line_crops(lines, lambda _line, _error: None):
            if self.stopped:
                return
            image = to_image(crop).scaledToHeight(HEIGHT, Qt.TransformationMode.SmoothTransformation)
            self.cut.emit(CutLine(line.line_id, image))


class CropReader(QObject):
    """The window's side; ``cut`` carries each ``CutLine`` in the thread of the window."""

    cut = Signal(object)
    _wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._asked: set[int] = set()
        self._thread = QThread()
        self._thread.setObjectName("line pictures")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._wanted.connect(self._worker.read, Qt.ConnectionType.QueuedConnection)
        self._worker.cut.connect(self._hand_on)

    def image(self, line_id: int) -> QImage | None:
        """A line's picture, if it was cut and not forgotten."""
        return self._kept.get(line_id)

    def lacks(self, line_id: int) -> bool:
        """Whether a line's picture is neither there nor on its way."""
        return line_id not in self._kept and line_id not in self._asked

    def read(self, lines: Sequence[LineImage]) -> None:
        """Cut those of the lines that are not there yet."""
        missing = [line for line in lines if line.line_id not in self._kept | dict.fromkeys(self._asked)]
        if not missing or self._worker.stopped:
            return
        self._asked |= {line.line_id for line in missing}
        if not self._thread.isRunning():
            self._thread.start(QThread.Priority.LowPriority)
        self._wanted.emit(tuple(missing))

    def shut_down(self) -> None:
        """End the thread; nothing is cut afterwards."""
        self._worker.stopped = True
        self._thread.quit()
        self._thread.wait()

    @Slot(object)
    def _hand_on(self, line: CutLine) -> None:
        self._asked.discard(line.line_id)
        self._kept[line.line_id] = line.image
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.cut.emit(line)
