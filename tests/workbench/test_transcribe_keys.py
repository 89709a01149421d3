import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.drafts import save_drafts
from core.storage.lines import get_entry
from core.storage.transcriptions import save
from tests.workbench.conftest import MODEL, TEXTS, read_as
from workbench.place import Message
from workbench.transcribe.controller import Controller
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.line_editor import LineEditor
from workbench.transcribe.place import TranscribePlace
from workbench.utf16 import code_points, utf16_units

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def press(place: TranscribePlace, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    combined = Qt.KeyboardModifier.NoModifier
    for each in modifiers:
        combined |= each
    QTest.keyClick(place.strips.editor, key, combined)


def compose(editor: LineEditor, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def current_row(place: TranscribePlace) -> int:
    assert place.controller.current is not None
    return place.controller.current.line.order


def first_line(controller: Controller) -> int:
    return controller.entries[0].line.id


def test_enter_confirms_and_goes_on(transcribe: TranscribePlace) -> None:
    line = first_line(transcribe.controller)
    QTest.keyClicks(transcribe.strips.editor, "x")
    press(transcribe, Qt.Key.Key_Return)
    entry = get_entry(transcribe.controller.project, line)
    assert entry.state is TranscriptionState.CORRECTED
    assert "x" in entry.text
    assert current_row(transcribe) == 1
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][1]


def test_shift_enter_confirms_and_goes_back(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_Down, ALT)
    assert current_row(transcribe) == 1
    press(transcribe, Qt.Key.Key_Return, SHIFT)
    assert current_row(transcribe) == 0
    assert transcribe.controller.entries[1].state is TranscriptionState.CORRECTED


def test_ctrl_enter_leaves_the_line_open(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_Return, CTRL)
    assert current_row(transcribe) == 1
    assert transcribe.controller.entries[0].transcription is None


def test_ctrl_u_marks_the_line_unreadable(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_U, CTRL)
    assert transcribe.controller.entries[0].state is TranscriptionState.UNREADABLE
    assert transcribe.controller.entries[0].text == TEXTS[0][0]


def test_page_keys_turn_pages(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_PageDown)
    assert transcribe.controller.page is not None
    assert transcribe.controller.page.number == 2
    press(transcribe, Qt.Key.Key_PageUp)
    assert transcribe.controller.page.number == 1


def test_the_cursor_begins_at_the_first_doubtful_place(transcribe: TranscribePlace) -> None:
    assert transcribe.strips.editor.position == 0


def test_f2_selects_the_doubtful_place_and_shift_f2_searches_backwards(transcribe: TranscribePlace) -> None:
    editor = transcribe.strips.editor
    press(transcribe, Qt.Key.Key_F2)
    assert editor.textCursor().selectedText() == TEXTS[0][0][0]
    press(transcribe, Qt.Key.Key_Down, ALT)
    press(transcribe, Qt.Key.Key_F2, SHIFT)
    assert current_row(transcribe) == 0
    assert editor.textCursor().selectedText() == TEXTS[0][0][0]


def test_alt_and_a_number_take_an_alternative(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_2, ALT)
    assert transcribe.strips.editor.toPlainText() == "y" + TEXTS[0][0][1:]


def test_escape_goes_back_to_the_draft(transcribe: TranscribePlace) -> None:
    QTest.keyClicks(transcribe.strips.editor, "abc")
    press(transcribe, Qt.Key.Key_Escape)
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][0]


def test_ctrl_z_takes_back_typing_first_and_then_the_last_act(transcribe: TranscribePlace) -> None:
    editor = transcribe.strips.editor
    press(transcribe, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "abc")
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert editor.toPlainText() == TEXTS[0][1]
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert current_row(transcribe) == 0
    assert transcribe.controller.entries[0].transcription is None
    press(transcribe, Qt.Key.Key_Z, CTRL, SHIFT)
    assert transcribe.controller.entries[0].state is TranscriptionState.CORRECTED


def test_ctrl_d_shows_what_was_changed(transcribe: TranscribePlace) -> None:
    difference = transcribe.strips.extras.difference
    QTest.keyClicks(transcribe.strips.editor, "Q")
    press(transcribe, Qt.Key.Key_D, CTRL)
    assert difference.isVisible()
    assert "Q" in difference.text()
    press(transcribe, Qt.Key.Key_D, CTRL)
    assert not difference.isVisible()


def test_a_line_is_split_only_inside_its_text_and_that_is_told(
    transcribe: TranscribePlace, messages: list[Message]
) -> None:
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        press(transcribe, key)
        press(transcribe, Qt.Key.Key_Backslash, CTRL)
    assert len(transcribe.controller.entries) == len(TEXTS[0])
    assert ["inside the text" in message.text for message in messages] == [True, True]


def test_ctrl_j_joins_and_ctrl_backslash_splits(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_J, CTRL)
    assert len(transcribe.controller.entries) == 2
    press(transcribe, Qt.Key.Key_Z, CTRL)
    transcribe.controller.confirm(0)
    transcribe.strips.editor.select(5, 5)
    press(transcribe, Qt.Key.Key_Backslash, CTRL)
    assert [entry.text for entry in transcribe.controller.entries[:2]] == ["liure", "ſuiuãt"]


def test_f11_hides_the_page_and_shows_it_again(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_F11)
    assert not transcribe.canvas.isVisible()
    press(transcribe, Qt.Key.Key_F11)
    assert transcribe.canvas.isVisible()


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Return, ()),
        (Qt.Key.Key_Return, (SHIFT,)),
        (Qt.Key.Key_Return, (CTRL,)),
        (Qt.Key.Key_Escape, ()),
        (Qt.Key.Key_F2, ()),
        (Qt.Key.Key_1, (ALT,)),
        (Qt.Key.Key_PageDown, ()),
        (Qt.Key.Key_Down, (ALT,)),
        (Qt.Key.Key_U, (CTRL,)),
        (Qt.Key.Key_J, (CTRL,)),
    ],
)
def test_no_command_runs_while_an_input_method_composes(
    transcribe: TranscribePlace, key: Qt.Key, modifiers: tuple[Qt.KeyboardModifier, ...]
) -> None:
    editor = transcribe.strips.editor
    compose(editor, "jing")
    before = (current_row(transcribe), editor.toPlainText(), len(transcribe.controller.entries))
    press(transcribe, key, *modifiers)
    assert (current_row(transcribe), editor.toPlainText(), len(transcribe.controller.entries)) == before
    assert transcribe.controller.entries[0].transcription is None


def test_composed_text_is_written_and_commands_work_again(transcribe: TranscribePlace) -> None:
    editor = transcribe.strips.editor
    compose(editor, "jing")
    compose(editor, "", "經")
    assert not editor.composing
    assert editor.toPlainText().startswith("經")
    press(transcribe, Qt.Key.Key_Return)
    assert transcribe.controller.entries[0].text.startswith("經")


def test_pasted_lines_become_one_line(transcribe: TranscribePlace) -> None:
    QApplication.clipboard().setText("a\nb")
    transcribe.strips.editor.selectAll()
    transcribe.strips.editor.paste()
    assert transcribe.strips.editor.toPlainText() == "a b"


def test_typed_text_is_in_the_project_when_the_window_closes(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    line = first_line(transcribe.controller)
    QTest.keyClicks(transcribe.strips.editor, "half")
    transcribe.leave()
    assert "half" in get_entry(transcribe.controller.project, line).text


def test_new_drafts_move_neither_cursor_nor_scroll_position(transcribe: TranscribePlace) -> None:
    editor, bar = transcribe.strips.editor, transcribe.strips.verticalScrollBar()
    press(transcribe, Qt.Key.Key_Down, ALT)
    editor.select(4, 4)
    before = (editor.position, bar.value(), editor.toPlainText(), editor.geometry())
    ids = [entry.line.id for entry in transcribe.controller.entries]
    change = save_drafts(transcribe.controller.project, MODEL, {line: read_as("other words") for line in ids})
    transcribe.workspace.changes.announce(change)
    assert (editor.position, bar.value(), editor.toPlainText(), editor.geometry()) == before


def test_a_clash_of_two_writers_is_shown_under_the_line(transcribe: TranscribePlace) -> None:
    controller = transcribe.controller
    QTest.keyClicks(transcribe.strips.editor, "mine ")
    save(
        controller.project,
        first_line(controller),
        "theirs",
        state=TranscriptionState.CORRECTED,
        base_revision=0,
    )
    press(transcribe, Qt.Key.Key_Return)
    assert transcribe.strips.extras.stale.isVisible()
    assert current_row(transcribe) == 0
    transcribe.strips.extras.stale.theirs_wanted.emit()
    assert transcribe.strips.editor.toPlainText() == "theirs"
    assert not transcribe.strips.extras.stale.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_line_in_hand_rests_at_a_third_of_the_height(transcribe: TranscribePlace) -> None:
    strips = transcribe.strips
    strips.set_zoom(2.0)
    press(transcribe, Qt.Key.Key_Down, ALT)
    press(transcribe, Qt.Key.Key_Down, ALT)
    third = strips.viewport().height() / 3
    top = strips.editor.y() - 180
    assert top < third < strips.editor.geometry().bottom() + 40


def test_crops_and_page_arrive_from_their_thread(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    lines = [entry.line for entry in transcribe.controller.entries]
    qtbot.waitUntil(lambda: all(transcribe._crops.has(line) for line in lines))
    qtbot.waitUntil(lambda: transcribe.canvas.picture.image is not None)


def test_a_click_on_the_page_takes_the_line_in_hand(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    canvas = transcribe.canvas
    left, top, right, bottom = transcribe.controller.entries[2].line.shape.box
    point = canvas.to_screen(((left + right) / 2, (top + bottom) / 2))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point.toPoint())
    assert current_row(transcribe) == 2


def test_a_line_is_drawn_with_the_mouse(transcribe: TranscribePlace) -> None:
    canvas = transcribe.canvas
    press(transcribe, Qt.Key.Key_N, CTRL, SHIFT)
    start, end = (canvas.to_screen(point).toPoint() for point in ((60, 300), (400, 350)))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    assert len(transcribe.controller.entries) == 4
    assert current_row(transcribe) == 3


def test_escape_ends_drawing_before_it_touches_the_text(transcribe: TranscribePlace) -> None:
    QTest.keyClicks(transcribe.strips.editor, "abc")
    press(transcribe, Qt.Key.Key_N, CTRL, SHIFT)
    press(transcribe, Qt.Key.Key_Escape)
    assert "abc" in transcribe.strips.editor.toPlainText()


def test_positions_count_characters_beyond_the_basic_plane_once() -> None:
    text = "a𠀀b"
    assert utf16_units(text, 2) == 3
    assert code_points(text, 3) == 2


def test_f2_gets_past_a_gap_and_comes_back_to_it_when_one_moved_away(transcribe: TranscribePlace) -> None:
    editor = transcribe.strips.editor
    transcribe.doubts.doubts = (Doubt(2, 2, 0.1, 0.1), Doubt(4, 5, 0.3, 0.4, ("x",)))
    editor.select(0, 0)
    for wanted in ((2, 2), (4, 5)):
        QTest.keyClick(editor, Qt.Key.Key_F2)
        cursor = editor.textCursor()
        assert (cursor.selectionStart(), cursor.selectionEnd()) == wanted
    editor.select(1, 1)
    QTest.keyClick(editor, Qt.Key.Key_F2)
    assert editor.position == 2


def test_spaces_that_do_not_break_outlive_a_correction(transcribe: TranscribePlace) -> None:
    controller, line = transcribe.controller, first_line(transcribe.controller)
    french = "quoy\u00a0? dit\u202fil"
    controller.show_page(controller.pages[1].id)
    save(controller.project, line, french, state=TranscriptionState.CORRECTED, base_revision=0)
    controller.show_line(line)
    press(transcribe, Qt.Key.Key_End)
    QTest.keyClicks(transcribe.strips.editor, "!")
    press(transcribe, Qt.Key.Key_Return)
    assert get_entry(controller.project, line).text == f"{french}!"


def test_escape_puts_the_bar_of_finding_away_before_it_touches_the_text(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_End)
    QTest.keyClicks(transcribe.strips.editor, "x")
    corrected = transcribe.strips.editor.toPlainText()
    press(transcribe, Qt.Key.Key_Return)
    bar = transcribe._desk.replacer.bar
    press(transcribe, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(bar.found, "x")
    QTest.keyClick(bar.found, Qt.Key.Key_F3)
    assert transcribe.strips.editor.hasFocus()
    press(transcribe, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert transcribe.strips.editor.toPlainText() == corrected


def test_keys_that_cannot_go_further_say_so(transcribe: TranscribePlace, messages: list[Message]) -> None:
    def told(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> str:
        messages.clear()
        press(transcribe, key, *modifiers)
        return " ".join(message.text for message in messages)

    assert "first page" in told(Qt.Key.Key_PageUp)
    assert "first of the page" in told(Qt.Key.Key_Up, CTRL, SHIFT)
    assert "before" in told(Qt.Key.Key_F2, SHIFT)
    assert told(Qt.Key.Key_PageDown) == ""
    assert "last page" in told(Qt.Key.Key_PageDown)
    press(transcribe, Qt.Key.Key_Down, ALT)
    assert "No line follows" in told(Qt.Key.Key_J, CTRL)
    assert "last of the page" in told(Qt.Key.Key_Down, CTRL, SHIFT)


@pytest.mark.parametrize("number", [0, 1])
def test_after_a_clash_the_keyboard_is_with_the_line_again(transcribe: TranscribePlace, number: int) -> None:
    controller, stale = transcribe.controller, transcribe.strips.extras.stale
    QTest.keyClicks(transcribe.strips.editor, "mine ")
    line = first_line(controller)
    save(controller.project, line, "theirs", state=TranscriptionState.CORRECTED, base_revision=0)
    press(transcribe, Qt.Key.Key_Return)
    button = stale.findChildren(QPushButton)[number]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert stale.isHidden()
    assert transcribe.strips.editor.hasFocus()
