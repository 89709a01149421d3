"""The project's field rules: list, form, a field to try them in; and mending drafts by them."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import KnownError
from core.rules.scope import Region
from core.storage.field_rules import StoredRule, add_rule, change_rule, delete_rule, enable_rule, list_rules
from core.storage.project import Project
from core.wording import say
from workbench.transcribe.asking import agrees
from workbench.transcribe.rule_form import RuleForm, WrittenRule
from workbench.unfinished import UnfinishedTexts

ID_ROLE = Qt.ItemDataRole.UserRole
NEW = 0
"""Stands for the id that a new rule does not have yet."""


class RulesDialog(QDialog):
    """Stands beside the work and does not stop it.

    Signals:
        rules_changed(): other rules are in force.
        repair_wanted(): mend the drafts nobody has touched.
        region_wanted(): let a part of the page be drawn for ``take_region``.
    """

    rules_changed = Signal()
    repair_wanted = Signal()
    region_wanted = Signal()

    def __init__(self, parent: QWidget, project: Project) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Rules for fields"))
        self._project = project
        self._rules: dict[int, StoredRule] = {}
        self._shown: int | None = None
        self.list, self.form = QListWidget(), RuleForm()
        self._begun_with = self.form.written
        self._unkept = UnfinishedTexts(project, "rule", self)
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.new, self.save = QPushButton(say("New rule")), QPushButton(say("Keep"))
        self.delete, self.repair = QPushButton(say("Delete")), QPushButton(say("Mend drafts by the rules …"))
        self.repair.setToolTip(
            say("Drafts nobody has touched become open texts with the repairs; Undo takes it back")
        )
        self.save.setProperty("primary", "true")
        self.save.setDefault(True)
        self._build_layout()
        self._connect_parts()
        self._fill_form()
        self.resize(820, 560)

    def open_dialog(self) -> None:
        """Show the rules as they are now."""
        self._read()
        self._name_rules()
        for button in (self.new, self.save, self.repair):
            button.setEnabled(not self._project.read_only)
        self._offer_deleting()
        self.show()
        self.raise_()
        self.form.name.setFocus()

    @Slot(object)
    def take_region(self, region: Region | None) -> None:
        """A part of the page was drawn (``None``: it was not, after all); go on in the form."""
        if region is not None:
            self.form.show_region(region)
        self.raise_()
        self.activateWindow()
        self.form.region.setFocus()

    def write_down(self) -> None:
        """Keep for later what is in the form and no rule yet."""
        self._note_unkept()
        self._unkept.keep()

    def _build_layout(self) -> None:
        left, right, below = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self.list.setFixedWidth(240)
        self.list.setAccessibleName(say("Rules; the tick puts them in force"))
        left.addWidget(self.list, 1)
        left.addWidget(self.new)
        left.addWidget(self.repair)
        below.addWidget(self.problem, 1)
        below.addWidget(self.delete)
        below.addWidget(self.save)
        right.addWidget(self.form, 1)
        right.addLayout(below)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    def _connect_parts(self) -> None:
        self.list.currentItemChanged.connect(self._show_current)
        self.list.itemChanged.connect(self._enable)
        self.new.clicked.connect(self._start_new)
        self.save.clicked.connect(self._keep)
        self.delete.clicked.connect(self._delete)
        self.repair.clicked.connect(self.repair_wanted)
        self.form.draw.clicked.connect(self.region_wanted)
        self.form.edited.connect(self._note_unkept)

    def _read(self) -> None:
        self._rules = {each.id: each for each in list_rules(self._project)}
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._rules.values():
            item = QListWidgetItem(each.rule.name)
            item.setData(ID_ROLE, each.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.enabled else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if each.id == self._shown:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    @Slot()
    def _show_current(self) -> None:
        """Another rule; what was written for the one before is there again when that one comes back."""
        self._note_unkept()
        item = self.list.currentItem()
        self._shown = item.data(ID_ROLE) if item else None
        self._fill_form()

    @Slot()
    def _note_unkept(self) -> None:
        self._unkept.note(self._shown or NEW, self.form.written.to_json(), self._begun_with.to_json())
        self._name_rules()

    def _name_rules(self) -> None:
        """Rules whose form was left without keeping it say so."""
        with QSignalBlocker(self.list):
            for item in map(self.list.item, range(self.list.count())):
                rule_id = item.data(ID_ROLE)
                name = self._rules[rule_id].rule.name
                item.setText(say("{rule} (not kept yet)", rule=name) if self._unkept.text(rule_id) else name)

    def _fill_form(self) -> None:
        stored = self._rules.get(self._shown) if self._shown is not None else None
        self.problem.clear()
        with QSignalBlocker(self.form):  # nobody writes what is shown here
            self.form.show_rule(stored.rule if stored else None)
            self._begun_with = self.form.written
            if unkept := self._unkept.text(self._shown or NEW):
                self.form.show_written(WrittenRule.from_json(unkept))
                self.problem.setText(say("What you wrote here is not kept yet."))
        self._offer_deleting()

    def _offer_deleting(self) -> None:
        self.delete.setEnabled(self._shown is not None and not self._project.read_only)

    @Slot()
    def _start_new(self) -> None:
        self.list.setCurrentRow(-1)
        self._show_current()
        self.form.name.setFocus()

    @Slot()
    def _keep(self) -> None:
        def keep() -> int:
            rule = self.form.rule()
            if self._shown is None:
                return add_rule(self._project, rule).id
            return change_rule(self._project, self._shown, rule).id

        before = self._shown
        if self._do(keep):
            self._unkept.drop(before or NEW)
            self._begun_with = self.form.written
            self._name_rules()
            self._offer_deleting()

    @Slot()
    def _delete(self) -> None:
        shown = self._shown
        if shown is None or not self._may_delete(shown):
            return
        if self._do(lambda: delete_rule(self._project, shown)):
            self._unkept.drop(shown)
            self._fill_form()

    def _may_delete(self, rule_id: int) -> bool:
        name = self._rules[rule_id].rule.name
        question = say("Delete the rule “{rule}”? This cannot be undone.", rule=name)
        return agrees(self, say("Delete the rule"), question)

    @Slot(QListWidgetItem)
    def _enable(self, item: QListWidgetItem) -> None:
        rule_id, wanted = item.data(ID_ROLE), item.checkState() is Qt.CheckState.Checked

        def enable() -> int | None:
            enable_rule(self._project, rule_id, wanted)
            return self._shown

        self._do(enable)

    def _do(self, act: Callable[[], int | None]) -> bool:
        """Do it, then show the rule that it answers with."""
        try:
            self._shown = act()
        except KnownError as error:
            self.problem.setText(str(error))
            return False
        self.problem.clear()
        self._read()
        self._name_rules()
        self.rules_changed.emit()
        return True
