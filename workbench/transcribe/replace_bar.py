"""Find and replace under the lines: two fields, what limits the search, and a list of what is found."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from core.document import TranscriptionState
from core.errors import KnownError
from core.storage.project import Project
from core.storage.replacing import Replacement
from core.storage.text_search import Search
from core.wording import say, say_count
from workbench.fields import Picker
from workbench.names import state_name
from workbench.theme import Theme
from workbench.transcribe.replacement_delegate import ReplacementDelegate, toggle
from workbench.transcribe.replacement_model import FOUND_ROLE, ReplacementModel

PAUSE_MS = 150
"""Searching waits for this pause in typing."""

LIST_HEIGHT = 190

CONFIDENCES = (0.95, 0.9, 0.8)


class ReplaceBar(QFrame):
    """Looks while one types; changes nothing by itself.

    Signals:
        line_wanted(Replacement): go to this line.
        replace_wanted(): put the new text into all ticked lines.
        closed(): the keyboard goes back to the line.
    """

    line_wanted = Signal(object)
    replace_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, project: Project) -> None:
        super().__init__()
        self.setObjectName("replaceBar")
        self._foreign_keys: frozenset[str] = frozenset()
        self.model = ReplacementModel(project, self)
        self.found, self.replacement = QLineEdit(), QLineEdit()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._build_switches()
        self._build_list(theme)
        self._build_layout()
        self._connect_parts()
        self.hide()

    @property
    def replacing(self) -> bool:
        """Whether the field for the new text is shown."""
        return self.replacement.isVisibleTo(self)

    def keep_keys(self, sequences: Sequence[QKeySequence], own: Sequence[QKeySequence]) -> None:
        """While the bar has the keyboard, ``sequences`` do not act on the line, but ``own`` ones do."""
        self._foreign_keys = frozenset(each.toString() for each in sequences) - {
            each.toString() for each in own
        }

    def open_for(self, *, replacing: bool, text: str = "") -> None:
        """Show the bar; ``text`` is what is marked in the line."""
        for part in (self.replacement, self._replace, self._replace_label):
            part.setVisible(replacing)
        self._delegate.replacing = replacing
        self.list.viewport().update()
        if text:
            self.found.setText(text)
        self.show()
        self.found.setFocus()
        self.found.selectAll()
        self.search()

    def current_search(self) -> Search:
        """What the fields and switches say."""
        in_texts, in_drafts = self._where.currentData()
        return Search(
            self.found.text(),
            self.replacement.text() if self.replacing else "",
            match_case=self.case.isChecked(),
            whole_words=self.words.isChecked(),
            regular=self.regular.isChecked(),
            in_texts=in_texts,
            in_drafts=in_drafts,
            states=frozenset(map(TranscriptionState, self._state.currentData())),
            below=self._below.currentData(),
        )

    @Slot()
    def search(self) -> None:
        """Look anew."""
        self._pause.stop()
        try:
            self.model.start(self.current_search())
        except KnownError as error:
            self._tell(str(error), "error")
            return
        self._go_on()

    @Slot()
    def search_if_shown(self) -> None:
        """Texts have changed."""
        if self.isVisible():
            self._pause.start()

    def step(self, by: int) -> None:
        """Go to the next or previous line that was found."""
        if self._pause.isActive():
            self.search()
        rows = self.model.rowCount()
        if rows == 0:
            return
        index = self.list.currentIndex()
        row = (index.row() + by) % rows if index.isValid() else 0 if by > 0 else rows - 1
        self.list.setCurrentIndex(self.model.index(row))
        self.line_wanted.emit(self.model.rows[row])

    @Slot()
    def close_bar(self) -> None:
        """Put the bar away."""
        self._pause.stop()
        self._more.stop()
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keys that act on the line in hand do not, while the keyboard is here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()).toString() in self._foreign_keys
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes, Enter goes to the line, the space bar turns a tick round, arrows walk."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif key == Qt.Key.Key_Down and self.found.hasFocus():
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(0))
        elif key == Qt.Key.Key_Space and self.list.hasFocus() and self.list.currentIndex().isValid():
            toggle(self.model, self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _build_switches(self) -> None:
        self.case = self._switch("Aa", say("Capital and small letters differ"), checked=True)
        self.words = self._switch("W", say("Whole words only"))
        self.regular = self._switch(".*", say("Regular expression; \\1 in the new text is its first group"))
        self._build_limits()
        self._count = QLabel()
        self._count.setProperty("role", "small")
        self._close = QToolButton()
        self._close.setText("×")
        self._close.setToolTip(say("Close (Esc)"))
        self._close.setAccessibleName(say("Close (Esc)"))
        self._replace_label = QLabel(say("becomes"))
        self._replace_label.setProperty("role", "soft")
        self._replace = QPushButton()
        self._name_replacing()
        self._replace.setProperty("primary", "true")
        self.found.setPlaceholderText(say("Find in the project"))
        self.found.setAccessibleName(say("Text to find"))
        self.replacement.setPlaceholderText(say("nothing"))
        self.replacement.setAccessibleName(say("Text to put in its place"))

    def _build_limits(self) -> None:
        self._where, self._state, self._below = Picker(), Picker(), Picker()
        for words, where in (
            (say("Texts and drafts"), (True, True)),
            (say("Texts only"), (True, False)),
            (say("Drafts only"), (False, True)),
        ):
            self._where.addItem(words, where)
        self._state.addItem(say("Any state"), tuple(TranscriptionState))
        for state in TranscriptionState:
            self._state.addItem(state_name(state).capitalize(), (state,))
        self._below.addItem(say("Any confidence"), None)
        for share in CONFIDENCES:
            self._below.addItem(say("Drafts below {percent:.0f} %", percent=100 * share), share)
        for box, name in (
            (self._where, say("Where to look")),
            (self._state, say("State of the lines")),
            (self._below, say("Confidence of the drafts")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.currentIndexChanged.connect(self.search)

    def _switch(self, text: str, tip: str, *, checked: bool = False) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(True)
        button.setChecked(checked)
        button.toggled.connect(self.search)
        return button

    def _build_list(self, theme: Theme) -> None:
        self._delegate = ReplacementDelegate(theme)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.setAccessibleName(say("Lines that were found"))

    def _build_layout(self) -> None:
        first, second, limits = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (self.found, self.case, self.words, self.regular, self._close):
            first.addWidget(part, 1 if part is self.found else 0)
        second.addWidget(self._replace_label)
        second.addWidget(self.replacement, 1)
        second.addWidget(self._replace)
        for box in (self._where, self._state, self._below):
            limits.addWidget(box)
        limits.addStretch(1)
        limits.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        for row in (first, second, limits):
            row.setSpacing(8)
            layout.addLayout(row)
        layout.addWidget(self.list)
        self._order_parts()

    def _order_parts(self) -> None:
        """Tab goes from the text to find to the one to put in its place, then to the switches."""
        switches = (self.case, self.words, self.regular, self._close)
        for one, following in pairwise((self.found, self.replacement, self._replace, *switches)):
            self.setTabOrder(one, following)

    @Slot()
    def _name_replacing(self) -> None:
        """That nothing comes in the place of what is found is said by the button that does it."""
        self._replace.setText(say("Replace all") if self.replacement.text() else say("Remove all"))

    def _connect_parts(self) -> None:
        self.found.textChanged.connect(self._pause.start)
        self.replacement.textChanged.connect(self._pause.start)
        self.replacement.textChanged.connect(self._name_replacing)
        self._pause.timeout.connect(self.search)
        self._more.timeout.connect(self._fetch)
        self._close.clicked.connect(self.close_bar)
        self._replace.clicked.connect(self.replace_wanted)
        self.list.clicked.connect(self._show)
        self.model.dataChanged.connect(self._count_rows)
        self.model.rowsInserted.connect(self._count_rows)

    @Slot()
    def _fetch(self) -> None:
        self.model.fetchMore(QModelIndex())
        self._go_on()

    def _go_on(self) -> None:
        """Look through the rest piece by piece, until the list has something to show."""
        self._count_rows()
        if not self.model.complete and self.model.rowCount() < 50:
            self._more.start()

    @Slot()
    def _count_rows(self) -> None:
        if not self.found.text():
            self._tell("", "small")
        else:
            self._tell(self._found_words(), "small")
        self._replace.setEnabled(bool(self.model.chosen()))

    def _found_words(self) -> str:
        rows, left_out = self.model.rowCount(), len(self.model.left_out)
        if not self.model.complete:
            words = say("{count:,}+ lines", count=rows)
        else:
            words = say_count(rows, "{count:,} line", "{count:,} lines")
        return say("{found}, {count} left out", found=words, count=left_out) if left_out else words

    def _tell(self, text: str, role: str) -> None:
        self._count.setText(text if len(text) < 90 else f"{text[:88]}…")
        self._count.setToolTip(text)
        self._count.setProperty("role", role)
        self._count.style().unpolish(self._count)
        self._count.style().polish(self._count)

    @Slot(QModelIndex)
    def _show(self, index: QModelIndex) -> None:
        self.line_wanted.emit(index.data(FOUND_ROLE))

    def _go(self) -> None:
        if self.list.hasFocus() and self.list.currentIndex().isValid():
            found: Replacement = self.list.currentIndex().data(FOUND_ROLE)
            self.line_wanted.emit(found)
        else:
            self.step(1)
