"""The field in which the current line is written: one line of text, upright or as a column."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from core.characters.findings import Finding
from core.characters.joining import join
from core.document import Direction
from core.rules.violation import Violation
from core.wording import say
from workbench.theme import Theme
from workbench.theme.fonts import IDEOGRAPH
from workbench.transcribe.character_note import finding_format
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.text_fit import base_direction, doubt_format, violation_format
from workbench.utf16 import code_points, utf16_units

MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


KEYS, MOVES = QKeySequence.StandardKey, QTextCursor.MoveOperation
MOVED, SELECTED = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor

COLUMN_MOVES = {
    KEYS.MoveToStartOfLine: (MOVES.Start, MOVED),
    KEYS.MoveToEndOfLine: (MOVES.End, MOVED),
    KEYS.MoveToPreviousLine: (MOVES.PreviousCharacter, MOVED),
    KEYS.MoveToNextLine: (MOVES.NextCharacter, MOVED),
    KEYS.SelectStartOfLine: (MOVES.Start, SELECTED),
    KEYS.SelectEndOfLine: (MOVES.End, SELECTED),
    KEYS.SelectPreviousLine: (MOVES.PreviousCharacter, SELECTED),
    KEYS.SelectNextLine: (MOVES.NextCharacter, SELECTED),
}
"""To Qt each character of a column is a line of its own: what keys of lines do there."""


class LineEditor(QTextEdit):
    """A text field without line breaks.

    Signals:
        typed(str): the human changed the text.
        cursor_moved(int): the cursor is at another place.
        key_used(): any key but a modifier was pressed, or an input method took a step.
    """

    typed = Signal(str)
    cursor_moved = Signal(int)
    key_used = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lineEditor")
        self.setAccessibleName(say("Text of the line"))
        self._theme = theme
        self._composing = False
        self._loading = False
        self._command_keys: frozenset[str] = frozenset()
        self._doubts: Sequence[Doubt] = ()
        self._violations: Sequence[Violation] = ()
        self._findings: Sequence[Finding] = ()
        self._has_marks = False
        self._column = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setCursorWidth(2)
        self.textChanged.connect(self._tell_text)
        self.cursorPositionChanged.connect(self._tell_cursor)

    @property
    def composing(self) -> bool:
        """Whether an input method has unfinished text; no command may run then."""
        return self._composing

    @property
    def position(self) -> int:
        """Where the cursor is, in characters (code points) of the text."""
        return code_points(self.toPlainText(), self.textCursor().position())

    def toPlainText(self) -> str:  # noqa: N802
        """All of the text; Qt's own function would make usual spaces of those that do not break."""
        return self.document().toRawText().replace("\u2029", "\n")

    def leave_to_commands(self, sequences: Sequence[QKeySequence]) -> None:
        """Keys that belong to commands even though a text field would take them."""
        self._command_keys = frozenset(each.toString() for each in sequences)

    def show_text(self, text: str, cursor: int) -> None:
        """Show another line's text; there is nothing to undo in it yet."""
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        self.select(cursor, cursor)

    def replace_text(self, text: str) -> None:
        """Change the text as one step that the field itself can undo; the cursor stays."""
        position = self.textCursor().position()
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(position, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def insert(self, text: str) -> None:
        """Write at the cursor; a mark becomes one character with the letter before it."""
        present, cursor = self.toPlainText(), self.textCursor()
        first = code_points(present, cursor.selectionStart())
        joined = join(present[:first], text)
        end = cursor.selectionEnd()
        cursor.setPosition(utf16_units(present, first - joined.replaced))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(joined.text)
        self.setTextCursor(cursor)

    def select(self, first: int, last: int) -> None:
        """Select characters, or put the cursor between two (code points)."""
        text = self.toPlainText()
        cursor = self.textCursor()
        cursor.setPosition(utf16_units(text, first))
        cursor.setPosition(utf16_units(text, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def mark_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Underline the doubtful characters."""
        self._doubts = doubts
        self._mark()

    def mark_violations(self, violations: Sequence[Violation]) -> None:
        """Mark the places that break a rule; doubts stay marked."""
        self._violations = violations
        self._mark()

    def mark_findings(self, findings: Sequence[Finding]) -> None:
        """Mark odd characters; doubts and broken rules stay marked."""
        self._findings = findings
        self._mark()

    def _mark(self) -> None:
        broken, doubtful = violation_format(self._theme), doubt_format(self._theme)
        odd = finding_format(self._theme)
        places = [
            *((each.first, each.last, broken) for each in self._violations),
            *((each.first, each.last, doubtful) for each in self._doubts),
            *((each.first, each.last, odd) for each in self._findings),
        ]
        marks = [self._marked(*each) for each in places if each[1] > each[0]]
        if marks or self._has_marks:
            self.setExtraSelections(marks)
        self._has_marks = bool(marks)

    def _marked(self, first: int, last: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        text = self.toPlainText()
        made = QTextEdit.ExtraSelection()
        cursor = self.textCursor()
        cursor.setPosition(utf16_units(text, first))
        cursor.setPosition(utf16_units(text, last), QTextCursor.MoveMode.KeepAnchor)
        made.cursor, made.format = cursor, look
        return made

    def set_look(self, font: QFont, direction: Direction, pitch: float | None) -> None:
        """Font and writing direction; ``pitch`` (px) stacks the characters as a column."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if pitch else QTextOption.WrapMode.NoWrap)
        option.setTextDirection(base_direction(direction))
        self._column = pitch is not None
        with QSignalBlocker(self):
            self.setLineWrapMode(
                QTextEdit.LineWrapMode.WidgetWidth if pitch else QTextEdit.LineWrapMode.NoWrap
            )
            self.document().setDefaultTextOption(option)
            self.setFont(font)
            self._set_pitch(pitch)

    def event(self, event: QEvent) -> bool:
        """Decide who gets a key: the input method, a command, or the field."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # Comes first for every key, those of commands too.
            if event.key() not in MODIFIERS and not self._composing:
                self.key_used.emit()
            if self._composing:
                event.accept()
                return True
            if QKeySequence(event.keyCombination()).toString() in self._command_keys:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """No line breaks, Enter is a command; while something is composed, keys are the input method's."""
        if self._composing:
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        if not (self._column and self._move_in_column(event)):
            super().keyPressEvent(event)

    def _move_in_column(self, event: QKeyEvent) -> bool:
        """Move as the key means it for the whole column; whether it is a key of moving."""
        for key, (move, mode) in COLUMN_MOVES.items():
            if event.matches(key):
                cursor = self.textCursor()
                cursor.movePosition(move, mode)
                self.setTextCursor(cursor)
                return True
        return False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Note whether something is being composed."""
        self._composing = bool(event.preeditString())
        self.key_used.emit()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Composing ends with the focus."""
        self._composing = False
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The strips scroll, not the field."""
        event.ignore()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste as one line."""
        self.textCursor().insertText(" ".join(source.text().splitlines()))

    def cursor_point(self) -> QPoint:
        """Under the cursor, in global coordinates: where a pop-up belongs."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    @property
    def overhang(self) -> int:
        """By so much (px) the blank end of a column's last line reaches below its cell."""
        return ceil(self.document().rootFrame().frameFormat().topMargin())

    def _set_pitch(self, pitch: float | None) -> None:
        block = QTextBlockFormat()
        if pitch:
            block.setLineHeight(pitch, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor, frame = QTextCursor(self.document()), self.document().rootFrame()
        margin = frame.frameFormat()
        margin.setTopMargin(self._room_over_column(pitch) if pitch else 0.0)
        if cursor.blockFormat() == block and frame.frameFormat() == margin:
            return
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(block)
        frame.setFrameFormat(margin)
        # Formatting would otherwise count as a step that Ctrl+Z takes back.
        self.document().clearUndoRedoStacks()

    def _room_over_column(self, pitch: float) -> float:
        """So far down (px) a column begins that its characters stand in the middle of their cells.

        Qt cuts lines that are higher than the pitch at their upper edge, and counts as their height the
        space that the first font wants between lines, too.
        """
        line = IDEOGRAPH * self.font().pixelSize()
        return max(0.0, (line - pitch) / 2 + QFontMetricsF(self.font()).leading())

    @Slot()
    def _tell_text(self) -> None:
        if not self._loading:
            self.typed.emit(self.toPlainText())

    @Slot()
    def _tell_cursor(self) -> None:
        if not self._loading:
            self.cursor_moved.emit(self.position)
