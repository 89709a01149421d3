"""Models: the lineage as a tree, a card of the selected version, and what can be done with it."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.document import Split
from core.errors import KnownError
from core.recognition.architectures import CRNN
from core.storage.base_models import BASE_MODEL_FACTS
from core.storage.changes import Change
from core.storage.evaluations import latest_evaluation
from core.storage.models import check_deletable, delete_model, list_models, roll_back, set_note
from core.storage.runs import curve
from core.versions import ModelVersion
from core.wording import say
from core.workflow.version_facts import version_facts, version_reliability
from workbench.command import Command, CommandButton
from workbench.models.files import ModelFiles
from workbench.place import Message, Place
from workbench.plots.later import later_reliability_plot, later_training_plots
from workbench.promoting import promote
from workbench.theme import Theme
from workbench.unfinished import PAUSE_MS
from workbench.workspace import Workspace

BASE_NOTES = frozenset(facts.note for facts in BASE_MODEL_FACTS)
SPLITTER, COLUMNS = "models/splitter", "models/columns"
NAME_WIDTH, WIDEST_NAME, NUMBER_WIDTH = 230, 360, 72
"""Px of the column of names at first and at most, and of the others at first."""


class ModelsPlace(Place):
    """Which versions there are, where they come from, and which one drafts."""

    name = "models"
    icon_name = "layers"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._versions: dict[str, ModelVersion] = {}
        self.files = ModelFiles(self, self.select)
        make = partial(self.command, "models")
        self._commands = [
            make("promote", say("Promote"), "Ctrl+P", self.promote, icon="check-check"),
            make("roll-back", say("Roll back"), "Ctrl+Shift+P", self.roll_back, icon="rotate-ccw"),
            make("import", say("Import …"), "Ctrl+I", self._ask_for_import, group=True),
            make("export", say("Export …"), "Ctrl+E", self._ask_for_export),
            make("delete", say("Delete"), "Del", self.delete, icon="trash-2"),
        ]
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._build_tree())
        self._splitter.addWidget(self._build_card())
        self._splitter.setSizes([640, 520])
        if state := workspace.settings.state(SPLITTER):
            self._splitter.restoreState(state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        workspace.changes.changed.connect(self._note_change)
        workspace.theme.changed.connect(self._show_facts)
        self.refresh()

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Models")

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Draw what nobody could see before, and take the keyboard."""
        self._show_plots()
        self.tree.setFocus()

    def memory(self) -> object:
        """Which version is selected."""
        return self.selected.name if self.selected else ""

    def recall(self, memory: str | None) -> None:
        """Select it again."""
        self.select(memory or "")

    def select(self, name: str) -> None:
        """Show the card of the version that is called so."""
        self._save_note()
        for item in self.tree.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive):
            if item.data(0, Qt.ItemDataRole.UserRole) == name:
                self.tree.setCurrentItem(item)

    def leave(self) -> None:
        """Remember the columns."""
        self._save_note()
        self.workspace.settings.save_state(SPLITTER, self._splitter.saveState())
        self.workspace.settings.save_state(COLUMNS, self.tree.header().saveState())

    @property
    def selected(self) -> ModelVersion | None:
        """The version whose card is shown."""
        item = self.tree.currentItem()
        return self._versions.get(item.data(0, Qt.ItemDataRole.UserRole)) if item else None

    def _build_tree(self) -> QWidget:
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(say("Model versions"))
        self.tree.setHeaderLabels(
            [say("Version"), say("Lines"), say("CER val"), say("CER test"), say("Made")]
        )
        self.tree.header().setDefaultSectionSize(NUMBER_WIDTH)
        self.tree.setColumnWidth(0, NAME_WIDTH)
        if state := self.workspace.settings.state(COLUMNS):
            self.tree.header().restoreState(state)
        self.tree.currentItemChanged.connect(self._show_card)
        return self.tree

    def _build_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("pane")
        self._title, self._facts = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setWordWrap(True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note = QLineEdit()
        self._note.setPlaceholderText(say("Note"))
        self._note.setAccessibleName(say("Note on the version"))
        self._note.editingFinished.connect(self._save_note)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._save_note)
        self._note.textEdited.connect(self._pause.start)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        for part in (self._title, self._facts, self._note):
            layout.addWidget(part)
        layout.addLayout(self._build_buttons())
        self._plots = later_training_plots(self.workspace.theme)
        self._plots.setFixedHeight(360)
        layout.addWidget(self._plots)
        self.reliability = later_reliability_plot(self.workspace.theme)
        layout.addWidget(self.reliability)
        layout.addStretch(1)
        around = QScrollArea()
        around.setObjectName("pane")
        around.setAccessibleName(say("The selected version"))
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidgetResizable(True)
        around.setWidget(card)
        return around

    def _build_buttons(self) -> QGridLayout:
        """What is done with the version above, what goes through files below: one row would not fit."""
        promote, roll_back, take_in, write_out, delete = self._commands
        buttons = QGridLayout()
        for row, commands in enumerate(((promote, roll_back, delete), (take_in, write_out))):
            for column, command in enumerate(commands):
                buttons.addWidget(CommandButton(command), row, column)
        buttons.setColumnStretch(buttons.columnCount(), 1)
        return buttons

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.models:
            self.refresh()

    def refresh(self) -> None:
        """Show the versions there are now; the selection stays, and what was typed for it."""
        before, written = self.selected, self._note.text()
        chosen = before.name if before else ""
        versions = list_models(self.workspace.project)
        self._versions = {version.name: version for version in versions}
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for version in versions:
            item = QTreeWidgetItem(_cells(version))
            item.setData(0, Qt.ItemDataRole.UserRole, version.name)
            items[version.name] = item
            if version.parent in items:
                items[version.parent].addChild(item)
            else:
                self.tree.addTopLevelItem(item)
        self.tree.expandAll()
        self._widen_columns()
        promoted = next(version.name for version in versions if version.promoted)
        self.tree.setCurrentItem(items.get(chosen) or items[promoted])
        if before and written != shown_note(before) and chosen in items:
            self._show_note(written)

    def _widen_columns(self) -> None:
        """No number and no heading is cut off, in any language and text size."""
        header = self.tree.header()
        for column in range(1, header.count()):
            needed = max(header.sectionSizeHint(column), self.tree.sizeHintForColumn(column))
            header.resizeSection(column, max(header.sectionSize(column), needed))
        name = min(self.tree.sizeHintForColumn(0), WIDEST_NAME)
        header.resizeSection(0, max(header.sectionSize(0), name))

    @Slot()
    def _show_card(self) -> None:
        version = self.selected
        if version is None:
            return
        self._title.setText(version.name)
        self._show_note(shown_note(version))
        self._show_facts()
        if self.isVisible():
            self._show_plots()

    def _show_plots(self) -> None:
        """How the version was learned, and how far it can be believed.

        Only while somebody looks: the plots' library would hold up the opening of a project by half a second.
        """
        version = self.selected
        if version is None:
            return
        self._show_curves(version)
        found = version_reliability(version)
        self.reliability.setVisible(found is not None)
        if found:
            self.reliability.widget.show_reliability(found, version.data.get("temperature", 1.0))

    @Slot()
    def _show_facts(self) -> None:
        if version := self.selected:
            self._facts.setText(card_html(version, self.workspace.project.folder, self.workspace.theme))

    def _show_note(self, text: str) -> None:
        """The cursor of somebody who is just typing stays where it is."""
        if self._note.text() != text:
            self._note.setText(text)
            self._note.setCursorPosition(0)  # a long one is seen from its beginning

    def _show_curves(self, version: ModelVersion) -> None:
        """How it was learned."""
        project, run = self.workspace.project, version.data.get("run")
        points = curve(project, run) if run else []
        self._plots.setVisible(bool(points))
        if points:
            base = latest_evaluation(project, version.parent, Split.VAL) if version.parent else None
            other_lines = version.config.get("folds")  # each network is checked on training lines
            self._plots.widget.show_base(base.cer if base and not other_lines else None)
            self._plots.widget.show_points(points, kept=version.data.get("best_step"))

    @Slot()
    def _save_note(self) -> None:
        self._pause.stop()
        version = self.selected
        if version and self._note.text() != shown_note(version):
            self._act(partial(set_note, self.workspace.project, version.name, self._note.text()))

    @Slot()
    def promote(self) -> None:
        """Let drafts use the selected version."""
        if version := self.selected:
            promote(self.workspace, version.name, self.message_wanted.emit)

    @Slot()
    def roll_back(self) -> None:
        """Let drafts use the version that was promoted before."""
        self._act(partial(roll_back, self.workspace.project), say("Rolled back."))

    @Slot()
    def delete(self) -> None:
        """Offer to delete the selected version, if nothing needs it: hours of training may go with it."""
        project, version = self.workspace.project, self.selected
        if version is None:
            return
        try:
            check_deletable(project, version.name)
        except KnownError as error:
            self.message_wanted.emit(Message(str(error), "error"))
            return
        done = say("{model} is deleted.", model=version.name)
        act = partial(self._act, partial(delete_model, project, version.name), done)
        question = say(
            "Delete {model} with its file, its drafts and its evaluations? This cannot be undone.",
            model=version.name,
        )
        self.message_wanted.emit(Message(question, "doubt", say("Delete"), act, seconds=None))

    @Slot()
    def _ask_for_import(self) -> None:
        self.files.ask_for_import()

    @Slot()
    def _ask_for_export(self) -> None:
        if version := self.selected:
            self.files.ask_where_to_write(version.name)

    def _act(self, act: Callable[[], Change], done: str = "") -> None:
        try:
            self.workspace.changes.announce(act())
        except KnownError as error:
            self.message_wanted.emit(Message(str(error), "error"))
            return
        if done:
            self.message_wanted.emit(Message(done, "done"))


def shown_note(version: ModelVersion) -> str:
    """The note on a version; that which a base came with, in the language of the window."""
    return say(version.note) if version.note in BASE_NOTES else version.note


def _cells(version: ModelVersion) -> list[str]:
    def score(name: str) -> str:
        return f"{100 * version.scores[name]:.2f} %" if name in version.scores else "–"

    name = f"{version.name}   ✓ {say('promoted')}" if version.promoted else version.name
    lines = str(version.data.get("lines", ""))
    made = version.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return [name, lines, score("val_cer"), score("test_cer"), made]


def card_html(version: ModelVersion, folder: Path, theme: Theme) -> str:
    """All that is known of a version."""
    file = folder / version.file if version.file else None
    size = (
        f"{file.stat().st_size / 2**20:.1f} MiB" if file and file.exists() else say("comes with the program")
    )
    facts = {
        **dict(version_facts(version)),
        say("Made"): version.created_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        say("Size"): size,
        say("Hash"): f"{version.sha256[:16]}…",
        say("Licence"): say("that of the imported weights")
        if version.architecture == CRNN
        else say("Apache-2.0 (base weights by the PaddleOCR authors)"),
    }
    soft = theme.roles.ink_soft
    rows = "".join(
        # A character found less often may be “<”; and no line begins with the sign of a percentage.
        f"<tr><td style='color:{soft}'>{name}&nbsp;&nbsp;</td>"
        f"<td>{escape(value).replace(' %', '&nbsp;%')}</td></tr>"
        for name, value in facts.items()
    )
    return f"<table cellpadding='3'>{rows}</table>"
