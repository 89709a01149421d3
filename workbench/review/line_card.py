"""One line to be read: its crop over a field for its text."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from core.wording import say
from workbench.theme import Theme
from workbench.theme.fonts import IDEOGRAPH, reading_font

MARGIN, HEIGHT = 16, 96
PIXELS = 26


def field_style(pixels: int) -> str:
    """Style of a field for transcribed text.

    Qt centres the line of the first font; ideographs rise above that by what they are higher.
    """
    line = QFontMetricsF(reading_font(pixels)).height()
    height = ceil(2 * IDEOGRAPH * pixels - line)
    # The style sheet's text size would win over the font; its padding would cut what rises into it.
    return f"QLineEdit {{ font-size: {pixels}px; padding: 0 8px; min-height: {height}px; }}"


class LinePicture(QWidget):
    """Paints a crop as large as there is room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(say("Picture of the line"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._image: QImage | None = None
        self._place: tuple[float, float] | None = None
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A line of a book at a good reading size."""
        return QSize(400, HEIGHT)

    def show_image(self, image: QImage | None, place: tuple[float, float] | None = None) -> None:
        """Show another picture, or none yet; ``place`` (fractions of its width, 0-1) is marked."""
        self._image, self._place = image, place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The picture on the ground of scans, at the left like its text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None or self._image.isNull():
            painter.setPen(self._theme.colour("ink_soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, say("Cutting the line …"))
            return
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        size = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        size.translate(QPointF(0, self.height() - size.height()))
        painter.drawImage(size, self._image)
        if self._place:
            start, end = (size.width() * part for part in self._place)
            painter.fillRect(
                QRectF(start, size.top(), end - start, size.height()), self._theme.colour("doubt", 0.3)
            )


class LineField(QLineEdit):
    """A field for the text of a line; Enter ``confirmed``, Esc ``left``."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("Text of the line"))
        self.setFont(reading_font(PIXELS))
        self.setStyleSheet(field_style(PIXELS))
        self.returnPressed.connect(self._confirm)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(self.text())


class LineCard(QWidget):
    """Picture and field, one under the other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.picture = LinePicture(theme)
        self.field = LineField()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(8)
        layout.addWidget(self.picture)
        layout.addWidget(self.field)
