"""Sweeping over one character by keys, on a page whose characters were really drawn."""

from threading import Event

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.evaluation.comparison import compare
from core.storage.drafts import save_drafts
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.lines import get_entry, list_entries
from core.storage.pages import NewPage
from core.storage.project import Project
from core.storage.transcriptions import save
from core.versions import LineScore
from core.workflow.glyphs import Sweep, sweep
from tests.core.workflow.test_glyphs import draw, shapes
from tests.workbench.conftest import MODEL, read_as
from tests.workbench.test_review import press
from workbench.app import Desk
from workbench.comparison.comparing import ComparedLines
from workbench.comparison.place import ComparisonPlace
from workbench.place import Target
from workbench.review.glyph_tab import GlyphTab
from workbench.review.place import ReviewPlace
from workbench.transcribe.place import TranscribePlace

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WRITTEN = ["ENEENO", "EENEEE", "ENOENE"]
READ = ["ENEENE", "EENEEE", "ENEENE"]


@pytest.fixture
def lines(project: Project) -> list[int]:
    """Two places of E that are O, in the first and the last line."""
    cv2.imwrite(str(project.scans / "drawn.png"), draw(WRITTEN))
    page = NewPage("drawn.png", "scans/drawn.png", 700, 240, "drawn", "drawn", "drawn")
    new = tuple(NewLine(shape) for shape in shapes(WRITTEN))
    [added] = add_pages_with_lines(project, [NewPageWithLines(page, new)], "import")
    ids = [entry.line.id for entry in list_entries(project, added.id)]
    save_drafts(project, MODEL, {i: read_as(text) for i, text in zip(ids, READ, strict=True)})
    return ids


@pytest.fixture
def tab(lines: list[int], desk: Desk, qtbot: QtBot) -> GlyphTab:
    """The sweep over E, in front."""
    desk.window.show_target(Target(glyph="E"))
    place = desk.window.place
    assert isinstance(place, ReviewPlace)
    qtbot.waitUntil(lambda: place.glyphs.model.rowCount() > 0 and place.glyphs.grid.hasFocus())
    return place.glyphs


def test_the_glyph_model_is_sound(qtmodeltester: ModelTester, tab: GlyphTab) -> None:
    qtmodeltester.check(tab.model)


def test_wrong_places_come_first(tab: GlyphTab, lines: list[int]) -> None:
    first = {(place.line_id, place.index) for place in tab.model.places[:2]}
    assert first == {(lines[0], 5), (lines[2], 2)}
    assert tab.count.text().startswith("13 places")


def test_chosen_places_are_put_right_together_and_come_back_together(
    tab: GlyphTab, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    save(project, lines[2], READ[2], state=TranscriptionState.CORRECTED, base_revision=0)
    press(Key.Key_Space)
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert tab.chosen.text() == "2 places"
    QTest.keyClick(QApplication.focusWidget(), "O")
    assert QApplication.focusWidget() is tab.right
    press(Key.Key_Return)
    assert [get_entry(project, line).text for line in lines] == WRITTEN
    assert [str(get_entry(project, line).state) for line in lines] == ["open", "open", "corrected"]
    assert tab.model.rowCount() == 11
    assert QApplication.focusWidget() is tab.grid
    press(Key.Key_Z, Modifier.ControlModifier)
    assert [get_entry(project, line).text for line in lines] == READ
    qtbot.waitUntil(lambda: tab.model.rowCount() == 13 and tab.grid.hasFocus())


def test_without_a_choice_the_place_in_hand_is_put_right(
    tab: GlyphTab, project: Project, lines: list[int]
) -> None:
    place = tab.model.places[0]
    QTest.keyClick(QApplication.focusWidget(), "O")
    press(Key.Key_Return)
    assert get_entry(project, place.line_id).text == WRITTEN[lines.index(place.line_id)]
    assert tab.model.rowCount() == 12


def test_an_input_method_writes_into_the_field(tab: GlyphTab) -> None:
    event = QInputMethodEvent()
    event.setCommitString("天")
    QApplication.sendEvent(tab.grid, event)
    assert tab.right.text() == "天"


def test_later_places_of_a_line_move_with_a_longer_replacement(
    tab: GlyphTab, project: Project, lines: list[int]
) -> None:
    row = next(n for n, p in enumerate(tab.model.places) if (p.line_id, p.index) == (lines[1], 0))
    tab.grid.go(row)
    tab.right.setText("AE")
    tab.fix()
    assert get_entry(project, lines[1]).text == "AEENEEE"
    row = next(n for n, p in enumerate(tab.model.places) if (p.line_id, p.index) == (lines[1], 6))
    tab.grid.go(row)
    tab.right.setText("F")
    tab.fix()
    assert get_entry(project, lines[1]).text == "AEENEEF"


def test_enter_opens_the_line_of_the_place(tab: GlyphTab, desk: Desk) -> None:
    line = tab.model.places[0].line_id
    press(Key.Key_Return)
    assert isinstance(desk.window.place, TranscribePlace)
    assert desk.window.place.controller.current.line.id == line


def test_a_character_that_stands_nowhere_says_so(tab: GlyphTab, qtbot: QtBot) -> None:
    press(Key.Key_L, Modifier.ControlModifier)
    QTest.keyClick(QApplication.focusWidget(), "X")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "no drafted line" in tab.empty.title.text())


def test_a_character_among_the_confusions_is_swept_over(
    lines: list[int], project: Project, desk: Desk, qtbot: QtBot
) -> None:
    save(project, lines[0], WRITTEN[0], state=TranscriptionState.CORRECTED, base_revision=0)
    compared = next(p for p in desk.window.places if isinstance(p, ComparisonPlace))
    score = LineScore(lines[0], WRITTEN[0], READ[0], 1, 6)
    compared.show_comparison(ComparedLines(compare({"A": [score], "B": [score]}), {lines[0]: "p1"}))
    compared._confusions.cellActivated.emit(0, 2)
    review = desk.window.place
    assert isinstance(review, ReviewPlace)
    qtbot.waitUntil(lambda: review.glyphs.model.rowCount() == 12)


@pytest.mark.parametrize("field", ["glyph", "right"])
def test_a_sweep_that_ends_takes_the_keyboard_from_no_field(
    tab: GlyphTab,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    project: Project,
    lines: list[int],
    field: str,
) -> None:
    """What is typed on would go to the grid, and Enter there would put a place right with it."""
    release = Event()

    def slow(*arguments: object, **named: object) -> Sweep:
        release.wait(20)
        return sweep(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("workbench.review.glyph_tab.sweep", slow)
    press(Key.Key_L, Modifier.ControlModifier)
    QTest.keyClicks(tab.glyph, "N")
    press(Key.Key_Return)
    typed = getattr(tab, field)
    typed.setFocus()
    typed.selectAll()
    QTest.keyClicks(typed, "E")
    with qtbot.waitSignal(tab.workspace.jobs.finished):
        release.set()
    qtbot.waitUntil(lambda: tab.model.rowCount() > 0)
    assert typed.hasFocus()
    assert typed.text() == "E"
    assert [get_entry(project, line).text for line in lines] == READ


def test_after_a_sweep_that_found_nothing_the_next_character_is_typed_at_once(
    tab: GlyphTab, qtbot: QtBot
) -> None:
    press(Key.Key_L, Modifier.ControlModifier)
    QTest.keyClicks(tab.glyph, "Q")
    with qtbot.waitSignal(tab.workspace.jobs.finished):
        press(Key.Key_Return)
    qtbot.waitUntil(tab.glyph.hasFocus)
    QTest.keyClicks(tab.glyph, "N")
    with qtbot.waitSignal(tab.workspace.jobs.finished):
        press(Key.Key_Return)
    qtbot.waitUntil(tab.grid.hasFocus)
