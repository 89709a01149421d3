"""Drawing, changing and tagging lines at the annotator's desk."""

from statistics import median

from PySide6.QtCore import QObject, QPoint, Slot

from core.document import Direction, LineShape, Polygon
from core.errors import KnownError
from core.geometry import around_baseline, contains, line_height, on_page
from core.storage.layout_edits import tag_lines
from core.storage.lines import list_tags
from core.wording import say
from workbench.command import Command
from workbench.place import KeyHint, Message, Place
from workbench.transcribe.canvas_bar import BASELINE, POLYGON
from workbench.transcribe.controller import Controller
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.strip_view import StripView
from workbench.transcribe.tag_editor import TagEditor

LINES_OF_A_PAGE = 40
"""A page without lines is taken to have so many when the height of its first one is guessed."""


class LayoutDesk(QObject):
    """Belongs to the place Transcribe; every act is one step of undo."""

    def __init__(self, place: Place, controller: Controller, canvas: PageCanvas, strips: StripView) -> None:
        super().__init__(place)
        self._place, self._controller, self._canvas, self._strips = place, controller, canvas, strips
        self.tags = TagEditor(place, controller.project)
        canvas.bar.setVisible(not controller.project.read_only)

    def commands(self) -> list[Command]:
        """All acts of this part of the desk."""
        make = self._place.command
        return [
            make(
                "page",
                "draw-outline",
                say("Add a line by its outline"),
                "Ctrl+Shift+G",
                self._draw_polygon,
                icon="pentagon",
            ),
            make(
                "page",
                "draw-baseline",
                say("Draw a baseline"),
                "Ctrl+Shift+B",
                self._draw_baseline,
                icon="baseline",
            ),
            make(
                "page",
                "edit-outline",
                say("Edit the outline"),
                "Ctrl+Shift+E",
                self._edit_outline,
                icon="mouse-pointer-2",
            ),
            make("line", "tag", say("Tag of the line …"), "Ctrl+T", self.open_tags, icon="tag"),
        ]

    def key_hints(self) -> list[KeyHint]:
        """Keys on the page."""
        return [
            KeyHint(say("Arrows"), say("Move the corner in hand by 1 px, with Shift by 10")),
            KeyHint(say("Tab, Del"), say("Next corner of the outline, delete the corner")),
            KeyHint(say("Alt+click"), say("Set a corner on an edge")),
            KeyHint(say("Space, Backspace"), say("While drawing: set a point, take the last one back")),
        ]

    def connect_parts(self) -> None:
        """After the place has connected its own parts."""
        self._canvas.line_drawn.connect(self._draw)
        self._canvas.line_reshaped.connect(self._reshape)
        self._canvas.baseline_drawn.connect(self._take_baseline)
        self._canvas.keyboard_freed.connect(self._strips.take_keyboard)
        self.tags.kept.connect(self._tag)
        self.tags.closed.connect(self._strips.take_keyboard)

    def leave(self) -> None:
        """The place goes to the back: write down the tag that is in its field."""
        if not self.tags.isHidden():
            self._tag(self.tags.field.text())
            self.tags.keep()

    @Slot()
    def open_tags(self) -> None:
        """Show the tag of the line in hand, unless one that was refused still waits in the field."""
        if not self.tags.isHidden():
            self.tags.field.setFocus()
        elif entry := self._controller.current:
            editor = self._strips.editor
            corner = editor.mapTo(self._place, QPoint(0, editor.height() + 8))
            self.tags.open_at(corner, entry.line, list_tags(self._controller.project))

    @Slot()
    def _draw_polygon(self) -> None:
        if self._controller.edits.possible():
            self._canvas.use_tool(POLYGON)

    @Slot()
    def _draw_baseline(self) -> None:
        if self._controller.edits.possible():
            self._canvas.use_tool(BASELINE)

    @Slot()
    def _edit_outline(self) -> None:
        if self._controller.edits.possible():
            self._canvas.edit_outline()

    @Slot(object)
    def _draw(self, shape: LineShape) -> None:
        if fitted := self._fitted(shape):
            self._controller.edits.draw(fitted)

    @Slot(int, object)
    def _reshape(self, line_id: int, shape: LineShape) -> None:
        if fitted := self._fitted(shape):
            self._controller.edits.reshape(line_id, fitted)

    @Slot(object)
    def _take_baseline(self, points: Polygon) -> None:
        """A baseline within a line becomes that line's, the one in hand first; any other makes a new line."""
        middle = points[len(points) // 2] if len(points) > 2 else _between(points[0], points[-1])
        current, entries = self._controller.current, self._controller.entries
        around = [entry.line for entry in entries if contains(entry.line.shape, middle)]
        around.sort(key=lambda line: current is None or line.id != current.line.id)
        if not around:
            self._draw(around_baseline(points, self._usual_height(), self._canvas.usual_direction()))
            return
        shape = around[0].shape
        drawn = around_baseline(points, line_height(shape), shape.direction)
        self._reshape(around[0].id, LineShape(shape.polygon, shape.direction, drawn.baseline))

    def _usual_height(self) -> float:
        heights = [line_height(entry.line.shape) for entry in self._controller.entries]
        if heights:
            return median(heights)
        width, height = self._canvas.view.page
        vertical = self._canvas.usual_direction() is Direction.TTB
        return (width if vertical else height) / LINES_OF_A_PAGE

    def _fitted(self, shape: LineShape) -> LineShape | None:
        """The line as it can be kept; what is wrong with it is told."""
        page = self._controller.page
        if page is None:
            return None
        try:
            fitted = on_page(shape, page.width, page.height)
        except KnownError as error:
            self._place.message_wanted.emit(Message(str(error), "error"))
            return None
        if fitted.polygon != shape.polygon:
            self._place.message_wanted.emit(Message(say("What lay off the page was cut off.")))
        return fitted

    @Slot(str)
    def _tag(self, tag: str) -> None:
        """Write the tag; one that is refused stays in its field."""
        line, project = self.tags.line, self._controller.project
        if line is not None and tag.strip() != line.tag:
            lines = [line.id]
            if not self._controller.edits.change_texts(lambda: tag_lines(project, lines, tag)):
                return
        self.tags.close_field()


def _between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
