"""Lets the user's own keys and abbreviations write into the line editor."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from workbench.transcribe.line_editor import LineEditor
from workbench.transcribe.snippets import Snippet, before_cursor


class SnippetKeys(QObject):
    """Sees the editor's keys before it does; none is taken while an input method composes."""

    def __init__(self, editor: LineEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._snippets: Sequence[Snippet] = ()
        self._by_key: dict[str, Snippet] = {}
        editor.installEventFilter(self)

    def use(self, snippets: Sequence[Snippet]) -> None:
        """Put other snippets in force."""
        self._snippets = snippets
        self._by_key = {each.sequence: each for each in snippets if each.sequence}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the keys that write something."""
        if not isinstance(event, QKeyEvent) or self._editor.composing or self._editor.isReadOnly():
            return super().eventFilter(watched, event)
        snippet = self._by_key.get(QKeySequence(event.keyCombination()).toString())
        if event.type() == QEvent.Type.ShortcutOverride and snippet is not None:
            event.accept()
            self._editor.key_used.emit()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if snippet is not None:
                self._editor.insert(snippet.text)
                return True
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            return plain and event.key() == Qt.Key.Key_Tab and self._expand()
        return super().eventFilter(watched, event)

    def _expand(self) -> bool:
        """Put the text in the stead of the abbreviation before the cursor; ``False`` if there is none."""
        position = self._editor.position
        snippet = before_cursor(self._snippets, self._editor.toPlainText()[:position])
        if snippet is None or self._editor.textCursor().hasSelection():
            return False
        self._editor.select(position - len(snippet.key), position)
        self._editor.insert(snippet.text)
        return True
