"""What happens in Transcribe, without widgets: the page and line in hand, and what is done to them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from core.document import LineEntry, Page, Transcription, TranscriptionState, normalize_text
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.lines import get_entry, list_entries
from core.storage.pages import list_pages, page_progress, pages_after
from core.storage.project import Project
from core.wording import say
from workbench.project_changes import ProjectChanges
from workbench.transcribe.draft_help import DraftHelp
from workbench.transcribe.line_help import LineHelp
from workbench.transcribe.page_ahead import PageAhead
from workbench.transcribe.page_edits import PageEdits
from workbench.transcribe.page_in_hand import PageInHand
from workbench.transcribe.text_saver import TextSaver


class Controller(QObject):
    """Keeps the line in hand and commits what the human writes.

    Signals:
        page_shown(PageView | None): another page, or other lines on the page.
        pages_changed(): the project has other pages, or in another order.
        entry_changed(LineEntry): text, draft or state of one line.
        current_changed(LineEntry | None): another line is in hand; ``text`` is what its field shows.
        text_replaced(str): the field's text was changed by something else than typing.
        saved(Transcription): human text has been committed.
        stale(StaleEdit): somebody else saved the line in between; ``keep_mine`` or ``take_theirs`` decides.
        failed(KnownError): an act was refused.
        told(str): something worth a remark.
        set_aside(Change, str): an act, which the sentence tells, took drafts off lines.
        walked(): an act is undone or done again; what was told of it is so no more.
    """

    page_shown = Signal(object)
    pages_changed = Signal()
    entry_changed = Signal(object)
    current_changed = Signal(object)
    text_replaced = Signal(str)
    saved = Signal(object)
    stale = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    set_aside = Signal(object, str)
    walked = Signal()

    def __init__(self, project: Project, changes: ProjectChanges) -> None:
        super().__init__()
        self.project = project
        self._changes = changes
        self._announcing = self._told_read_only = False
        self._hand = PageInHand()
        self.help = DraftHelp(project, enabled=True)
        self.line_help = LineHelp(self.help)
        self.edits = PageEdits(self)
        self.help.improved.connect(self._take_improved)
        self.help.learned.connect(self._show_help)
        self.help.changed.connect(changes.announce)
        self.ahead = PageAhead(project)
        self._saver = TextSaver(self, project, self.line_help)
        self._saver.due.connect(self.commit_pending)
        self._saver.saved.connect(self._note_saved)
        self._saver.stale.connect(self.stale)
        self._saver.failed.connect(self.failed)
        changes.changed.connect(self._refresh)

    @property
    def page(self) -> Page | None:
        """The page in hand."""
        return self._hand.page

    @property
    def pages(self) -> list[Page]:
        """All pages of the project."""
        return list(self._hand.pages)

    @property
    def entries(self) -> list[LineEntry]:
        """The lines of the page in reading order."""
        return list(self._hand.entries)

    @property
    def current(self) -> LineEntry | None:
        """The line in hand."""
        return self._hand.current

    @property
    def row(self) -> int:
        """Where on the page the line in hand is; -1 without one."""
        return self._hand.row

    @property
    def text(self) -> str:
        """What the field of the line in hand shows."""
        return self._saver.text

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not in the project."""
        return self._saver.is_unsaved(self.current)

    def open_project(self, line_id: int | None = None) -> None:
        """Begin with a line, or with the first page that has open lines."""
        self._hand.pages = list_pages(self.project)
        if line_id is not None and self.show_line(line_id):
            return
        first = self._hand.unfinished(page_progress(self.project)) or next(iter(self._hand.pages), None)
        if first is not None:
            self.show_page(first.id)

    def show_page(self, page_id: int, *, last_line: bool = False) -> bool:
        """Take a page in hand, at its first open line; ``last_line``: at its last one."""
        page = self._hand.page_of(page_id)
        if page is None or not self.commit_pending():
            return False
        entries = self.ahead.take(page.id) or list_entries(self.project, page.id)
        self._hand.turn_to(page, [self.help.known(entry) for entry in entries], last_line=last_line)
        self.page_shown.emit(self._hand.view)
        self._take(self._hand.row)
        following = self._hand.next_page
        self.ahead.plan(following.id if following else None)
        return True

    def show_line(self, line_id: int) -> bool:
        """Take a line in hand, on whichever page it is."""
        try:
            entry = get_entry(self.project, line_id)
        except KnownError:
            return False
        if self.page is None or entry.line.page_id != self.page.id:
            if not self.show_page(entry.line.page_id):
                return False
        elif self.current and self.current.line.id != line_id and not self.commit_pending():
            return False
        if self.current is None or self.current.line.id != line_id:
            self._take(self._hand.row_of(line_id))
        return True

    def step_line(self, step: int) -> None:
        """Go to the line ``step`` further, over the ends of the page if need be."""
        row = self._hand.row + step
        if 0 <= row < len(self._hand.entries):
            if self.commit_pending():
                self._take(row)
        elif not self.step_page(1 if step > 0 else -1, last_line=step < 0):
            self.told.emit(
                say("That was the last line of the project.") if step > 0 else say("This is the first line.")
            )

    def step_page(self, step: int, *, last_line: bool = False) -> bool:
        """Go to the page ``step`` further, if all is saved here; ``False`` if there is none."""
        number = self._hand.number + step
        if not 0 <= number < len(self._hand.pages):
            return False
        self.show_page(self._hand.pages[number].id, last_line=last_line)
        return True

    def skip(self) -> None:
        """Go to the next open line, leaving this one as it is."""
        if (row := self._hand.next_open_row) is not None:
            self.step_line(row - self._hand.row)
        elif page := self._hand.unfinished(page_progress(self.project), self._hand.number + 1):
            self.show_page(page.id)
        else:
            self.told.emit(say("No open line follows."))

    def type_text(self, text: str, *, judged: bool = False) -> None:
        """The human changed the field's text.

        Args:
            text: All of it.
            judged: Whether it was a correction, after which the rest of the line is read again.
        """
        before = self.text
        if not self._saver.type(text):
            return
        again = self.line_help.after_correction(before, text) if judged else None
        if again is not None:
            self._saver.type(again)
            self.text_replaced.emit(again)

    def confirm(self, step: int = 1, state: TranscriptionState = TranscriptionState.CORRECTED) -> None:
        """Save the field's text as finished, then go on; nothing moves before it is committed."""
        entry = self.current
        if entry is None:
            return
        if self.project.read_only:
            if not self._told_read_only:  # once is enough: one may want to walk through many lines
                self._told_read_only = True
                self.told.emit(say("The project is open read-only: nothing is saved."))
            self.step_line(step)
        elif not normalize_text(self.text) and state is not TranscriptionState.UNREADABLE:
            self.told.emit(
                say("The line is empty and stays open; if nobody can read it, mark it as unreadable.")
            )
            self.step_line(step)
        elif self._saver.confirm(entry, state):
            self.step_line(step)

    def mark_unreadable(self) -> None:
        """Say that nobody can read this line, then go on; what was typed is kept with it."""
        self.confirm(1, TranscriptionState.UNREADABLE)

    def revert(self) -> None:
        """Show the draft in the field; asked again, what was saved when the line was taken in hand."""
        if self._saver.revert():
            self.text_replaced.emit(self.text)

    @Slot()
    def commit_pending(self) -> bool:
        """Save typed but unconfirmed text as open; ``False`` if that could not be."""
        return self._saver.commit(self.current)

    def keep_mine(self) -> None:
        """After ``stale``: save our text over theirs, which stays in the history."""
        if entry := self.current:
            self._replace(get_entry(self.project, entry.line.id))
            self._saver.overwrite(self.current)

    def take_theirs(self) -> None:
        """After ``stale``: give up our text."""
        if entry := self.current:
            self._replace(get_entry(self.project, entry.line.id))
            self._take(self._hand.row)

    def close(self) -> None:
        """Commit what is pending, over what somebody else wrote meanwhile, which stays in the history."""
        if not self.commit_pending() and self._saver.clashed:
            self.keep_mine()

    def _take(self, row: int) -> None:
        self._hand.take(row)
        entry = self._improve_current()
        self._saver.take(entry)
        self.line_help.take(entry, self.text)
        self.current_changed.emit(entry)
        entries, row = self._hand.entries, self._hand.row
        self.help.plan([*entries[row + 1 :], *entries[: max(row, 0)]])
        self.help.foresee(self._hand.following or self.ahead.first_open)

    def _improve_current(self) -> LineEntry | None:
        """The line in hand with the best draft there is."""
        entry = self.current
        if entry is not None and (better := self.help.at_once(entry)) is not entry:
            self._replace(better)
        return self.current

    @Slot(object)
    def _take_improved(self, entry: LineEntry) -> None:
        """A line was read better in an idle moment; the one in hand stays as it is."""
        present = self._hand.entry_of(entry.line.id)
        if present is None or present is self.current or present.transcription is not None:
            return
        if present.draft and entry.draft and present.draft.id == entry.draft.id:
            self._replace(entry)

    @Slot()
    def _show_help(self) -> None:
        """There is another help: the lines that nobody has touched are shown anew."""
        if self.page is not None:
            self._adopt(self.page, list_entries(self.project, self.page.id))
            self.help.plan(self._hand.entries)

    @Slot(object, object)
    def _note_saved(self, entry: LineEntry, saved: Transcription) -> None:
        self._replace(replace(entry, transcription=saved))
        self.saved.emit(saved)
        if saved.state.is_truth:
            self.help.note_confirmed()
        self._announce(Change(pages=frozenset({entry.line.page_id}), lines=frozenset({saved.line_id})))

    def _replace(self, entry: LineEntry) -> None:
        if self._hand.replace(entry):
            self.entry_changed.emit(entry)

    def _announce(self, change: Change) -> None:
        self._announcing = True
        try:
            self._changes.announce(change)
        finally:
            self._announcing = False

    def carry_out(self, act: Callable[[], Change | None], nothing: str = "") -> Change | None:
        """Do something to the project and follow it; ``nothing`` is told if there was nothing to do.

        Returns:
            What was done; ``None`` if nothing was.
        """
        if not self.commit_pending():
            return None
        try:
            change = act()
        except KnownError as error:
            self.failed.emit(error)
            return None
        if change is None:
            self.told.emit(nothing)
        else:
            self._follow(change)
        return change

    def _follow(self, change: Change) -> None:
        """Show what an own act changed, and go to where it happened."""
        self._announce(change)
        if self.page and self.page.id in change.pages:
            self._adopt(self.page, list_entries(self.project, self.page.id))
        self._take(self._hand.row)
        if change.focus_line is not None:
            self.show_line(change.focus_line)
        elif change.focus_page is not None and (self.page is None or change.focus_page != self.page.id):
            self.show_page(change.focus_page)

    @Slot(object)
    def _refresh(self, change: Change) -> None:
        """Somebody else changed something: show it without moving anything."""
        self.ahead.forget(change.pages)
        if self._announcing:
            return
        before = self._hand.pages
        self._hand.pages = pages_after(self.project, before, change.pages)
        if self.page is None:
            self.open_project()
        elif self._shows_any_of(change):
            self._reload()
        if self._hand.pages != before:
            self.pages_changed.emit()

    def _shows_any_of(self, change: Change) -> bool:
        """Whether a change concerns the page in hand; pages before it may have gone."""
        if self.page is None or self._hand.page_of(self.page.id) != self.page or self.page.id in change.pages:
            return True
        return not change.lines.isdisjoint(entry.line.id for entry in self._hand.entries)

    def _reload(self) -> None:
        page = self._hand.page_of(self.page.id if self.page else None)
        if page is None:
            self._hand.lose()
            self._saver.take(None)
            self.page_shown.emit(None)
            self.open_project()
            return
        before = self._hand.entries
        if self._adopt(page, list_entries(self.project, page.id)):
            self._refresh_field(before)
        else:
            self._find_line_again(before)
        self._saver.note_draft(self.current)

    def _adopt(self, page: Page, entries: list[LineEntry]) -> bool:
        """Show new values of the page's lines; ``True`` if the lines themselves are the same as before."""
        entries = [self.help.known(entry) for entry in entries]
        changed = self._hand.adopt(page, entries)
        if changed is None:
            self.page_shown.emit(self._hand.view)
            return False
        for entry in changed:
            self.entry_changed.emit(entry)
        return True

    def _refresh_field(self, before: list[LineEntry]) -> None:
        """A line nobody has touched shows the new text; a draft never replaces a text under the eyes."""
        entry = self.current
        if entry is None or self._saver.touched:
            return
        human_text_changed = before[self._hand.row].transcription != entry.transcription
        if human_text_changed or not self.text:
            self._saver.take(entry)
            self.text_replaced.emit(self.text)

    def _find_line_again(self, before: list[LineEntry]) -> None:
        """The page has other lines now: stay with the line in hand and the text typed into it."""
        kept_id = before[self._hand.row].line.id if 0 <= self._hand.row < len(before) else None
        typed = self._saver.typed
        row = self._hand.row_of(kept_id) if kept_id is not None else -1
        self._take(row if row >= 0 else self._hand.row)
        if row >= 0 and typed.touched:
            self._saver.take_back(typed)
            self.text_replaced.emit(self.text)
