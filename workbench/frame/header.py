"""The header: project, promoted model, search."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from core.versions import ModelVersion
from core.wording import say
from workbench.theme import Theme


class Header(QFrame):
    """Tells which project and model are in use.

    Signals:
        search_wanted(): open the command palette.
        models_wanted(): show the model versions.
    """

    search_wanted = Signal()
    models_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("header")
        self._theme = theme
        self._name = QLabel()
        self._name.setObjectName("projectName")
        self._model = QPushButton()
        self._model.setObjectName("modelButton")
        self._model.setToolTip(say("The model that drafts new lines"))
        self._model.clicked.connect(self.models_wanted)
        self._search = QPushButton()
        self._search.setObjectName("searchButton")
        self._search.clicked.connect(self.search_wanted)
        self._build_layout()
        theme.changed.connect(self._tint)
        self._tint()

    def show_project(self, name: str) -> None:
        """Name the open project."""
        self._name.setText(name)
        self._name.setToolTip(name)

    def show_model(self, model: ModelVersion) -> None:
        """Name the promoted model and how well it reads the project's test lines."""
        cer = model.scores.get("test_cer", model.scores.get("val_cer"))
        rate = say("CER {cer:.1f} %", cer=cer * 100) if cer is not None else ""
        self._model.setText(
            "   ".join(part for part in (say("Model: {name}", name=model.name), rate) if part)
        )

    def show_search_key(self, keys: str) -> None:
        """Tell which key opens the search."""
        self._search.setText(f"{say('Search pages, text, commands')}    {keys}".rstrip())

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._name)
        layout.addWidget(self._model)
        layout.addStretch(1)
        layout.addWidget(self._search)

    @Slot()
    def _tint(self) -> None:
        self._model.setIcon(self._theme.icon("layers"))
        self._search.setIcon(self._theme.icon("search"))
