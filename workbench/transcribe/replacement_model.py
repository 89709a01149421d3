"""What find and replace has found, as a list with ticks that grows while one scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.storage.project import Project
from core.storage.replacing import Place, Replacement, preview
from core.storage.text_search import Search
from core.wording import say

AnyIndex = QModelIndex | QPersistentModelIndex
FOUND_ROLE = int(Qt.ItemDataRole.UserRole)


class ReplacementModel(QAbstractListModel):
    """Found lines in reading order. ``FOUND_ROLE`` is the ``Replacement``; the tick says: replace here."""

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._search = Search("")
        self._rows: list[Replacement] = []
        self._left_out: set[int] = set()
        self._rest: Place | None = None

    @property
    def rows(self) -> Sequence[Replacement]:
        """All that has been found so far."""
        return self._rows

    @property
    def complete(self) -> bool:
        """Whether the whole project has been looked through."""
        return self._rest is None

    @property
    def left_out(self) -> frozenset[int]:
        """Ids of lines whose tick was taken away."""
        return frozenset(self._left_out)

    @property
    def search(self) -> Search:
        """What is looked for."""
        return self._search

    def start(self, search: Search) -> None:
        """Look for something else.

        Raises:
            BadRule: If the regular expression or its replacement has an error; nothing is found then.
        """
        self.beginResetModel()
        self._search, self._rows, self._left_out, self._rest = search, [], set(), None
        try:
            found = preview(self._project, search)
            self._rows, self._rest = list(found.rows), found.rest
        finally:
            self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of lines found so far."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: AnyIndex) -> bool:  # noqa: N802
        """Whether lines remain to be looked through."""
        return not parent.isValid() and self._rest is not None

    def fetchMore(self, parent: AnyIndex) -> None:  # noqa: N802
        """Look through some more lines."""
        if not self.canFetchMore(parent):
            return
        found = preview(self._project, self._search, after=self._rest)
        self._rest = found.rest
        if found.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(found.rows) - 1)
            self._rows += found.rows
            self.endInsertRows()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be chosen and ticked."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Old text, tick or the whole value."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.before
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if row.line_id in self._left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say(
                "Page {page}, line {line}: {before} becomes {after}",
                page=row.page_number,
                line=row.order + 1,
                before=row.before,
                after=row.after,
            )
        return row if role == FOUND_ROLE else None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Put a tick or take it away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        line_id = self._rows[index.row()].line_id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out.discard(line_id)
        else:
            self._left_out.add(line_id)
        self.dataChanged.emit(index, index, [role])
        return True

    def chosen(self) -> list[Replacement]:
        """Found so far, without those whose tick was taken away."""
        return [row for row in self._rows if row.line_id not in self._left_out]
