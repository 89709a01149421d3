"""The field for the tag of a line: keys, clicks beside it, what becomes of a tag that nobody kept."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.storage.lines import get_entry
from core.storage.project import Project
from core.storage.unfinished import unfinished_texts
from tests.workbench.canvas import click
from tests.workbench.conftest import TEXTS
from tests.workbench.restarting import restart, show
from tests.workbench.test_transcribe_keys import ALT, CTRL, current_row, press
from workbench.app import Desk
from workbench.library.place import LibraryPlace
from workbench.place import Message
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace
from workbench.transcribe.tag_editor import TagEditor


def test_a_tag_is_written_with_the_keyboard_and_undone(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_T, CTRL)
    tags = transcribe._layout_desk.tags
    qtbot.waitUntil(tags.field.hasFocus)
    QTest.keyClicks(tags.field, "heading")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert transcribe.controller.current.line.tag == "heading"
    assert transcribe.controller.text == TEXTS[0][0]
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.controller.current.line.tag == ""


def test_a_tag_of_the_project_is_completed(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    tags = opened(transcribe, qtbot)
    QTest.keyClicks(tags.field, "marginal note")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_Down, ALT)
    press(transcribe, Qt.Key.Key_T, CTRL)
    qtbot.waitUntil(tags.field.hasFocus)
    assert "marginal note" in tags._known.text()
    QTest.keyClicks(tags.field, "mar")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert transcribe.controller.current.line.tag == "marginal note"


def test_the_field_for_a_tag_stays_within_the_place(transcribe: TranscribePlace) -> None:
    tags = transcribe._layout_desk.tags
    tags.open_at(transcribe.rect().bottomRight(), transcribe.controller.current.line, [])
    words = tags.field.fontMetrics().horizontalAdvance(tags.field.placeholderText())
    assert tags.field.width() > words
    assert transcribe.rect().contains(tags.geometry())


def test_escape_leaves_the_tag_as_it_was_and_keys_of_the_place_do_not_act(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_T, CTRL)
    tags = transcribe._layout_desk.tags
    qtbot.waitUntil(tags.field.hasFocus)
    QTest.keyClicks(tags.field, "date")
    QTest.keyClick(tags.field, Qt.Key.Key_U, CTRL)
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert transcribe.controller.current.line.tag == ""
    assert transcribe.controller.current.transcription is None
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)


def test_a_tag_that_no_file_could_hold_is_refused_with_a_sentence_and_stays_in_its_field(
    transcribe: TranscribePlace, messages: list[Message], qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_T, CTRL)
    tags = transcribe._layout_desk.tags
    qtbot.waitUntil(tags.field.hasFocus)
    QTest.keyClicks(tags.field, "a;b")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert tags.isVisible()
    assert tags.field.text() == "a;b"
    assert messages[-1].kind == "error"
    assert transcribe.controller.current.line.tag == ""


@pytest.fixture
def tags(transcribe: TranscribePlace, qtbot: QtBot) -> TagEditor:
    """The field for the first line's tag, opened by its key."""
    return opened(transcribe, qtbot)


def opened(transcribe: TranscribePlace, qtbot: QtBot) -> TagEditor:
    press(transcribe, Qt.Key.Key_T, CTRL)
    tags = transcribe._layout_desk.tags
    qtbot.waitUntil(tags.field.hasFocus)
    return tags


def click_line(transcribe: TranscribePlace, row: int) -> None:
    """Click the picture of a line."""
    strips = transcribe.strips
    seen = strips._geometry.boxes[row].crop.translated(-strips._offset())
    QTest.mouseClick(strips.viewport(), Qt.MouseButton.LeftButton, pos=seen.center().toPoint())


def test_a_click_on_another_line_keeps_the_tag_for_the_line_it_was_typed_for(
    transcribe: TranscribePlace, tags: TagEditor, project: Project, qtbot: QtBot
) -> None:
    first = transcribe.controller.current.line.id
    QTest.keyClicks(tags.field, "heading")
    click_line(transcribe, 1)
    qtbot.waitUntil(tags.isHidden)
    assert current_row(transcribe) == 1
    assert transcribe.strips.editor.hasFocus()
    assert get_entry(project, first).line.tag == "heading"
    assert transcribe.controller.current.line.tag == ""


def test_a_click_on_a_line_of_the_page_keeps_the_tag_one_beside_all_lines_keeps_the_field(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    tags = opened(transcribe, qtbot)
    QTest.keyClicks(tags.field, "heading")
    click(canvas, (550, 380))
    qtbot.wait(10)
    assert tags.field.text() == "heading"
    assert tags.isVisible()
    click(canvas, (200, 140))
    qtbot.waitUntil(tags.isHidden)
    assert current_row(transcribe) == 1
    assert [entry.line.tag for entry in transcribe.controller.entries] == ["heading", "", ""]


def test_a_refused_tag_stays_in_its_field_after_a_click_and_is_mended_there(
    transcribe: TranscribePlace, tags: TagEditor, messages: list[Message], qtbot: QtBot
) -> None:
    QTest.keyClicks(tags.field, "a;b")
    click_line(transcribe, 1)
    qtbot.waitUntil(lambda: [message.kind for message in messages] == ["error"])
    assert tags.isVisible()
    assert tags.field.text() == "a;b"
    assert tags._title.text() == "Tag of line 1"
    assert opened(transcribe, qtbot).field.text() == "a;b"  # of the first line still, not of the second one
    tags.field.clear()
    QTest.keyClicks(tags.field, "ab")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    assert [entry.line.tag for entry in transcribe.controller.entries] == ["ab", "", ""]


def test_another_place_or_the_end_of_the_work_keeps_the_tag(
    transcribe: TranscribePlace, tags: TagEditor, desk: Desk, qtbot: QtBot
) -> None:
    line = transcribe.controller.current.line.id
    QTest.keyClicks(tags.field, "heading")
    show(desk, LibraryPlace)
    assert tags.isHidden()
    again = show(desk, TranscribePlace)
    qtbot.waitUntil(again.strips.editor.hasFocus)
    QTest.keyClicks(opened(again, qtbot).field, "date")
    project = restart(desk, qtbot)
    assert get_entry(project, line).line.tag == "date"


def test_a_refused_tag_outlives_the_window(
    transcribe: TranscribePlace, tags: TagEditor, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClicks(tags.field, "a;b")
    project = restart(desk, qtbot)
    again = show(desk, TranscribePlace)
    qtbot.waitUntil(again.strips.editor.hasFocus)
    tags = opened(again, qtbot)
    assert tags.field.text() == "a;b"
    QTest.keyClick(tags.field, Qt.Key.Key_Escape)
    assert unfinished_texts(project, "line.tag") == {}
    assert opened(again, qtbot).field.text() == ""


def test_while_another_window_is_in_front_the_field_stays(tags: TagEditor, qtbot: QtBot) -> None:
    QTest.keyClicks(tags.field, "head")
    event = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(tags.field, event)
    qtbot.wait(10)
    assert tags.isVisible()
    assert tags.field.text() == "head"
