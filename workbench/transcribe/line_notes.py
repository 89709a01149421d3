"""What rules and people say of lines: broken rules, open comments. No Qt."""

from dataclasses import dataclass

from core.document import LineEntry, Page
from core.rules.rule import FieldRule, check_text
from core.rules.violation import Violation
from core.storage.comments import open_comment_counts
from core.storage.field_rules import enabled_rules, place_of
from core.storage.pages import list_pages
from core.storage.project import Project


@dataclass(frozen=True, slots=True)
class RowNotes:
    """Broken rules in the text of a line, and how many comments on it are open."""

    violations: tuple[Violation, ...] = ()
    comments: int = 0


NOTHING = RowNotes()
"""Nobody says anything."""


class LineNotes:
    """Keeps the rules in force and the number of comments, so that asking needs no database."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._rules: list[FieldRule] = []
        self._comments: dict[int, int] = {}
        self._pages: dict[int, Page] = {}

    def read_rules(self) -> None:
        """The rules have changed."""
        self._rules = enabled_rules(self._project)

    def read_comments(self) -> None:
        """The comments have changed."""
        self._comments = open_comment_counts(self._project)

    def violations(self, entry: LineEntry, text: str) -> tuple[Violation, ...]:
        """What is wrong with a text for a line."""
        if not self._rules or not text:
            return ()
        page = self._page(entry.line.page_id)
        if page is None:
            return ()
        line = entry.line
        return check_text(
            self._rules, place_of(line.shape.polygon, line.tag, page.number, page.width, page.height), text
        )

    def of(self, entry: LineEntry) -> RowNotes:
        """All that is to be shown of a line."""
        return RowNotes(self.violations(entry, entry.text), self._comments.get(entry.line.id, 0))

    def forget_pages(self) -> None:
        """Pages may have been added, turned or numbered anew."""
        self._pages = {}

    def _page(self, page_id: int) -> Page | None:
        if page_id not in self._pages:
            self._pages = {page.id: page for page in list_pages(self._project)}
        return self._pages.get(page_id)
