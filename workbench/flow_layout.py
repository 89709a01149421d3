"""Parts side by side, in as many rows as the width asks for."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class FlowLayout(QLayout):
    """A row that breaks: with large text the window need not become wider than the screen."""

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> None:
        """Margins are left, top, right and bottom; all in px."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(*margins)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Take one more part."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """One part; ``None`` beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give one part away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """More rows in less width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Height in px of all rows."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0) + self._margins[1]

    def sizeHint(self) -> QSize:  # noqa: N802
        """All in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + max(len(sizes) - 1, 0) * self.spacing()
        return self._around(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        """The widest part alone in its row."""
        sizes = [item.minimumSize() for item in self._shown()]
        return self._around(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Put all parts where they belong."""
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    @property
    def _margins(self) -> tuple[int, int]:
        """Those on the left and right together, and the lower one."""
        margins = self.contentsMargins()
        return margins.left() + margins.right(), margins.bottom()

    def _around(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + self._margins[0], height + margins.top() + margins.bottom())

    def _shown(self) -> Iterator[QLayoutItem]:
        return (item for item in self._items if not item.isEmpty())

    def _places(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Each part with its place within so much width; those of a row stand on its lower edge."""
        margins = self.contentsMargins()
        room, y = width - self._margins[0], margins.top()
        for row in self._rows(room):
            high = max(size.height() for _, size in row)
            x = margins.left()
            for item, size in row:
                yield item, QRect(QPoint(x, y + high - size.height()), size)
                x += size.width() + self.spacing()
            y += high + self.spacing()

    def _rows(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        used = room
        for item in self._shown():
            wanted = item.sizeHint()
            size = QSize(min(wanted.width(), room), wanted.height()).expandedTo(item.minimumSize())
            if used + self.spacing() + size.width() > room:
                rows.append([])
                used = -self.spacing()
            rows[-1].append((item, size))
            used += self.spacing() + size.width()
        return rows
