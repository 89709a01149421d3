"""What the command palette finds: pages, text of lines, commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from core.document import Page
from core.storage.pages import list_pages
from core.storage.project import Project
from core.storage.search import search_lines
from core.wording import say
from workbench.command import Command
from workbench.place import Target

MAX_OF_A_KIND = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; ``go`` goes there or does it."""

    kind: str
    title: str
    detail: str
    go: Callable[[], object]


class Finder:
    """Finds things in one open project."""

    def __init__(
        self,
        project: Project | None,
        commands: Callable[[], Sequence[Command]],
        show_target: Callable[[Target], object],
    ) -> None:
        self._project = project
        self._commands = commands
        self._show_target = show_target

    def find(self, needle: str) -> list[Hit]:
        """Everything that contains ``needle``; without one, the commands that have a key."""
        needle = needle.strip()
        hits = self._command_hits(needle)
        if self._project is None or not needle:
            return hits
        return self._page_hits(self._project, needle) + self._line_hits(self._project, needle) + hits

    def _command_hits(self, needle: str) -> list[Hit]:
        hits = []
        for command in self._commands():
            text, keys = command.text.rstrip(" …"), command.shown_keys
            fits = needle.lower() in text.lower() if needle else keys
            if command.action.isEnabled() and fits:
                hits.append(Hit(say("Command"), text, keys, command.action.trigger))
        return hits if not needle else hits[:MAX_OF_A_KIND]

    def _page_hits(self, project: Project, needle: str) -> list[Hit]:
        fitting = [page for page in list_pages(project) if _fits(page, needle)]
        return [
            Hit(
                say("Page"),
                page.name,
                say("page {page}", page=page.number),
                partial(self._show_target, Target(page_id=page.id)),
            )
            for page in fitting[:MAX_OF_A_KIND]
        ]

    def _line_hits(self, project: Project, needle: str) -> list[Hit]:
        return [
            Hit(
                say("Line"),
                found.text,
                say("page {page}, line {line}", page=found.page_number, line=found.order + 1),
                partial(self._show_target, Target(page_id=found.page_id, line_id=found.line_id)),
            )
            for found in search_lines(project, needle, limit=4 * MAX_OF_A_KIND)
        ]


def _fits(page: Page, needle: str) -> bool:
    return needle == str(page.number) or needle.lower() in page.name.lower()
