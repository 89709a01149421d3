"""The user's own keys and abbreviations: a table, and files to take them along."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
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
from workbench.unfinished import PAUSE_MS

SPARE_ROWS = 3


class _Cells(QStyledItemDelegate):
    """The fields of the table. ``edited``: something was typed in one of them."""

    edited = Signal()

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._open: tuple[QPersistentModelIndex, QLineEdit] | None = None

    def text(self, row: int, column: int) -> str | None:
        """What stands in the field of a cell; ``None`` if that one is not being typed in."""
        if self._open is None or (self._open[0].row(), self._open[0].column()) != (row, column):
            return None
        return self._open[1].text()

    def createEditor(  # noqa: N802
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Somebody types in a cell."""
        field = super().createEditor(parent, option, index)
        if isinstance(field, QLineEdit):
            self._open = QPersistentModelIndex(index), field
            field.textEdited.connect(self.edited)
        return field

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802
        """The text is in the table, or given up."""
        self._open = None
        super().destroyEditor(editor, index)


class SnippetsDialog(QDialog):
    """Rows that are not in force yet are written down, and there again when the dialog is opened.

    Signals:
        kept(tuple of Snippet): these are in force from now on.
        begun(list of Snippet | None): this stands in the table instead; ``None``: it is finished or given up.
    """

    kept = Signal(object)
    begun = Signal(object)

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
        self._cells = _Cells(self.table)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.write_down)
        self._build_table()
        self._build_layout()
        self.keep.clicked.connect(self._keep)
        self.delete.clicked.connect(self._delete)
        self.load.clicked.connect(self._import)
        self.save.clicked.connect(self._export)
        self.resize(560, 460)

    def open_with(
        self,
        snippets: tuple[Snippet, ...],
        taken: dict[str, str],
        begun: tuple[Snippet, ...] | None = None,
    ) -> None:
        """Show the snippets in force, or what was begun instead and not kept.

        ``taken`` are names of commands by their keys.
        """
        self._taken = taken
        if not self.isVisible():  # else what stands in it is newer than what was written down
            self._in_force = [each for each in snippets if each.key or each.text]
            self.problem.setText("" if begun is None else say("What you wrote here is not kept yet."))
            self._fill(snippets if begun is None else begun)
        self.show()
        self.raise_()
        self.table.setFocus()

    def written(self) -> list[Snippet]:
        """What the table says, complete or not."""
        return [Snippet(self._cell(row, 0), self._cell(row, 1)) for row in range(self.table.rowCount())]

    @Slot()
    def _write_down_soon(self) -> None:
        self._pause.start()

    @Slot()
    def write_down(self) -> None:
        """Let what is not in force yet be there when the dialog is opened again, whatever happens."""
        if self.isVisible():
            self._pause.stop()
            rows = self._rows()
            self.begun.emit(rows if rows != self._in_force else None)

    def reject(self) -> None:
        """Esc and closing: rows that are not kept yet are given up only if one agrees."""
        question = say("The table holds changes that are not kept. Give them up?")
        if self._rows() == self._in_force or agrees(self, self.windowTitle(), question):
            self._end()
            super().reject()

    def _end(self) -> None:
        """Nothing waits to be kept any more."""
        self._pause.stop()
        self.begun.emit(None)

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
        self.table.cellChanged.connect(self._write_down_soon)
        self.table.setItemDelegate(self._cells)
        self._cells.edited.connect(self._write_down_soon)

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
        typed = self._cells.text(row, column)
        item = self.table.item(row, column)
        return typed if typed is not None else item.text() if item else ""

    @Slot()
    def _keep(self) -> None:
        try:
            snippets = checked(self.written(), self._taken)
        except KnownError as error:
            self.problem.setText(str(error))
            return
        self.kept.emit(snippets)
        self._end()
        self.accept()

    @Slot()
    def _delete(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        self._fill([each for number, each in enumerate(self.written()) if number not in rows])
        self._write_down_soon()

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
            self._write_down_soon()
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
