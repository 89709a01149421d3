"""The places of a sweep as a list model, and how one of them is painted."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.imaging.normalize import Crop
from core.wording import say
from core.workflow.glyphs import GlyphPlace, Sweep
from workbench.scans.pixels import to_image
from workbench.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
PLACE_ROLE = int(Qt.ItemDataRole.UserRole)
CHOSEN_ROLE = PLACE_ROLE + 1
IMAGE_ROLE = PLACE_ROLE + 2
KEPT_IMAGES = 600
CELL = QSize(84, 76)
PICTURE = 52
"""Px, before the screen's ratio."""


class GlyphModel(QAbstractListModel):
    """Keeps which places are chosen; makes images only of what is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[GlyphPlace] = []
        self._pictures: list[Crop] = []
        self._chosen: set[tuple[int, int]] = set()
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    @property
    def places(self) -> Sequence[GlyphPlace]:
        """All places, in order."""
        return self._places

    @property
    def chosen(self) -> list[GlyphPlace]:
        """Those that are to be put right."""
        return [place for place in self._places if _key(place) in self._chosen]

    def show(self, sweep: Sweep | None) -> None:
        """Show other places."""
        self.beginResetModel()
        self._places = list(sweep.places) if sweep else []
        self._pictures = list(sweep.pictures) if sweep else []
        self._chosen.clear()
        self._images.clear()
        self.endResetModel()

    def place(self, row: int) -> GlyphPlace | None:
        """The place of a row."""
        return self._places[row] if 0 <= row < len(self._places) else None

    def toggle(self, row: int) -> None:
        """Choose a place, or not any more."""
        if place := self.place(row):
            self._chosen ^= {_key(place)}
            self.dataChanged.emit(self.index(row), self.index(row), [CHOSEN_ROLE])

    def replace(self, places: Sequence[GlyphPlace]) -> None:
        """Keep only these of the places, in their order; their index may have moved within the text."""
        pictures = {_key(p): picture for p, picture in zip(self._places, self._pictures, strict=True)}
        self.beginResetModel()
        self._pictures = [pictures[old] for old, _ in _pairs(self._places, places)]
        self._places = list(places)
        self._chosen.clear()
        self._images.clear()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of places."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The place, its picture, whether it is chosen."""
        place = self.place(index.row()) if index.isValid() else None
        if place is None:
            return None
        if role == PLACE_ROLE:
            return place
        if role == CHOSEN_ROLE:
            return _key(place) in self._chosen
        if role == IMAGE_ROLE:
            return self._image(index.row(), _key(place))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = say("chosen") if _key(place) in self._chosen else say("not chosen")
            return say(
                "line {line}, confidence {confidence:.2f}, {chosen}",
                line=place.line_id,
                confidence=place.confidence,
                chosen=chosen,
            )
        return None

    def _image(self, row: int, key: tuple[int, int]) -> QImage:
        if key not in self._images:
            self._images[key] = to_image(self._pictures[row])
            while len(self._images) > KEPT_IMAGES:
                self._images.popitem(last=False)
        self._images.move_to_end(key)
        return self._images[key]


class GlyphDelegate(QStyledItemDelegate):
    """A picture, its frame if it is chosen, and a bar that is as long as the model was unsure."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:  # noqa: N802
        """All cells are alike."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Picture, mark, bar."""
        place = index.data(PLACE_ROLE)
        if not isinstance(place, GlyphPlace):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        cell = QRectF(option.rect).adjusted(3, 3, -3, -3)
        self._paint_ground(painter, cell, bool(index.data(CHOSEN_ROLE)), option)
        image = index.data(IMAGE_ROLE)
        if isinstance(image, QImage):
            self._paint_picture(painter, cell, image)
        bar = QRectF(cell.left() + 6, cell.bottom() - 7, (cell.width() - 12) * (1 - place.confidence), 3)
        painter.fillRect(bar, self._theme.colour("doubt"))
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, cell: QRectF, chosen: bool, option: QStyleOptionViewItem
    ) -> None:
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        frame = "error" if chosen else "accent" if focused else "rule"
        painter.setPen(QPen(self._theme.colour(frame), 2.5 if chosen or focused else 1))
        painter.setBrush(self._theme.colour("error_soft" if chosen else "raised"))
        painter.drawRoundedRect(cell, 6, 6)
        if chosen and focused:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(3, 3, -3, -3), 4, 4)
        if chosen:  # a mark besides the colour
            painter.setPen(self._theme.colour("error_text"))
            painter.drawText(cell.adjusted(0, 2, -6, 0), Qt.AlignmentFlag.AlignRight, "✓")

    def _paint_picture(self, painter: QPainter, cell: QRectF, image: QImage) -> None:
        scale = min(PICTURE / image.height(), (cell.width() - 12) / image.width())
        size = QRectF(0, 0, image.width() * scale, image.height() * scale)
        left = cell.center().x() - size.width() / 2
        painter.drawImage(size.translated(left, cell.top() + 4 + (PICTURE - size.height()) / 2), image)


def _key(place: GlyphPlace) -> tuple[int, int]:
    """The crop's place in its line never moves, the index in the text may."""
    return place.line_id, round(place.start * 1_000_000)


def _pairs(
    before: Sequence[GlyphPlace], after: Sequence[GlyphPlace]
) -> list[tuple[tuple[int, int], GlyphPlace]]:
    known = {_key(place) for place in before}
    return [(_key(place), place) for place in after if _key(place) in known]
