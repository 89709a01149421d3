"""Library: what is in the project, and how it comes in."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.document import Page, Split
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.pages import (
    list_pages,
    page_progress,
    pages_after,
    pages_with_text,
    rotate_page,
    scan_path,
    set_split,
)
from core.wording import say
from core.workflow.drafting import draft_lines
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from workbench.command import Command, CommandButton
from workbench.exporting.text_export import TextExport
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.library.deleting import delete_untouched, kept_words
from workbench.library.drop_zone import DropZone
from workbench.library.filter_bar import FilterBar
from workbench.library.page_filter import PageFilter
from workbench.library.page_grid import PageGrid
from workbench.library.page_model import PageModel
from workbench.library.questions import files_to_import, folder_to_import, may_delete, show_skipped
from workbench.library.reports import split_words, turned_words, words_of
from workbench.library.side_panel import SidePanel
from workbench.place import Message, Place, Target
from workbench.receiving import is_package
from workbench.scans.scan_reader import ScanKey
from workbench.scans.thumbnailer import Thumbnailer
from workbench.set_aside import set_aside_message
from workbench.workspace import Workspace

REFRESH_MS = 200


class LibraryPlace(Place):
    """A grid of pages with import, line finding and drafting."""

    name = "library"
    icon_name = "library-big"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._model = PageModel(self)
        self._changed: set[int] = set()
        self._set_aside: Message | None = None
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self.exporting = TextExport(self, self._selected_ids)
        self._build_commands()
        self._build_parts()
        workspace.changes.changed.connect(self._note_change)
        workspace.jobs.finished.connect(self._tell_outcome)
        self._model.choose(self.filters.filter)
        self._model.show_pages(list_pages(workspace.project), page_progress(workspace.project))
        self._show_counts()

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Library")

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Show what changed meanwhile, arrange the pages anew, take the keyboard."""
        self.refresh()
        self._model.arrange()
        self._show_counts()
        self._in_front.setFocus()

    def leave(self) -> None:
        """Remember the columns."""
        self.workspace.settings.save_state("library/splitter", self._splitter.saveState())

    def memory(self) -> object:
        """Which pages are selected."""
        return self._selected_ids()

    def recall(self, memory: list[int] | None) -> None:
        """Select them again."""
        self.grid.select_pages(memory or [])

    def shut_down(self) -> None:
        """End the making of thumbnails, and what an export is still counting."""
        self._thumbnailer.shut_down()
        self.exporting.shut_down()

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Import what was dropped; a package of pages is no scan."""
        if is_package(paths[0]):
            return False
        project = self.workspace.project
        if project.read_only:
            self.message_wanted.emit(Message(project.read_only_reason or "", "error"))
            return True
        self._run(say("Importing"), partial(import_paths, project, paths))
        return True

    def selected_pages(self) -> list[Page]:
        """The selected pages; all that are shown if none is selected."""
        rows = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        return [self._model.pages[row] for row in rows] or list(self._model.pages)

    def _selected_ids(self) -> list[int]:
        return [self._model.pages[index.row()].id for index in self.grid.selectionModel().selectedIndexes()]

    def _build_commands(self) -> None:
        make = partial(self.command, "library")
        self._commands = [
            make("import-files", say("Import files …"), "Ctrl+I", self._ask_for_files, icon="image-plus"),
            make(
                "import-folder",
                say("Import a folder …"),
                "Ctrl+Shift+I",
                self._ask_for_folder,
                icon="folder-input",
            ),
            make("find-lines", say("Find lines"), "Ctrl+L", self.find_lines, icon="scan-text", group=True),
            make("draft", say("Draft with the model"), "Ctrl+R", self.draft, icon="wand-sparkles"),
            make(
                "open", say("Open in Transcribe"), "Return", self._open_selected, icon="pen-line", group=True
            ),
            make("find-page", say("Find a page"), "Ctrl+F", self._find_page, icon="search"),
            make("show-all", say("Show all pages"), "Ctrl+Shift+A", self._show_all),
            make("turn-left", say("Turn left"), "Ctrl+Shift+Left", self._turn_left, group=True),
            make("turn-right", say("Turn right"), "Ctrl+Shift+Right", self._turn_right),
            make("delete", say("Delete pages …"), "Del", self.delete_selected, icon="trash-2", group=True),
        ]
        self._open_command, self._delete_command = self._commands[4], self._commands[-1]
        self._turns = self._commands[-3:-1]

    def _build_parts(self) -> None:
        theme, settings = self.workspace.theme, self.workspace.settings
        self.grid = PageGrid(theme, self._model, settings.thumbnail_width)
        self.grid.activated.connect(self._open)
        self.grid.thumbnails_wanted.connect(self._ask_for_thumbnails)
        self.grid.selectionModel().selectionChanged.connect(self._show_selection)
        self._thumbnailer = Thumbnailer(self.grid.picture_size, self.devicePixelRatioF(), self)
        self._thumbnailer.made.connect(self._model.add_thumbnail)
        self.filters = FilterBar(theme, settings)
        self.filters.chosen.connect(self._arrange)
        self.filters.left.connect(self._take_grid)
        self.panel = SidePanel(theme, self._turns, self._delete_command)
        self.panel.split_chosen.connect(self._set_split)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setFocusProxy(self.grid)
        self._grids = QStackedWidget()
        self._grids.addWidget(self.grid)
        self._grids.addWidget(self._build_none_fits())
        self._splitter.addWidget(self._grids)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([900, 260])
        if state := settings.state("library/splitter"):
            self._splitter.restoreState(state)
        self._stack = QStackedWidget()
        self._zone = DropZone()
        self._zone.import_wanted.connect(self._ask_for_files)
        self._stack.addWidget(self._zone)
        self._stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_bar())
        layout.addWidget(self.filters)
        layout.addWidget(self._stack, 1)

    def _build_bar(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("placeBar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 8, 12, 8)
        for command in self._commands[:4]:
            layout.addWidget(CommandButton(command))
        layout.addStretch(1)
        layout.addWidget(self.exporting.button)
        return bar

    def _build_none_fits(self) -> QWidget:
        """What stands in the grid's place while the filter leaves no page."""
        self._none_fits = QLabel(say("No page fits what is chosen above."))
        self._none_fits.setProperty("role", "soft")
        self._none_fits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self._none_fits

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        self._changed |= change.pages
        if change.pages and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Show what changed since the last time."""
        changed, self._changed = self._changed, set()
        project = self.workspace.project
        pages = pages_after(project, self._model.all_pages, changed)
        self._model.show_pages(pages, page_progress(project, changed))
        self._show_counts()

    @property
    def _in_front(self) -> QWidget:
        """What is shown: the pages, or where scans may be dropped."""
        return self._splitter if self._model.all_pages else self._zone

    def _show_counts(self) -> None:
        pages, shown = len(self._model.all_pages), len(self._model.pages)
        self.filters.show_count(shown, pages)
        self.filters.setVisible(pages > 0)
        held = self._zone.hasFocus() or self._splitter.hasFocus()
        self._stack.setCurrentWidget(self._in_front)
        if held:  # what is hidden loses the keyboard, and the place's keys would act no more
            self._in_front.setFocus()
        self._grids.setCurrentIndex(0 if shown else 1)
        self._show_selection()

    @Slot(object)
    def _arrange(self, chosen: PageFilter) -> None:
        self._model.choose(chosen)
        self._show_counts()

    @Slot()
    def _find_page(self) -> None:
        self.filters.take_keyboard()

    @Slot()
    def _show_all(self) -> None:
        self.filters.show_all()

    @Slot()
    def _take_grid(self) -> None:
        self.grid.setFocus()
        if not self.grid.currentIndex().isValid() and self._model.pages:
            self.grid.setCurrentIndex(self._model.index(0))

    @Slot()
    def _ask_for_thumbnails(self) -> None:
        pages = self._model.pages
        # The last asked for is made first: begin below, so that they come from the top.
        for row in reversed(self.grid.visible_rows()):
            if row < len(pages) and self._model.lacks_thumbnail(pages[row]):
                path = scan_path(self.workspace.project, pages[row])
                self._thumbnailer.ask(ScanKey(pages[row].id, path, pages[row].rotation))

    @Slot(QItemSelection)
    def _show_selection(self, _selection: QItemSelection | None = None) -> None:
        rows = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        pages = [self._model.pages[row] for row in rows]
        self.panel.show_pages([(page, self._model.progress(page)) for page in pages])

    @Slot()
    def _ask_for_files(self) -> None:
        if paths := files_to_import(self):
            self.take_files(paths)

    @Slot()
    def _ask_for_folder(self) -> None:
        if paths := folder_to_import(self):
            self.take_files(paths)

    @Slot()
    def find_lines(self) -> None:
        """Find the lines of the selected pages, or of all."""
        ids = [page.id for page in self.selected_pages()]
        self._run(say("Finding lines"), partial(find_lines, self.workspace.project, ids))

    @Slot()
    def draft(self) -> None:
        """Draft the open lines of the selected pages, or of all."""
        ids = [page.id for page in self.selected_pages()]
        self._run(say("Drafting"), partial(draft_lines, self.workspace.project, ids))

    @Slot(object)
    def _tell_outcome(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome, JobSucceeded):
            return
        if self._soon.isActive():  # who reads what was done acts on pages that are shown
            self._soon.stop()
            self.refresh()
        if words := words_of(outcome.result):
            self._tell_report(*words)

    @Slot()
    def delete_selected(self) -> None:
        """Delete the selected pages on which nobody ever wrote, after asking."""
        project = self.workspace.project
        ids = self._selected_ids()
        if project.read_only or not ids:
            reason = project.read_only_reason or say("Select the pages that are to be deleted first.")
            self.message_wanted.emit(Message(reason, "error" if project.read_only else "info"))
            return
        kept = len(pages_with_text(project, ids))
        if kept == len(ids):
            self.message_wanted.emit(
                Message(say("Nothing was deleted. {reason}", reason=kept_words(kept)), "doubt")
            )
        elif may_delete(self, len(ids) - kept, kept):
            self._run(say("Deleting pages"), partial(delete_untouched, project, ids))

    def _run(self, name: str, act: Callable[..., object]) -> None:
        self.workspace.jobs.start(
            Job(
                name,
                lambda cancel, progress, changed: act(cancel=cancel, progress=progress, changed=changed),
            )
        )

    def _tell_report(self, text: str, skipped: list[str]) -> None:
        if skipped:
            show = partial(show_skipped, self, skipped)
            self.message_wanted.emit(Message(text, "doubt", say("Show"), show, None))
        else:
            self.message_wanted.emit(Message(text, "done"))

    @Slot(object)
    def _set_split(self, split: Split | None) -> None:
        before: dict[Split | None, list[int]] = {}
        for page in self.selected_pages():
            before.setdefault(page.split, []).append(page.id)
        ids = [page_id for each in before.values() for page_id in each]
        if self._act(lambda: set_split(self.workspace.project, ids, split)):
            undo = partial(self._restore_splits, before)
            self.message_wanted.emit(Message(split_words(len(ids), split), "done", say("Undo"), undo))

    def _restore_splits(self, before: Mapping[Split | None, Sequence[int]]) -> None:
        """Let pages serve again for what they served for."""
        for split, ids in before.items():
            self._act(partial(set_split, self.workspace.project, ids, split))

    @Slot()
    def _turn_left(self) -> None:
        self._rotate(270)

    @Slot()
    def _turn_right(self) -> None:
        self._rotate(90)

    def _rotate(self, degrees: int) -> None:
        """Turn the selected pages, by degrees clockwise; never all for want of a selection."""
        rows = self.grid.selectionModel().selectedIndexes()
        if not rows:
            self.message_wanted.emit(Message(say("Select the pages that are to be turned first.")))
        change = Change()
        pages = [self._model.pages[index.row()] for index in rows]
        for page in pages:
            change |= self._act(partial(rotate_page, self.workspace.project, page.id, degrees)) or Change()
        if self._set_aside is not None:  # the drafts it is about may be there again
            self.message_outdated.emit(self._set_aside)
        self._set_aside = set_aside_message(self.workspace, change, turned_words(pages))
        if self._set_aside is not None:
            self.message_wanted.emit(self._set_aside)

    def _act(self, act: Callable[[], Change]) -> Change | None:
        """Do something to the project and tell of it; ``None`` if it could not be done."""
        try:
            change = act()
        except KnownError as error:
            self.message_wanted.emit(Message(str(error), "error"))
            return None
        self.workspace.changes.announce(change)
        return change

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.target_wanted.emit(Target(page_id=self._model.pages[index.row()].id))

    @Slot()
    def _open_selected(self) -> None:
        if pages := self.selected_pages():
            self.target_wanted.emit(Target(page_id=pages[0].id))
