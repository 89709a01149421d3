"""The line strips: every crop above its text; the line in hand has the real text field."""

from collections.abc import Sequence
from math import ceil
from time import monotonic

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from core.document import LineEntry
from core.wording import say
from workbench.scans.crop_cache import CropCache
from workbench.theme import Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.doubts import Doubt, doubts_of
from workbench.transcribe.line_editor import LineEditor
from workbench.transcribe.line_extras import LineExtras
from workbench.transcribe.line_look import look_name
from workbench.transcribe.line_model import LineModel, LineRow
from workbench.transcribe.no_lines import NoLines
from workbench.transcribe.page_in_hand import first_open
from workbench.transcribe.strip_geometry import LineSize, StripBox, StripGeometry, is_vertical, lay_out
from workbench.transcribe.strip_painter import StripPainter
from workbench.transcribe.strip_pictures import StripPictures
from workbench.transcribe.text_fit import column_pitch, fitted_font

PAINT_SECONDS = 0.002
"""Strips that are not painted by then wait for the next frame: a new page never stops the keyboard."""

AHEAD_MS, AHEAD_ROWS = 40, 2
"""So long after a line is taken in hand what the next needs is made, and so many strips below the pane."""

ZOOM_RANGE = (0.4, 4.0)
MARGIN = 8
"""Px between what stands under a line and the edges of the pane."""

REST = 1 / 3
"""The line in hand rests at this part of the pane's height: the next ones are already in sight."""


class StripView(QAbstractScrollArea):
    """Paints the strips of a page and holds the editor of the current one.

    Signals:
        line_clicked(int): id of the line that was clicked.
        zoomed(float): the user changed the zoom.
        crops_wanted(): other lines came into sight.
    """

    line_clicked = Signal(int)
    zoomed = Signal(float)
    crops_wanted = Signal()

    def __init__(self, theme: Theme, model: LineModel, crops: CropCache, zoom: float) -> None:
        super().__init__()
        self.setObjectName("lineStrips")
        self.setAccessibleName(say("Lines of the page"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._model = theme, model
        self._painter = StripPainter(theme, crops)
        self._pictures = StripPictures(self._painter)
        self._zoom = zoom
        self._row = -1
        self._fitted = ""
        self._geometry = StripGeometry((), False, QSizeF())
        self._settling = False
        self._foreseen: tuple[object, StripGeometry] | None = None
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._look_ahead)
        self._lines_changed = QTimer(self, singleShot=True, interval=0)
        self._lines_changed.timeout.connect(self.relayout)
        self.editor = LineEditor(theme, self.viewport())
        self.extras = LineExtras(theme, self.viewport())
        self.extras.wants_changed.connect(self._place_extras)
        self.no_lines = NoLines(self.viewport())
        self.editor.hide()
        self.extras.hide()
        model.modelReset.connect(self._forget_layout)
        model.dataChanged.connect(self.repaint_strips)
        theme.changed.connect(self._repaint_all)

    @property
    def visible_rows(self) -> range:
        """Rows in sight, with a screen's worth after them."""
        rows = self._geometry.crossing(self._view())
        return range(rows.start, min(rows.stop + 12, len(self._model.rows)))

    def take_row(self, row: int, text: str, cursor: int) -> None:
        """Take a line in hand: its text goes into the editor, the strip comes to its resting place."""
        self._row, self._fitted = row, text
        shown = 0 <= row < len(self._model.rows)
        (self.editor if shown else self.no_lines).show()
        if self.isVisible():  # behind another place it would take the keyboard from there
            (self.editor if shown else self.no_lines).setFocus()
        # Hidden only now: a part that is hidden with the keyboard gives it to the next one in the window.
        (self.no_lines if shown else self.editor).hide()
        self.extras.setVisible(shown)
        self.extras.stale.hide()
        self.editor.show_text(text, cursor)
        if shown:
            look = look_name(self._model.rows[row].look)
            self.editor.setAccessibleName(say("Text of line {line}, {look}", line=row + 1, look=look))
        self._settle(resting=True)
        self._ahead.start()

    @Slot()
    def take_keyboard(self) -> None:
        """Keys go to the line in hand; on a page without lines to what stands there instead."""
        (self.editor if self.no_lines.isHidden() else self.no_lines).setFocus()

    def set_zoom(self, zoom: float) -> None:
        """Change the scale of crops and text together."""
        self._zoom = min(max(zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        self.zoomed.emit(self._zoom)
        self._settle(resting=True)

    @property
    def zoom(self) -> float:
        """1 lets the longest line fit into the pane."""
        return self._zoom

    @Slot()
    def relayout(self) -> None:
        """Lay the strips out anew; what is in sight stays."""
        self._settle(resting=False)

    @Slot()
    def _forget_layout(self) -> None:
        """Other lines; mostly one of them is taken in hand at once, and then all is laid out."""
        self._geometry = StripGeometry((), False, QSizeF())
        self._lines_changed.start()

    def _settle(self, *, resting: bool) -> None:
        """Lay the strips out, then move what is in the pane, once."""
        self._lines_changed.stop()
        self._settling = True
        self._lay_out()
        if resting:
            self._rest()
        self._settling = False
        self._follow()

    def _lay_out(self) -> None:
        self._geometry = self._laid_out(self._model.rows, self._row)
        self._set_scroll_range()

    def _laid_out(self, rows: Sequence[LineRow], current: int) -> StripGeometry:
        """All strips with one of them in hand; what was foreseen is not worked out again."""
        pane, room = QSizeF(self.viewport().size()), self.extras.room
        vertical = is_vertical([row.entry.line.shape.direction for row in rows])
        sizes = [(row.frame.width, row.frame.height) for row in rows]
        view = (sizes, pane, self._zoom, current, vertical, room)
        if self._foreseen is None or self._foreseen[0] != view:
            lines = [LineSize(float(length), float(thickness)) for length, thickness in sizes]
            laid_out = lay_out(lines, pane, self._zoom, current, vertical=vertical, extras=room)
            self._foreseen = view, laid_out
        return self._foreseen[1]

    @Slot()
    def _look_ahead(self) -> None:
        """While the line in hand is read: how all will lie, and what will come into sight."""
        rows, following = self._model.rows, self._row + 1
        if not self.isVisible():
            return
        if following == len(rows) and (next_page := self._model.following):
            self._laid_out(next_page, first_open([row.entry for row in next_page]))
        if not 0 < following < len(rows):
            return
        ratio, vertical = self.devicePixelRatioF(), self._geometry.vertical
        below = self._geometry.crossing(self._view()).stop
        for number in range(below, min(below + AHEAD_ROWS, len(rows), len(self._geometry.boxes))):
            self._pictures.picture(
                number, rows[number], self._geometry.boxes[number], ratio, vertical=vertical
            )
        lit = self._laid_out(rows, following).boxes[following]
        self._painter.crop(rows[following], lit, ratio, vertical=vertical)

    def _follow(self) -> None:
        """The editor goes where its strip is; other lines may be in sight now."""
        self._place_editor()
        self.viewport().update()
        self.crops_wanted.emit()

    @Slot()
    def _repaint_all(self) -> None:
        self._pictures.clear()
        self.relayout()

    @Slot()
    def repaint_strips(self) -> None:
        """Text or crops changed; nothing moves."""
        self.viewport().update()

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Underline doubtful characters in the editor."""
        self.editor.mark_doubts(doubts)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self._offset()
        painter.translate(-offset)
        end, late = monotonic() + PAINT_SECONDS, False
        # The line in hand first, then those that follow it.
        seen = [n for n in self._geometry.crossing(self._view()) if n < len(self._model.rows)]
        for number in sorted(seen, key=lambda n: (n < self._row, n)):
            late |= not self._paint_strip(painter, number, may_take_time=monotonic() < end)
        if late:
            self.viewport().update()

    def _paint_strip(self, painter: QPainter, number: int, *, may_take_time: bool) -> bool:
        """Paint one strip; ``False`` if that would have taken time that there is not."""
        row, box, vertical = self._model.rows[number], self._geometry.boxes[number], self._geometry.vertical
        if number == self._row:
            self._painter.paint(painter, number, row, box, lit=True, vertical=vertical)
            return True
        return self._pictures.paint(painter, number, row, box, vertical=vertical, may_take_time=may_take_time)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take the clicked line in hand."""
        point = event.position() + self._offset()
        number = self._geometry.at(point.x(), point.y())
        if number is not None and number != self._row:
            self.line_clicked.emit(self._model.rows[number].line_id)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Ctrl and the wheel zoom; the wheel scrolls, sideways on pages of columns."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            return
        bar = self.horizontalScrollBar() if self._geometry.vertical else self.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the strips to the pane."""
        super().resizeEvent(event)
        self.no_lines.resize(self.viewport().size())
        self._settle(resting=True)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """The editor moves with its strip."""
        if not self._settling:
            self._follow()

    def _offset(self) -> QPointF:
        """Content coordinates of the pane's upper left corner."""
        x = float(self.horizontalScrollBar().value())
        if self._geometry.vertical:
            x -= max(self._geometry.size.width(), self.viewport().width())
        return QPointF(x, self.verticalScrollBar().value())

    def _view(self) -> QRectF:
        return QRectF(self._offset(), QSizeF(self.viewport().size()))

    def _set_scroll_range(self) -> None:
        pane, size = self.viewport().size(), self._geometry.size
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(pane.width())
        down.setPageStep(pane.height())
        down.setSingleStep(24)
        # room beyond the last column, and below the last row, so that these too can rest like the others
        beyond = round(pane.width() * (1 - REST)) if self._geometry.vertical else 0
        across.setRange(-beyond, max(0, round(size.width() - pane.width())))
        below = 0 if self._geometry.vertical else round(pane.height() * (1 - REST))
        down.setRange(0, max(0, round(size.height() + below - pane.height())))

    def _rest(self) -> None:
        """Scroll so that the current strip stands where the eye expects it."""
        box = self._current_box()
        if box is None:
            return
        if self._geometry.vertical:
            width = max(self._geometry.size.width(), self.viewport().width())
            wanted = box.strip.center().x() + width - self.viewport().width() * (1 - REST)
            self.horizontalScrollBar().setValue(round(wanted))
        else:
            self.verticalScrollBar().setValue(round(box.strip.top() - self.viewport().height() * REST))

    def _current_box(self) -> StripBox | None:
        return self._geometry.boxes[self._row] if 0 <= self._row < len(self._geometry.boxes) else None

    def _place_editor(self) -> None:
        box = self._current_box()
        if box is None or self._row >= len(self._model.rows):
            self.editor.hide()
            self.extras.hide()
            return
        # The letters keep the spacing of the text that was there first: they do not dance while one types.
        entry, text = self._model.rows[self._row].entry, self._fitted
        place = box.text.translated(-self._offset())
        if self._geometry.vertical:
            pitch = column_pitch(text, box.crop.height(), box.text_pixels)
            font = reading_font(box.text_pixels)
        else:
            pitch = None
            font = fitted_font(text, box.crop.width(), box.text_pixels)
        self.editor.set_look(font, entry.line.shape.direction, pitch)
        self.editor.setGeometry(place.toAlignedRect().adjusted(0, 0, 0, self.editor.overhang))
        self._place_extras()

    @Slot()
    def _place_extras(self) -> None:
        """Under the text, as wide as they need to be and within the pane; under a column further left."""
        place = self.editor.geometry().adjusted(0, 0, 0, -self.editor.overhang)
        room = self.viewport().width() - 2 * MARGIN
        left = place.left()
        if self._geometry.vertical:
            self.extras.alternatives.fit(room)
            left = max(min(left, MARGIN + room - self.extras.wanted_width), MARGIN)
        else:
            self.extras.alternatives.fit(MARGIN + room - left)
        self.extras.setGeometry(left, place.bottom() + 1, MARGIN + room - left, ceil(self.extras.room))


def doubts_in(entry: LineEntry | None, text: str) -> tuple[Doubt, ...]:
    """The doubtful places that still stand in a text; what a human vouches for has none."""
    if entry is None or entry.state.is_truth:
        return ()
    return doubts_of(text, entry.draft)
