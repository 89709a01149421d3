"""The dialog that asks what is not in a model's file: its name here, its characters, how it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import KnownError
from core.recognition.foreign import KINDS
from core.wording import say
from workbench.fields import Picker

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


class ImportDialog(QDialog):
    """Enter imports, Esc closes. ``ordered(ImportOrder)``: take this model in."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget, file: Path, name: str, check: Callable[[str], object]) -> None:
        """``name`` is proposed; ``check`` raises a ``KnownError`` for one that the model cannot have."""
        super().__init__(parent)
        self.setWindowTitle(say("Import a model"))
        self._file, self._check = file, check
        self.name = QLineEdit(name)
        self.vocab = FileField(say("Characters, one a line"), file.parent)
        self.config = FileField(say("Settings of its program"), file.parent)
        self.kind = Picker()
        self.kind.addItem(say("recognised by its layers"), None)
        for kind in KINDS:
            self.kind.addItem(kind, kind)
        self.keep_ratio = QCheckBox(say("never stretch lines to one width"))
        self.take = QPushButton(say("Import"))
        self.cancel = QPushButton(say("Cancel"))
        self.wrong = QLabel()
        self._build_layout()
        self.name.textChanged.connect(self._allow)
        self.take.clicked.connect(self._order)
        self.cancel.clicked.connect(self.reject)
        self.resize(WIDTH, self.sizeHint().height())
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

    def _build_layout(self) -> None:
        title, below, form = QLabel(self._file.name), QHBoxLayout(), QFormLayout()
        note = QLabel(
            say("A file that Linewright exported needs only a name; the rest is for other programs.")
        )
        title.setProperty("role", "heading")
        note.setProperty("role", "soft")
        for label in (note, self.wrong):
            label.setWordWrap(True)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in self._fields():
            field.setAccessibleName(name)
            form.addRow(name, field)
        self.cancel.setAutoDefault(False)
        self.take.setProperty("primary", "true")
        self.take.setDefault(True)
        below.addStretch(1)
        below.addWidget(self.cancel)
        below.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (title, note):
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(self.wrong)
        layout.addStretch(1)
        layout.addLayout(below)

    @Slot(str)
    def _allow(self, name: str) -> None:
        wrong = self._wrong_with(name.strip())
        self.take.setEnabled(not wrong)
        self.take.setToolTip(wrong)
        self.wrong.setText(wrong)

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
