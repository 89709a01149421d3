"""Changing, tagging and turning lines, in the real window with real mouse and keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.document import Direction, LineShape
from core.storage.changes import Change
from core.storage.imports import NewPageWithLines, add_pages_with_lines
from core.storage.layout_edits import reshape_line
from core.storage.lines import get_entry, list_entries
from core.storage.pages import NewPage, delete_pages, rotate_page
from core.storage.project import Project, open_project
from tests.workbench.canvas import LEFT, NONE, about, at, click, current, drag, key, shapes
from tests.workbench.conftest import TEXTS
from tests.workbench.restarting import show
from tests.workbench.test_transcribe_keys import ALT, CTRL, SHIFT, press
from workbench.app import Desk
from workbench.place import Message
from workbench.transcribe.canvas_bar import BASELINE, POLYGON, RECTANGLE, SELECT
from workbench.transcribe.controller import Controller
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace


def test_a_corner_is_dragged_and_each_drag_is_one_step_of_undo(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    before = current(transcribe)
    drag(canvas, (40, 40), (30, 30))
    assert current(transcribe).polygon[0] == pytest.approx((30, 30), abs=2.5)
    assert current(transcribe).polygon[1:] == before.polygon[1:]
    line = transcribe.controller.current.line
    qtbot.waitUntil(lambda: transcribe._crops.has(line))
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert current(transcribe) == before


def test_an_edge_is_dragged_with_both_its_corners(transcribe: TranscribePlace, canvas: PageCanvas) -> None:
    drag(canvas, (250, 40), (250, 25))
    assert list(current(transcribe).polygon) == about([(40, 25), (460, 25), (460, 84), (40, 84)])


def test_a_whole_line_is_dragged_with_its_baseline(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project
) -> None:
    line = transcribe.controller.current.line
    drawn = LineShape(line.shape.polygon, Direction.LTR, ((40.0, 76.0), (460.0, 76.0)))
    transcribe.workspace.changes.announce(reshape_line(project, line.id, drawn))
    drag(canvas, (250, 60), (260, 70), CTRL)
    assert current(transcribe).box == pytest.approx((50, 50, 470, 94), abs=2.5)
    assert list(current(transcribe).baseline or ()) == about([(50, 86), (470, 86)])


def test_a_point_of_the_baseline_is_dragged(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project
) -> None:
    line = transcribe.controller.current.line
    drawn = LineShape(line.shape.polygon, Direction.LTR, ((60.0, 70.0), (440.0, 70.0)))
    transcribe.workspace.changes.announce(reshape_line(project, line.id, drawn))
    drag(canvas, (60, 70), (60, 60))
    assert list(current(transcribe).baseline or ()) == about([(60, 60), (440, 70)])
    assert current(transcribe).polygon == line.shape.polygon


def test_a_corner_is_set_on_a_short_edge_of_a_page_that_is_shown_small(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    canvas.zoom_by(0.33 / canvas.scale)
    click(canvas, (40, 62), ALT)
    assert len(current(transcribe).polygon) == 5


@pytest.mark.parametrize("way", ["alt", "double click"])
def test_a_corner_is_set_on_an_edge_and_deleted_again(
    transcribe: TranscribePlace, canvas: PageCanvas, way: str
) -> None:
    before = current(transcribe)
    if way == "alt":
        click(canvas, (250, 40), ALT)
    else:
        click(canvas, (250, 40))
        QTest.mouseDClick(canvas, LEFT, NONE, at(canvas, (250, 40)))
    assert list(current(transcribe).polygon) == about([(40, 40), (250, 40), (460, 40), (460, 84), (40, 84)])
    assert canvas.outline.grip is not None
    assert canvas.outline.grip.number == 1
    key(canvas, Qt.Key.Key_Delete)
    assert current(transcribe) == before


def test_a_triangle_keeps_its_corners(transcribe: TranscribePlace, canvas: PageCanvas) -> None:
    press(transcribe, Qt.Key.Key_E, CTRL, SHIFT)
    key(canvas, Qt.Key.Key_Delete)
    assert len(current(transcribe).polygon) == 3
    key(canvas, Qt.Key.Key_Delete)
    assert len(current(transcribe).polygon) == 3


def test_keys_alone_move_the_corners_one_after_the_other(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    before = current(transcribe)
    press(transcribe, Qt.Key.Key_E, CTRL, SHIFT)
    qtbot.waitUntil(canvas.hasFocus)
    key(canvas, Qt.Key.Key_Left)
    key(canvas, Qt.Key.Key_Up, SHIFT)
    assert current(transcribe).polygon[0] == (39, 30)
    assert canvas.hasFocus()
    key(canvas, Qt.Key.Key_Tab)
    key(canvas, Qt.Key.Key_Right)
    assert current(transcribe).polygon[1] == (461, 40)
    key(canvas, Qt.Key.Key_Backtab, SHIFT)
    key(canvas, Qt.Key.Key_Backtab, SHIFT)
    key(canvas, Qt.Key.Key_Down)
    assert current(transcribe).polygon[3] == (40, 85)
    for _ in range(4):
        key(canvas, Qt.Key.Key_Z, CTRL)
    assert current(transcribe) == before
    assert canvas.hasFocus()
    key(canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][0]


def test_a_held_arrow_is_one_step_of_undo(transcribe: TranscribePlace, canvas: PageCanvas) -> None:
    before = current(transcribe)
    canvas.edit_outline()
    for repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Left, NONE, "", repeat)
        QApplication.sendEvent(canvas, event)
    assert current(transcribe) == before
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Left, NONE))
    assert current(transcribe).polygon[0] == (37, 40)
    key(canvas, Qt.Key.Key_Z, CTRL)
    assert current(transcribe) == before


def test_another_line_lets_the_outline_go(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    canvas.edit_outline()
    key(canvas, Qt.Key.Key_Down, ALT)
    assert canvas.outline.grip is None
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)


def test_a_click_chooses_a_line_and_an_empty_place_pans(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    click(canvas, (250, 140))
    assert transcribe.controller.current.line.order == 1
    centre = canvas.middle()
    drag(canvas, (550, 380), (500, 380))
    assert canvas.middle()[0] > centre[0]
    assert len(transcribe.controller.entries) == len(TEXTS[0])


def test_changes_of_outlines_survive_a_restart_and_can_be_undone_then(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project
) -> None:
    page = transcribe.controller.page
    before = shapes(transcribe.controller)
    drag(canvas, (40, 40), (30, 30))
    after = shapes(transcribe.controller)
    with open_project(project.folder, read_only=True) as again:
        assert [entry.line.shape for entry in list_entries(again, page.id)] == after
    later = Controller(project, transcribe.workspace.changes)
    later.open_project()
    later.edits.undo()
    assert [entry.line.shape for entry in list_entries(project, page.id)] == before


def test_of_a_project_that_is_open_read_only_nothing_is_told_to_be_deleted_or_saved(
    desk: Desk, project: Project, qtbot: QtBot
) -> None:
    with open_project(project.folder, read_only=True) as reading:
        desk.show(reading)
        number, place = next(
            (n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace)
        )
        desk.window.show_place(number)
        qtbot.waitUntil(place.strips.editor.hasFocus)
        told: list[Message] = []
        place.message_wanted.connect(told.append)
        press(place, Qt.Key.Key_Delete, CTRL, SHIFT)
        assert [message.kind for message in told] == ["error"]
        assert len(place.controller.entries) == len(TEXTS[0])
        press(place, Qt.Key.Key_Return)
        press(place, Qt.Key.Key_Return)
        assert [message.text for message in told[1:]] == ["The project is open read-only: nothing is saved."]
        desk.close_project()


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_G, Qt.Key.Key_B, Qt.Key.Key_E])
def test_of_a_project_that_is_open_read_only_nothing_is_drawn_before_it_is_refused(
    desk: Desk, project: Project, qtbot: QtBot, key: Qt.Key
) -> None:
    with open_project(project.folder, read_only=True) as reading:
        desk.show(reading)
        place = show(desk, TranscribePlace)
        qtbot.waitUntil(place.strips.editor.hasFocus)
        told: list[Message] = []
        place.message_wanted.connect(told.append)
        press(place, key, CTRL, SHIFT)
        assert [message.text for message in told] == [reading.read_only_reason]
        assert place.strips.editor.hasFocus()
        assert not place.canvas.stop_drawing()
        press(place, Qt.Key.Key_H, CTRL)
        assert told[-1].text == reading.read_only_reason
        assert place._desk.replacer.bar.isVisible(), "what is to be found is found all the same"
        assert not place._desk.replacer.bar.replacement.isVisible()
        desk.close_project()


def test_the_buttons_of_the_canvas_choose_tools(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    for name in (RECTANGLE, POLYGON, BASELINE):
        QTest.mouseClick(canvas.bar.button(name), LEFT)
        assert canvas.drawing is not None
        assert canvas.bar.button(name).isChecked()
    QTest.mouseClick(canvas.bar.button(SELECT), LEFT)
    assert canvas.drawing is None
    press(transcribe, Qt.Key.Key_N, CTRL, SHIFT)
    assert canvas.bar.button(RECTANGLE).isChecked()
    key(canvas, Qt.Key.Key_Escape)
    assert canvas.bar.button(SELECT).isChecked()


def test_turning_a_page_turns_lines_and_baselines_and_the_canvas_follows(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project, qtbot: QtBot
) -> None:
    line = transcribe.controller.current.line
    drawn = LineShape(line.shape.polygon, Direction.LTR, ((40.0, 76.0), (460.0, 76.0)))
    transcribe.workspace.changes.announce(reshape_line(project, line.id, drawn))
    transcribe.workspace.changes.announce(rotate_page(project, line.page_id, 90))
    assert canvas.view.page == (400, 600)
    shape = current(transcribe)
    assert shape.box == (400 - 84, 40, 400 - 40, 460)
    assert shape.baseline == ((324, 40), (324, 460))
    qtbot.waitUntil(lambda: canvas.picture.image is not None and canvas.picture.image.key.rotation == 90)
    qtbot.waitUntil(lambda: transcribe._crops.has(transcribe.controller.current.line))
    drag(canvas, (360, 40), (370, 30))
    assert current(transcribe).box == pytest.approx((316, 30, 370, 460), abs=2.5)


def test_a_page_without_lines_keeps_the_keyboard_and_tells_how_to_make_one(
    transcribe: TranscribePlace, project: Project, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_PageDown)
    for _line in TEXTS[1]:
        press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    empty = transcribe.strips.no_lines
    assert shapes(transcribe.controller) == []
    assert QApplication.focusWidget() is empty
    assert "Ctrl+Shift+N" in empty.accessibleName()
    assert "Ctrl+L" in empty.accessibleName()
    assert transcribe.strips.editor.toPlainText() == ""
    QTest.keyClick(empty, Qt.Key.Key_PageUp)
    assert QApplication.focusWidget() is transcribe.strips.editor
    assert empty.isHidden()
    press(transcribe, Qt.Key.Key_PageDown)
    assert QApplication.focusWidget() is empty
    QTest.keyClick(empty, Qt.Key.Key_Z, CTRL)
    assert len(shapes(transcribe.controller)) == 1
    assert transcribe.strips.editor.hasFocus()


def test_after_drawing_was_given_up_on_a_page_without_lines_its_keys_act(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_PageDown)
    for _line in TEXTS[1]:
        press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    empty = transcribe.strips.no_lines
    QTest.keyClick(empty, Qt.Key.Key_N, CTRL | SHIFT)
    assert QApplication.focusWidget() is transcribe.canvas
    QTest.keyClick(transcribe.canvas, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is empty


def test_the_bar_over_the_page_follows_the_pages_of_the_project(
    transcribe: TranscribePlace, project: Project
) -> None:
    controller, bar = transcribe.controller, transcribe.page_bar
    changes = transcribe.workspace.changes
    press(transcribe, Qt.Key.Key_PageDown)
    assert bar._name._words == "2 of 2 · p2.png"
    new = NewPage("p3.png", "scans/p3.png", 600, 400, "3" * 64, "Utopie", "test")
    [page] = add_pages_with_lines(project, [NewPageWithLines(new, ())], "test")
    changes.announce(Change(pages=frozenset({page.id})))
    assert bar._name._words == "2 of 3 · p2.png"
    assert bar._on.isEnabled()
    changes.announce(delete_pages(project, [controller.pages[0].id]))
    assert bar._name._words == "1 of 2 · p2.png"
    assert not bar._back.isEnabled()


def test_undo_tells_how_many_lines_it_concerns(transcribe: TranscribePlace, messages: list[Message]) -> None:
    press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    messages.clear()
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert messages == []
    press(transcribe, Qt.Key.Key_Z, CTRL, SHIFT)
    press(transcribe, Qt.Key.Key_PageDown)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert [message.text for message in messages] == ["Undone: 1 line on page 1."]


def test_what_a_message_offers_to_undo_is_that_act_and_nothing_done_or_typed_after_it(
    desk: Desk, transcribe: TranscribePlace, project: Project
) -> None:
    press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    strip, editor = desk.window.strip, transcribe.strips.editor
    assert strip.message.action == "Undo"
    line = transcribe.controller.current.line.id
    QTest.keyClicks(editor, "typed ")
    strip.act()
    assert "Something else was done since" in strip.message.text
    assert editor.toPlainText().endswith("typed ")
    assert get_entry(project, line).text.endswith("typed")
    assert len(transcribe.controller.entries) == len(TEXTS[0]) - 1


def test_a_message_that_offers_undo_goes_when_that_was_undone_otherwise(
    desk: Desk, transcribe: TranscribePlace
) -> None:
    press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    assert desk.window.strip.message.action == "Undo"
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert len(transcribe.controller.entries) == len(TEXTS[0])
    assert desk.window.strip.message is None or desk.window.strip.message.action == ""


def test_undo_from_a_message_brings_the_line_back(desk: Desk, transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_Delete, CTRL, SHIFT)
    desk.window.strip.act()
    assert len(transcribe.controller.entries) == len(TEXTS[0])
