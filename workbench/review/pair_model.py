"""Lines with two readings side by side, as a table model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.wording import say
from workbench.differences import difference_layout
from workbench.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
PAIR_ROLE = int(Qt.ItemDataRole.UserRole)
CROP, OURS, THEIRS, NOTE = 2, 3, 4, 5
PIXELS, PAD = 17, 6


@dataclass(frozen=True, slots=True)
class Pair:
    """A line's text as it stands and another reading of it; ``source`` is what it was made of."""

    line_id: int
    page_number: int
    order: int
    ours: str
    theirs: str
    note: str
    source: object


class PairModel(QAbstractTableModel):
    """``PAIR_ROLE`` gives the ``Pair`` of a row; ``titles`` names the two readings and the last column."""

    def __init__(
        self,
        titles: tuple[str, str, str],
        crop: Callable[[int], QImage | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles = (say("Page"), say("Line"), say("Crop"), *titles)
        self._crop = crop
        self._pairs: list[Pair] = []

    def show(self, pairs: Sequence[Pair]) -> None:
        """Show other pairs."""
        self.beginResetModel()
        self._pairs = list(pairs)
        self.endResetModel()

    def pair(self, row: int) -> Pair | None:
        """The pair of a row."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def row_of(self, line_id: int | None, otherwise: int) -> int:
        """The row of a line; the other one if it has none."""
        rows = (row for row, pair in enumerate(self._pairs) if pair.line_id == line_id)
        return next(rows, otherwise)

    def remove(self, row: int) -> None:
        """A pair is settled."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._pairs[row]
        self.endRemoveRows()

    def note_crop(self, line_id: int) -> None:
        """A line's picture has arrived."""
        for row, pair in enumerate(self._pairs):
            if pair.line_id == line_id:
                at = self.index(row, CROP)
                self.dataChanged.emit(at, at, [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of pairs."""
        return 0 if parent is not None and parent.isValid() else len(self._pairs)

    def columnCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._titles[section] if 0 <= section < len(self._titles) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, picture, the pair itself."""
        pair = self.pair(index.row()) if index.isValid() else None
        if pair is None:
            return None
        if role == PAIR_ROLE:
            return pair
        if role == Qt.ItemDataRole.DecorationRole and index.column() == CROP:
            return self._crop(pair.line_id)
        if role == Qt.ItemDataRole.DisplayRole:
            texts = (str(pair.page_number), str(pair.order + 1), "", pair.ours, pair.theirs, pair.note)
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == CROP:
            return say("Picture of the line")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() < CROP:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class PairDelegate(QStyledItemDelegate):
    """Paints the two readings with their differences marked."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A long line is squeezed rather than cut off: the difference may be at its end."""
        pair = index.data(PAIR_ROLE)
        if not isinstance(pair, Pair):
            return
        other, own = (pair.theirs, pair.ours) if index.column() == OURS else (pair.ours, pair.theirs)
        layout = difference_layout(self._theme, other, own, PIXELS)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_soft"))
        painter.setPen(self._theme.colour("ink"))
        area = QRectF(option.rect).adjusted(PAD, 0, -PAD, 0)
        squeeze = min(1.0, area.width() / max(layout.lineAt(0).naturalTextWidth(), 1.0))
        painter.translate(area.left(), area.center().y() - layout.boundingRect().height() / 2)
        painter.scale(squeeze, 1.0)
        layout.draw(painter, QPointF(0, 0))
        painter.restore()
