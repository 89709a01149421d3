"""Paints a line's crop whole: smaller rather than cut off."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

MARGIN = 4
TALLEST = 36
"""Px."""


class CropDelegate(QStyledItemDelegate):
    """For a column whose decoration is a crop."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground of the row, then the picture at its left."""
        image = index.data(Qt.ItemDataRole.DecorationRole)
        super().paint(painter, option, QModelIndex())  # the ground of the row alone
        if not isinstance(image, QImage) or image.isNull():
            return
        room = QRectF(option.rect).adjusted(MARGIN, MARGIN, -2 * MARGIN, -MARGIN)
        height = min(room.height(), TALLEST)
        scale = min(height / image.height(), room.width() / image.width())
        size = QRectF(0, 0, image.width() * scale, image.height() * scale)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(size.translated(room.left(), room.center().y() - size.height() / 2), image)
        painter.restore()
