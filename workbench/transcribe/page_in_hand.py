"""Where the annotator is: the pages of the project, the page in hand, its lines, the line in hand. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.document import LineEntry, Page, PageProgress, TranscriptionState


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with its lines as they are to be shown."""

    page: Page
    entries: tuple[LineEntry, ...]


@dataclass
class PageInHand:
    """``row`` is the place of the line in hand on the page; -1 without one."""

    pages: list[Page] = field(default_factory=list)
    page: Page | None = None
    entries: list[LineEntry] = field(default_factory=list)
    row: int = -1

    @property
    def current(self) -> LineEntry | None:
        """The line in hand."""
        return self.entries[self.row] if 0 <= self.row < len(self.entries) else None

    @property
    def view(self) -> PageView | None:
        """The page in hand as it is to be shown."""
        return PageView(self.page, tuple(self.entries)) if self.page else None

    @property
    def number(self) -> int:
        """Place of the page in hand among all pages; -1 without one."""
        wanted = self.page.id if self.page else None
        return next((number for number, page in enumerate(self.pages) if page.id == wanted), -1)

    @property
    def next_page(self) -> Page | None:
        """The page that follows."""
        following = self.number + 1
        return next(iter(self.pages[following : following + 1]), None)

    @property
    def following(self) -> LineEntry | None:
        """The line that follows on the page."""
        return next(iter(self.entries[self.row + 1 : self.row + 2]), None)

    @property
    def next_open_row(self) -> int | None:
        """Where the next open line on the page is."""
        following = range(self.row + 1, len(self.entries))
        return next((row for row in following if _open(self.entries[row])), None)

    def page_of(self, page_id: int | None) -> Page | None:
        """A page of the project by id."""
        return next((page for page in self.pages if page.id == page_id), None)

    def unfinished(self, progress: Mapping[int, PageProgress], first: int = 0) -> Page | None:
        """The first page, from place ``first`` on, that has open lines."""
        return next((p for p in self.pages[first:] if progress[p.id].done < progress[p.id].lines), None)

    def turn_to(self, page: Page, entries: Sequence[LineEntry], *, last_line: bool) -> None:
        """Take a page in hand, at its first open line; ``last_line``: at its last one."""
        self.page, self.entries = page, list(entries)
        self.take(len(self.entries) - 1 if last_line else first_open(self.entries))

    def take(self, row: int) -> None:
        """Take the line at a place in hand, or the nearest there is."""
        self.row = min(max(row, 0), len(self.entries) - 1)

    def entry_of(self, line_id: int) -> LineEntry | None:
        """A line of the page by id."""
        row = self.row_of(line_id)
        return None if row < 0 else self.entries[row]

    def row_of(self, line_id: int) -> int:
        """Where a line is on the page; -1 if it is not."""
        return next((row for row, entry in enumerate(self.entries) if entry.line.id == line_id), -1)

    def replace(self, entry: LineEntry) -> bool:
        """Keep new values of a line of the page; whether that changed anything."""
        row = self.row_of(entry.line.id)
        if row < 0 or self.entries[row] == entry:
            return False
        self.entries[row] = entry
        return True

    def adopt(self, page: Page, entries: Sequence[LineEntry]) -> list[LineEntry] | None:
        """Keep new values of the page; the lines that differ now, or ``None`` if it has other lines."""
        before, page_before = self.entries, self.page
        self.page, self.entries = page, list(entries)
        if page != page_before or [e.line for e in before] != [e.line for e in entries]:
            return None
        return [new for old, new in zip(before, entries, strict=True) if old != new]

    def lose(self) -> None:
        """There is no such page any more."""
        self.page, self.entries, self.row = None, [], -1


def first_open(entries: Sequence[LineEntry]) -> int:
    """Where one begins on a page: the place of its first open line, 0 without one."""
    return next((row for row, entry in enumerate(entries) if _open(entry)), 0)


def _open(entry: LineEntry) -> bool:
    return entry.state is TranscriptionState.OPEN
