"""Suspect labels by keys: keep, take the model's, edit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.lines import get_entry, list_entries
from core.storage.project import Project
from core.storage.transcriptions import save
from core.storage.unfinished import unfinished_texts
from tests.workbench.restarting import restart, show
from tests.workbench.test_review import press
from workbench.app import Desk
from workbench.place import Message
from workbench.review.pair_model import CROP
from workbench.review.place import ReviewPlace
from workbench.review.suspects_tab import SuspectsTab
from workbench.transcribe.place import TranscribePlace

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LABELS = ("liure ſuiuãt", "mas Linocar", "icelle lecturo")


@pytest.fixture
def lines(project: Project) -> list[int]:
    ids = [entry.line.id for entry in list_entries(project, 1)]
    for line, text in zip(ids, LABELS, strict=True):
        save(project, line, text, state=TranscriptionState.CORRECTED, base_revision=0)
    return ids


def show_suspects(desk: Desk, qtbot: QtBot) -> SuspectsTab:
    place = show(desk, ReviewPlace)
    press(Key.Key_5, Modifier.AltModifier)
    qtbot.waitUntil(lambda: place.suspects.model.rowCount() == 2 and place.looking.current is None)
    assert QApplication.focusWidget() is place.suspects.view
    return place.suspects


@pytest.fixture
def tab(lines: list[int], desk: Desk, qtbot: QtBot) -> SuspectsTab:
    return show_suspects(desk, qtbot)


def test_the_pair_model_is_sound(qtmodeltester: ModelTester, tab: SuspectsTab) -> None:
    qtmodeltester.check(tab.model)


def test_the_worst_label_stands_on_top_with_its_crop(
    tab: SuspectsTab, lines: list[int], qtbot: QtBot
) -> None:
    assert (tab.current.line_id, tab.current.ours, tab.current.theirs) == (
        lines[1],
        "mas Linocar",
        "mas Linacer",
    )
    assert tab.count.text() == "2 suspicious texts, the worst first"
    qtbot.waitUntil(lambda: tab.model.index(0, CROP).data(Qt.ItemDataRole.DecorationRole) is not None)


def test_1_keeps_the_text_for_good(
    tab: SuspectsTab, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    press(Key.Key_1)
    assert tab.current.line_id == lines[2]
    assert get_entry(project, lines[1]).text == "mas Linocar"
    tab.reload()
    qtbot.waitUntil(lambda: tab._looking.current is None)
    assert tab.model.rowCount() == 1


def test_2_takes_the_models_text_and_undo_brings_the_label_back(
    tab: SuspectsTab, project: Project, lines: list[int]
) -> None:
    press(Key.Key_2)
    assert get_entry(project, lines[1]).text == "mas Linacer"
    assert tab.current.line_id == lines[2]
    press(Key.Key_Z, Modifier.ControlModifier)
    assert get_entry(project, lines[1]).text == "mas Linocar"


def test_an_edited_text_is_saved_by_enter(tab: SuspectsTab, project: Project, lines: list[int]) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "12")
    press(Key.Key_Return)
    assert get_entry(project, lines[1]).text == "mas Linocar12"
    assert QApplication.focusWidget() is tab.view


def test_escape_leaves_the_field_without_saving(tab: SuspectsTab, project: Project, lines: list[int]) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xx")
    press(Key.Key_Escape)
    assert tab.card.field.text() == "mas Linocar"
    assert get_entry(project, lines[1]).text == "mas Linocar"


def test_what_was_typed_is_there_again_when_its_row_is(
    tab: SuspectsTab, desk: Desk, project: Project, lines: list[int]
) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xx")
    tab.view.selectRow(1)
    assert tab.card.field.text() == "icelle lecturo"
    tab.view.selectRow(0)
    assert tab.card.field.text() == "mas Linocarxx"
    tab.card.field.setFocus()
    press(Key.Key_Return)
    assert get_entry(project, lines[1]).text == "mas Linocarxx"


def test_leaving_a_row_tells_that_its_text_is_kept(tab: SuspectsTab) -> None:
    told: list[Message] = []
    tab.message_wanted.connect(told.append)
    tab.view.selectRow(1)
    assert told == []
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xx")
    tab.view.selectRow(0)
    assert "kept" in told[0].text


def inked_rows(field: QLineEdit) -> int:
    """How many rows of px the text of a field without the keyboard takes."""
    written = field.grab().toImage()
    text = field.text()
    field.clear()
    empty = field.grab().toImage()
    field.setText(text)
    rows = range(written.height())
    return sum(any(written.pixel(x, y) != empty.pixel(x, y) for x in range(written.width())) for y in rows)


def test_ideographs_are_not_cut_in_the_field(tab: SuspectsTab) -> None:
    field = tab.card.field
    field.setText("國圖")
    shown = inked_rows(field)
    field.setFixedHeight(3 * field.height())
    assert shown == inked_rows(field)


def test_enter_opens_the_line_in_transcribe(tab: SuspectsTab, desk: Desk, lines: list[int]) -> None:
    press(Key.Key_Return)
    assert isinstance(desk.window.place, TranscribePlace)
    assert desk.window.place.controller.current.line.id == lines[1]


def test_without_suspects_the_tab_says_what_to_do(tab: SuspectsTab) -> None:
    press(Key.Key_1)
    press(Key.Key_1)
    assert tab.empty.isVisible()
    assert "base model" in tab.empty.text.text()


def test_what_was_typed_outlives_the_window_until_it_is_saved(
    tab: SuspectsTab, desk: Desk, lines: list[int], qtbot: QtBot
) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xx")
    project = restart(desk, qtbot)
    again = show_suspects(desk, qtbot)
    assert again.current.line_id == lines[1]
    assert again.card.field.text() == "mas Linocarxx"
    assert get_entry(project, lines[1]).text == "mas Linocar"
    press(Key.Key_F2)
    press(Key.Key_Return)
    assert get_entry(project, lines[1]).text == "mas Linocarxx"
    assert unfinished_texts(project, "line.suspects") == {}


def test_what_was_typed_is_written_down_at_a_pause(
    tab: SuspectsTab, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "x")
    assert unfinished_texts(project, "line.suspects") == {}
    qtbot.waitUntil(lambda: unfinished_texts(project, "line.suspects") == {lines[1]: "mas Linocarx"})
    press(Key.Key_Backspace)  # what stands there as ever is nothing unfinished
    assert unfinished_texts(project, "line.suspects") == {}


def test_what_escape_gives_up_does_not_come_back(
    tab: SuspectsTab, desk: Desk, lines: list[int], qtbot: QtBot
) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "xx")
    press(Key.Key_Escape)
    restart(desk, qtbot)
    assert show_suspects(desk, qtbot).card.field.text() == "mas Linocar"


def test_looking_again_closes_no_search_and_takes_no_keys_from_it(
    tab: SuspectsTab, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    """Digits typed on would decide about texts."""
    press(Key.Key_K, Modifier.ControlModifier)
    searching = QApplication.focusWidget()
    assert isinstance(searching, QLineEdit)
    tab.reload()
    with qtbot.waitSignal(tab._looking.finished):
        QTest.keyClicks(searching, "line")
    assert QApplication.focusWidget() is searching
    press(Key.Key_2)
    assert searching.text() == "line2"
    assert [get_entry(project, line).text for line in lines] == list(LABELS)
