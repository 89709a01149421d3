"""The user's own keys and abbreviations: a table, and files to take them along."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.errors import KnownError
from core.wording import say
from workbench.theme.fonts import reading_font
from workbench.transcribe.asking import agrees
from workbench.transcribe.snippets import Snippet, checked, read_file, write_file

SPARE_ROWS = 3


class SnippetsDialog(QDialog):
    """``kept`` carries the snippets that are in force from now on, a tuple."""

    kept = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Keys for texts"))
        self._taken: dict[str, str] = {}
        self._in_force: list[Snippet] = []
        self.table = QTableWidget(0, 2)
        self.problem = QLabel()
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        self.keep, self.delete = QPushButton(say("Keep")), QPushButton(say("Delete"))
        self.load, self.save = QPushButton(say("Import …")), QPushButton(say("Export …"))
        self._build_table()
        self._build_layout()
        self.keep.clicked.connect(self._keep)
        self.delete.clicked.connect(self._delete)
        self.load.clicked.connect(self._import)
        self.save.clicked.connect(self._export)
        self.resize(560, 460)

    def open_with(self, snippets: tuple[Snippet, ...], taken: dict[str, str]) -> None:
        """Show the snippets in force; ``taken`` are names of commands by their keys."""
        self._taken = taken
        self.problem.clear()
        self._fill(snippets)
        self._in_force = self._rows()
        self.show()
        self.raise_()
        self.table.setFocus()

    def written(self) -> list[Snippet]:
        """What the table says, complete or not."""
        return [Snippet(self._cell(row, 0), self._cell(row, 1)) for row in range(self.table.rowCount())]

    def reject(self) -> None:
        """Esc and closing: rows that are not kept yet are given up only if one agrees."""
        question = say("The table holds changes that are not kept. Give them up?")
        if self._rows() == self._in_force or agrees(self, self.windowTitle(), question):
            super().reject()

    def _rows(self) -> list[Snippet]:
        """The rows in which something stands."""
        return [each for each in self.written() if each.key or each.text]

    def _build_table(self) -> None:
        self.table.setHorizontalHeaderLabels([say("Key or abbreviation"), say("Text")])
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 190)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(say("Keys with their texts"))
        self.table.cellChanged.connect(self._add_spare_rows)

    def _build_layout(self) -> None:
        words = QLabel(
            say(
                "A key with Ctrl or Alt, such as Alt+Shift+S, writes its text at once. Anything else is an "
                "abbreviation: type it, then press Tab."
            )
        )
        words.setWordWrap(True)
        words.setProperty("role", "soft")
        self.keep.setProperty("primary", "true")
        self.keep.setDefault(True)
        below = QHBoxLayout()
        for button in (self.load, self.save, self.delete):
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.problem)
        layout.addLayout(below)

    def _fill(self, snippets: tuple[Snippet, ...] | list[Snippet]) -> None:
        self.table.setRowCount(0)
        for snippet in snippets:
            self._add_row(snippet)
        self._add_spare_rows()

    def _add_row(self, snippet: Snippet) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        text = QTableWidgetItem(snippet.text)
        text.setFont(reading_font(20))
        with QSignalBlocker(self.table):
            self.table.setItem(row, 0, QTableWidgetItem(snippet.key))
            self.table.setItem(row, 1, text)

    @Slot()
    def _add_spare_rows(self) -> None:
        """There are always empty rows to write in."""
        written = self.written()
        spare = len(written) - max(
            (n + 1 for n, each in enumerate(written) if each.key or each.text), default=0
        )
        for _ in range(SPARE_ROWS - spare):
            self._add_row(Snippet("", ""))

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text() if item else ""

    @Slot()
    def _keep(self) -> None:
        try:
            snippets = checked(self.written(), self._taken)
        except KnownError as error:
            self.problem.setText(str(error))
            return
        self.kept.emit(snippets)
        self.accept()

    @Slot()
    def _delete(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        self._fill([each for number, each in enumerate(self.written()) if number not in rows])

    @Slot()
    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("Import keys for texts"), "", say("Text (*.tsv *.txt)")
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, file: Path) -> None:
        """Add what a file holds to the table; nothing is in force before it is kept."""
        try:
            self._fill([*self._rows(), *read_file(file)])
        except KnownError as error:
            self.problem.setText(str(error))

    @Slot()
    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, say("Export keys for texts"), "keys.tsv", "*.tsv")
        if name:
            self.export_file(Path(name))

    def export_file(self, file: Path) -> None:
        """Write what the table says."""
        try:
            write_file(file, checked(self.written(), self._taken))
        except KnownError as error:
            self.problem.setText(str(error))
