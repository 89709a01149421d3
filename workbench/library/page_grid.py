"""The grid of thumbnails: each with its name, how far it is, and how much doubt there is."""

from collections.abc import Sequence
from math import floor

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.document import PageProgress
from core.wording import say
from workbench.library.page_model import CARD_ROLE, PageCard, PageModel
from workbench.names import split_name
from workbench.theme import Theme

PAD = 8
BAR = 5
NAME_HEIGHT = 22
"""Px; with large text a name is as high as its letters."""


class PageDelegate(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, theme: Theme, width: int) -> None:
        super().__init__()
        self._theme = theme
        self.width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """All cards are of one size."""
        return QSize(self.width + 2 * PAD, round(self.width * 1.36) + 30 + _name_height(option.fontMetrics))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Frame, picture, name, bar."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, PageCard):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(option.rect).adjusted(3, 3, -3, -3)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.setBrush(self._theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(PAD, PAD, -PAD, -PAD)
        high = _name_height(option.fontMetrics)
        self._paint_picture(
            painter, QRectF(inner.left(), inner.top(), inner.width(), inner.height() - high - 20), card
        )
        name = QRectF(inner.left(), inner.bottom() - high - 14, inner.width(), high)
        self._paint_name(painter, name, card)
        self._paint_bar(
            painter, QRectF(inner.left(), inner.bottom() - BAR - 4, inner.width(), BAR), card.progress
        )
        painter.restore()

    @property
    def picture_size(self) -> QSize:
        """Room for a thumbnail in px; one that fits exactly is drawn without scaling."""
        return QSize(self.width - 6, round(self.width * 1.36) - 12)

    def _paint_picture(self, painter: QPainter, area: QRectF, card: PageCard) -> None:
        if card.thumbnail is None or card.thumbnail.isNull():
            painter.fillRect(area, self._theme.colour("hover"))
            return
        size = card.thumbnail.deviceIndependentSize()
        left = floor(area.left() + (area.width() - size.width()) / 2)
        place = QRectF(QPointF(left, floor(area.bottom() - size.height())), size)
        painter.drawImage(place.topLeft(), card.thumbnail)
        painter.setPen(QPen(self._theme.colour("rule"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_name(self, painter: QPainter, area: QRectF, card: PageCard) -> None:
        painter.setPen(self._theme.colour("ink"))
        split = split_name(card.page.split) if card.page.split else ""
        metrics = painter.fontMetrics()
        room = area.width() - (metrics.horizontalAdvance(split) + 8 if split else 0)
        name = metrics.elidedText(card.page.name, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(self._theme.colour("ink_soft"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, split or "")

    def _paint_bar(self, painter: QPainter, area: QRectF, progress: PageProgress) -> None:
        """Done from the left, then drafted in the colour of its doubt, the rest open."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(area, self._theme.colour("rule"))
        if not progress.lines:
            return
        done = area.width() * progress.done / progress.lines
        drafted = area.width() * max(progress.drafted, progress.done) / progress.lines
        opacity = 0.25 + min(progress.doubt * 4, 0.75)
        painter.fillRect(QRectF(area.left(), area.top(), drafted, BAR), self._theme.colour("doubt", opacity))
        painter.fillRect(QRectF(area.left(), area.top(), done, BAR), self._theme.colour("done"))


def _name_height(metrics: QFontMetrics) -> int:
    return max(NAME_HEIGHT, metrics.height())


class PageGrid(QListView):
    """A virtual grid; ``thumbnails_wanted`` says that other pages came into sight."""

    thumbnails_wanted = Signal()

    def __init__(self, theme: Theme, model: PageModel, width: int) -> None:
        super().__init__()
        self._model = model
        self.setAccessibleName(say("Pages"))
        self._delegate = PageDelegate(theme, width)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSpacing(4)
        self._selected: list[int] = []
        self._current: int | None = None
        model.modelAboutToBeReset.connect(self._note_selection)
        model.modelReset.connect(self._select_again)

    @property
    def picture_size(self) -> QSize:
        """Room for a thumbnail in px."""
        return self._delegate.picture_size

    @Slot()
    def _note_selection(self) -> None:
        pages, chosen = self._model.pages, self.selectionModel()
        self._selected = [pages[index.row()].id for index in chosen.selectedIndexes()]
        self._current = pages[self.currentIndex().row()].id if self.currentIndex().isValid() else None

    def select_pages(self, page_ids: Sequence[int]) -> None:
        """Select those of the pages that are shown; the first of them has the keyboard."""
        self._selected = list(page_ids)
        self._current = page_ids[0] if page_ids else None
        self._select_again()

    @Slot()
    def _select_again(self) -> None:
        """Arranging pages keeps those selected that are still shown."""
        selection = QItemSelection()
        for row in (self._model.row_of(page_id) for page_id in self._selected):
            if row is not None:
                selection.select(self._model.index(row), self._model.index(row))
        row = self._model.row_of(self._current) if self._current is not None else None
        flags = QItemSelectionModel.SelectionFlag
        if row is not None:
            self.selectionModel().setCurrentIndex(self._model.index(row), flags.NoUpdate)
            self.scrollTo(self._model.index(row))
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def visible_rows(self) -> range:
        """Rows in sight."""
        first = self.indexAt(self.viewport().rect().topLeft() + self.viewport().rect().center() * 0.02)
        start = max(first.row(), 0)
        per_row = max(1, self.viewport().width() // (self._delegate.width + 24))
        rows = self.viewport().height() // max(round(self._delegate.width * 1.36), 1) + 2
        return range(start, start + per_row * rows)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, then ask for what was missing."""
        super().paintEvent(event)
        self.thumbnails_wanted.emit()
