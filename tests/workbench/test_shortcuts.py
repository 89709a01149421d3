from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.app import Desk
from workbench.command import Command, sequences, work_together
from workbench.frame.key_sheet import KeySheet, hints_of
from workbench.frame.shortcuts_dialog import ShortcutsDialog
from workbench.language import Language
from workbench.library.place import LibraryPlace
from workbench.place import Place
from workbench.review.place import ReviewPlace
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def commands_of(desk: Desk) -> dict[str, Command]:
    places = [command for place in desk.window.places for command in place.commands()]
    return {command.name: command for command in [*desk.window._own.commands, *places]}


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> ShortcutsDialog:
    """Opened by its key, over the library."""
    QTest.keyClick(desk.window, Qt.Key.Key_F1, CTRL)
    made = desk.window.findChild(ShortcutsDialog)
    qtbot.waitUntil(made.search.hasFocus)
    return made


def press(dialog: ShortcutsDialog, name: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Take a command in hand and press a key for it."""
    dialog.take(name)
    dialog.key.setFocus()
    QTest.keyClick(dialog.key, key, modifiers)


def close(dialog: ShortcutsDialog, desk: Desk, qtbot: QtBot) -> None:
    dialog.close_button.click()
    desk.window.activateWindow()  # a real desktop does that
    qtbot.waitUntil(desk.window.isActiveWindow)


def keys_of(desk: Desk, name: str) -> list[str]:
    return [key.toString() for key in commands_of(desk)[name].action.shortcuts()]


def test_names_of_commands_are_their_own(desk: Desk) -> None:
    names = [c.name for p in desk.window.places for c in p.commands()] + [
        c.name for c in desk.window._own.commands
    ]
    assert len(names) == len(set(names))
    assert not [name for name in names if " " in name or name.count(".") not in (1, 2)]


def test_no_usual_key_clashes_with_another_one_or_with_a_key_of_writing(desk: Desk) -> None:
    commands = commands_of(desk).values()
    for first, second in combinations(commands, 2):
        if work_together(first, second):
            assert not set(first.usual_keys.split()) & set(second.usual_keys.split()), (first, second)
    for place in desk.window.places:
        usual = {key.toString() for c in place.commands() for key in sequences(c.usual_keys)}
        assert not usual & set(place.fixed_keys())


def test_a_key_that_is_pressed_is_the_command_s_at_once_and_in_the_next_run(
    dialog: ShortcutsDialog, desk: Desk, settings: Settings, qtbot: QtBot
) -> None:
    press(dialog, "library.find-page", Qt.Key.Key_G, CTRL)
    assert keys_of(desk, "library.find-page") == ["Ctrl+G"]
    assert settings.shortcut("library.find-page") == "Ctrl+G"
    close(dialog, desk, qtbot)
    place = desk.window.place
    assert isinstance(place, LibraryPlace)
    place.grid.setFocus()
    QTest.keyClick(place.grid, Qt.Key.Key_F, CTRL)
    assert place.grid.hasFocus()
    QTest.keyClick(place.grid, Qt.Key.Key_G, CTRL)
    assert place.filters._name.hasFocus()
    desk.speak(Language.ENGLISH)  # all places are made anew, as in the next run
    assert keys_of(desk, "library.find-page") == ["Ctrl+G"]


def test_a_clash_is_told_with_the_other_command_s_name_and_changes_nothing(
    dialog: ShortcutsDialog, desk: Desk
) -> None:
    press(dialog, "library.find-lines", Qt.Key.Key_R, CTRL)
    assert dialog.problem.text() == "Ctrl+R is taken: Draft with the model (Library)."
    assert keys_of(desk, "library.find-lines") == ["Ctrl+L"]
    assert dialog.key.text() == "Ctrl+L"
    press(dialog, "window.search", Qt.Key.Key_R, CTRL)
    assert "Draft with the model" in dialog.problem.text()
    press(dialog, "library.find-lines", Qt.Key.Key_K, CTRL)
    assert dialog.problem.text() == "Ctrl+K is taken: Search (Everywhere)."


def test_places_and_tabs_may_use_the_same_key(dialog: ShortcutsDialog, desk: Desk) -> None:
    press(dialog, "transcribe.unreadable", Qt.Key.Key_L, CTRL)
    assert keys_of(desk, "transcribe.unreadable") == ["Ctrl+L"]
    press(dialog, "review.queue.order", Qt.Key.Key_L, CTRL)
    assert keys_of(desk, "review.queue.order") == ["Ctrl+L"]
    assert keys_of(desk, "review.glyphs.again") == ["Ctrl+L"]


def test_keys_that_write_are_not_to_be_had(dialog: ShortcutsDialog, desk: Desk) -> None:
    press(dialog, "transcribe.skip", Qt.Key.Key_S)
    assert "writes a character" in dialog.problem.text()
    press(dialog, "transcribe.skip", Qt.Key.Key_C, CTRL)
    assert dialog.problem.text() == "Ctrl+C is taken: Copy (Transcribe)."
    press(dialog, "transcribe.skip", Qt.Key.Key_Home)
    assert "Move the cursor" in dialog.problem.text()
    press(dialog, "review.queue.order", Qt.Key.Key_P)  # that one acts while no field has the keyboard
    assert keys_of(desk, "review.queue.order") == ["P"]


def test_one_command_or_all_get_their_usual_keys_again(
    dialog: ShortcutsDialog, desk: Desk, settings: Settings
) -> None:
    press(dialog, "transcribe.confirm", Qt.Key.Key_F9)
    press(dialog, "transcribe.skip", Qt.Key.Key_F10)
    dialog.take("transcribe.confirm")
    dialog.usual.click()
    assert keys_of(desk, "transcribe.confirm") == ["Return", "Enter"]
    assert settings.shortcut("transcribe.confirm") is None
    dialog.take("transcribe.unreadable")
    dialog.none.click()
    assert keys_of(desk, "transcribe.unreadable") == []
    dialog.all_usual.click()
    for command in commands_of(desk).values():
        assert command.action.shortcuts() == sequences(command.usual_keys)


def test_a_usual_key_that_another_command_has_now_is_not_given_back(
    dialog: ShortcutsDialog, desk: Desk
) -> None:
    press(dialog, "library.find-lines", Qt.Key.Key_G, CTRL)
    press(dialog, "library.draft", Qt.Key.Key_L, CTRL)
    dialog.take("library.find-lines")
    dialog.usual.click()
    assert dialog.problem.text() == "Ctrl+L is taken: Draft with the model (Library)."
    assert keys_of(desk, "library.find-lines") == ["Ctrl+G"]


def test_commands_are_found_by_name_and_by_key(dialog: ShortcutsDialog) -> None:
    dialog.search.setText("skip to")
    assert [item.text(0) for item in dialog._items if not item.isHidden()] == ["Skip to the next open line"]
    assert dialog.command.name == "transcribe.skip"
    assert sum(not top.isHidden() for top in dialog._tops) == 1
    dialog.search.setText("Ctrl+Space")
    assert dialog.command.name == "transcribe.palette"


def test_while_nothing_is_found_no_command_can_be_changed(dialog: ShortcutsDialog, desk: Desk) -> None:
    before = {name: keys_of(desk, name) for name in commands_of(desk)}
    QTest.keyClicks(dialog.search, "qqqq")
    assert dialog.command is None
    assert dialog.none_found.isVisible()
    assert not any(part.isEnabled() for part in (dialog.key, dialog.none, dialog.usual))
    dialog.none.click()
    assert {name: keys_of(desk, name) for name in commands_of(desk)} == before
    dialog.search.clear()
    assert dialog.command is not None
    assert not dialog.none_found.isVisible()


@pytest.mark.parametrize(("points", "width"), [(10.5, 1280), (14.0, 1280), (18.0, 900)])
def test_the_sheet_is_never_larger_than_the_window_and_scrolls_by_keys(
    transcribe: TranscribePlace, desk: Desk, points: float, width: int
) -> None:
    desk.window.resize(width, 560)
    desk.theme.resize_text(points)
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = desk.window.findChild(KeySheet)
    assert sheet.width() <= desk.window.width()
    assert sheet.height() <= desk.window.height()
    assert sheet._area.horizontalScrollBar().maximum() == 0
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert sheet.isVisible()
    assert sheet._area.verticalScrollBar().maximum() > 0
    assert sheet._area.verticalScrollBar().value() > 0
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_dialog_is_worked_without_the_mouse(dialog: ShortcutsDialog, desk: Desk) -> None:
    QTest.keyClicks(dialog.search, "Find lines")
    QTest.keyClick(dialog.search, Qt.Key.Key_Tab)
    assert dialog.tree.hasFocus()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert dialog.key.hasFocus()
    QTest.keyClick(dialog.key, Qt.Key.Key_G, CTRL)
    assert keys_of(desk, "library.find-lines") == ["Ctrl+G"]
    QTest.keyClick(dialog.key, Qt.Key.Key_Tab)
    assert dialog.none.hasFocus()


def test_going_through_the_field_changes_nothing(dialog: ShortcutsDialog, desk: Desk) -> None:
    dialog.take("transcribe.confirm")
    dialog.key.setFocus()
    QTest.keyClick(dialog.key, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.key, Qt.Key.Key_Shift)
    assert keys_of(desk, "transcribe.confirm") == ["Return", "Enter"]


def test_sheet_tool_tips_and_header_tell_the_chosen_keys(dialog: ShortcutsDialog, desk: Desk) -> None:
    press(dialog, "library.find-lines", Qt.Key.Key_G, CTRL)
    press(dialog, "window.search", Qt.Key.Key_J, CTRL | SHIFT)
    dialog.close_button.click()
    place = desk.window.place
    assert isinstance(place, Place)
    hints = {hint.what: hint.keys for hint in hints_of(place.commands())}
    assert hints["Find lines"] == "Ctrl+G"
    tips = {child.toolTip() for child in place.findChildren(type(place.panel._left).__mro__[1])}
    assert "Find lines (Ctrl+G)" in tips
    assert desk.window._frame.header._search.text().endswith("Ctrl+Shift+J")


def test_the_editor_leaves_chosen_keys_to_the_commands_but_not_while_composing(
    transcribe: TranscribePlace, desk: Desk, qtbot: QtBot
) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F1, CTRL)
    dialog = desk.window.findChild(ShortcutsDialog)
    press(dialog, "transcribe.next", Qt.Key.Key_E, CTRL)  # in a field: to the end of the line
    close(dialog, desk, qtbot)
    transcribe.strips.editor.setFocus()
    QApplication.sendEvent(transcribe.strips.editor, QInputMethodEvent("pin", []))
    line = transcribe.controller.current.line.id
    QTest.keyClick(transcribe.strips.editor, Qt.Key.Key_E, CTRL)
    assert transcribe.controller.current.line.id == line
    QApplication.sendEvent(transcribe.strips.editor, QInputMethodEvent("", []))
    QTest.keyClick(transcribe.strips.editor, Qt.Key.Key_E, CTRL)
    assert transcribe.controller.current.line.id != line


def test_keys_of_lists_in_review_are_chosen_too(desk: Desk, qtbot: QtBot) -> None:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ReviewPlace))
    desk.window.show_place(number)
    qtbot.waitUntil(lambda: place.queue.view.isVisible() and place.queue.view.hasFocus())
    QTest.keyClick(desk.window, Qt.Key.Key_F1, CTRL)
    dialog = desk.window.findChild(ShortcutsDialog)
    press(dialog, "review.queue.open", Qt.Key.Key_F8)
    close(dialog, desk, qtbot)
    place.queue.view.setFocus()
    QTest.keyClick(place.queue.view, Qt.Key.Key_Return)
    assert desk.window.place is place
    QTest.keyClick(place.queue.view, Qt.Key.Key_F8)
    assert isinstance(desk.window.place, TranscribePlace)


def test_the_sheet_sets_keys_apart_that_cannot_be_changed(transcribe: TranscribePlace, desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    sheet = desk.window.findChild(KeySheet)
    texts = [label.text() for label in sheet.findChildren(type(desk.window.status._lines))]
    assert texts.index("Always the same") < texts.index("Ctrl+wheel")
    assert texts.index("Confirm and next") < texts.index("Always the same")
    assert any("Ctrl+F1" in text for text in texts)
    sheet.close()


def test_a_page_without_lines_tells_the_key_that_finds_lines_now(
    dialog: ShortcutsDialog, desk: Desk, qtbot: QtBot
) -> None:
    place = next(place for place in desk.window.places if isinstance(place, TranscribePlace))
    told = place.strips.no_lines.accessibleName
    assert "(Ctrl+L)" in told()
    press(dialog, "library.find-lines", Qt.Key.Key_F6)
    assert "(F6)" in told()
    assert "Ctrl+L" not in told()
    dialog.none.click()
    assert "then “Find lines”" in told()
    assert "F6" not in told()
    dialog.all_usual.click()
    assert "(Ctrl+L)" in told()
    close(dialog, desk, qtbot)
