"""Crops of lines in memory: bounded, and scaled for the screen when first painted."""

from collections import OrderedDict

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QTransform

from core.document import Line
from workbench.scans.scan_reader import LineCrop

MAX_BYTES = 32 * 1024 * 1024
MAX_PIXMAPS = 64

PAUSE_MS = 200
"""So long after a page was left its pictures are given up."""


class CropCache:
    """Keeps the crops that were cut last; a crop whose line got another outline counts as missing."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._crops: OrderedDict[int, LineCrop] = OrderedDict()
        self._pixmaps: OrderedDict[tuple[int, int, int, bool], QPixmap] = OrderedDict()

    @property
    def bytes_used(self) -> int:
        """Size of all crops that are kept."""
        return self._bytes

    def add(self, crop: LineCrop) -> None:
        """Keep a crop, in place of an older one of the same line."""
        self.drop(crop.line_id)
        self._crops[crop.line_id] = crop
        self._bytes += crop.image.sizeInBytes()
        while self._bytes > self._max_bytes and len(self._crops) > 1:
            self.drop(next(iter(self._crops)))

    def drop(self, line_id: int) -> None:
        """Forget a line's crop."""
        if crop := self._crops.pop(line_id, None):
            self._bytes -= crop.image.sizeInBytes()
        for key in [key for key in self._pixmaps if key[0] == line_id]:
            del self._pixmaps[key]

    def clear(self) -> None:
        """Forget everything. The memory goes in a pause: giving it up would delay the next page."""
        for forgotten in (self._crops, self._pixmaps):
            QTimer.singleShot(PAUSE_MS, forgotten.clear)
        self._crops, self._pixmaps = OrderedDict(), OrderedDict()
        self._bytes = 0

    def has(self, line: Line) -> bool:
        """Whether there is a crop of the line as it is now."""
        crop = self._crops.get(line.id)
        return crop is not None and crop.shape == line.shape

    def pixmap(self, line: Line, size: QSize, ratio: float, *, upright: bool) -> QPixmap | None:
        """The crop at a size (px, before ``ratio``); ``upright`` turns a column back as on the page."""
        key = (line.id, size.width(), size.height(), upright)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        crop = self._crops.get(line.id)
        if crop is None or size.isEmpty():
            return None
        self._crops.move_to_end(line.id)
        pixmap = QPixmap.fromImage(_scaled(crop.image, size * ratio, upright))
        pixmap.setDevicePixelRatio(ratio)
        self._pixmaps[key] = pixmap
        while len(self._pixmaps) > MAX_PIXMAPS:
            self._pixmaps.popitem(last=False)
        return pixmap


def _scaled(image: QImage, size: QSize, upright: bool) -> QImage:
    if upright:
        image = image.transformed(QTransform().rotate(90))
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
