"""The fields in which one rule is written, and a field to try it in."""

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from core.errors import KnownError
from core.rules.checks import Check, FieldCheck, PatternCheck, WordsCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Region, Scope, parse_pages, parse_region
from core.wording import say
from workbench.fields import Picker

PATTERN, WORDS = "pattern", "words"
"""Kinds of rules beside those that demand a field."""


def kind_names() -> dict[str, str]:
    """What a rule may demand."""
    return {
        PATTERN: say("Pattern (regular expression)"),
        WORDS: say("Word list"),
        FieldKind.CHINESE_ID: say("Chinese ID number"),
        FieldKind.DATE: say("Date"),
        FieldKind.AMOUNT: say("Amount"),
        FieldKind.DOSAGE: say("Dosage"),
        FieldKind.PHONE: say("Mobile number"),
    }


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """What the fields say word by word, a rule or not."""

    kind: str
    texts: tuple[str, ...]
    ticks: tuple[bool, ...]

    def to_json(self) -> str:
        """As text."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "WrittenRule":
        """The inverse of ``to_json``."""
        stored = json.loads(text)
        return cls(stored["kind"], tuple(stored["texts"]), tuple(stored["ticks"]))


class RuleForm(QWidget):
    """``edited`` tells that something was changed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.kind, self.pattern = QLineEdit(), Picker(), QLineEdit()
        self.words = QPlainTextEdit()
        self.words.setPlaceholderText(say("One word or entry a line"))
        self.words.setFixedHeight(96)
        self.each, self.required = (
            QCheckBox(say("Look up each word")),
            QCheckBox(say("The line must hold one")),
        )
        self.tag, self.pages, self.region = QLineEdit(), QLineEdit(), QLineEdit()
        self.tag.setPlaceholderText(say("any"))
        self.pages.setPlaceholderText(say("all; for example 1, 3-5"))
        self.region.setPlaceholderText(say("whole page; for example 0 0 1 0.2"))
        self.region.setToolTip(say("whole page; or left top right bottom, for example 0 0 1 0.2"))
        self.draw = QPushButton(say("Draw it on the page"))
        self.trial, self.verdict = QLineEdit(), QLabel()
        self.trial.setPlaceholderText(say("Type a text to try the rule"))
        self.verdict.setWordWrap(True)
        self.verdict.setMinimumHeight(56)
        for kind, name in kind_names().items():
            self.kind.addItem(name, str(kind))
        self._fields = (self.name, self.pattern, self.tag, self.pages, self.region)
        self._boxes = (self.each, self.required)
        self._build_layout()
        self._connect_parts()
        self.show_rule(None)

    def show_rule(self, rule: FieldRule | None) -> None:
        """Fill the fields; without a rule, empty them."""
        check = rule.check if rule else PatternCheck("")
        scope = rule.scope if rule else Scope()
        self.name.setText(rule.name if rule else "")
        self.kind.setCurrentIndex(self.kind.findData(_kind_of(check)))
        self.pattern.setText(check.pattern if isinstance(check, PatternCheck) else "")
        self.words.setPlainText("\n".join(check.words) if isinstance(check, WordsCheck) else "")
        self.each.setChecked(isinstance(check, WordsCheck) and check.each)
        self.required.setChecked(isinstance(check, FieldCheck) and check.required)
        self.tag.setText(scope.tag)
        self.pages.setText(scope.page_words)
        self.show_region(scope.region)
        self._show_fitting()

    @property
    def written(self) -> WrittenRule:
        """What the fields say, also where that is no rule yet."""
        return WrittenRule(
            str(self.kind.currentData()),
            (*(field.text() for field in self._fields), self.words.toPlainText()),
            tuple(box.isChecked() for box in self._boxes),
        )

    def show_written(self, written: WrittenRule) -> None:
        """Fill the fields with what stood in them once."""
        self.kind.setCurrentIndex(self.kind.findData(written.kind))
        for field, text in zip(self._fields, written.texts, strict=False):
            field.setText(text)
        self.words.setPlainText(written.texts[-1])
        for box, ticked in zip(self._boxes, written.ticks, strict=True):
            box.setChecked(ticked)

    def show_region(self, region: Region | None) -> None:
        """Fill the field of the region."""
        self.region.setText(" ".join(f"{value:g}" for value in region or ()))

    def rule(self) -> FieldRule:
        """What the fields say.

        Raises:
            BadRule: If that is no rule.
        """
        pages, region = parse_pages(self.pages.text()), parse_region(self.region.text())
        return FieldRule(
            self.name.text().strip(), self._check(), Scope(self.tag.text().strip(), pages, region)
        )

    def _check(self) -> Check:
        chosen = self.kind.currentData()
        if chosen == PATTERN:
            return PatternCheck(self.pattern.text())
        if chosen == WORDS:
            words = (word.strip() for word in self.words.toPlainText().splitlines())
            return WordsCheck(tuple(word for word in words if word), self.each.isChecked())
        return FieldCheck(FieldKind(chosen), self.required.isChecked())

    def _build_layout(self) -> None:
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(8)
        rows: tuple[tuple[str, QWidget], ...] = (
            (say("Name"), self.name),
            (say("Demands"), self.kind),
            ("", self.pattern),
            ("", self.words),
            ("", self.each),
            ("", self.required),
            (say("Lines with tag"), self.tag),
            (say("On pages"), self.pages),
            (say("In the region"), self._with_button(self.region, self.draw)),
            (say("Try it"), self.trial),
            ("", self.verdict),
        )
        for title, part in rows:
            self._form.addRow(title, part)
            if title:
                part.setAccessibleName(title)
        self.region.setAccessibleName(say("In the region"))
        self.pattern.setAccessibleName(say("Pattern (regular expression)"))
        self.words.setAccessibleName(say("Word list"))

    @staticmethod
    def _with_button(field: QLineEdit, button: QPushButton) -> QWidget:
        both = QWidget()
        layout = QHBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(button)
        return both

    def _connect_parts(self) -> None:
        for field in (*self._fields, self.trial):
            field.textChanged.connect(self._judge)
        self.words.textChanged.connect(self._judge)
        for box in self._boxes:
            box.toggled.connect(self._judge)
        self.kind.currentIndexChanged.connect(self._show_fitting)

    @Slot()
    def _show_fitting(self) -> None:
        """Only the fields that belong to the kind."""
        chosen = self.kind.currentData()
        self._form.setRowVisible(self.pattern, chosen == PATTERN)
        self._form.setRowVisible(self.words, chosen == WORDS)
        self._form.setRowVisible(self.each, chosen == WORDS)
        self._form.setRowVisible(self.required, chosen not in (PATTERN, WORDS))
        self._judge()

    @Slot()
    def _judge(self) -> None:
        """Hold the trial text against what the fields say now."""
        self.edited.emit()
        text = self.trial.text()
        try:
            check = self._check()
            parse_pages(self.pages.text())
            parse_region(self.region.text())
        except KnownError as error:
            self._tell(str(error), "error")
            return
        if not text:
            self._tell("", "soft")
            return
        found = FieldRule("trial", check).violations(text)
        if not found:
            self._tell("✓ " + say("In order."), "done")
            return
        parts = [
            each.sentence + (f"  → {each.repaired(text)}" if each.repair is not None else "")
            for each in found
        ]
        self._tell("  ".join(parts), "fault")

    def _tell(self, text: str, role: str) -> None:
        self.verdict.setText(text)
        self.verdict.setProperty("role", role)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)


def _kind_of(check: Check) -> str:
    if isinstance(check, PatternCheck):
        return PATTERN
    if isinstance(check, WordsCheck):
        return WORDS
    return str(check.what)
