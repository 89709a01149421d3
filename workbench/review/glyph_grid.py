"""The grid of a sweep: arrows move, Space chooses, what is typed goes into the field beside it."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from core.wording import say
from workbench.review.glyph_model import CELL, GlyphDelegate, GlyphModel
from workbench.theme import Theme

_NO_TEXT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class GlyphGrid(QListView):
    """The places of a sweep.

    Signals:
        typed(str): characters that belong into the field.
        moved(): another set of places is chosen.
    """

    typed = Signal(str)
    moved = Signal()

    def __init__(self, theme: Theme, model: GlyphModel) -> None:
        super().__init__()
        self.setAccessibleName(say("Places of the character"))
        self.glyphs = model
        self.setModel(model)
        self.setItemDelegate(GlyphDelegate(theme, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        theme.changed.connect(self.viewport().update)

    def go(self, row: int) -> None:
        """Move to a row, the nearest there is."""
        if count := self.glyphs.rowCount():
            index = self.glyphs.index(min(max(row, 0), count - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Space is ours, letters are the field's, the rest moves."""
        if event.key() == Qt.Key.Key_Space:
            self.glyphs.toggle(self.currentIndex().row())
            self.moved.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers() & _NO_TEXT:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """An input method's text goes into the field, too."""
        if event.commitString():
            self.typed.emit(event.commitString())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """With Ctrl a click chooses."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.glyphs.toggle(index.row())
            self.moved.emit()
