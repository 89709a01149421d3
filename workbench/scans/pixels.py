"""From core's pixel arrays to Qt's images.

Through OpenCV, which lets other threads run meanwhile: Qt's own scaling and conversion hold Python's lock,
and the window would stand still for as long as a thread works on a page.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Pixels = NDArray[np.uint8]

# A page that is scaled on all cores would take the window's own away from it for that time.
cv2.setNumThreads(1)


def to_image(bgr: Pixels) -> QImage:
    """A BGR array ``(H, W, 3)`` as an image with pixels of its own."""
    height, width = bgr.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    # RGB32 lies in memory as blue, green, red, filler; a row of it is never padded.
    target = np.frombuffer(image.bits(), dtype=np.uint8).reshape(height, width, 4)
    cv2.cvtColor(bgr, cv2.COLOR_BGR2BGRA, dst=target)
    return image


def shared_image(bgr: Pixels) -> QImage:
    """An image in the memory of a BGR array; whoever keeps it keeps the array too."""
    height, width = bgr.shape[:2]
    return QImage(bgr.data, width, height, 3 * width, QImage.Format.Format_BGR888)


def shrunk(bgr: Pixels, width: int, height: int) -> Pixels:
    """An array scaled down to exactly so many px, each the mean of what it covers."""
    size = (max(width, 1), max(height, 1))
    return np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
