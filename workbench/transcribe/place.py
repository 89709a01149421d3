"""Transcribe: the page beside its lines, and all keys of an annotator's day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.document import LineEntry, Page
from core.errors import KnownError, StaleEdit
from core.storage.efforts import effort_by_model
from core.storage.pages import scan_path
from core.wording import say
from workbench.command import Command
from workbench.place import KeyHint, Message, Place, Target
from workbench.scans.crop_cache import CropCache
from workbench.scans.scan_reader import CropRequest, LineCrop, PageFailure, PageImage, ScanKey, ScanReader
from workbench.transcribe.canvas_bar import BASELINE, POLYGON, RECTANGLE, SELECT
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.controller import ALTERNATIVE, NEXT_DOUBT, Controller, PageView
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.doubts import MAX_ALTERNATIVES, Doubt, doubt_at, with_alternative
from workbench.transcribe.layout_desk import LayoutDesk
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_bar import PageBar
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.strip_view import StripView, doubts_in
from workbench.workspace import Workspace

RECENT_LINES = 200
"""Lines whose effort is told over the page."""

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
        self._reader = ScanReader(self)
        self._key: ScanKey | None = None
        self._asked: set[int] = set()
        self._doubts: tuple[Doubt, ...] = ()
        self._offered: Doubt | None = None
        self._visited: Doubt | None = None
        self._begun = False
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
            *self._layout_desk.key_hints(),
        )

    def enter(self) -> None:
        """Go on where the work was left."""
        if not self._begun:
            self._begun = True
            self.controller.open_project(self.workspace.settings.last_line(self.workspace.project.folder))
        self.strips.editor.setFocus()

    def leave(self) -> None:
        """Commit what is pending; remember where we are."""
        self.controller.close()
        if current := self.controller.current:
            self.workspace.settings.remember_line(self.workspace.project.folder, current.line.id)
        self.workspace.settings.save_state("transcribe/splitter", self._splitter.saveState())

    def shut_down(self) -> None:
        """End the reading of scans and of the next page, and the learning."""
        self.controller.help.shut_down()
        self.controller.ahead.plan(None)
        self.characters.shut_down()
        self._reader.shut_down()

    def show_target(self, target: Target) -> bool:
        """Go to a line or a page."""
        if not self._begun:
            self._begun = True
            self.controller.open_project(target.line_id)
        if target.line_id is not None:
            return self.controller.show_line(target.line_id)
        return target.page_id is not None and self.controller.show_page(target.page_id)

    def note_keys(self) -> None:
        """Commands have other keys now."""
        keys = [key for command in self._commands for key in command.action.shortcuts()]
        self.strips.editor.leave_to_commands(keys)
        self._desk.note_keys()
        shown = {command.name: command.shown_keys for command in self._commands}
        readings = [shown[f"{self.name}.alternative-{n}"] for n in range(1, MAX_ALTERNATIVES + 1)]
        self.strips.extras.alternatives.show_keys(readings)
        for tool, name in TOOLS.items():
            self.canvas.bar.show_key(tool, shown[f"{self.name}.{name}"])

    def fixed_keys(self) -> Mapping[str, str]:
        """Keys of writing, and the user's own ones."""
        return self.characters.fixed_keys()

    def _build_parts(self) -> None:
        workspace = self.workspace
        self.canvas = PageCanvas(workspace.theme, self._model)
        self.strips = StripView(workspace.theme, self._model, self._crops, workspace.settings.zoom)
        self.strips.editor.setReadOnly(workspace.project.read_only)
        self._desk = DeskTools(self, self.controller, self.strips, self._model)
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
        self.page_bar = PageBar(self.workspace.theme, self._page_bar_commands)
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
        do.reads_again = settings.reads_again
        self._commands: list[Command] = [
            *self._line_commands(),
            *self._page_commands(),
            self.command("edit", "undo", say("Undo"), "Ctrl+Z", self._undo, icon="undo-2"),
            self.command("edit", "redo", say("Redo"), "Ctrl+Shift+Z", self._redo, icon="redo-2"),
            *self._desk.commands(),
            *self.characters.commands(),
            *self._layout_desk.commands(),
            *self._help_commands(),
        ]

    def _line_commands(self) -> list[Command]:
        make, do = partial(self.command, "line"), self.controller
        difference, back = say("Difference to the draft"), say("Back to the draft, then to what was saved")
        return [
            make("confirm", say("Confirm and next"), "Return Enter", self._confirm, icon="check"),
            make("confirm-back", say("Confirm and previous"), "Shift+Return", self._confirm_back),
            make("skip", say("Skip to the next open line"), "Ctrl+Return", do.skip),
            make("unreadable", say("Unreadable"), "Ctrl+U", do.mark_unreadable, icon="eye-off"),
            make("back", back, "Esc", self._go_back),
            make("next-doubt", say("Next doubtful place"), "F2", self._next_doubt, group=True),
            make("previous-doubt", say("Previous doubtful place"), "Shift+F2", self._previous_doubt),
            make("difference", difference, "Ctrl+D", self._toggle_difference, icon="file-diff"),
            make("next", say("Next line"), "Alt+Down", self._next_line, group=True),
            make("previous", say("Previous line"), "Alt+Up", self._previous_line),
        ]

    def _page_commands(self) -> list[Command]:
        make, do, canvas = partial(self.command, "page"), self.controller, self.canvas
        following = make("next-page", say("Next page"), "PgDown", self._next_page)
        before = make("previous-page", say("Previous page"), "PgUp", self._previous_page)
        whole = make("whole-page", say("Whole page"), "Ctrl+9", canvas.fit, icon="maximize", group=True)
        self._page_bar_commands = (before, following, whole)
        hide = say("Hide or show the page")
        return [
            following,
            before,
            make("draw", say("Add a line"), "Ctrl+Shift+N", canvas.start_drawing, icon="plus", group=True),
            make("join", say("Join with the next line"), "Ctrl+J", do.merge_with_next, icon="merge"),
            make("split", say("Split at the cursor"), "Ctrl+\\", self._split, icon="split"),
            make("delete", say("Delete the line"), "Ctrl+Shift+Del", self._delete, icon="trash-2"),
            make("earlier", say("Earlier in the reading order"), "Ctrl+Shift+Up", self._earlier),
            make("later", say("Later in the reading order"), "Ctrl+Shift+Down", self._later),
            whole,
            make("hide-page", hide, "F11", self._toggle_canvas, icon="panel-left"),
            make("zoom-in", say("Zoom in"), "Ctrl+Alt++ Ctrl+Alt+=", self._zoom_in),
            make("zoom-out", say("Zoom out"), "Ctrl+Alt+-", self._zoom_out),
        ]

    def _help_commands(self) -> list[Command]:
        make, settings = self.command, self.workspace.settings
        better = say("Better drafts by what was corrected")
        again = say("Read the rest again after a correction")
        alternatives = [
            make(
                None,
                f"alternative-{number}",
                say("Take the reading no. {number}", number=number),
                f"Alt+{number}",
                partial(self._take_alternative, number - 1),
            )
            for number in range(1, MAX_ALTERNATIVES + 1)
        ]
        return [
            make("line", "better", better, "", self._switch_help, checked=settings.helps_drafts, group=True),
            make("line", "again", again, "", self._switch_again, checked=settings.reads_again),
            *alternatives,
        ]

    def _connect_parts(self) -> None:
        controller, strips = self.controller, self.strips
        controller.page_shown.connect(self._show_page)
        controller.entry_changed.connect(self._model.update_entry)
        controller.entry_changed.connect(self._count_lines)
        controller.current_changed.connect(self._take)
        controller.text_replaced.connect(self._replace_text)
        controller.saved.connect(self._tell_saved)
        controller.stale.connect(self._show_clash)
        controller.failed.connect(self._tell_failure)
        controller.told.connect(self._tell)
        controller.ahead.read.connect(self._model.prepare)
        strips.editor.typed.connect(self._typed)
        strips.editor.key_used.connect(controller.meter.key)
        strips.editor.cursor_moved.connect(self._show_alternatives)
        strips.line_clicked.connect(controller.show_line)
        strips.zoomed.connect(self._keep_zoom)
        strips.crops_wanted.connect(self._ask_for_crops)
        strips.extras.alternatives.chosen.connect(self._take_alternative)
        strips.extras.stale.mine_wanted.connect(self._keep_mine)
        strips.extras.stale.theirs_wanted.connect(self._take_theirs)
        self.canvas.line_clicked.connect(controller.show_line)
        self._reader.page_read.connect(self._show_image)
        self._reader.page_failed.connect(self._tell_unreadable)
        self._reader.line_cut.connect(self._add_crop)
        self._desk.connect_parts()
        self.characters.connect_parts()
        self._layout_desk.connect_parts()
        self.note_keys()

    @Slot(object)
    def _show_page(self, view: PageView | None) -> None:
        self._stack.setCurrentWidget(self._splitter if view else self._empty)
        self._asked.clear()
        if view is None:
            self._model.set_entries(())
            return
        key = self._scan_key(view.page)
        if key != self._key:
            self._key = key
            self._crops.clear()
            self.canvas.show_page(view.page.width, view.page.height)
            self._reader.show_page(key)
        self._model.set_entries(view.entries)
        self.page_bar.show_page(view.page, len(self.controller.pages))
        self._count_lines()
        self.page_bar.show_effort(effort_by_model(self.workspace.project, RECENT_LINES))
        self._read_ahead(view.page)

    @Slot()
    def _count_lines(self) -> None:
        self.page_bar.show_progress(self.controller.entries)

    def _scan_key(self, page: Page) -> ScanKey:
        return ScanKey(page.id, scan_path(self.workspace.project, page), page.rotation)

    def _read_ahead(self, page: Page) -> None:
        following = [each for each in self.controller.pages if each.number > page.number][:1]
        for each in following:
            self._reader.read_ahead(self._scan_key(each))

    @Slot(object)
    def _take(self, entry: LineEntry | None) -> None:
        text = self.controller.text
        row = self._model.row_of(entry.line.id) if entry else None
        self._doubts = doubts_in(entry, text)
        cursor = self._doubts[0].first if self._doubts else len(text)
        self.strips.take_row(-1 if row is None else row, text, cursor)
        self._show_doubts()

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
        self._doubts = doubts_in(self.controller.current, text)
        self._show_doubts()

    def _show_doubts(self) -> None:
        self.strips.show_doubts(self._doubts)
        row = self._model.row_of(self.controller.current.line.id) if self.controller.current else None
        self.canvas.show_row(-1 if row is None else row, self._doubts)
        self._show_alternatives(self.strips.editor.position)
        self._show_difference()

    @Slot(int)
    def _show_alternatives(self, position: int) -> None:
        if self._visited and position != self._visited.last:
            self._visited = None
        text = self.strips.editor.toPlainText()
        touching = any(doubt.first <= position <= doubt.last for doubt in self._doubts)
        at_cursor = None if touching else self.controller.alternatives(text, position)
        self._offered = at_cursor or doubt_at(self._doubts, position)
        self.strips.extras.alternatives.show_doubt(text, self._offered)

    @Slot(int)
    def _take_alternative(self, number: int) -> None:
        editor = self.strips.editor
        doubt = self._offered
        if editor.composing or doubt is None or number >= len(doubt.alternatives):
            return
        self.controller.meter.helped(ALTERNATIVE)
        editor.replace_text(with_alternative(editor.toPlainText(), doubt, number))
        place = doubt.first + len(doubt.alternatives[number])
        editor.select(place, place)

    @Slot()
    def _next_doubt(self) -> None:
        position = self.strips.editor.position
        # A gap has no width: without remembering it the cursor would never get past.
        self._go_to_doubt([d for d in self._doubts if d.first >= position and d != self._visited], step=1)

    @Slot()
    def _previous_doubt(self) -> None:
        position = self.strips.editor.position
        self._go_to_doubt([d for d in self._doubts if d.last < position], step=-1)

    def _go_to_doubt(self, candidates: list[Doubt], step: int) -> None:
        """Select the nearest doubtful place, on this line or the nearest one that has any."""
        self.controller.meter.helped(NEXT_DOUBT)
        if not candidates:
            if not self._take_doubtful_line(step):
                self._tell(say("No doubtful place follows on this page."))
                return
            candidates = list(self._doubts)
        if candidates:
            doubt = candidates[0 if step > 0 else -1]
            self.strips.editor.select(doubt.first, doubt.last)
            self._visited = doubt

    def _take_doubtful_line(self, step: int) -> bool:
        rows, current = self._model.rows, self.controller.current
        here = self._model.row_of(current.line.id) if current else None
        if here is None:
            return False
        others = rows[here + 1 :] if step > 0 else rows[:here][::-1]
        doubtful = next((row for row in others if row.doubts), None)
        return doubtful is not None and self.controller.show_line(doubtful.line_id)

    @Slot()
    def _toggle_difference(self) -> None:
        difference = self.strips.extras.difference
        difference.setVisible(difference.isHidden())
        self._show_difference()
        self.strips.relayout()

    def _show_difference(self) -> None:
        entry, difference = self.controller.current, self.strips.extras.difference
        if entry and not difference.isHidden():
            draft = entry.draft.text if entry.draft else ""
            difference.show_texts(draft, self.strips.editor.toPlainText())

    @Slot()
    def _confirm(self) -> None:
        self.controller.confirm()

    @Slot()
    def _confirm_back(self) -> None:
        self.controller.confirm(-1)

    @Slot()
    def _go_back(self) -> None:
        if not self.canvas.stop_drawing():
            self.controller.revert()

    @Slot()
    def _next_line(self) -> None:
        self.controller.step_line(1)

    @Slot()
    def _previous_line(self) -> None:
        self.controller.step_line(-1)

    @Slot()
    def _next_page(self) -> None:
        self.controller.step_page(1)

    @Slot()
    def _previous_page(self) -> None:
        self.controller.step_page(-1)

    @Slot()
    def _earlier(self) -> None:
        self.controller.reorder(-1)

    @Slot()
    def _later(self) -> None:
        self.controller.reorder(1)

    @Slot()
    def _split(self) -> None:
        text, at = self.strips.editor.toPlainText(), self.strips.editor.position
        if 0 < at < len(text):
            self.controller.split(at / len(text), at)

    @Slot()
    def _delete(self) -> None:
        if entry := self.controller.current:
            self.controller.delete([entry.line.id])
            undo = self.controller.undo
            text = say("Line {line} deleted.", line=entry.line.order + 1)
            self.message_wanted.emit(Message(text, "info", say("Undo"), undo))

    @Slot()
    def _undo(self) -> None:
        """What was typed in the field first, then the acts before."""
        document = self.strips.editor.document()
        if document.isUndoAvailable():
            document.undo()
        else:
            self.controller.undo()

    @Slot()
    def _redo(self) -> None:
        document = self.strips.editor.document()
        if document.isRedoAvailable():
            document.redo()
        else:
            self.controller.redo()

    @Slot()
    def _toggle_canvas(self) -> None:
        self._page_pane.setVisible(self._page_pane.isHidden())

    @Slot(bool)
    def _switch_help(self, on: bool) -> None:
        self.workspace.settings.helps_drafts = on
        self.controller.help.switch(on)

    @Slot(bool)
    def _switch_again(self, on: bool) -> None:
        self.workspace.settings.reads_again = self.controller.reads_again = on

    @Slot()
    def _keep_mine(self) -> None:
        self.strips.extras.hide_clash()
        self.controller.keep_mine()

    @Slot()
    def _take_theirs(self) -> None:
        self.strips.extras.hide_clash()
        self.controller.take_theirs()

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

    @Slot(object)
    def _tell_saved(self, _saved: object) -> None:
        self.saved.emit(dt.datetime.now())

    @Slot(object)
    def _tell_unreadable(self, failure: PageFailure) -> None:
        self.message_wanted.emit(Message(str(failure.error), "error"))

    @Slot()
    def _zoom_in(self) -> None:
        self.strips.set_zoom(self.strips.zoom * 1.1)

    @Slot()
    def _zoom_out(self) -> None:
        self.strips.set_zoom(self.strips.zoom / 1.1)

    @Slot(float)
    def _keep_zoom(self, zoom: float) -> None:
        self.workspace.settings.zoom = zoom

    @Slot()
    def _ask_for_crops(self) -> None:
        """Cut the lines in sight that are not there yet."""
        rows = self._model.rows
        wanted = [
            (rows[n].line_id, rows[n].entry.line.shape)
            for n in self.strips.visible_rows
            if n < len(rows)
            and not self._crops.has(rows[n].entry.line)
            and rows[n].line_id not in self._asked
        ]
        if wanted and self._key is not None:
            self._asked |= {line_id for line_id, _ in wanted}
            self._reader.cut_lines(CropRequest(self._key, tuple(wanted)))

    @Slot(object)
    def _add_crop(self, crop: LineCrop) -> None:
        self._crops.add(crop)
        self._asked.discard(crop.line_id)
        self.strips.repaint_strips()

    @Slot(object)
    def _show_image(self, image: PageImage) -> None:
        if image.key == self._key:
            self.canvas.show_image(image)
