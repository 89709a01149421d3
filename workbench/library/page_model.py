"""Pages as an item model; thumbnails arrive later and are kept in a bounded cache."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QImage

from core.document import Page, PageProgress
from core.wording import say
from workbench.library.page_filter import PageFilter
from workbench.scans.scan_reader import ScanKey
from workbench.scans.thumbnailer import Thumbnail

AnyIndex = QModelIndex | QPersistentModelIndex
CARD_ROLE = int(Qt.ItemDataRole.UserRole)
THUMBNAIL_BYTES = 16 * 1024 * 1024
"""Some 160 thumbnails of the usual size: four screens full."""


@dataclass(frozen=True, slots=True)
class PageCard:
    """What the grid shows of a page."""

    page: Page
    progress: PageProgress
    thumbnail: QImage | None


class PageModel(QAbstractListModel):
    """The pages that a filter shows. ``DisplayRole`` is the name, ``CARD_ROLE`` the ``PageCard``.

    What happens in the background changes cards but moves none: pages are arranged anew when the filter
    changes, when pages come or go, and when ``arrange`` is called.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Page] = []
        self._pages: list[Page] = []
        self._rows: dict[int, int] = {}
        self._progress: dict[int, PageProgress] = {}
        self._filter = PageFilter()
        self._thumbnails: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._bytes = 0

    @property
    def pages(self) -> Sequence[Page]:
        """The pages that are shown, in the order of the rows."""
        return self._pages

    @property
    def all_pages(self) -> Sequence[Page]:
        """All pages of the project."""
        return self._all

    @property
    def bytes_used(self) -> int:
        """Size of all thumbnails that are kept."""
        return self._bytes

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """Number of pages."""
        return 0 if parent is not None and parent.isValid() else len(self._pages)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name or card."""
        if not index.isValid() or index.row() >= len(self._pages):
            return None
        page = self._pages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return page.name
        progress = self.progress(page)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return say(
                "{page}: {done} of {lines} lines done",
                page=page.name,
                done=progress.done,
                lines=progress.lines,
            )
        if role == CARD_ROLE:
            return PageCard(page, progress, self._thumbnails.get((page.id, page.rotation)))
        return None

    def progress(self, page: Page) -> PageProgress:
        """How far a page is."""
        return self._progress.get(page.id, PageProgress())

    def row_of(self, page_id: int) -> int | None:
        """At which row a page is, if it is shown."""
        return self._rows.get(page_id)

    def show_pages(self, pages: Sequence[Page], progress: Mapping[int, PageProgress]) -> None:
        """Show the project as it is now; rows stay where they are if the pages are the same.

        Args:
            pages: All pages.
            progress: How far they are; those left out are as before.
        """
        same = len(pages) == len(self._all) and all(
            new.id == old.id for new, old in zip(pages, self._all, strict=True)
        )
        before, self._all = self._all, list(pages)
        self._progress |= progress
        if not same:
            self.arrange()
            return
        changed = [new for new, old in zip(pages, before, strict=True) if new is not old]
        rows = {self._rows[page_id] for page_id in progress if page_id in self._rows}
        for page in changed:
            if (row := self._rows.get(page.id)) is not None:
                self._pages[row] = page
                rows.add(row)
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def choose(self, chosen: PageFilter) -> None:
        """Show other pages, or in another order."""
        self._filter = chosen
        self.arrange()

    def arrange(self) -> None:
        """Apply the filter to the pages as they are now."""
        shown = self._filter.arrange(self._all, self._progress)
        if shown == self._pages:
            return
        self.beginResetModel()
        self._pages = shown
        self._rows = {page.id: row for row, page in enumerate(shown)}
        self.endResetModel()

    def lacks_thumbnail(self, page: Page) -> bool:
        """Whether a thumbnail has to be made."""
        return (page.id, page.rotation) not in self._thumbnails

    @Slot(object)
    def add_thumbnail(self, thumbnail: Thumbnail) -> None:
        """A thumbnail has been made."""
        key: ScanKey = thumbnail.key
        self._bytes += thumbnail.image.sizeInBytes()
        if (before := self._thumbnails.pop((key.page_id, key.rotation), None)) is not None:
            self._bytes -= before.sizeInBytes()
        self._thumbnails[key.page_id, key.rotation] = thumbnail.image
        while self._bytes > THUMBNAIL_BYTES and len(self._thumbnails) > 1:
            _, dropped = self._thumbnails.popitem(last=False)
            self._bytes -= dropped.sizeInBytes()
        if (row := self._rows.get(key.page_id)) is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
