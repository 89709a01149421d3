"""The header: project, promoted model, search."""

from PySide6.QtCore import Signal
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
        self._name = QLabel()
        self._name.setObjectName("projectName")
        self._model = QPushButton()
        self._model.setObjectName("modelButton")
        self._model.setToolTip(say("The model that drafts new lines"))
        self._model.clicked.connect(self.models_wanted)
        self._search = QPushButton()
        self._search.setObjectName("searchButton")
        self._search.clicked.connect(self.search_wanted)
        theme.tint(self._model, "layers")
        theme.tint(self._search, "search")
        self._build_layout()

    def show_project(self, name: str) -> None:
        """Name the open project."""
        self._name.setText(name)
        self._name.setToolTip(name)

    def show_model(self, model: ModelVersion) -> None:
        """Name the promoted model and how well it reads the project's test lines."""
        cer = model.scores.get("test_cer", model.scores.get("val_cer"))
        rate = say("CER {cer:.1f} %", cer=cer * 100) if cer is not None else ""
        words = "   ".join(part for part in (say("Model: {name}", name=model.name), rate) if part)
        self._model.setText(f" {words}")

    def show_search_key(self, keys: str) -> None:
        """Tell which key opens the search."""
        self._search.setText(f" {say('Search pages, text, commands')}    {keys}".rstrip())

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 8)
        layout.setSpacing(16)
        layout.addWidget(self._name)
        layout.addWidget(self._model)
        layout.addStretch(1)
        layout.addWidget(self._search)
