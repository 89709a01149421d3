"""A simulated annotator at the real editor: real key events, counted by the product's own meter."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rapidfuzz.distance import Levenshtein

from core.document import normalize_text
from workbench.transcribe.line_editor import code_points
from workbench.transcribe.place import TranscribePlace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
GIVE_UP = 400
"""Keys on one line after which something is wrong with the annotator."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """Keys that bring the cursor to a place."""

    keys: tuple[tuple[Qt.Key, Qt.KeyboardModifier], ...]

    def __len__(self) -> int:
        return len(self.keys)


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
        walk, jumps = self._walk_to(at), self._jumps_to(at)
        if jumps is not None and jumps <= len(walk):
            for _ in range(jumps):
                self._press(Qt.Key.Key_F2)
        else:
            for key, modifier in walk.keys:
                self._press(key, modifier)
        if self._take_alternative(text, truth, at, wanted):
            return
        selected = self._editor.textCursor().hasSelection()
        if wanted and (edit.tag == "replace" or not selected):
            self._type(wanted)
        elif wanted:
            self._press(Qt.Key.Key_Left)
            self._type(wanted)
        if edit.tag != "insert" and not (selected and wanted):
            self._press(Qt.Key.Key_Delete)

    def _take_alternative(self, text: str, truth: str, at: int, wanted: str) -> bool:
        """One key, if the right reading of this place is on offer and does no harm."""
        offered = self._place.doubts.offered
        if not self._helped or offered is None or not offered.first <= at <= offered.last:
            return False
        for number, other in enumerate(offered.alternatives):
            changed = text[: offered.first] + other + text[offered.last :]
            if Levenshtein.distance(changed, truth) < Levenshtein.distance(text, truth):
                self._press(Qt.Key(Qt.Key.Key_1.value + number), ALT)
                return True
        return False

    def _jumps_to(self, at: int) -> int | None:
        """How often F2 has to be pressed to stand on the place."""
        if not self._helped:
            return None
        here, visited = self._editor.position, self._place.doubts.visited
        places = [d for d in self._place.doubts.doubts if d.first >= here and d != visited]
        for number, doubt in enumerate(places, start=1):
            if doubt.first == at and doubt.last - doubt.first <= 1:
                return number
        return None

    def _walk_to(self, at: int) -> _Walk:
        """The fewest keys of any text field: some words or one end first, then single characters."""
        text, start = self._editor.toPlainText(), self._editor.position
        none = Qt.KeyboardModifier.NoModifier
        anchors = [(start, ()), (0, ((Qt.Key.Key_Home, none),)), (len(text), ((Qt.Key.Key_End, none),))]
        for key, move in (
            (Qt.Key.Key_Right, QTextCursor.MoveOperation.NextWord),
            (Qt.Key.Key_Left, QTextCursor.MoveOperation.PreviousWord),
        ):
            cursor = self._editor.textCursor()
            cursor.clearSelection()
            for count in range(1, 15):
                if not cursor.movePosition(move):
                    break
                anchors.append((code_points(text, cursor.position()), ((key, CTRL),) * count))
        place, keys = min(anchors, key=lambda anchor: len(anchor[1]) + abs(anchor[0] - at))
        step = Qt.Key.Key_Right if at > place else Qt.Key.Key_Left
        return _Walk((*keys, *(((step, none),) * abs(at - place))))

    def _type(self, char: str) -> None:
        if char.isascii():
            QTest.keyClicks(self._editor, char)
            return
        event = QInputMethodEvent("", [])
        event.setCommitString(char)
        QApplication.sendEvent(self._editor, event)

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._editor, key, modifier)
