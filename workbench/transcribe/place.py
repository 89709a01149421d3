"""Transcribe: the page beside its lines, and all keys of an annotator's day."""

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.document import LineEntry
from core.errors import KnownError, StaleEdit
from core.storage.changes import Change
from core.storage.efforts import effort_by_model
from core.wording import say
from workbench.command import Command
from workbench.place import KeyHint, Message, Place, Target
from workbench.scans.crop_cache import CropCache
from workbench.set_aside import set_aside_message
from workbench.transcribe.canvas_bar import BASELINE, POLYGON, RECTANGLE, REGION, SELECT
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.controller import Controller
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.doubt_desk import DoubtDesk
from workbench.transcribe.layout_desk import LayoutDesk
from workbench.transcribe.line_acts import LineActs
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_bar import PageBar
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.page_in_hand import PageView
from workbench.transcribe.page_pictures import PagePictures
from workbench.transcribe.strip_view import StripView
from workbench.workspace import Workspace

RECENT_LINES = 200
"""Lines whose effort is told over the page."""

EFFORT_MS = 300
"""So long after a page is shown the effort is told: its text comes first."""

TOOLS = {SELECT: "edit-outline", RECTANGLE: "draw", POLYGON: "draw-outline", BASELINE: "draw-baseline"}
"""Which commands choose the tools of the page."""


class TranscribePlace(Place):
    """The heart of the window."""

    name = "transcribe"
    icon_name = "pen-line"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.controller = Controller(workspace.project, workspace.changes)
        self._model = LineModel(self)
        self._crops = CropCache()
        self._begun = False
        self._told: Message | None = None
        self._effort_soon = QTimer(self, singleShot=True, interval=EFFORT_MS)
        self._effort_soon.timeout.connect(self._show_effort)
        self._build_parts()
        self._build_commands()
        self._build_panes()
        self._connect_parts()

    @property
    def title(self) -> str:
        """What people call the place."""
        return say("Transcribe")

    def commands(self) -> Sequence[Command]:
        """All acts of the place."""
        return self._commands

    def key_hints(self) -> Sequence[KeyHint]:
        """Keys beside those of the commands."""
        return (
            KeyHint(say("Ctrl+wheel"), say("Zoom")),
            KeyHint(say("Ctrl+drag"), say("Move the line's outline")),
            *self.doubts.key_hints(),
            *self._layout_desk.key_hints(),
        )

    def enter(self) -> None:
        """Go on where the work was left."""
        if not self._begun:
            self._begun = True
            self.controller.open_project(self.workspace.settings.last_line(self.workspace.project.folder))
        self._pictures.enter()
        self.strips.take_keyboard()

    def leave(self) -> None:
        """Commit what is pending; remember where we are."""
        self.controller.close()
        self._layout_desk.leave()
        self._desk.leave()
        self.characters.leave()
        if current := self.controller.current:
            self.workspace.settings.remember_line(self.workspace.project.folder, current.line.id)
        self.workspace.settings.save_state("transcribe/splitter", self._splitter.saveState())
        self._pictures.leave()

    @property
    def unsaved(self) -> str:
        """The text of the line in hand, if it could not be saved."""
        return self.controller.text if self.controller.unsaved else ""

    def shut_down(self) -> None:
        """End the reading of scans and of the next page, and the learning."""
        self.controller.help.shut_down()
        self.controller.ahead.plan(None)
        self.characters.shut_down()
        self._pictures.shut_down()
        self._effort_soon.stop()

    def show_target(self, target: Target) -> bool:
        """Go to a line or a page."""
        if not self._begun:
            self._begun = True
            self.controller.open_project(target.line_id)
        if target.line_id is not None:
            return self.controller.show_line(target.line_id)
        return target.page_id is not None and self.controller.show_page(target.page_id)

    def note_keys(self, keys: Mapping[str, str]) -> None:
        """Commands have other keys now."""
        own = [key for command in self._commands for key in command.action.shortcuts()]
        self.strips.editor.leave_to_commands(own)
        self._desk.note_keys()
        self.doubts.note_keys()
        for tool, name in TOOLS.items():
            self.canvas.bar.show_key(tool, keys[f"{self.name}.{name}"])
        self.strips.no_lines.show_keys(keys[f"{self.name}.draw"], keys["library.find-lines"])

    def fixed_keys(self) -> Mapping[str, str]:
        """Keys of writing, and the user's own ones."""
        return self.characters.fixed_keys()

    def _build_parts(self) -> None:
        workspace = self.workspace
        self.canvas = PageCanvas(workspace.theme, self._model)
        self.strips = StripView(workspace.theme, self._model, self._crops, workspace.settings.zoom)
        self.strips.editor.setReadOnly(workspace.project.read_only)
        self._pictures = PagePictures(self, self.canvas, self.strips, self._model, self._crops)
        self.doubts = DoubtDesk(self, self.controller, self.canvas, self.strips, self._model)
        self._desk = DeskTools(self, self.controller, self.strips, self._model)
        self._acts = LineActs(self, self.controller, self.canvas, self.strips, self._desk.replacer.bar)
        self._layout_desk = LayoutDesk(self, self.controller, self.canvas, self.strips)
        self.characters = CharacterDesk(self, self.controller, self.strips)

    def _build_panes(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self._build_page_pane())
        self._splitter.addWidget(self._desk.pane)
        self._splitter.setSizes([420, 760])
        self._splitter.setStretchFactor(1, 1)
        if state := self.workspace.settings.state("transcribe/splitter"):
            self._splitter.restoreState(state)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._splitter)
        self._empty = self._build_empty()
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _build_page_pane(self) -> QWidget:
        self._page_pane = QWidget()
        by_name = {command.name: command for command in self._commands}
        shown = [by_name[f"{self.name}.{name}"] for name in ("previous-page", "next-page", "whole-page")]
        self.page_bar = PageBar(self.workspace.theme, shown)
        layout = QVBoxLayout(self._page_pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.page_bar)
        layout.addWidget(self.canvas, 1)
        return self._page_pane

    def _build_empty(self) -> QWidget:
        widget = QWidget()
        title = QLabel(say("Nothing to transcribe yet"))
        title.setProperty("role", "heading")
        text = QLabel(say("Import scans in the Library, then let lines be found and drafted there."))
        text.setProperty("role", "soft")
        layout = QVBoxLayout(widget)
        layout.addStretch(1)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch(2)
        return widget

    def _build_commands(self) -> None:
        settings, do = self.workspace.settings, self.controller
        do.help.switch(settings.helps_drafts)
        do.line_help.reads_again = settings.reads_again
        hide = say("Hide or show the page")
        self._commands: list[Command] = [
            *self._acts.line_commands(),
            *self.doubts.commands(),
            *self._acts.page_commands(),
            self.command("page", "hide-page", hide, "F11", self._toggle_canvas, icon="panel-left"),
            *self._acts.undo_commands(),
            *self._desk.commands(),
            *self.characters.commands(),
            *self._layout_desk.commands(),
            *self._help_commands(),
        ]

    def _help_commands(self) -> list[Command]:
        make, settings = self.command, self.workspace.settings
        better = say("Better drafts by what was corrected")
        again = say("Read the rest again after a correction")
        return [
            make("line", "better", better, "", self._switch_help, checked=settings.helps_drafts, group=True),
            make("line", "again", again, "", self._switch_again, checked=settings.reads_again),
        ]

    def _connect_parts(self) -> None:
        controller, strips = self.controller, self.strips
        controller.page_shown.connect(self._show_page)
        controller.pages_changed.connect(self._show_place_of_page)
        controller.entry_changed.connect(self._model.update_entry)
        controller.entry_changed.connect(self._count_lines)
        controller.current_changed.connect(self._take)
        controller.text_replaced.connect(self._replace_text)
        controller.saved.connect(self._tell_saved)
        controller.stale.connect(self._show_clash)
        controller.failed.connect(self._tell_failure)
        controller.told.connect(self._tell)
        controller.set_aside.connect(self._tell_set_aside)
        controller.walked.connect(self._withdraw_told)
        self.message_wanted.connect(self._note_told)
        controller.ahead.read.connect(self._model.prepare)
        strips.editor.typed.connect(self._typed)
        strips.editor.key_used.connect(controller.line_help.meter.key)
        strips.line_clicked.connect(controller.show_line)
        strips.zoomed.connect(self._keep_zoom)
        strips.extras.stale.mine_wanted.connect(self._keep_mine)
        strips.extras.stale.theirs_wanted.connect(self._take_theirs)
        self.canvas.line_clicked.connect(controller.show_line)
        self.doubts.connect_parts()
        self._desk.connect_parts()
        self._desk.rules.region_wanted.connect(self._draw_region)
        self.canvas.region_drawn.connect(self._desk.rules.take_region)
        self.characters.connect_parts()
        self._layout_desk.connect_parts()

    @Slot(object)
    def _show_page(self, view: PageView | None) -> None:
        self._stack.setCurrentWidget(self._splitter if view else self._empty)
        self._pictures.forget_requests()
        if view is None:
            self._model.set_entries(())
            return
        self._pictures.show_page(view.page)
        self._model.set_entries(view.entries)
        self._show_place_of_page()
        self._count_lines()
        self._effort_soon.start()
        self._pictures.read_ahead(view.page, self.controller.pages)

    @Slot()
    def _show_effort(self) -> None:
        self.page_bar.show_effort(effort_by_model(self.workspace.project, RECENT_LINES))

    @Slot()
    def _show_place_of_page(self) -> None:
        if page := self.controller.page:
            self.page_bar.show_page(page, self.controller.pages)

    @Slot()
    def _count_lines(self) -> None:
        self.page_bar.show_progress(self.controller.entries)

    @Slot(object)
    def _take(self, entry: LineEntry | None) -> None:
        text = self.controller.text
        row = self._model.row_of(entry.line.id) if entry else None
        found = self.doubts.find(text)
        self.strips.take_row(-1 if row is None else row, text, found[0].first if found else len(text))
        self.doubts.show()

    @Slot(str)
    def _replace_text(self, text: str) -> None:
        if self.strips.editor.toPlainText() != text:
            self.strips.editor.replace_text(text)

    @Slot(str)
    def _typed(self, text: str) -> None:
        editor = self.strips.editor
        # What undo brought back is wanted as it was; what is being composed is not there yet.
        judged = not editor.composing and not editor.document().isRedoAvailable()
        self.controller.type_text(text, judged=judged)
        if self.controller.text != text:
            return  # the rest of the line was read again, which told of itself
        self.doubts.find(text)
        self.doubts.show()

    @Slot()
    def _toggle_canvas(self) -> None:
        self._page_pane.setVisible(self._page_pane.isHidden())

    @Slot()
    def _draw_region(self) -> None:
        """Let the user mark a part of the page, which a dialog beside the window has asked for."""
        if self.controller.page is None:
            self._tell(say("There is no page yet to draw on."))
            return
        self._page_pane.show()
        self.window().activateWindow()
        self.canvas.fit()
        self.canvas.use_tool(REGION)
        self._tell(say("Drag a rectangle on the page; Esc stops."))

    @Slot(bool)
    def _switch_help(self, on: bool) -> None:
        self.workspace.settings.helps_drafts = on
        self.controller.help.switch(on)

    @Slot(bool)
    def _switch_again(self, on: bool) -> None:
        self.workspace.settings.reads_again = self.controller.line_help.reads_again = on

    @Slot()
    def _keep_mine(self) -> None:
        self._end_clash()
        self.controller.keep_mine()

    @Slot()
    def _take_theirs(self) -> None:
        self._end_clash()
        self.controller.take_theirs()

    def _end_clash(self) -> None:
        self.strips.take_keyboard()  # first: the button that was pressed would hand it on to the rail
        self.strips.extras.hide_clash()

    @Slot(object)
    def _show_clash(self, error: StaleEdit) -> None:
        self.strips.extras.stale.show_clash(error)
        self.strips.relayout()

    @Slot(object)
    def _tell_failure(self, error: KnownError) -> None:
        self.message_wanted.emit(Message(str(error), "error"))

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.message_wanted.emit(Message(text))

    @Slot(object, str)
    def _tell_set_aside(self, change: Change, done: str) -> None:
        if message := set_aside_message(self.workspace, change, done):
            self.message_wanted.emit(message)

    @Slot(object)
    def _note_told(self, message: Message) -> None:
        self._told = message

    @Slot()
    def _withdraw_told(self) -> None:
        """An act is taken back, or done again: what was told of it, and offered, is so no more."""
        if self._told is not None:
            self.message_outdated.emit(self._told)

    @Slot(object)
    def _tell_saved(self, _saved: object) -> None:
        self.saved.emit(dt.datetime.now())

    @Slot(float)
    def _keep_zoom(self, zoom: float) -> None:
        self.workspace.settings.zoom = zoom
