"""The palette of characters, in the real window with real keys."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.characters.census import Census, ModelCharacters
from tests.workbench.census import NONE
from tests.workbench.conftest import TEXTS
from tests.workbench.test_transcribe_keys import CTRL, SHIFT, compose, press
from workbench.settings import Settings
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.character_palette import CharacterPalette
from workbench.transcribe.palette_groups import after_recent, groups_of, offered, with_recent
from workbench.transcribe.palette_model import KNOWN_ROLE, PaletteModel
from workbench.transcribe.place import TranscribePlace


@pytest.fixture
def palette(desk_of: CharacterDesk, transcribe: TranscribePlace, qtbot: QtBot) -> CharacterPalette:
    """An open palette; the cursor is at the end of the line."""
    editor = transcribe.strips.editor
    editor.select(len(editor.toPlainText()), len(editor.toPlainText()))
    press(transcribe, Qt.Key.Key_Space, CTRL)
    qtbot.waitUntil(desk_of.palette.field.hasFocus)
    return desk_of.palette


def key(palette: CharacterPalette, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(palette.field, key, modifier)


def current(palette: CharacterPalette) -> str:
    return palette.model.offered[palette.grid.currentIndex().row()].char


def test_ctrl_space_opens_the_palette_beside_the_line_and_typing_searches(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    editor = transcribe.strips.editor
    line = editor.rect().translated(editor.mapTo(transcribe, editor.rect().topLeft()))
    assert not palette.geometry().intersects(line)
    QTest.keyClicks(palette.field, "long s")
    assert current(palette) == "ſ"
    assert "latin small letter long s" in palette._name.text()
    assert "U+017F" in palette._about.text()


def test_enter_writes_and_gives_the_keyboard_back(
    transcribe: TranscribePlace, palette: CharacterPalette, qtbot: QtBot
) -> None:
    QTest.keyClicks(palette.field, "U+A751")
    key(palette, Qt.Key.Key_Return)
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][0] + "ꝑ"
    assert palette.isHidden()
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)
    assert transcribe.controller.current.line.order == 0


def test_shift_enter_writes_and_the_palette_stays(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    QTest.keyClicks(palette.field, "U+A751")
    key(palette, Qt.Key.Key_Return, SHIFT)
    key(palette, Qt.Key.Key_Return, SHIFT)
    assert transcribe.strips.editor.toPlainText().endswith("ꝑꝑ")
    assert palette.isVisible()
    assert palette.field.hasFocus()


@pytest.mark.parametrize(("leave", "modifier"), [(Qt.Key.Key_Escape, NONE), (Qt.Key.Key_Space, CTRL)])
def test_escape_and_ctrl_space_close_without_writing(
    transcribe: TranscribePlace,
    palette: CharacterPalette,
    qtbot: QtBot,
    leave: Qt.Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    key(palette, leave, modifier)
    assert palette.isHidden()
    qtbot.waitUntil(transcribe.strips.editor.hasFocus)
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][0]


def test_arrows_walk_the_grid_by_cells_and_rows(palette: CharacterPalette) -> None:
    def row() -> int:
        return palette.grid.currentIndex().row()

    columns = palette.grid.viewport().width() // 44
    key(palette, Qt.Key.Key_Right)
    key(palette, Qt.Key.Key_Right)
    assert row() == 2
    key(palette, Qt.Key.Key_Down)
    assert row() == 2 + columns
    first, second = (palette.grid.visualRect(palette.model.index(n)) for n in (2, 2 + columns))
    assert (first.left(), first.bottom() + 1) == (second.left(), second.top())
    key(palette, Qt.Key.Key_Up)
    key(palette, Qt.Key.Key_Left)
    assert row() == 1
    key(palette, Qt.Key.Key_Up)
    assert row() == 0


def test_ctrl_page_down_goes_to_the_next_group_and_back(palette: CharacterPalette) -> None:
    titles = list(dict.fromkeys(each.group for each in palette.model.offered))
    key(palette, Qt.Key.Key_PageDown, CTRL)
    key(palette, Qt.Key.Key_PageDown, CTRL)
    assert palette.model.offered[palette.grid.currentIndex().row()].group == titles[2]
    key(palette, Qt.Key.Key_PageUp, CTRL)
    assert palette.model.offered[palette.grid.currentIndex().row()].group == titles[1]


def test_keys_of_the_place_do_not_act_while_the_palette_is_open(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    key(palette, Qt.Key.Key_PageDown)
    key(palette, Qt.Key.Key_U, CTRL)
    key(palette, Qt.Key.Key_F2)
    assert transcribe.controller.page.number == 1
    assert transcribe.controller.entries[0].transcription is None
    assert palette.isVisible()


def test_while_the_search_composes_keys_are_the_input_methods(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    QApplication.sendEvent(palette.field, QInputMethodEvent("shui", []))
    key(palette, Qt.Key.Key_Return)
    assert palette.isVisible()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("水")
    QApplication.sendEvent(palette.field, commit)
    assert current(palette) == "水"
    key(palette, Qt.Key.Key_Return)
    assert transcribe.strips.editor.toPlainText().endswith("水")


def test_ctrl_space_does_nothing_while_the_line_is_composed(transcribe: TranscribePlace) -> None:
    compose(transcribe.strips.editor, "shui")
    press(transcribe, Qt.Key.Key_Space, CTRL)
    assert transcribe.characters.palette.isHidden()


def test_a_combining_mark_joins_the_letter_before_the_cursor(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    transcribe.strips.editor.replace_text("ome")
    transcribe.strips.editor.select(3, 3)
    QTest.keyClicks(palette.field, "U+0303")
    assert palette.model.index(0).data() == "◌\u0303"
    key(palette, Qt.Key.Key_Return)
    assert transcribe.strips.editor.toPlainText() == "omẽ"
    assert transcribe.strips.editor.position == 3
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.strips.editor.toPlainText() == "ome"


def test_a_character_beyond_the_basic_plane_is_written_whole(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    QTest.keyClicks(palette.field, "U+20000")
    key(palette, Qt.Key.Key_Return, SHIFT)
    palette.field.clear()
    QTest.keyClicks(palette.field, "combining acute accent")
    key(palette, Qt.Key.Key_Return)
    assert transcribe.strips.editor.toPlainText().endswith("𠀀\u0301")


def test_what_was_used_last_comes_first_and_is_remembered(
    transcribe: TranscribePlace, palette: CharacterPalette, settings: Settings
) -> None:
    QTest.keyClicks(palette.field, "U+A751")
    key(palette, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_Space, CTRL)
    assert palette.model.offered[0].char == "ꝑ"
    assert palette.model.offered[0].group == "Used last"
    assert settings.choice("transcribe/characters").startswith("ꝑ")


def test_a_search_without_result_says_so_and_enter_writes_nothing(
    transcribe: TranscribePlace, palette: CharacterPalette
) -> None:
    QTest.keyClicks(palette.field, "qqqq zzz")
    assert palette.model.rowCount() == 0
    assert palette._name.text()
    key(palette, Qt.Key.Key_Return)
    assert transcribe.strips.editor.toPlainText() == TEXTS[0][0]


def test_a_click_elsewhere_closes_the_palette(
    transcribe: TranscribePlace, palette: CharacterPalette, qtbot: QtBot
) -> None:
    QTest.mouseClick(transcribe.strips.editor.viewport(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(palette.isHidden)


def test_groups_go_from_what_was_used_to_what_there_is() -> None:
    census = Census(
        confirmed={"ꝑ": 2, "é": 50, "e": 3},
        shown={"ꝑ": 4, "é": 60, "è": 7, "e": 9},
        model=ModelCharacters("small", ("a", "é", "字"), frozenset("aé字")),
    )
    groups = {group.title: group.chars for group in groups_of(census)}
    assert list(groups)[:2] == ["Rare in this project", "In this project"]
    assert groups["Rare in this project"] == ("ꝑ",)
    assert groups["In this project"] == ("é", "è", "ꝑ")
    assert groups["CJK Unified Ideographs"] == ("字",)
    assert "\ue8b3" in groups["Medieval (MUFI)"]
    assert "\u0303" in groups["Combining marks"]
    all_chars = [each.char for each in after_recent("ß", offered(groups_of(census)))]
    assert all_chars[0] == "ß"
    assert len(all_chars) == len(set(all_chars))


def test_recent_characters_are_few_and_each_stands_once() -> None:
    assert with_recent("abc", "c") == "cab"
    assert with_recent("abc", "d", most=3) == "dab"


def test_the_palettes_model_is_sound_and_tells_what_the_model_knows(qtmodeltester: ModelTester) -> None:
    model = PaletteModel()
    groups = groups_of(Census(shown={"é": 2, "ꝑ": 1}))
    model.show_characters(offered(groups), frozenset("é"))
    qtmodeltester.check(model)
    rows = {each.char: row for row, each in enumerate(model.offered)}
    assert model.index(rows["é"]).data(KNOWN_ROLE)
    assert not model.index(rows["ꝑ"]).data(KNOWN_ROLE)


def test_the_table_of_ideographs_is_read_for_an_ideograph_and_no_sooner() -> None:
    code = (
        "from core.characters.census import Census\n"
        "from core.characters.han import ideographs\n"
        "from core.characters.naming import name_of\n"
        "from workbench.transcribe.palette_groups import groups_of, offered\n"
        "offered(groups_of(Census())), name_of('ſ'), name_of('\\ue8b3')\n"
        "assert not ideographs.cache_info().currsize\n"
        "assert 'water' in name_of('水')\n"
        "assert ideographs.cache_info().currsize\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
