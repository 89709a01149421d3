"""The dialog that asks what is not in a model's file: its name here, its characters, how it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from core.errors import KnownError
from core.recognition.foreign import KINDS
from core.wording import say
from workbench.fields import Picker
from workbench.form_dialog import FormDialog

WIDTH = 640


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """A model file with what was said about it; ``None``: look beside the file."""

    file: Path
    name: str
    vocab: Path | None
    config: Path | None
    kind: str | None
    keep_ratio: bool


class FileField(QWidget):
    """A file that need not be given; written, or chosen by the button."""

    def __init__(self, name: str, start: Path) -> None:
        super().__init__()
        self._name, self._start = name, start
        self.field, self.choose = QLineEdit(), QPushButton(say("Choose …"))
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(say("looked for beside the model"))
        self.choose.setAccessibleName(say("Choose: {name}", name=name))
        self.choose.setAutoDefault(False)  # Enter imports
        self.choose.clicked.connect(self._ask)
        self.setFocusProxy(self.field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.choose)

    @property
    def file(self) -> Path | None:
        """What was given."""
        text = self.field.text().strip()
        return self._start / text if text else None

    @Slot()
    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._name, str(self._start))
        if chosen:
            self.field.setText(chosen)


class ImportDialog(FormDialog):
    """``ordered(ImportOrder)``: take this model in."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget, file: Path, name: str, check: Callable[[str], object]) -> None:
        """``name`` is proposed; ``check`` raises a ``KnownError`` for one that the model cannot have."""
        super().__init__(parent, say("Import a model"), say("Import"))
        self._file, self._check = file, check
        self.name = QLineEdit(name)
        self.vocab = FileField(say("Characters, one a line"), file.parent)
        self.config = FileField(say("Settings of its program"), file.parent)
        self.kind = Picker()
        self.kind.addItem(say("recognised by its layers"), None)
        for kind in KINDS:
            self.kind.addItem(kind, kind)
        self.keep_ratio = QCheckBox(say("never stretch lines to one width"))
        self.name.textChanged.connect(self._allow)
        self.take.clicked.connect(self._order)
        self.lay_out(self._fields(), WIDTH, self._heading())
        self.name.selectAll()
        self.name.setFocus()

    def _fields(self) -> Sequence[tuple[str, QWidget]]:
        return (
            (say("Name here"), self.name),
            (say("Characters, one a line"), self.vocab),
            (say("Settings of its program"), self.config),
            (say("Kind"), self.kind),
            (say("Pictures"), self.keep_ratio),
        )

    def _heading(self) -> tuple[QLabel, QLabel]:
        title = QLabel(self._file.name)
        title.setProperty("role", "heading")
        hint = QLabel(
            say("A file that Linewright exported needs only a name; the rest is for other programs.")
        )
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        return title, hint

    @Slot(str)
    def _allow(self, name: str) -> None:
        wrong = self._wrong_with(name.strip())
        self.take.setEnabled(not wrong)
        self.take.setToolTip(wrong)
        self.note.setText(wrong)

    def _wrong_with(self, name: str) -> str:
        if not name:
            return say("Give the model a name.")
        try:
            self._check(name)
        except KnownError as error:
            return str(error)
        return ""

    @Slot()
    def _order(self) -> None:
        order = ImportOrder(
            self._file,
            self.name.text().strip(),
            self.vocab.file,
            self.config.file,
            self.kind.currentData(),
            self.keep_ratio.isChecked(),
        )
        self.ordered.emit(order)
        self.accept()
