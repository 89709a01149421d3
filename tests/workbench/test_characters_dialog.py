"""The characters of a project in the window: what the base lacks, what is meant as another one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.document import Split, TranscriptionState
from core.storage.lines import get_entry, list_entries
from core.storage.pages import set_split
from core.storage.project import Project
from core.storage.transcriptions import save
from workbench.app import Desk
from workbench.training.characters import CharactersDesk
from workbench.training.characters_dialog import BUTTON, CROP, NOW, THEN
from workbench.training.place import TrainingPlace
from workbench.transcribe.place import TranscribePlace

Key = Qt.Key
TEXTS = ("ꝑ l’an", "d’or d'un", "１ 1 1")


@pytest.fixture
def lines(project: Project) -> list[int]:
    """The first page's lines, confirmed."""
    ids = [entry.line.id for entry in list_entries(project, 1)]
    for line, text in zip(ids, TEXTS, strict=True):
        save(project, line, text, state=TranscriptionState.CORRECTED, base_revision=0)
    return ids


@pytest.fixture
def place(lines: list[int], desk: Desk, qtbot: QtBot) -> TrainingPlace:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TrainingPlace))
    desk.window.show_place(number)
    return place


@pytest.fixture
def looked(place: TrainingPlace, qtbot: QtBot) -> CharactersDesk:
    place.characters_button.click()
    qtbot.waitUntil(lambda: settled(place.characters))
    return place.characters


def settled(desk: CharactersDesk) -> bool:
    return desk.jobs.current is None and desk.dialog.unknown.rowCount() > 0


def rows(table: object) -> list[list[str]]:
    return [
        [table.item(row, column).text() for column in range(table.columnCount()) if table.item(row, column)]  # type: ignore[attr-defined]
        for row in range(table.rowCount())  # type: ignore[attr-defined]
    ]


def test_unknown_characters_are_listed_with_code_name_and_count(looked: CharactersDesk) -> None:
    found = {row[0]: row[1:] for row in rows(looked.dialog.unknown)}
    assert found["ꝑ"] == ["U+A751", "latin small letter p with stroke through descender", "1", "1"]
    assert "does not know" in looked.dialog.summary.text()
    assert "left out" in looked.dialog.summary.text()


def test_only_characters_that_can_be_learned_are_said_to_be(
    place: TrainingPlace, project: Project, qtbot: QtBot
) -> None:
    set_split(project, [1], Split.TEST)
    place.characters_button.click()
    qtbot.waitUntil(lambda: settled(place.characters))
    summary = place.characters.dialog.summary.text()
    assert "only on test pages" in summary
    assert "It learns" not in summary


def test_the_examples_of_a_character_come_with_their_crops(
    looked: CharactersDesk, lines: list[int], qtbot: QtBot
) -> None:
    table = looked.dialog.lines
    assert rows(table)[0][NOW] == TEXTS[0]
    assert table.isColumnHidden(THEN)
    picture = table.model().index(0, CROP)
    qtbot.waitUntil(lambda: picture.data(Qt.ItemDataRole.DecorationRole) is not None)


def test_enter_opens_the_line_in_transcribe(looked: CharactersDesk, desk: Desk, lines: list[int]) -> None:
    looked.dialog.unknown.setFocus()
    QTest.keyClick(looked.dialog.unknown, Key.Key_Return)
    assert isinstance(desk.window.place, TranscribePlace)
    assert desk.window.place.controller.current.line.id == lines[0]
    assert not looked.dialog.isVisible()


def row_of(looked: CharactersDesk, written: str) -> int:
    return next(n for n, row in enumerate(rows(looked.dialog.pairs)) if row[0].startswith(written))


def test_a_pair_shows_what_would_become_of_its_lines(looked: CharactersDesk, lines: list[int]) -> None:
    dialog = looked.dialog
    dialog.pairs.selectRow(row_of(looked, "１"))
    assert [row[NOW:] for row in rows(dialog.lines)] == [["１ 1 1", "1 1 1"]]
    assert not dialog.lines.isColumnHidden(THEN)
    assert not dialog.unknown.selectedItems()
    dialog.unknown.selectRow(0)
    assert not dialog.pairs.selectedItems()


def test_its_button_normalises_and_the_message_undoes(
    looked: CharactersDesk, place: TrainingPlace, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    row = row_of(looked, "１")
    with qtbot.waitSignal(place.message_wanted) as told:
        looked.dialog.pairs.cellWidget(row, BUTTON).click()
    assert get_entry(project, lines[2]).text == "1 1 1"
    assert get_entry(project, lines[2]).state is TranscriptionState.CORRECTED
    qtbot.waitUntil(lambda: settled(looked))
    assert not [row for row in rows(looked.dialog.pairs) if row[0].startswith("１")]
    [message] = told.args
    assert message.text == "1 line changed."
    message.act()
    assert get_entry(project, lines[2]).text == TEXTS[2]
    qtbot.waitUntil(lambda: settled(looked))


def test_n_normalises_the_pair_in_hand(
    looked: CharactersDesk, place: TrainingPlace, project: Project, lines: list[int], qtbot: QtBot
) -> None:
    pairs = looked.dialog.pairs
    pairs.setFocus()
    pairs.selectRow(row_of(looked, "'"))
    with qtbot.waitSignal(place.message_wanted):
        QTest.keyClick(pairs, Key.Key_N)
    assert get_entry(project, lines[1]).text == "d’or d’un"
    qtbot.waitUntil(lambda: settled(looked))


def test_opening_changes_nothing(looked: CharactersDesk, project: Project, lines: list[int]) -> None:
    assert [get_entry(project, line).text for line in lines] == list(TEXTS)


def test_escape_closes(looked: CharactersDesk) -> None:
    QTest.keyClick(looked.dialog, Key.Key_Escape)
    assert not looked.dialog.isVisible()
