"""Icons from the bundled Lucide set, drawn in the colours of the scheme in force."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import RESOURCES

SIZES = (16, 20, 24, 32, 48, 64)
"""Edge lengths in px at which an icon is drawn ahead."""


@lru_cache(maxsize=512)
def icon(name: str, colour: str, disabled: str, selected: str = "") -> QIcon:
    """The icon ``name`` in ``colour``; ``disabled`` and ``selected`` are its colours in those states.

    Raises:
        FileNotFoundError: If no such icon is bundled.
    """
    source = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for size in SIZES:
        made.addPixmap(_drawn(source, colour, size), QIcon.Mode.Normal)
        made.addPixmap(_drawn(source, disabled, size), QIcon.Mode.Disabled)
        if selected:
            made.addPixmap(_drawn(source, selected, size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def _drawn(source: str, colour: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
