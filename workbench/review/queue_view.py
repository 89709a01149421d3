"""The table of open lines with their crops."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from core.storage.lines import images_of
from core.storage.project import Project
from core.workflow.queueing import QueuedLine
from workbench.review.queue_model import COLUMNS, CROP, DRAFT, QueueModel
from workbench.scans.crop_delegate import CropDelegate
from workbench.scans.line_pictures import CropReader, CutLine

ROW_HEIGHT = 44
NARROW = 56
"""Px of a column of numbers at least; its heading may want more."""


class QueueView(QTableView):
    """``line_wanted`` carries the id of the line to open (double click, or ``open``)."""

    line_wanted = Signal(int)

    def __init__(self, project: Project, crops: CropReader) -> None:
        super().__init__()
        self._project, self._crops = project, crops
        self.lines = QueueModel(crops.image, self)
        self.setModel(self.lines)
        self.setItemDelegateForColumn(CROP, CropDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self.open)
        crops.cut.connect(self._note_crop)

    @property
    def current(self) -> QueuedLine | None:
        """The selected line."""
        return self.lines.line(self.currentIndex().row())

    def select(self, row: int) -> None:
        """Select a row, the nearest there is."""
        if count := self.lines.rowCount():
            self.selectRow(min(max(row, 0), count - 1))

    def rows_in_sight(self) -> range:
        """Rows that are shown now."""
        first = max(self.rowAt(0), 0)
        count = self.viewport().height() // ROW_HEIGHT + 2
        return range(first, min(first + count, self.lines.rowCount()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, then ask for the pictures that were missing."""
        super().paintEvent(event)
        lines = [self.lines.line(row) for row in self.rows_in_sight()]
        missing = [line.line_id for line in lines if line and self._crops.lacks(line.line_id)]
        if missing:
            self._crops.read(images_of(self._project, missing))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Crop and draft share what the numbers leave."""
        super().resizeEvent(event)
        header = self.horizontalHeader()
        numbers = {
            c: max(header.sectionSizeHint(c), NARROW) for c in range(COLUMNS) if c not in (CROP, DRAFT)
        }
        room = self.viewport().width() - sum(numbers.values())
        for column in range(COLUMNS):
            self.setColumnWidth(column, numbers.get(column, room // 2))

    @Slot()
    def open(self) -> None:
        """Go to the selected line."""
        if line := self.current:
            self.line_wanted.emit(line.line_id)

    @Slot(object)
    def _note_crop(self, cut: CutLine) -> None:
        self.lines.note_crop(cut.line_id, self.rows_in_sight())
