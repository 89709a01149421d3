"""The dialog in which commands are given other keys."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.wording import say
from workbench.command import Command, shown
from workbench.frame.key_field import KeyField
from workbench.frame.shortcuts import Shortcuts

COMMAND_ROLE = int(Qt.ItemDataRole.UserRole)
KEY_COLUMN = 1


class ShortcutsDialog(QDialog):
    """All commands by place; a key that is pressed for one acts at once. ``changed`` tells of it."""

    changed = Signal()

    def __init__(self, parent: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Shortcuts"))
        self._shortcuts = shortcuts
        self._tops: list[QTreeWidgetItem] = []
        self._items: list[QTreeWidgetItem] = []
        self.search, self.tree, self.key = QLineEdit(), QTreeWidget(), KeyField()
        self.problem, self.none_found = QLabel(), QLabel(say("Nothing found"))
        self.none, self.usual = QPushButton(say("No key")), QPushButton(say("Usual key"))
        self.all_usual, self.close_button = QPushButton(say("All usual keys")), QPushButton(say("Close"))
        self._build_fields()
        self._build_layout()
        self._connect_parts()
        self._fill()
        self.resize(680, 600)
        self.search.setFocus()

    @property
    def command(self) -> Command | None:
        """The command in hand."""
        item = self.tree.currentItem()
        return item.data(0, COMMAND_ROLE) if item else None

    def take(self, name: str) -> None:
        """Take the command of this name in hand."""
        for item in self._items:
            if item.data(0, COMMAND_ROLE).name == name:
                self.tree.setCurrentItem(item)

    def _build_fields(self) -> None:
        self.search.setPlaceholderText(say("Find a command or key"))
        self.search.setAccessibleName(say("Find a command or key"))
        self.search.setClearButtonEnabled(True)
        self.tree.setAccessibleName(say("Commands with their keys"))
        self.tree.setHeaderLabels([say("Command"), say("Key")])
        self.tree.setColumnWidth(0, 440)
        self.key.setAccessibleName(say("New key: press it"))
        self.none_found.setProperty("role", "soft")
        self.none_found.hide()
        self.problem.setWordWrap(True)
        self.problem.setProperty("role", "error")
        self.problem.setMinimumHeight(2 * self.fontMetrics().height())
        for button in (self.none, self.usual, self.all_usual, self.close_button):
            button.setAutoDefault(False)  # Enter belongs to the list

    def _build_layout(self) -> None:
        change, below = QHBoxLayout(), QHBoxLayout()
        for part in (QLabel(say("New key: press it")), self.key, self.none, self.usual):
            change.addWidget(part)
        below.addWidget(self.all_usual)
        below.addStretch(1)
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.search)
        layout.addWidget(self.none_found)
        layout.addWidget(self.tree, 1)
        layout.addLayout(change)
        layout.addWidget(self.problem)
        layout.addLayout(below)

    def _connect_parts(self) -> None:
        self.search.textChanged.connect(self._show_fitting)
        self.tree.currentItemChanged.connect(self._show_command)
        self.tree.itemActivated.connect(self.key.setFocus)
        self.key.pressed.connect(self._press)
        self.none.clicked.connect(self._take_away)
        self.usual.clicked.connect(self._reset)
        self.all_usual.clicked.connect(self._reset_all)
        self.close_button.clicked.connect(self.accept)

    def _fill(self) -> None:
        for group in self._shortcuts.groups:
            top = QTreeWidgetItem([group.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(top)
            self._tops.append(top)
            for command in group.commands:
                item = QTreeWidgetItem([command.text.rstrip(" …")])
                item.setData(0, COMMAND_ROLE, command)
                top.addChild(item)
                self._items.append(item)
        self._show_keys()
        self.tree.expandAll()
        self.tree.setCurrentItem(self._items[0])

    def _show_keys(self) -> None:
        for item in self._items:
            command: Command = item.data(0, COMMAND_ROLE)
            item.setText(KEY_COLUMN, "  ".join(shown(key) for key in command.action.shortcuts()))
            look = item.font(KEY_COLUMN)
            look.setBold(not self._shortcuts.is_usual(command))
            item.setFont(KEY_COLUMN, look)

    @Slot(str)
    def _show_fitting(self, needle: str) -> None:
        """Hide the commands that have nothing of ``needle``, and places without any left."""
        for item in self._items:
            words = f"{item.text(0)} {item.text(KEY_COLUMN)}".casefold()
            item.setHidden(needle.strip().casefold() not in words)
        fitting = [item for item in self._items if not item.isHidden()]
        for top in self._tops:
            top.setHidden(not any(item.parent() is top for item in fitting))
        if self.tree.currentItem() not in fitting:
            first = self.tree.indexFromItem(fitting[0]) if fitting else QModelIndex()
            self.tree.setCurrentIndex(first)
        self.none_found.setVisible(not fitting)

    @Slot()
    def _show_command(self) -> None:
        self.problem.clear()
        self._show_in_field()

    def _show_in_field(self) -> None:
        command = self.command
        for part in (self.key, self.none, self.usual):
            part.setEnabled(command is not None)
        self.key.show_key(command.action.shortcut() if command else QKeySequence())

    @Slot(object)
    def _press(self, key: QKeySequence) -> None:
        command = self.command
        if command is None:
            return
        if objection := self._shortcuts.objection(command, key):
            self._tell(objection)
            return
        self._shortcuts.choose(command, key)
        self._tell("")

    @Slot()
    def _take_away(self) -> None:
        if command := self.command:
            self._shortcuts.choose(command, QKeySequence())
            self._tell("")

    @Slot()
    def _reset(self) -> None:
        if command := self.command:
            self._tell(self._shortcuts.reset(command))

    @Slot()
    def _reset_all(self) -> None:
        self._shortcuts.reset_all()
        self._tell("")

    def _tell(self, objection: str) -> None:
        """Show how the keys are now, and why one was not given."""
        self.problem.setText(objection)
        self._show_keys()
        self._show_in_field()
        if not objection:
            self.changed.emit()
