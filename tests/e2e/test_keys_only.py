"""From nothing to a reviewed page, with the hands on the keyboard: key events and an input method only."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.document import Direction, LineEntry, TranscriptionState
from tests.book import SCANS
from tests.e2e.conftest import LONG_MS
from workbench.app import Desk, build_window
from workbench.language import Language, speak
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

PAGES = Path(__file__).parents[1] / "data" / "pages"

REVIEWED_TWICE = [("reviewed", "review"), ("corrected", "undo"), ("reviewed", "review")]
"""How the history of every line ends: reviewed, taken back, reviewed again."""


class Hands:
    """What a person at the keyboard does and waits for. Nothing here calls the program but by events."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self._desk, self._qtbot = desk, qtbot

    @property
    def place(self) -> TranscribePlace:
        """Transcribe, to look at."""
        place = self._desk.window.place
        assert isinstance(place, TranscribePlace)
        return place

    @property
    def entry(self) -> LineEntry:
        """The line in hand."""
        entry = self.place.controller.current
        assert entry is not None
        return entry

    @property
    def shown(self) -> str:
        """What stands in its field."""
        return self.place.strips.editor.toPlainText()

    @property
    def readings(self) -> tuple[str, ...]:
        """What Alt+1, Alt+2 … would write."""
        offered = self.place.doubts.offered
        return offered.alternatives if offered else ()

    def press(self, keys: str) -> None:
        """One key, perhaps with others held."""
        pressed = QKeySequence(keys)[0]
        QTest.keyClick(self._holder, pressed.key(), pressed.keyboardModifiers())
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Letters there are keys for."""
        QTest.keyClicks(self._holder, text)

    def compose(self, text: str) -> None:
        """Text that an input method makes: first letters of its own, then what was meant."""
        QApplication.sendEvent(self._holder, QInputMethodEvent("zi", []))
        meant = QInputMethodEvent()
        meant.setCommitString(text)
        QApplication.sendEvent(self._holder, meant)

    def answer(self, keys: str, text: str) -> None:
        """A key that opens a dialog of files, then the name and Enter."""
        QTimer.singleShot(0, self._desk, lambda: self._name_files(text))
        self.press(keys)
        self._come_back()

    def find(self, write: Callable[[str], None], words: str) -> None:
        """Do a command by its name."""
        self.press("Ctrl+K")
        write(words)
        self.press("Return")

    def wait(self, reached: Callable[[], bool]) -> None:
        """Until something is so."""
        self._qtbot.waitUntil(reached, timeout=LONG_MS)

    def wait_for_work(self) -> None:
        """Until nothing runs in the background."""
        self.wait(lambda: self._desk.workspace.jobs.current is None and not self._desk.workspace.jobs.waiting)

    def wait_for_field(self) -> None:
        """Until the line's field has the keyboard."""
        self._come_back()
        self.wait(lambda: self.place.strips.editor.hasFocus())

    @property
    def _holder(self) -> QWidget:
        """Who has the keyboard."""
        if popup := QApplication.activePopupWidget():
            return popup.focusWidget() or popup
        return QApplication.focusWidget() or self._desk.window

    def _come_back(self) -> None:
        """What a window manager does when a dialog or pop-up closes; without a screen there is none."""
        self._desk.window.activateWindow()
        self.wait(self._desk.window.isActiveWindow)

    def _name_files(self, text: str) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not dialog.isActiveWindow():
            QTimer.singleShot(10, self._desk, lambda: self._name_files(text))
            return
        self.write(text)
        QTest.keyClick(self._holder, Qt.Key.Key_Return)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    """At a window that shows no project yet."""
    desk = build_window(None, Settings(tmp_path / "window.ini"))
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield Hands(desk, qtbot)
    desk.window.close()
    speak(Language.ENGLISH)


def drafted_project(hands: Hands, folder: Path, scans: Sequence[Path]) -> None:
    """New project, scans, lines, drafts; then Transcribe."""
    hands.answer("Ctrl+N", str(folder / "new"))
    hands.press("Ctrl+1")
    # Copies: beside the scans of the tests lie their texts, which would be taken, too.
    copies = [shutil.copy(scan, folder) for scan in scans]
    hands.answer("Ctrl+I", " ".join(f'"{copy}"' for copy in copies))
    hands.wait_for_work()
    hands.press("Ctrl+L")
    hands.wait_for_work()
    hands.press("Ctrl+R")
    hands.wait_for_work()
    hands.press("Ctrl+2")
    hands.wait_for_field()


def tag_and_comment(hands: Hands, write: Callable[[str], None], tag: str, comment: str) -> None:
    """What is to be said of the line in hand."""
    for keys, words in (("Ctrl+T", tag), ("Ctrl+M", comment)):
        hands.press(keys)
        write(words)
        hands.press("Return")
        hands.wait_for_field()


def review_page(hands: Hands, write: Callable[[str], None], command: str) -> None:
    """Mark the page reviewed, take it back, mark it again."""
    hands.find(write, command)
    hands.press("Ctrl+Z")
    assert {entry.state for entry in hands.place.controller.entries} == {TranscriptionState.CORRECTED}
    hands.find(write, command)


def confirm_page(hands: Hands) -> dict[int, str]:
    """Enter on every line of the page, from its first one; returns what stood in the fields, by line."""
    page, confirmed = hands.entry.line.page_id, {}
    while hands.place.controller.row:
        hands.press("Alt+Up")
    for _ in hands.place.controller.entries:
        if not hands.shown:
            hands.write("...")
        confirmed[hands.entry.line.id] = hands.shown
        hands.press("Return")
    if hands.entry.line.page_id != page:
        hands.press("PgUp")
    return confirmed


def history(database: Path, page: int) -> dict[int, list[tuple[int, str, str, str]]]:
    """Revision, text, state and cause of all that each line of a page ever said, oldest first."""
    query = (
        "SELECT h.line_id, h.revision, h.text, h.state, h.cause FROM transcription_history h"
        " JOIN lines l ON l.id = h.line_id WHERE l.page_id = ? ORDER BY h.line_id, h.revision"
    )
    found: dict[int, list[tuple[int, str, str, str]]] = {}
    with closing(sqlite3.connect(database)) as opened:
        for line, *version in opened.execute(query, (page,)):
            found.setdefault(line, []).append(tuple(version))
    return found


def standing(database: Path, page: int) -> dict[int, tuple[int, str, str]]:
    """Revision, text and state of each line of a page as they stand."""
    query = (
        "SELECT l.id, t.revision, t.text, t.state FROM lines l LEFT JOIN transcriptions t ON t.line_id = l.id"
        " WHERE l.page_id = ? AND NOT l.deleted"
    )
    with closing(sqlite3.connect(database)) as opened:
        return {line: tuple(present) for line, *present in opened.execute(query, (page,))}


def tag_and_comments(database: Path, line: int) -> tuple[str, list[tuple[int, str]]]:
    """The tag of a line, and all comments of the project by line."""
    with closing(sqlite3.connect(database)) as opened:
        [tag] = opened.execute("SELECT tag FROM lines WHERE id = ?", (line,)).fetchone()
        return tag, opened.execute("SELECT line_id, text FROM comments").fetchall()


def assert_reviewed(database: Path, page: int, texts: Mapping[int, str]) -> None:
    """All lines say what was seen, are reviewed, and every step to there is kept."""
    now, before = standing(database, page), history(database, page)
    assert {line: (text, state) for line, (_, text, state) in now.items()} == {
        line: (text, "reviewed") for line, text in texts.items()
    }
    for line, versions in before.items():
        assert [revision for revision, *_ in versions] == list(range(1, len(versions) + 1))
        assert versions[-1][:3] == now[line]
        assert [(state, cause) for _, _, state, cause in versions[-3:]] == REVIEWED_TWICE


def test_a_page_is_read_corrected_and_reviewed_by_keys_alone(hands: Hands, tmp_path: Path) -> None:
    drafted_project(hands, tmp_path, [SCANS / "utopie_p10.jpg", PAGES / "will_AN_0218.jpg"])
    page = hands.entry.line.page_id

    first = hands.entry.line.id
    hands.press("Return")
    hands.press("Alt+Up")
    assert hands.entry.line.id == first
    hands.press("Ctrl+Return")  # to the first open line
    assert hands.entry.state is TranscriptionState.OPEN

    hands.press("F2")
    while not hands.readings:
        hands.press("F2")
    doubtful, reading = hands.entry.line.id, hands.shown
    assert hands.entry.line.page_id == page
    hands.press("Alt+1")
    assert hands.shown != reading
    hands.press("End")
    hands.write(" by hand")
    corrected = hands.shown
    assert corrected.endswith(" by hand")
    tag_and_comment(hands, hands.write, "title", "not sure")
    assert hands.shown == corrected
    hands.press("Return")

    hands.press("Ctrl+Z")
    assert (hands.entry.line.id, hands.entry.state) == (doubtful, TranscriptionState.OPEN)
    hands.press("Ctrl+Shift+Z")
    assert (hands.entry.text, hands.entry.state) == (corrected, TranscriptionState.CORRECTED)

    texts = confirm_page(hands)
    review_page(hands, hands.write, "Mark corrected lines")
    hands.press("Ctrl+Q")

    database = tmp_path / "new" / "project.db"
    assert_reviewed(database, page, texts)
    causes = [cause for *_, cause in history(database, page)[doubtful]]
    assert causes[-6:-3] == ["edit", "undo", "redo"]
    assert tag_and_comments(database, doubtful) == ("title", [(doubtful, "not sure")])


def test_a_vertical_page_is_reviewed_in_chinese_by_keys_and_input_method(
    hands: Hands, tmp_path: Path
) -> None:
    hands.find(hands.compose, "简体中文")
    drafted_project(hands, tmp_path, [PAGES / "siku_b6_025.png"])
    assert hands.place.title == "转写"
    assert {entry.line.shape.direction for entry in hands.place.controller.entries} == {Direction.TTB}
    page, first = hands.entry.line.page_id, hands.entry.line.id

    hands.press("End")
    hands.compose("㐀𠀀")
    corrected = hands.shown
    assert corrected.endswith("㐀𠀀")
    tag_and_comment(hands, hands.compose, "卷首", "此字可疑")
    hands.press("Return")
    hands.press("Ctrl+Z")
    assert hands.entry.line.id == first
    hands.press("Ctrl+Shift+Z")
    assert hands.entry.text == corrected

    texts = confirm_page(hands)
    review_page(hands, hands.compose, "将本页已校对的行")
    hands.press("Ctrl+Q")

    database = tmp_path / "new" / "project.db"
    assert_reviewed(database, page, texts)
    assert tag_and_comments(database, first) == ("卷首", [(first, "此字可疑")])
