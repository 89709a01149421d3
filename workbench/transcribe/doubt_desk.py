"""Doubtful places of the line in hand: going to them, taking another reading, comparing with the draft."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from core.wording import say
from workbench.command import Command
from workbench.place import KeyHint, Message, Place
from workbench.transcribe.controller import Controller
from workbench.transcribe.doubts import MAX_ALTERNATIVES, Doubt, doubt_at, with_alternative
from workbench.transcribe.line_help import ALTERNATIVE, NEXT_DOUBT
from workbench.transcribe.line_model import LineModel
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.strip_view import StripView, doubts_in


class DoubtDesk(QObject):
    """Belongs to the place Transcribe.

    Attributes:
        doubts: The doubtful places in the text that the field shows.
        offered: The one whose other readings stand under the line.
        visited: The one that was gone to last.
    """

    def __init__(
        self, place: Place, controller: Controller, canvas: PageCanvas, strips: StripView, model: LineModel
    ) -> None:
        super().__init__(place)
        self._place, self._controller = place, controller
        self._canvas, self._strips, self._model = canvas, strips, model
        self.doubts: tuple[Doubt, ...] = ()
        self.offered: Doubt | None = None
        self.visited: Doubt | None = None

    def commands(self) -> list[Command]:
        """All acts of this part of the desk."""
        make, difference = partial(self._place.command, "line"), say("Difference to the draft")
        return [
            make("next-doubt", say("Next doubtful place"), "F2", self._next, group=True),
            make("previous-doubt", say("Previous doubtful place"), "Shift+F2", self._previous),
            make("difference", difference, "Ctrl+D", self._toggle_difference, icon="file-diff"),
            *self._alternative_commands(),
        ]

    def _alternative_commands(self) -> list[Command]:
        self._alternatives = [
            self._place.command(
                None,
                f"alternative-{number}",
                say("Take the reading no. {number}", number=number),
                f"Alt+{number}",
                partial(self._take_alternative, number - 1),
            )
            for number in range(1, MAX_ALTERNATIVES + 1)
        ]
        return self._alternatives

    def key_hints(self) -> list[KeyHint]:
        """The keys of the readings, which no menu has."""
        return [KeyHint(f"Alt+1 … {MAX_ALTERNATIVES}", say("Take a reading"))]

    def connect_parts(self) -> None:
        """After the place has connected its own parts."""
        self._strips.editor.cursor_moved.connect(self._offer)
        self._strips.extras.alternatives.chosen.connect(self._take_alternative)

    def note_keys(self) -> None:
        """Commands have other keys now."""
        self._strips.extras.alternatives.show_keys([each.shown_keys for each in self._alternatives])

    def find(self, text: str) -> Sequence[Doubt]:
        """Look for the doubtful places in a text of the line in hand."""
        self.doubts = doubts_in(self._controller.current, text)
        return self.doubts

    def show(self) -> None:
        """Mark what was found, on the page and in the field."""
        self._strips.show_doubts(self.doubts)
        current = self._controller.current
        row = self._model.row_of(current.line.id) if current else None
        self._canvas.show_row(-1 if row is None else row, self.doubts)
        self._offer(self._strips.editor.position)
        self._show_difference()

    @Slot(int)
    def _offer(self, position: int) -> None:
        if self.visited and position != self.visited.last:
            self.visited = None
        text = self._strips.editor.toPlainText()
        touching = any(doubt.first <= position <= doubt.last for doubt in self.doubts)
        at_cursor = None if touching else self._controller.line_help.alternatives(text, position)
        gone_to = self.visited if self.visited in self.doubts else None
        self.offered = at_cursor or gone_to or doubt_at(self.doubts, position)
        self._strips.extras.alternatives.show_doubt(text, self.offered)

    @Slot(int)
    def _take_alternative(self, number: int) -> None:
        editor, doubt = self._strips.editor, self.offered
        if editor.composing or doubt is None or number >= len(doubt.alternatives):
            return
        self._controller.line_help.meter.helped(ALTERNATIVE)
        editor.replace_text(with_alternative(editor.toPlainText(), doubt, number))
        place = doubt.first + len(doubt.alternatives[number])
        editor.select(place, place)

    @Slot()
    def _next(self) -> None:
        position = self._strips.editor.position
        # A gap has no width: without remembering it the cursor would never get past.
        self._go([d for d in self.doubts if d.first >= position and d != self.visited], step=1)

    @Slot()
    def _previous(self) -> None:
        position = self._strips.editor.position
        self._go([d for d in self.doubts if d.last < position], step=-1)

    def _go(self, candidates: list[Doubt], step: int) -> None:
        """Select the nearest doubtful place, on this line or the nearest one that has any."""
        self._controller.line_help.meter.helped(NEXT_DOUBT)
        if not candidates:
            if not self._take_doubtful_line(step):
                follows = say("No doubtful place follows on this page.")
                before = say("No doubtful place comes before on this page.")
                self._place.message_wanted.emit(Message(follows if step > 0 else before))
                return
            candidates = list(self.doubts)
        if candidates:
            doubt = candidates[0 if step > 0 else -1]
            # Before the cursor moves: behind this place the next one may begin, whose turn it is not.
            self.visited = doubt
            self._strips.editor.select(doubt.first, doubt.last)
            self._offer(self._strips.editor.position)

    def _take_doubtful_line(self, step: int) -> bool:
        rows, current = self._model.rows, self._controller.current
        here = self._model.row_of(current.line.id) if current else None
        if here is None:
            return False
        others = rows[here + 1 :] if step > 0 else rows[:here][::-1]
        doubtful = next((row for row in others if row.doubts), None)
        return doubtful is not None and self._controller.show_line(doubtful.line_id)

    @Slot()
    def _toggle_difference(self) -> None:
        difference = self._strips.extras.difference
        difference.setVisible(difference.isHidden())
        self._show_difference()
        self._strips.relayout()

    def _show_difference(self) -> None:
        entry, difference = self._controller.current, self._strips.extras.difference
        if entry and not difference.isHidden():
            draft = entry.draft.text if entry.draft else ""
            difference.show_texts(draft, self._strips.editor.toPlainText())
