"""The settings of a training, folded away: who does not open them gets what measured best."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.training.config import PRESETS, FineTuneConfig, preset, with_settings
from core.versions import ModelVersion
from core.wording import say
from workbench.fields import DecimalField, NumberField, Picker
from workbench.theme import Theme

Field = QComboBox | QDoubleSpinBox | QSpinBox | QCheckBox

PICKER_CHARACTERS = 12
"""So wide a picker must be; its longer entries are read in its unfolded list and as its tool tip."""


@dataclass(frozen=True, slots=True)
class DetailsMemory:
    """Whether the form is unfolded, and what its fields hold, in their order."""

    unfolded: bool
    values: tuple[float, ...]


class Details(QWidget):
    """A form that gives a ``FineTuneConfig``; ``changed`` tells that it would give another one now."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._promoted = ""
        self._build_fold()
        self._build_form()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._fold)
        layout.addWidget(self._form)
        self._take_preset()
        self._connect_fields()
        theme.changed.connect(self._show_arrow)

    @property
    def base(self) -> str | None:
        """The model version to start from; ``None`` is the promoted one."""
        return self._base.currentText() or None

    def config(self) -> FineTuneConfig:
        """All settings."""
        start = preset(self._preset.currentData())
        rate = _tidy(self._rate.value() * 1e-4)
        return with_settings(
            start,
            {
                "max_minutes": self._minutes.value() or None,
                "epochs": self._epochs.value(),
                "learning_rate": rate,
                "head_learning_rate": _tidy(rate * start.head_learning_rate / start.learning_rate),
                "augment": start.augment if self._augment.isChecked() else (),
                "charset": self._charset.currentData(),
                "patience": self._patience.value(),
                "normalization": self._normalization.currentData(),
                "folds": self._folds.currentData(),
                "replay": self._replay.value() / 100,
            },
        )

    def show_models(self, models: Sequence[ModelVersion]) -> None:
        """Offer these as bases; a choice that was made stays, else the promoted one is chosen."""
        names = [model.name for model in models]
        promoted = next(model.name for model in models if model.promoted)
        offered = [self._base.itemText(n) for n in range(self._base.count())]
        if (names, promoted) == (offered, self._promoted):
            return
        before = self._base.currentText()
        chosen = before if before in names and before != self._promoted else promoted
        self._promoted = promoted
        with QSignalBlocker(self._base):
            self._base.clear()
            self._base.addItems(names)
            self._base.setCurrentText(chosen)
        self._base.setToolTip(chosen)

    def memory(self) -> DetailsMemory:
        """What is chosen, in no language."""
        return DetailsMemory(self._fold.isChecked(), tuple(_value(field) for _, field in self._fields()))

    def recall(self, memory: DetailsMemory) -> None:
        """Choose it again; the models are those that were offered then."""
        self._fold.setChecked(memory.unfolded)
        for (_, field), value in zip(self._fields(), memory.values, strict=True):
            _set_value(field, value)

    def _build_fold(self) -> None:
        self._fold = QToolButton()
        self._fold.setText(say("Details"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)

    def _build_form(self) -> None:
        self._form = QWidget()
        self._build_pickers()
        self._build_numbers()
        self._augment = QCheckBox(say("vary the pictures"))
        form = QFormLayout(self._form)
        form.setContentsMargins(8, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in self._fields():
            field.setAccessibleName(name)
            form.addRow(name, field)
            if meaning := self._meaning_of(field):
                form.addRow("", _explanation(meaning))
                field.setAccessibleDescription(meaning)
        self._unfold(False)

    def _meaning_of(self, field: Field) -> str:
        """What a number counts, if the field itself is too narrow to say it."""
        if field is self._patience:
            return say("validations without a gain")
        return say("of what is learned, against forgetting") if field is self._replay else ""

    def _build_pickers(self) -> None:
        self._base, self._preset, self._charset = Picker(), Picker(), Picker()
        presets = {"default": say("recommended settings"), "article": say("as in the source article")}
        for key in PRESETS:
            self._preset.addItem(presets.get(key, key), key)
        self._charset.addItem(say("those of the project's text (quick, small)"), "project")
        self._charset.addItem(say("the base's and the project's"), "union")
        self._charset.addItem(say("the base's only"), "keep")
        self._normalization = Picker()
        for words, steps in (
            (say("as the base wants them"), None),
            (say("in their colours"), ("size",)),
            (say("grey"), ("grey", "size")),
            (say("contrast stretched"), ("contrast_stretch", "size")),
            (say("grey, contrast stretched"), ("grey", "contrast_stretch", "size")),
        ):
            self._normalization.addItem(words, steps)
        self._folds = Picker()
        self._folds.addItem(say("one"), 0)
        for count in (3, 5):
            self._folds.addItem(
                say("{count} that vote: {count} times as long, also to read", count=count), count
            )
        for picker in (self._base, self._preset, self._charset, self._normalization, self._folds):
            picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            picker.setMinimumContentsLength(PICKER_CHARACTERS)
            picker.setToolTip(picker.currentText())
            picker.currentTextChanged.connect(picker.setToolTip)

    def _build_numbers(self) -> None:
        self._minutes, self._rate = DecimalField(), DecimalField()
        self._epochs, self._patience, self._replay = (NumberField() for _ in range(3))
        self._minutes.setRange(0, 600)
        self._minutes.setDecimals(0)
        self._minutes.setSpecialValueText(say("no limit"))
        self._minutes.setSuffix(say(" min"))
        self._epochs.setRange(1, 1000)
        self._rate.setRange(0.01, 100)
        self._rate.setSuffix(" × 10⁻⁴")
        self._rate.setToolTip(
            say("With the recommended settings Chinese, Japanese and Korean take a tenth of it.")
        )
        self._patience.setRange(0, 100)
        self._patience.setSpecialValueText(say("never"))
        self._replay.setRange(0, 50)
        self._replay.setSuffix(" %")

    def _fields(self) -> tuple[tuple[str, Field], ...]:
        """Names and fields; the preset comes before what it sets."""
        return (
            (say("Start from"), self._base),
            (say("Preset"), self._preset),
            (say("At most"), self._minutes),
            (say("Epochs"), self._epochs),
            (say("Learning rate"), self._rate),
            (say("Stop early after"), self._patience),
            (say("Pictures"), self._normalization),
            (say("Augmentation"), self._augment),
            (say("Characters"), self._charset),
            (say("Ordinary print"), self._replay),
            (say("Networks"), self._folds),
        )

    def _connect_fields(self) -> None:
        self._preset.currentIndexChanged.connect(self._take_preset)
        for picker in (self._base, self._charset, self._normalization, self._folds):
            picker.currentIndexChanged.connect(self.changed)
        for number in (self._minutes, self._rate, self._epochs, self._patience, self._replay):
            number.valueChanged.connect(self.changed)
        self._augment.toggled.connect(self.changed)

    @Slot()
    def _take_preset(self) -> None:
        chosen = preset(self._preset.currentData())
        self._epochs.setValue(chosen.epochs)
        self._rate.setValue(chosen.learning_rate * 1e4)
        self._augment.setChecked(bool(chosen.augment))
        self._charset.setCurrentIndex(self._charset.findData(chosen.charset))
        self._patience.setValue(chosen.patience)
        self._normalization.setCurrentIndex(0)
        self._replay.setValue(round(100 * chosen.replay))
        self._folds.setCurrentIndex(self._folds.findData(chosen.folds))
        self.changed.emit()

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self._form.setVisible(unfolded)
        self._show_arrow()

    @Slot()
    def _show_arrow(self) -> None:
        name = "chevron-down" if self._fold.isChecked() else "chevron-right"
        self._fold.setIcon(self._theme.icon(name))


def _explanation(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    label.setWordWrap(True)
    return label


def _value(field: Field) -> float:
    """The number of a picker's entry, a number, or 1 for a tick."""
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.isChecked() if isinstance(field, QCheckBox) else field.value()


def _set_value(field: Field, value: float) -> None:
    if isinstance(field, QComboBox):
        field.setCurrentIndex(int(value))
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value))
    else:
        field.setValue(value)


def _tidy(rate: float) -> float:
    """Without the dust of binary fractions: what is shown is what is trained with."""
    return float(f"{rate:.6g}")
