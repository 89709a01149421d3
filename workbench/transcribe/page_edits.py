"""Acts on the lines of the page in hand: outlines, order, texts of many lines; all of them can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from core.document import LineShape
from core.errors import ReadOnlyProject
from core.storage import journal, layout_edits
from core.storage.changes import Change
from core.storage.project import Project
from core.wording import say
from workbench.project_changes import walked_words

if TYPE_CHECKING:
    from workbench.transcribe.controller import Controller


class PageEdits:
    """Belongs to a controller, which carries the acts out and shows what came of them."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._project = controller.project

    def possible(self) -> bool:
        """Whether the project can be changed; if not, why is told, before anybody draws or writes in vain."""
        if reason := self._project.read_only_reason:
            self._controller.failed.emit(ReadOnlyProject(reason))
        return not self._project.read_only

    def undo(self) -> None:
        """Take back the last act on this project."""
        self._walk(journal.undo, say("Nothing to undo."), say("Undone"))

    def undo_offer(self) -> Callable[[], None]:
        """Takes back the act that was just done, and nothing that is done or typed after it."""
        step = journal.last_step(self._project)

        def undo() -> None:
            self._walk(lambda project: journal.undo(project, step), say("Nothing to undo."), say("Undone"))

        return undo

    def redo(self) -> None:
        """Do again what was undone."""
        self._walk(journal.redo, say("Nothing to redo."), say("Done again"))

    def _walk(self, walk: Callable[[Project], Change | None], nothing: str, done: str) -> None:
        """Go to where a step of the journal was, and tell what it was unless it is one line of the page."""
        before = self._controller.page
        change = self._controller.carry_out(lambda: walk(self._project), nothing)
        if change is None:
            return
        self._controller.walked.emit()
        words = walked_words(self._project, change, done)
        if change.set_aside:
            self._controller.set_aside.emit(change, words)
        elif not (before and change.pages == {before.id} and change.touched == 1):
            self._controller.told.emit(words)

    def change_texts(self, act: Callable[[], Change]) -> bool:
        """Do something to texts or states that is in the journal; stay with the line in hand."""
        return self._controller.carry_out(lambda: replace(act(), focus_line=None)) is not None

    def draw(self, shape: LineShape) -> None:
        """Add a line to the page."""
        if page := self._controller.page:
            self._controller.carry_out(lambda: layout_edits.draw_line(self._project, page.id, shape))

    def reshape(self, line_id: int, shape: LineShape) -> None:
        """Give a line another outline."""
        self._rearrange(
            lambda: layout_edits.reshape_line(self._project, line_id, shape),
            say("The line has another outline."),
        )

    def delete(self, line_ids: Collection[int]) -> bool:
        """Take lines off the page; whether it could be done."""
        change = self._controller.carry_out(lambda: layout_edits.delete_lines(self._project, line_ids))
        return change is not None

    def merge_with_next(self) -> None:
        """Make one line of the current and the next one."""
        row, entries = self._controller.row, self._controller.entries
        if row == len(entries) - 1:
            self._controller.told.emit(say("No line follows on this page."))
        elif row >= 0:
            pair = [entry.line.id for entry in entries[row : row + 2]]
            self._rearrange(
                lambda: layout_edits.merge_lines(self._project, pair), say("The lines were joined.")
            )

    def split(self, fraction: float, text_split: int) -> None:
        """Cut the line in hand at a fraction (0-1) of its length and a place in its text."""
        if entry := self._controller.current:
            line = entry.line.id
            self._rearrange(
                lambda: layout_edits.split_line(self._project, line, fraction, text_split),
                say("The line was split."),
            )

    def reorder(self, step: int) -> None:
        """Put the line in hand earlier or later in the reading order."""
        entry, place = self._controller.current, self._controller.row + step
        if entry is None:
            return
        if not 0 <= place < len(self._controller.entries):
            first, last = say("The line is the first of the page."), say("The line is the last of the page.")
            self._controller.told.emit(first if place < 0 else last)
            return
        self._controller.carry_out(lambda: layout_edits.move_line(self._project, entry.line.id, place))

    def _rearrange(self, act: Callable[[], Change], done: str) -> None:
        """Change what lines show; drafts that do not fit any more are told of."""
        change = self._controller.carry_out(act)
        if change is not None and change.set_aside:
            self._controller.set_aside.emit(change, done)
