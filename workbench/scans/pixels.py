"""From core's pixel arrays to Qt's images."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def to_image(bgr: NDArray[np.uint8]) -> QImage:
    """A BGR array ``(H, W, 3)`` as an image with pixels of its own."""
    pixels = np.ascontiguousarray(bgr)
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888).convertToFormat(
        QImage.Format.Format_RGB32
    )
