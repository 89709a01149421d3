import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.comments import add_comment, line_comments
from core.storage.lines import get_entry
from core.storage.text_search import Search
from core.storage.unfinished import unfinished_texts
from tests.workbench.conftest import TEXTS
from tests.workbench.restarting import restart, show
from tests.workbench.test_transcribe_keys import ALT, CTRL, SHIFT, current_row, press
from workbench.app import Desk
from workbench.transcribe import replacer
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.place import TranscribePlace
from workbench.transcribe.replacement_model import ReplacementModel

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def show_bar(transcribe: TranscribePlace, qtbot: QtBot, key: Qt.Key, text: str) -> None:
    press(transcribe, key, CTRL)
    bar = transcribe._desk.replacer.bar
    qtbot.waitUntil(bar.found.hasFocus)
    QTest.keyClicks(bar.found, text)
    qtbot.waitUntil(lambda: bar.model.search.find == text)


def states(transcribe: TranscribePlace) -> list[str]:
    return [str(entry.state) for entry in transcribe.controller.entries]


def test_ctrl_f_finds_while_one_types_and_enter_goes_to_the_line(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "comme")
    bar = transcribe._desk.replacer.bar
    assert [row.before for row in bar.model.rows] == [TEXTS[1][0 + 1]]
    QTest.keyClick(bar.found, Qt.Key.Key_Return)
    assert transcribe.controller.text == "comme pour"
    editor = transcribe.strips.editor
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == "comme"
    assert transcribe.controller.entries[0].transcription is None


def test_f3_walks_through_what_was_found(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "l")
    press(transcribe, Qt.Key.Key_F3)
    first = transcribe.controller.text
    press(transcribe, Qt.Key.Key_F3)
    assert transcribe.controller.text != first
    press(transcribe, Qt.Key.Key_F3, SHIFT)
    assert transcribe.controller.text == first


def test_keys_of_the_line_do_nothing_while_the_bar_has_the_keyboard(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "zzz")
    bar = transcribe._desk.replacer.bar
    for key, modifiers in ((Qt.Key.Key_U, CTRL), (Qt.Key.Key_J, CTRL), (Qt.Key.Key_Return, SHIFT)):
        QTest.keyClick(bar.found, key, modifiers)
    assert states(transcribe) == ["open"] * 3
    QTest.keyClick(bar.found, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert transcribe.strips.editor.hasFocus()


def test_ctrl_h_replaces_in_ticked_lines_and_one_undo_takes_it_back(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_H, "l")
    bar = transcribe._desk.replacer.bar
    assert bar._replace.text() == "Remove all"
    QTest.keyClick(bar.found, Qt.Key.Key_Tab)
    assert bar.replacement.hasFocus()
    QTest.keyClicks(bar.replacement, "L")
    assert bar._replace.text() == "Replace all"
    qtbot.waitUntil(lambda: bar.model.search.replacement == "L")
    bar.model.setData(bar.model.index(0), UNCHECKED, Qt.ItemDataRole.CheckStateRole)
    bar._replace.click()
    texts = [entry.text for entry in transcribe.controller.entries]
    assert texts == ["liure ſuiuãt", "mas Linacer", "iceLLe Lecture"]
    assert transcribe.controller.entries[2].state is TranscriptionState.OPEN
    assert get_entry(transcribe.controller.project, bar.model.rows[-1].line_id).text.startswith("de La")
    QTest.keyClick(bar.found, Qt.Key.Key_Escape)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.controller.entries[2].transcription is None


def test_many_lines_are_replaced_behind_the_window(
    transcribe: TranscribePlace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacer, "AT_ONCE", 1)
    show_bar(transcribe, qtbot, Qt.Key.Key_H, "lecture")
    bar = transcribe._desk.replacer.bar
    bar.found.setText("l")
    bar.search()
    with qtbot.waitSignal(transcribe.workspace.jobs.finished):
        bar._replace.click()
    assert transcribe.controller.entries[2].text == "icee ecture"


def test_a_bad_regular_expression_is_told_of_in_the_bar(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    bar = transcribe._desk.replacer.bar
    bar.regular.setChecked(True)
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "(")
    assert "error" in bar._count.text()
    assert bar.model.rowCount() == 0


def test_the_list_of_found_lines_is_a_good_model(
    transcribe: TranscribePlace, qtmodeltester: ModelTester
) -> None:
    model = ReplacementModel(transcribe.controller.project)
    model.start(Search("l"))
    qtmodeltester.check(model)
    assert len(model.chosen()) == 3


def test_ctrl_m_writes_a_comment_and_the_strip_carries_its_mark(
    transcribe: TranscribePlace, desk_tools: DeskTools, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_M, CTRL)
    popup, line = desk_tools.comments, transcribe.controller.entries[0].line.id
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClicks(popup.field, "long s?")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert [c.text for c in line_comments(transcribe.controller.project, line)] == ["long s?"]
    assert transcribe._model.rows[0].notes.comments == 1
    assert popup.isHidden()
    press(transcribe, Qt.Key.Key_M, CTRL)
    next(button for button in popup.findChildren(QPushButton) if button.text() == "Settle").click()
    assert transcribe._model.rows[0].notes.comments == 0
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert popup.isHidden()


def test_comments_open_within_the_window(transcribe: TranscribePlace, desk_tools: DeskTools) -> None:
    window, popup = transcribe.window(), desk_tools.comments
    popup.open_at(window.mapToGlobal(window.rect().bottomRight()), transcribe.controller.entries[0])
    corners = (popup.geometry().topLeft(), popup.geometry().bottomRight())
    assert all(window.rect().contains(window.mapFromGlobal(corner)) for corner in corners)
    popup.close()


def test_a_comment_that_was_begun_is_there_again_for_its_line(
    transcribe: TranscribePlace, desk_tools: DeskTools, qtbot: QtBot
) -> None:
    popup = desk_tools.comments
    press(transcribe, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClicks(popup.field, "long s?")
    popup.close()  # as a click beside it does
    press(transcribe, Qt.Key.Key_Down, ALT)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == ""
    popup.close()
    press(transcribe, Qt.Key.Key_Up, ALT)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == "long s?"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == ""
    popup.close()


def test_ctrl_shift_m_goes_to_the_next_open_comment(
    transcribe: TranscribePlace, desk_tools: DeskTools
) -> None:
    add_comment(transcribe.controller.project, transcribe.controller.entries[2].line.id, "here")
    press(transcribe, Qt.Key.Key_M, CTRL, SHIFT)
    assert current_row(transcribe) == 2


def test_a_line_is_reviewed_reopened_and_that_is_undone(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_Return, CTRL, SHIFT)
    assert states(transcribe) == ["reviewed", "open", "open"]
    press(transcribe, Qt.Key.Key_Up, ALT)
    press(transcribe, Qt.Key.Key_O, CTRL, SHIFT)
    assert states(transcribe)[0] == "open"
    assert current_row(transcribe) == 0
    assert transcribe.controller.entries[0].text == TEXTS[0][0]
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert states(transcribe)[0] == "reviewed"


def test_a_page_is_reviewed_and_reopened_as_a_whole(
    transcribe: TranscribePlace, desk_tools: DeskTools
) -> None:
    press(transcribe, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_U, CTRL)
    acts = {command.name: command.action for command in transcribe.commands()}
    acts["transcribe.review-page"].trigger()
    assert states(transcribe) == ["reviewed", "unreadable", "open"]
    acts["transcribe.reopen-page"].trigger()
    assert states(transcribe) == ["open"] * 3
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert states(transcribe) == ["reviewed", "unreadable", "open"]


def test_a_comment_that_was_begun_outlives_the_window_until_it_is_added(
    transcribe: TranscribePlace, desk: Desk, qtbot: QtBot
) -> None:
    line = transcribe.controller.current.line.id
    press(transcribe, Qt.Key.Key_M, CTRL)
    popup = transcribe._desk.comments
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClicks(popup.field, "long s?")
    popup.close()
    project = restart(desk, qtbot)
    again = show(desk, TranscribePlace)
    qtbot.waitUntil(again.strips.editor.hasFocus)
    press(again, Qt.Key.Key_M, CTRL)
    popup = again._desk.comments
    qtbot.waitUntil(popup.isVisible)
    assert popup.field.text() == "long s?"
    assert line_comments(project, line) == []
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert [comment.text for comment in line_comments(project, line)] == ["long s?"]
    assert unfinished_texts(project, "line.comment") == {}
