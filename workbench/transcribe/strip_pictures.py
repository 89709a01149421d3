"""Strips as pictures: going on by one line moves the strips, it does not paint them again."""

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPixmap

from workbench.transcribe.line_model import LineRow
from workbench.transcribe.strip_geometry import StripBox
from workbench.transcribe.strip_painter import StripPainter

MAX_BYTES = 10 * 1024 * 1024


class StripPictures:
    """Keeps what was painted last of each line that is not in hand, within a bound."""

    def __init__(self, painter: StripPainter, max_bytes: int = MAX_BYTES) -> None:
        self._painter = painter
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, tuple[LineRow, object, QPixmap]] = OrderedDict()

    @property
    def bytes_used(self) -> int:
        """Size of all pictures that are kept."""
        return self._bytes

    def clear(self) -> None:
        """Forget all: the colours or the text size changed."""
        self._kept.clear()
        self._bytes = 0

    def paint(
        self,
        painter: QPainter,
        number: int,
        row: LineRow,
        box: StripBox,
        *,
        vertical: bool,
        may_take_time: bool = True,
    ) -> bool:
        """Paint a strip that is not in hand; from its picture, if nothing of it changed.

        Returns:
            Whether it was painted as it is; if ``may_take_time`` is false, only what is kept is painted.
        """
        ratio = painter.device().devicePixelRatioF()
        picture = self.picture(number, row, box, ratio, vertical=vertical, may_take_time=may_take_time)
        if picture is None:
            return False
        painter.drawPixmap(box.strip.toAlignedRect().topLeft(), picture)
        return True

    def picture(
        self,
        number: int,
        row: LineRow,
        box: StripBox,
        ratio: float,
        *,
        vertical: bool,
        may_take_time: bool = True,
    ) -> QPixmap | None:
        """The picture of a strip, made if need be and if that ``may_take_time``."""
        area = box.strip.toAlignedRect()
        has_crop = self._painter.crops.has(row.entry.line)
        look = (number, has_crop, ratio, vertical, *_shape_of(box, area))
        kept = self._kept.get(row.line_id)
        fresh = kept is not None and kept[0] is row and kept[1] == look
        if not fresh and not may_take_time:
            return None
        if not fresh or kept is None:
            kept = (row, look, self._painted(number, row, box, area, ratio, vertical))
            self._keep(row.line_id, kept)
        else:
            self._kept.move_to_end(row.line_id)
        return kept[2]

    def _painted(
        self, number: int, row: LineRow, box: StripBox, area: QRect, ratio: float, vertical: bool
    ) -> QPixmap:
        picture = QPixmap(area.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        # On an opaque ground letters are drawn as sharply as on the pane itself.
        picture.fill(self._painter.theme.colour("paper"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(QPointF(-area.topLeft()))
        self._painter.paint(painter, number, row, box, lit=False, vertical=vertical)
        painter.end()
        return picture

    def _keep(self, line_id: int, kept: tuple[LineRow, object, QPixmap]) -> None:
        if before := self._kept.pop(line_id, None):
            self._bytes -= _size(before[2])
        self._kept[line_id] = kept
        self._bytes += _size(kept[2])
        while self._bytes > self._max_bytes and len(self._kept) > 1:
            _, (_, _, dropped) = self._kept.popitem(last=False)
            self._bytes -= _size(dropped)


def _shape_of(box: StripBox, area: QRect) -> tuple[float, ...]:
    """All that matters of a box but where it stands: scrolling by whole px changes nothing."""
    origin = QPointF(area.topLeft())
    places = (box.strip.topLeft() - origin, box.crop.topLeft() - origin, box.text.topLeft() - origin)
    sizes = (box.strip.size(), box.crop.size(), box.text.size())
    return (
        box.text_pixels,
        *(round(value, 2) for place in places for value in (place.x(), place.y())),
        *(round(value, 2) for size in sizes for value in (size.width(), size.height())),
    )


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8
