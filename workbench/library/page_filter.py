"""Which pages the library shows, and in which order. No Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.document import Page, PageProgress, Split


class PageState(StrEnum):
    """How far a page is. ``OPEN``: something is left to do, be it finding its lines."""

    ALL = "all"
    OPEN = "open"
    DOUBTFUL = "doubtful"
    DONE = "done"


class SplitChoice(StrEnum):
    """What a page serves for."""

    ANY = "any"
    TRAIN = "train"
    VAL = "val"
    TEST = "test"
    UNDECIDED = "undecided"


class PageOrder(StrEnum):
    """What comes first."""

    NUMBER = "number"
    DOUBT = "doubt"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class PageFilter:
    """``name`` is a piece of a page's or book's name, or a page's number."""

    state: PageState = PageState.ALL
    split: SplitChoice = SplitChoice.ANY
    name: str = ""
    order: PageOrder = PageOrder.NUMBER

    @property
    def shows_all(self) -> bool:
        """Whether no page is left out."""
        return self.state is PageState.ALL and self.split is SplitChoice.ANY and not self.name.strip()

    def arrange(self, pages: Iterable[Page], progress: Mapping[int, PageProgress]) -> list[Page]:
        """The pages that are shown, in their order; where they are alike, by number."""
        nothing = PageProgress()
        found = [page for page in pages if self._fits(page, progress.get(page.id, nothing))]
        if self.order is PageOrder.DOUBT:
            found.sort(key=lambda page: -progress.get(page.id, nothing).doubt)
        elif self.order is PageOrder.OPEN:
            found.sort(key=lambda page: -progress.get(page.id, nothing).open)
        return found

    def _fits(self, page: Page, progress: PageProgress) -> bool:
        return self._fits_state(progress) and self._fits_split(page.split) and self._fits_name(page)

    def _fits_state(self, progress: PageProgress) -> bool:
        if self.state is PageState.OPEN:
            return progress.open > 0 or not progress.lines
        if self.state is PageState.DOUBTFUL:
            return progress.doubtful > 0
        return self.state is PageState.ALL or (progress.lines > 0 and not progress.open)

    def _fits_split(self, split: Split | None) -> bool:
        return self.split is SplitChoice.ANY or self.split == (split or SplitChoice.UNDECIDED)

    def _fits_name(self, page: Page) -> bool:
        name = self.name.strip().casefold()
        return (
            not name
            or name == str(page.number)
            or name in page.name.casefold()
            or name in page.group.casefold()
        )
