"""The start screen: what one sees without a project."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.wording import say
from workbench.flow_layout import FlowLayout
from workbench.theme import Theme

WIDTH = 600


class StartScreen(QWidget):
    """Offers a new project, an existing one, the recent ones and the demo.

    Signals:
        new_wanted(), open_wanted(), package_wanted(), demo_wanted(): the buttons.
        recent_wanted(Path): a recent project was chosen.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    package_wanted = Signal()
    demo_wanted = Signal()
    recent_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._recent = QVBoxLayout()
        self._buttons: dict[str, QPushButton] = {}
        middle = QWidget()
        middle.setFixedWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setSpacing(8)
        self._build_heading(column)
        self._build_buttons(column)
        column.addLayout(self._recent)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        # Between two stretches, not aligned: so its height is that of its own width.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(3)

    def show_recent(self, folders: Sequence[Path]) -> None:
        """List the recent projects."""
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if folders:
            caption = QLabel(say("Recent projects"))
            caption.setProperty("role", "caption")
            caption.setContentsMargins(0, 24, 0, 4)
            self._recent.addWidget(caption)
        for folder in folders:
            button = QPushButton(f"{folder.name}\n{folder.parent}")
            button.setObjectName("recentProject")
            button.setProperty("folder", str(folder))
            button.clicked.connect(self._choose_recent)
            self._recent.addWidget(button)

    def _build_heading(self, column: QVBoxLayout) -> None:
        title = QLabel("Linewright")
        title.setProperty("role", "title")
        sentence = QLabel(say("Turn scans into correct text, and teach the recogniser your own material."))
        sentence.setProperty("role", "soft")
        sentence.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(24)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        row = FlowLayout()
        for text, icon, signal in (
            (say("New project …"), "folder-plus", self.new_wanted),
            (say("Open …"), "folder-open", self.open_wanted),
            (say("Open a package …"), "folder-input", self.package_wanted),
            (say("Try the demo"), "book-open", self.demo_wanted),
        ):
            button = QPushButton(f" {text}")
            button.setAccessibleName(text)
            button.clicked.connect(signal)
            self._theme.tint(button, icon, "on_accent" if icon == "folder-plus" else "ink_soft")
            self._buttons[icon] = button
            row.addWidget(button)
        self._buttons["folder-plus"].setProperty("primary", True)
        column.addLayout(row)

    @Slot()
    def _choose_recent(self) -> None:
        if button := self.sender():
            self.recent_wanted.emit(Path(button.property("folder")))
