"""The acts of an annotator on line and page, by key and menu."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from core.wording import say
from workbench.command import Command
from workbench.place import Message, Place
from workbench.transcribe.controller import Controller
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.replace_bar import ReplaceBar
from workbench.transcribe.strip_view import StripView


class LineActs(QObject):
    """Belongs to the place Transcribe."""

    def __init__(
        self, place: Place, controller: Controller, canvas: PageCanvas, strips: StripView, bar: ReplaceBar
    ) -> None:
        super().__init__(place)
        self._place, self._controller, self._canvas, self._strips = place, controller, canvas, strips
        self._bar = bar

    def line_commands(self) -> list[Command]:
        """What is done with the line in hand."""
        make, do = partial(self._place.command, "line"), self._controller
        back = say("Back to the draft, then to what was saved")
        return [
            make("confirm", say("Confirm and next"), "Return Enter", self._confirm, icon="check"),
            make("confirm-back", say("Confirm and previous"), "Shift+Return", self._confirm_back),
            make("skip", say("Skip to the next open line"), "Ctrl+Return", do.skip),
            make("unreadable", say("Unreadable"), "Ctrl+U", do.mark_unreadable, icon="eye-off"),
            make("back", back, "Esc", self._go_back),
            make("next", say("Next line"), "Alt+Down", self._next_line, group=True),
            make("previous", say("Previous line"), "Alt+Up", self._previous_line),
        ]

    def page_commands(self) -> list[Command]:
        """What is done with the lines of the page, and with the way they are shown."""
        make, do, canvas = partial(self._place.command, "page"), self._controller, self._canvas
        return [
            make("next-page", say("Next page"), "PgDown", self._next_page),
            make("previous-page", say("Previous page"), "PgUp", self._previous_page),
            make("draw", say("Add a line"), "Ctrl+Shift+N", self._draw, icon="plus", group=True),
            make("join", say("Join with the next line"), "Ctrl+J", do.edits.merge_with_next, icon="merge"),
            make("split", say("Split at the cursor"), "Ctrl+\\", self._split, icon="split"),
            make("delete", say("Delete the line"), "Ctrl+Shift+Del", self._delete, icon="trash-2"),
            make("earlier", say("Earlier in the reading order"), "Ctrl+Shift+Up", self._earlier),
            make("later", say("Later in the reading order"), "Ctrl+Shift+Down", self._later),
            make("whole-page", say("Whole page"), "Ctrl+9", canvas.fit, icon="maximize", group=True),
            make("zoom-in", say("Zoom in"), "Ctrl+Alt++ Ctrl+Alt+=", self._zoom_in),
            make("zoom-out", say("Zoom out"), "Ctrl+Alt+-", self._zoom_out),
        ]

    def undo_commands(self) -> list[Command]:
        """What was typed in the field first, then the acts before."""
        make = partial(self._place.command, "edit")
        return [
            make("undo", say("Undo"), "Ctrl+Z", self._undo, icon="undo-2"),
            make("redo", say("Redo"), "Ctrl+Shift+Z", self._redo, icon="redo-2"),
        ]

    @Slot()
    def _confirm(self) -> None:
        self._controller.confirm()

    @Slot()
    def _confirm_back(self) -> None:
        self._controller.confirm(-1)

    @Slot()
    def _go_back(self) -> None:
        """What is open over the text goes first: only then is the text taken back."""
        if self._canvas.stop_drawing():
            return
        if self._bar.isVisible():
            self._bar.close_bar()
        else:
            self._controller.revert()

    @Slot()
    def _draw(self) -> None:
        if self._controller.edits.possible():
            self._canvas.start_drawing()

    @Slot()
    def _next_line(self) -> None:
        self._controller.step_line(1)

    @Slot()
    def _previous_line(self) -> None:
        self._controller.step_line(-1)

    @Slot()
    def _next_page(self) -> None:
        if not self._controller.step_page(1):
            self._tell(say("This is the last page."))

    @Slot()
    def _previous_page(self) -> None:
        if not self._controller.step_page(-1):
            self._tell(say("This is the first page."))

    @Slot()
    def _earlier(self) -> None:
        self._controller.edits.reorder(-1)

    @Slot()
    def _later(self) -> None:
        self._controller.edits.reorder(1)

    @Slot()
    def _split(self) -> None:
        text, at = self._strips.editor.toPlainText(), self._strips.editor.position
        if 0 < at < len(text):
            self._controller.edits.split(at / len(text), at)
        elif self._controller.current:
            self._tell(say("Put the cursor inside the text, where the line is to be split."))

    @Slot()
    def _delete(self) -> None:
        entry = self._controller.current
        if entry and self._controller.edits.delete([entry.line.id]):
            undo = self._controller.edits.undo_offer()
            text = say("Line {line} deleted.", line=entry.line.order + 1)
            self._place.message_wanted.emit(Message(text, "info", say("Undo"), undo))

    @Slot()
    def _undo(self) -> None:
        document = self._strips.editor.document()
        if document.isUndoAvailable():
            document.undo()
        else:
            self._controller.edits.undo()

    @Slot()
    def _redo(self) -> None:
        document = self._strips.editor.document()
        if document.isRedoAvailable():
            document.redo()
        else:
            self._controller.edits.redo()

    def _tell(self, text: str) -> None:
        self._place.message_wanted.emit(Message(text))

    @Slot()
    def _zoom_in(self) -> None:
        self._strips.set_zoom(self._strips.zoom * 1.1)

    @Slot()
    def _zoom_out(self) -> None:
        self._strips.set_zoom(self._strips.zoom / 1.1)
