"""A simulated annotator at the real editor: real key events, counted by the product's own meter."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rapidfuzz.distance import Levenshtein

from core.document import normalize_text
from core.workflow.accepting import audits
from workbench.app import Desk
from workbench.place import Place
from workbench.review.place import ReviewPlace
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.place import TranscribePlace
from workbench.utf16 import code_points

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier

Press = tuple[Qt.Key, Qt.KeyboardModifier]
"""A key and what is held down with it."""

GIVE_UP = 400
"""Keys on one line after which something is wrong with the annotator."""


class Annotator:
    """Corrects lines from left to right with as few keys as it can find.

    Without helps it has what any text field has: arrows, Home, End, Ctrl with arrows, Delete. With helps it
    may also jump to the next doubtful place (which selects it) and take an alternative with one key.
    One character is one key, whatever keyboard or input method it comes from.
    """

    def __init__(self, place: TranscribePlace, *, helped: bool) -> None:
        self._place, self._editor, self._helped = place, place.strips.editor, helped

    def correct(self, truth: str) -> None:
        """Make the line in hand read ``truth``, and confirm it."""
        for _ in range(GIVE_UP):
            if normalize_text(self._editor.toPlainText()) == truth:
                break
            self._fix_first(self._editor.toPlainText(), truth)
        self._press(Qt.Key.Key_Return)

    def _fix_first(self, text: str, truth: str) -> None:
        edit = Levenshtein.editops(text, truth)[0]
        at, wanted = edit.src_pos, truth[edit.dest_pos] if edit.tag != "delete" else ""
        # What is on offer for the next doubtful place can be taken without going there.
        if self._take_alternative(text, truth, at):
            return
        for key, modifier in self._walk_to(at, replacing=edit.tag != "insert"):
            self._press(key, modifier)
        if self._take_alternative(text, truth, at):
            return
        selected = self._editor.textCursor().hasSelection()
        if wanted:
            self._type(wanted)
        if edit.tag != "insert" and not (selected and wanted):
            self._press(Qt.Key.Key_Delete)

    def _take_alternative(self, text: str, truth: str, at: int) -> bool:
        """One key, if a better reading of this place is on offer."""
        offered = self._place.doubts.offered
        if not self._helped or offered is None or not offered.first <= at <= offered.last:
            return False
        for number, other in enumerate(offered.alternatives):
            changed = text[: offered.first] + other + text[offered.last :]
            if Levenshtein.distance(changed, truth) < Levenshtein.distance(text, truth):
                self._press(Qt.Key(Qt.Key.Key_1.value + number), ALT)
                return True
        return False

    def _walk_to(self, at: int, *, replacing: bool) -> tuple[Press, ...]:
        """The fewest keys that bring the cursor to a place, or select the character there if it is replaced.

        Some jumps first (words, an end, with helps doubtful places), then single characters.
        """
        ways: list[tuple[int, tuple[Press, ...]]] = []
        for place, keys in (*self._by_words(), *self._by_doubts()):
            step = Qt.Key.Key_Right if at > place else Qt.Key.Key_Left
            way = (*keys, *(((step, PLAIN),) * abs(at - place)))
            ways.append((len(way) + replacing, way))  # what is not selected has to be deleted, too
        for doubt, keys in self._doubts_ahead():
            if replacing and (doubt.first, doubt.last) == (at, at + 1):
                ways.append((len(keys), keys))
        return min(ways, key=lambda way: way[0])[1]

    def _by_words(self) -> Iterator[tuple[int, tuple[Press, ...]]]:
        """Where any text field can jump to, and by which keys."""
        text, start = self._editor.toPlainText(), self._editor.position
        if not self._editor.textCursor().hasSelection():
            yield start, ()
        yield 0, ((Qt.Key.Key_Home, PLAIN),)
        yield len(text), ((Qt.Key.Key_End, PLAIN),)
        for key, move in (
            (Qt.Key.Key_Right, QTextCursor.MoveOperation.NextWord),
            (Qt.Key.Key_Left, QTextCursor.MoveOperation.PreviousWord),
        ):
            cursor = self._editor.textCursor()
            cursor.clearSelection()
            for count in range(1, 15):
                if not cursor.movePosition(move):
                    break
                yield code_points(text, cursor.position()), ((key, CTRL),) * count

    def _by_doubts(self) -> Iterator[tuple[int, tuple[Press, ...]]]:
        """Either side of a doubtful place: an arrow leaves its selection there."""
        for doubt, keys in self._doubts_ahead():
            if doubt.first == doubt.last:
                yield doubt.first, keys
            else:
                yield doubt.first, (*keys, (Qt.Key.Key_Left, PLAIN))
                yield doubt.last, (*keys, (Qt.Key.Key_Right, PLAIN))

    def _doubts_ahead(self) -> Iterator[tuple[Doubt, tuple[Press, ...]]]:
        """Doubtful places by the keys that select them."""
        if not self._helped:
            return
        here, visited = self._editor.position, self._place.doubts.visited
        ahead = [d for d in self._place.doubts.doubts if d.first >= here and d != visited]
        behind = [d for d in self._place.doubts.doubts if d.last < here]
        for key, doubts in (((Qt.Key.Key_F2, PLAIN), ahead), ((Qt.Key.Key_F2, SHIFT), behind[::-1])):
            for number, doubt in enumerate(doubts, start=1):
                yield doubt, (key,) * number

    def _type(self, char: str) -> None:
        if char.isascii():
            QTest.keyClicks(self._editor, char)
            return
        event = QInputMethodEvent("", [])
        event.setCommitString(char)
        QApplication.sendEvent(self._editor, event)

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._editor, key, modifier)


SomePlace = TypeVar("SomePlace", bound=Place)


def show(desk: Desk, kind: type[SomePlace]) -> SomePlace:
    """Bring a place to the front."""
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, kind))
    desk.window.show_place(number)
    return place


def accept_sure_lines(desk: Desk, truth: Mapping[int, str]) -> int:
    """Accept under the limits that stand there at first, then read what is to be audited; the keys for it.

    A draft that is wrong is typed anew by the auditor; after a bad audit all is taken back.
    """
    review = show(desk, ReviewPlace)
    _press(Qt.Key.Key_2, ALT)
    _wait(lambda: review.keeper.index is not None)
    keys = 3  # to Review, to Accept, and back to Transcribe
    if not review.accept.selection.line_ids:
        return keys
    _press(Qt.Key.Key_Return, CTRL)
    _wait(lambda: review.accept._job is None)
    _press(Qt.Key.Key_3, ALT)
    keys += 2
    audit = review.audit
    while audit.card.isVisible() and audit.line_id is not None:
        field = audit.card.field
        text = truth.get(audit.line_id, field.text())  # of other lines nothing is measured
        if field.text() != text:
            field.setText(text)
            keys += 1 + len(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        keys += 1
    if audits(review.workspace.project)[0].figures.bad:
        audit.reopen()
        keys += 1
    return keys


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def _wait(done: Callable[[], bool], seconds: float = 60) -> None:
    end = monotonic() + seconds
    while not done():
        if monotonic() > end:
            raise TimeoutError(done)
        QTest.qWait(20)
