"""What the library shows while it is empty: where scans may be dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.wording import say


class DropZone(QWidget):
    """Signals: ``import_wanted()``: let files be chosen."""

    import_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        zone = QFrame()
        zone.setObjectName("dropZone")
        title = QLabel(say("Drop scans or a data set here"))
        title.setProperty("role", "title")
        text = QLabel(
            say(
                "PNG, JPEG, WebP, BMP, TIFF, PDF, PAGE or ALTO beside them, folders with labels.txt.\n"
                "Then let the lines be found and drafted, and correct them in Transcribe."
            )
        )
        text.setProperty("role", "soft")
        button = QPushButton(say("Import files …"))
        button.setProperty("primary", "true")
        button.clicked.connect(self.import_wanted)
        self.setFocusProxy(button)
        inside = QVBoxLayout(zone)
        inside.addStretch(1)
        for part in (title, text, button):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.addWidget(zone)
