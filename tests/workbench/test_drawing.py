"""Drawing lines on the page, in the real window with real mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.document import Direction, LineShape
from core.storage.drafts import save_drafts
from core.storage.layout_edits import draw_line, reshape_line
from core.storage.project import Project
from tests.workbench.canvas import BENT, LEFT, NONE, about, at, click, current, drag, draw_path, key
from tests.workbench.conftest import MODEL, TEXTS, box, read_as
from tests.workbench.test_transcribe_keys import CTRL, SHIFT, press
from workbench.place import Message
from workbench.transcribe.canvas_bar import BASELINE, POLYGON, RECTANGLE
from workbench.transcribe.line_extras import AlternativesRow
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace


def test_an_outline_is_drawn_corner_by_corner_and_enter_closes_it(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_G, CTRL, SHIFT)
    qtbot.waitUntil(canvas.hasFocus)
    draw_path(canvas, BENT)
    key(canvas, Qt.Key.Key_Return)
    assert len(transcribe.controller.entries) == len(TEXTS[0]) + 1
    assert list(current(transcribe).polygon) == about(BENT)
    assert canvas.drawing is None
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert len(transcribe.controller.entries) == len(TEXTS[0])
    press(transcribe, Qt.Key.Key_Z, CTRL, SHIFT)
    assert len(transcribe.controller.entries) == len(TEXTS[0]) + 1


@pytest.mark.parametrize("end", ["double click", "first corner"])
def test_a_double_click_and_a_click_on_the_first_corner_close_an_outline_too(
    transcribe: TranscribePlace, canvas: PageCanvas, end: str
) -> None:
    canvas.use_tool(POLYGON)
    draw_path(canvas, BENT[:-1])
    if end == "double click":
        click(canvas, BENT[-1])
        QTest.mouseDClick(canvas, LEFT, NONE, at(canvas, BENT[-1]))
    else:
        draw_path(canvas, [BENT[-1], BENT[0]])
    assert list(current(transcribe).polygon) == about(BENT)


def test_backspace_takes_the_last_corner_back_and_escape_gives_up(
    transcribe: TranscribePlace, canvas: PageCanvas, qtbot: QtBot
) -> None:
    canvas.use_tool(POLYGON)
    draw_path(canvas, [*BENT, (300, 390)])
    key(canvas, Qt.Key.Key_Backspace)
    key(canvas, Qt.Key.Key_Return)
    assert len(current(transcribe).polygon) == len(BENT)
    canvas.use_tool(POLYGON)
    draw_path(canvas, BENT)
    key(canvas, Qt.Key.Key_Escape)
    assert canvas.drawing is None
    assert len(transcribe.controller.entries) == len(TEXTS[0]) + 1
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)


def test_two_corners_are_no_outline(transcribe: TranscribePlace, canvas: PageCanvas) -> None:
    canvas.use_tool(POLYGON)
    draw_path(canvas, BENT[:2])
    key(canvas, Qt.Key.Key_Return)
    assert canvas.drawing is not None
    assert len(transcribe.controller.entries) == len(TEXTS[0])


def test_an_outline_is_drawn_with_keys_alone(transcribe: TranscribePlace, canvas: PageCanvas) -> None:
    canvas.use_tool(POLYGON)
    for step in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        key(canvas, Qt.Key.Key_Space)
        for _ in range(3):
            key(canvas, step, SHIFT)
        key(canvas, step)
    key(canvas, Qt.Key.Key_Space)
    key(canvas, Qt.Key.Key_Return)
    left, top, right, bottom = current(transcribe).box
    assert (right - left, bottom - top) == (31, 31)


def test_an_outline_that_crosses_itself_is_refused_with_a_sentence(
    transcribe: TranscribePlace, canvas: PageCanvas, messages: list[Message]
) -> None:
    canvas.use_tool(POLYGON)
    draw_path(canvas, [(60, 300), (440, 340), (440, 300), (60, 340)])
    key(canvas, Qt.Key.Key_Return)
    assert len(transcribe.controller.entries) == len(TEXTS[0])
    assert "crosses itself" in messages[-1].text


def test_what_lies_off_the_page_is_cut_off_with_a_sentence(
    transcribe: TranscribePlace, canvas: PageCanvas, messages: list[Message]
) -> None:
    canvas.zoom_by(0.6)
    canvas.use_tool(RECTANGLE)
    drag(canvas, (300, 300), (660, 340))
    assert current(transcribe).box == pytest.approx((300, 300, 600, 340), abs=3)
    assert "cut off" in messages[-1].text


def test_a_baseline_on_the_page_makes_a_line_of_the_usual_height(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    press(transcribe, Qt.Key.Key_B, CTRL, SHIFT)
    draw_path(canvas, [(60, 330), (250, 325), (440, 330)])
    key(canvas, Qt.Key.Key_Return)
    shape = current(transcribe)
    assert list(shape.baseline or ()) == about([(60, 330), (250, 325), (440, 330)])
    assert shape.box[1] == pytest.approx(325 - 0.75 * 44, abs=3)
    assert shape.box[3] == pytest.approx(330 + 0.25 * 44, abs=3)


def test_a_baseline_in_the_line_in_hand_becomes_its_own(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    before = current(transcribe)
    canvas.use_tool(BASELINE)
    draw_path(canvas, [(440, 75), (60, 74)])
    key(canvas, Qt.Key.Key_Return)
    assert current(transcribe).polygon == before.polygon
    assert list(current(transcribe).baseline or ()) == about([(60, 74), (440, 75)])
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert current(transcribe) == before


def test_a_baseline_in_another_line_becomes_that_lines(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    canvas.use_tool(BASELINE)
    draw_path(canvas, [(60, 154), (440, 155)])
    key(canvas, Qt.Key.Key_Return)
    assert len(transcribe.controller.entries) == len(TEXTS[0])
    assert transcribe.controller.current.line.order == 1
    assert list(current(transcribe).baseline or ()) == about([(60, 154), (440, 155)])


def make_columns(transcribe: TranscribePlace, project: Project) -> None:
    for entry in transcribe.controller.entries:
        column = LineShape(box(500 - 60 * entry.line.order, 40, 40, 300).polygon, Direction.TTB)
        transcribe.workspace.changes.announce(reshape_line(project, entry.line.id, column))


def shown_buttons(row: AlternativesRow) -> list[QToolButton]:
    return [button for button in row.findChildren(QToolButton) if not button.isHidden()]


def test_on_a_page_of_columns_drawn_lines_are_columns(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project, qtbot: QtBot
) -> None:
    controller = transcribe.controller
    make_columns(transcribe, project)
    canvas.use_tool(BASELINE)
    draw_path(canvas, [(200, 50), (200, 330)])
    key(canvas, Qt.Key.Key_Return)
    shape = current(transcribe)
    assert shape.direction is Direction.TTB
    assert shape.box == pytest.approx((180, 50, 220, 330), abs=3)
    qtbot.waitUntil(lambda: transcribe._crops.has(controller.current.line))


def test_in_a_column_keys_of_lines_move_along_the_whole_text(
    transcribe: TranscribePlace, project: Project
) -> None:
    make_columns(transcribe, project)
    editor = transcribe.strips.editor
    editor.replace_text("臣等謹案水經")
    for pressed, modifiers, place in (
        (Qt.Key.Key_Home, (), 0),
        (Qt.Key.Key_Down, (), 1),
        (Qt.Key.Key_End, (), 6),
        (Qt.Key.Key_Up, (), 5),
    ):
        press(transcribe, pressed, *modifiers)
        assert editor.position == place
    press(transcribe, Qt.Key.Key_Home, SHIFT)
    assert editor.textCursor().selectedText() == "臣等謹案水"
    press(transcribe, Qt.Key.Key_Home)
    press(transcribe, Qt.Key.Key_End, SHIFT)
    assert editor.textCursor().selectedText() == "臣等謹案水經"


def test_what_stands_under_a_column_is_shown_whole(
    transcribe: TranscribePlace, project: Project, qtbot: QtBot
) -> None:
    """Also in a narrow pane, and with a comparison of two texts."""
    text = "臣等謹案水經注四十卷"
    make_columns(transcribe, project)
    readings = {e.line.id: read_as(text, 4, tuple("木永氷泳求")) for e in transcribe.controller.entries}
    transcribe.workspace.changes.announce(save_drafts(project, MODEL, readings))
    strips, extras = transcribe.strips, transcribe.strips.extras
    press(transcribe, Qt.Key.Key_D, CTRL)
    for width in (700, 400):
        transcribe._splitter.setSizes([transcribe.width() - width, width])
        strips.editor.select(5, 5)
        qtbot.waitUntil(lambda: len(shown_buttons(extras.alternatives)) == 5)
        qtbot.waitUntil(lambda: strips.viewport().rect().contains(extras.geometry()))
        for button in shown_buttons(extras.alternatives):
            right = button.mapTo(strips.viewport(), button.rect().bottomRight())
            assert strips.viewport().rect().contains(right)
            assert button.width() >= button.sizeHint().width()


def test_a_line_drawn_on_an_empty_page_has_a_guessed_height(
    transcribe: TranscribePlace, canvas: PageCanvas
) -> None:
    controller = transcribe.controller
    controller.edits.delete([entry.line.id for entry in controller.entries])
    canvas.use_tool(BASELINE)
    draw_path(canvas, [(60, 330), (440, 330)])
    key(canvas, Qt.Key.Key_Return)
    top, bottom = current(transcribe).box[1::2]
    assert bottom - top == pytest.approx(400 / 40, abs=0.2)


def test_a_line_drawn_elsewhere_does_not_disturb_a_drawing(
    transcribe: TranscribePlace, canvas: PageCanvas, project: Project
) -> None:
    canvas.use_tool(POLYGON)
    draw_path(canvas, BENT[:3])
    page = transcribe.controller.page
    transcribe.workspace.changes.announce(draw_line(project, page.id, box(40, 350, 300, 30)))
    draw_path(canvas, BENT[3:])
    key(canvas, Qt.Key.Key_Return)
    assert list(current(transcribe).polygon) == about(BENT)
