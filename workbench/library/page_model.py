"""Pages as an item model; thumbnails arrive later and are kept in a bounded cache."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QImage

from core.document import Page, PageProgress
from workbench.scans.scan_reader import ScanKey
from workbench.scans.thumbnailer import Thumbnail

AnyIndex = QModelIndex | QPersistentModelIndex
CARD_ROLE = int(Qt.ItemDataRole.UserRole)
THUMBNAILS_KEPT = 300


@dataclass(frozen=True, slots=True)
class PageCard:
    """What the grid shows of a page."""

    page: Page
    progress: PageProgress
    thumbnail: QImage | None


class PageModel(QAbstractListModel):
    """Pages in their order. ``DisplayRole`` is the name, ``CARD_ROLE`` the ``PageCard``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: list[Page] = []
        self._progress: Mapping[int, PageProgress] = {}
        self._thumbnails: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    @property
    def pages(self) -> Sequence[Page]:
        """All pages."""
        return self._pages

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of pages."""
        return 0 if parent is not None and parent.isValid() else len(self._pages)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name or card."""
        if not index.isValid() or index.row() >= len(self._pages):
            return None
        page = self._pages[index.row()]
        progress = self._progress.get(page.id, PageProgress())
        if role == Qt.ItemDataRole.DisplayRole:
            return page.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{page.name}: {progress.done} of {progress.lines} lines done"
        if role == CARD_ROLE:
            return PageCard(page, progress, self._thumbnails.get((page.id, page.rotation)))
        return None

    def show_pages(self, pages: Sequence[Page], progress: Mapping[int, PageProgress]) -> None:
        """Show the project as it is now; rows stay where they are if the pages are the same."""
        same = [page.id for page in pages] == [page.id for page in self._pages]
        if not same:
            self.beginResetModel()
        self._pages, self._progress = list(pages), progress
        if not same:
            self.endResetModel()
        elif pages:
            self.dataChanged.emit(self.index(0), self.index(len(pages) - 1))

    def lacks_thumbnail(self, page: Page) -> bool:
        """Whether a thumbnail has to be made."""
        return (page.id, page.rotation) not in self._thumbnails

    @Slot(object)
    def add_thumbnail(self, thumbnail: Thumbnail) -> None:
        """A thumbnail has been made."""
        key: ScanKey = thumbnail.key
        self._thumbnails[key.page_id, key.rotation] = thumbnail.image
        while len(self._thumbnails) > THUMBNAILS_KEPT:
            self._thumbnails.popitem(last=False)
        row = next((n for n, page in enumerate(self._pages) if page.id == key.page_id), None)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
