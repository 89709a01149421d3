"""The row above a comparison: which models, on which pages, and which of the lines are shown."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from core.document import Split
from core.evaluation.comparison import Outcome
from core.versions import ModelVersion
from core.wording import say
from workbench.command import Command, CommandButton
from workbench.fields import Picker
from workbench.flow_layout import FlowLayout
from workbench.names import outcome_name, split_name

PICKER_CHARACTERS = 16
"""So wide a picker must be; longer names are read in its unfolded list."""


class ChoiceBar(QFrame):
    """The row of pickers.

    Signals:
        chosen(): other models or pages are to be compared.
        filtered(): other lines are to be shown.
    """

    chosen = Signal()
    filtered = Signal()

    def __init__(self, compare: Command) -> None:
        super().__init__()
        self.setObjectName("placeBar")
        self.pickers = [Picker() for _ in range(3)]
        self._split, self.outcomes, self._pages = Picker(), Picker(), Picker()
        self._build_choices()
        self.button = CommandButton(compare)
        self.button.setProperty("primary", "true")
        self._build_layout()
        for picker in (*self.pickers, self._split):
            picker.currentIndexChanged.connect(self.chosen)

    @property
    def models(self) -> list[str]:
        """The chosen versions, each once."""
        names = dict.fromkeys(picker.currentData() for picker in self.pickers)
        return [name for name in names if name]

    @property
    def split(self) -> Split:
        """On which pages."""
        return Split(self._split.currentData())

    @property
    def outcome(self) -> Outcome | None:
        """Which lines are to be shown; ``None``: all."""
        chosen = self.outcomes.currentData()
        return Outcome(chosen) if chosen else None

    @property
    def page(self) -> str:
        """Lines of which page are to be shown; empty: of all."""
        return self._pages.currentText() if self._pages.currentIndex() > 0 else ""

    def show_models(self, models: Sequence[ModelVersion], *, propose: bool) -> None:
        """Offer these versions; ``propose`` the newest one beside its parent."""
        names = [model.name for model in models]
        if names == [self.pickers[0].itemText(n) for n in range(self.pickers[0].count())]:
            return
        for picker in self.pickers:
            with QSignalBlocker(picker):
                self._offer(picker, names)
        self.chosen.emit()
        tuned = [model for model in models if model.parent]
        if tuned and propose:
            self.choose(tuned[-1].parent or names[0], tuned[-1].name)

    def choose(self, *models: str) -> None:
        """Choose two or three versions."""
        for picker, model in zip(self.pickers, (*models, None), strict=False):
            picker.setCurrentIndex(picker.findData(model))

    def choose_split(self, split: Split) -> None:
        """Choose on which pages the versions are compared."""
        self._split.setCurrentIndex(self._split.findData(split.value))

    def _offer(self, picker: QComboBox, names: Sequence[str]) -> None:
        """Offer versions in a picker; what was chosen stays."""
        before = picker.currentData()
        picker.clear()
        if picker is self.pickers[-1]:
            picker.addItem(say("none"), None)
        for name in names:
            picker.addItem(name, name)
        picker.setCurrentIndex(max(picker.findData(before), 0))

    def show_pages(self, names: Iterable[str]) -> None:
        """Offer the pages of another comparison."""
        self._pages.clear()
        self._pages.addItems([say("all pages"), *names])

    @Slot()
    def show_all(self) -> None:
        """Show all lines."""
        self.outcomes.setCurrentIndex(0)
        self._pages.setCurrentIndex(0)
        self.filtered.emit()

    def _build_layout(self) -> None:
        """Each picker under its caption."""
        layout = FlowLayout((12, 8, 12, 8))
        models = [say("Model {letter}", letter=letter) for letter in "ABC"]
        captions = (*models, say("Compared pages"), "", say("Shown lines"), say("Shown page"))
        parts = (*self.pickers, self._split, self.button, self.outcomes, self._pages)
        for caption, part in zip(captions, parts, strict=True):
            layout.addWidget(_captioned(caption, part) if caption else part)
        self.setLayout(layout)

    def _build_choices(self) -> None:
        for split in (Split.TEST, Split.VAL, Split.TRAIN):
            self._split.addItem(split_name(split), split.value)
        self.outcomes.addItem(say("all lines"), "")
        for outcome in Outcome:
            self.outcomes.addItem(outcome_name(outcome), outcome.value)
        self._pages.addItem(say("all pages"))
        for filter_ in (self.outcomes, self._pages):
            filter_.activated.connect(self.filtered)
        for letter, picker in zip("ABC", self.pickers, strict=True):
            _name(picker, say("Model {letter}", letter=letter))
        for picker in (*self.pickers, self._pages):
            picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            picker.setMinimumContentsLength(PICKER_CHARACTERS)
        _name(self._split, say("Pages on which the models are compared"))
        _name(self.outcomes, say("Lines that are shown"))
        _name(self._pages, say("Page whose lines are shown"))


def _captioned(caption: str, part: QWidget) -> QWidget:
    """A part under its caption."""
    label, both = QLabel(caption), QWidget()
    label.setProperty("role", "caption")
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label)
    layout.addWidget(part)
    return both


def _name(box: QComboBox, name: str) -> None:
    box.setAccessibleName(name)
    box.setToolTip(name)
