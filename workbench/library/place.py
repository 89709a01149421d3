"""Library: what is in the project, and how it comes in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.document import Page, PageProgress, Split
from core.errors import KnownError
from core.storage.changes import Change
from core.storage.pages import list_pages, page_progress, rotate_page, scan_path, set_split
from core.workflow.drafting import DraftReport, draft_lines
from core.workflow.importing import ImportReport, import_paths
from core.workflow.line_finding import LineFindingReport, find_lines
from workbench.jobs import Job, JobOutcome, JobSucceeded
from workbench.library.page_grid import PageGrid
from workbench.library.page_model import PageModel
from workbench.library.side_panel import SidePanel
from workbench.place import Command, Message, Place, Target
from workbench.scans.scan_reader import ScanKey
from workbench.scans.thumbnailer import Thumbnailer
from workbench.workspace import Workspace

REFRESH_MS = 200
FILTER = "Scans and lists (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.jp2 *.pdf *.txt *.jsonl *.xml)"


class LibraryPlace(Place):
    """A grid of pages with import, line finding and drafting."""

    title = "Library"
    icon_name = "library-big"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._progress: dict[int, PageProgress] = {}
        self._model = PageModel(self)
        self._thumbnailer = Thumbnailer(self)
        self._thumbnailer.made.connect(self._model.add_thumbnail)
        self._asked: set[ScanKey] = set()
        self._soon = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._soon.timeout.connect(self.refresh)
        self._build_commands()
        self._build_parts()
        workspace.changes.changed.connect(self._note_change)
        workspace.jobs.finished.connect(self._tell_outcome)
        self.refresh()

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def enter(self) -> None:
        """Take the keyboard."""
        self.grid.setFocus()

    def leave(self) -> None:
        """Remember the columns."""
        self.workspace.settings.save_state("library/splitter", self._splitter.saveState())

    def shut_down(self) -> None:
        """End the making of thumbnails."""
        self._thumbnailer.shut_down()

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Import what was dropped."""
        project = self.workspace.project
        if project.read_only:
            self.message_wanted.emit(Message(project.read_only_reason or "", "error"))
            return True
        self.workspace.jobs.start(
            Job(
                "Importing",
                lambda cancel, progress, changed: import_paths(
                    project, paths, cancel=cancel, progress=progress, changed=changed
                ),
            )
        )
        return True

    def selected_pages(self) -> list[Page]:
        """The selected pages; all if none is selected."""
        rows = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        return [self._model.pages[row] for row in rows] or list(self._model.pages)

    def _build_commands(self) -> None:
        make = self.command
        self._commands = [
            make("Library", "Import files…", "Ctrl+I", self._ask_for_files, icon="image-plus"),
            make("Library", "Import a folder…", "Ctrl+Shift+I", self._ask_for_folder, icon="folder-input"),
            make("Library", "Find lines", "Ctrl+L", self.find_lines, icon="scan-text", group=True),
            make("Library", "Draft with the model", "Ctrl+R", self.draft, icon="wand-sparkles"),
            make("Library", "Open in Transcribe", "Return", self._open_selected, icon="pen-line", group=True),
        ]

    def _build_parts(self) -> None:
        theme, settings = self.workspace.theme, self.workspace.settings
        self.grid = PageGrid(theme, self._model, settings.thumbnail_width)
        self.grid.activated.connect(self._open)
        self.grid.thumbnails_wanted.connect(self._ask_for_thumbnails)
        self.grid.selectionModel().selectionChanged.connect(self._show_selection)
        self.panel = SidePanel(theme)
        self.panel.split_chosen.connect(self._set_split)
        self.panel.rotation_wanted.connect(self._rotate)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.grid)
        self._splitter.addWidget(self.panel)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([900, 260])
        if state := settings.state("library/splitter"):
            self._splitter.restoreState(state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._build_drop_zone())
        self._stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._build_bar())
        layout.addWidget(self._stack, 1)

    def _build_bar(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("placeBar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 8, 12, 8)
        for command in self._commands[:4]:
            button = QPushButton(command.action.icon(), command.action.text())
            button.setToolTip(command.action.shortcut().toString())
            button.clicked.connect(command.action.trigger)
            layout.addWidget(button)
        layout.addStretch(1)
        return bar

    def _build_drop_zone(self) -> QWidget:
        zone = QFrame()
        zone.setObjectName("dropZone")
        title = QLabel("Drop scans or a data set here")
        title.setProperty("role", "title")
        text = QLabel(
            "PNG, JPEG, WebP, BMP, TIFF, PDF, PAGE or ALTO beside them, folders with labels.txt.\n"
            "Then let the lines be found and drafted, and correct them in Transcribe."
        )
        text.setProperty("role", "soft")
        button = QPushButton("Import files…")
        button.setProperty("primary", "true")
        button.clicked.connect(self._ask_for_files)
        inside = QVBoxLayout(zone)
        inside.addStretch(1)
        for part in (title, text, button):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        around = QWidget()
        layout = QVBoxLayout(around)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.addWidget(zone)
        return around

    @Slot(object)
    def _note_change(self, _change: Change) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Show the project as it is now."""
        self._progress = page_progress(self.workspace.project)
        self._model.show_pages(list_pages(self.workspace.project), self._progress)
        self._stack.setCurrentIndex(1 if self._model.pages else 0)
        self._show_selection()

    @Slot()
    def _ask_for_thumbnails(self) -> None:
        pages = self._model.pages
        for row in self.grid.visible_rows():
            if row >= len(pages) or not self._model.lacks_thumbnail(pages[row]):
                continue
            key = ScanKey(pages[row].id, scan_path(self.workspace.project, pages[row]), pages[row].rotation)
            if key not in self._asked:
                self._asked.add(key)
                self._thumbnailer.ask(key)

    @Slot(QItemSelection)
    def _show_selection(self, _selection: QItemSelection | None = None) -> None:
        rows = sorted(index.row() for index in self.grid.selectionModel().selectedIndexes())
        pages = [self._model.pages[row] for row in rows]
        self.panel.show_pages([(page, self._progress.get(page.id, PageProgress())) for page in pages])

    @Slot()
    def _ask_for_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Import files", str(Path.home()), FILTER)
        if names:
            self.take_files([Path(name) for name in names])

    @Slot()
    def _ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Import a folder", str(Path.home()))
        if name:
            self.take_files([Path(name)])

    @Slot()
    def find_lines(self) -> None:
        """Find the lines of the selected pages, or of all."""
        ids = [page.id for page in self.selected_pages()]
        project = self.workspace.project
        self.workspace.jobs.start(
            Job(
                "Finding lines",
                lambda cancel, progress, changed: find_lines(
                    project, ids, cancel=cancel, progress=progress, changed=changed
                ),
            )
        )

    @Slot()
    def draft(self) -> None:
        """Draft the open lines of the selected pages, or of all."""
        ids = [page.id for page in self.selected_pages()]
        project = self.workspace.project
        self.workspace.jobs.start(
            Job(
                "Drafting",
                lambda cancel, progress, changed: draft_lines(
                    project, ids, cancel=cancel, progress=progress, changed=changed
                ),
            )
        )

    @Slot(object)
    def _tell_outcome(self, outcome: JobOutcome) -> None:
        if not isinstance(outcome, JobSucceeded):
            return
        result = outcome.result
        if isinstance(result, ImportReport):
            skipped = [str(each) for each in result.skipped]
            text = (
                f"{result.pages} pages, {result.lines} lines, "
                f"{result.transcriptions} transcriptions imported."
            )
        elif isinstance(result, LineFindingReport):
            skipped = [str(each) for each in result.skipped]
            text = f"{result.lines} lines found on {result.pages} pages."
        elif isinstance(result, DraftReport):
            skipped = [str(each) for each in result.skipped]
            text = f"{result.lines} lines drafted by {result.model}, {result.lines_per_second:.0f} lines/s."
        else:
            return
        self._tell_report(text, skipped)

    def _tell_report(self, text: str, skipped: list[str]) -> None:
        if skipped:
            what = f"{len(skipped)} file could" if len(skipped) == 1 else f"{len(skipped)} files could"
            show = partial(self._show_skipped, skipped)
            self.message_wanted.emit(Message(f"{text} {what} not be taken.", "doubt", "Show", show, None))
        else:
            self.message_wanted.emit(Message(text, "done"))

    def _show_skipped(self, skipped: list[str]) -> None:
        box = QMessageBox(QMessageBox.Icon.Information, "Not taken", "\n".join(skipped[:40]), parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot(object)
    def _set_split(self, split: Split | None) -> None:
        ids = [page.id for page in self.selected_pages()]
        self._act(lambda: set_split(self.workspace.project, ids, split))

    @Slot(int)
    def _rotate(self, degrees: int) -> None:
        for page in self.selected_pages():
            self._act(partial(rotate_page, self.workspace.project, page.id, degrees))

    def _act(self, act: Callable[[], Change]) -> None:
        try:
            self.workspace.changes.announce(act())
        except KnownError as error:
            self.message_wanted.emit(Message(str(error), "error"))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.target_wanted.emit(Target(page_id=self._model.pages[index.row()].id))

    @Slot()
    def _open_selected(self) -> None:
        if pages := self.selected_pages():
            self.target_wanted.emit(Target(page_id=pages[0].id))
