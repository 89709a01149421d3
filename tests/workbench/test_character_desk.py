"""The palette, warnings and keys of one's own, in the real window with real keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.characters.census import Census, ModelCharacters
from core.characters.findings import FindingKind
from core.errors import KnownError
from core.storage.lines import get_entry
from tests.workbench.conftest import TEXTS
from tests.workbench.test_transcribe_keys import ALT, CTRL, SHIFT, compose, first_line, press
from workbench.settings import Settings
from workbench.transcribe.character_desk import SNIPPETS, CharacterDesk
from workbench.transcribe.character_palette import CharacterPalette
from workbench.transcribe.palette_groups import after_recent, groups_of, offered, with_recent
from workbench.transcribe.palette_model import KNOWN_ROLE, PaletteModel
from workbench.transcribe.place import TranscribePlace
from workbench.transcribe.snippets import (
    Snippet,
    before_cursor,
    checked,
    from_json,
    key_sequence,
    read_file,
    to_json,
    write_file,
)

NONE = Qt.KeyboardModifier.NoModifier
ASCII = frozenset(map(chr, range(33, 127)))


def known(extra: str = "", *, learns: bool = True) -> ModelCharacters:
    return ModelCharacters("small", tuple(sorted(ASCII | set(extra))), ASCII | set(extra), learns)


@pytest.fixture
def desk_of(transcribe: TranscribePlace, qtbot: QtBot) -> CharacterDesk:
    """The desk after its characters have been counted."""
    desk = transcribe.characters
    with qtbot.waitSignal(desk._runner.finished, timeout=20_000):
        desk.count()
    return desk


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


def give(desk: CharacterDesk, census: Census) -> None:
    desk.take(census, offered(groups_of(census)))


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


def test_the_count_tells_what_the_base_model_knows(desk_of: CharacterDesk) -> None:
    assert desk_of.census.shown["u"] > 1
    assert desk_of.census.model is not None
    assert len(desk_of.census.model.known) > 18_000


def test_an_unknown_character_is_told_under_the_line_and_marked(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    give(desk_of, Census(confirmed={"ꝑ": 12}, model=known("ſã")))
    note = transcribe.strips.extras.characters
    assert note.isHidden()
    transcribe.strips.editor.insert("ꝑ")
    assert note.isVisible()
    assert "it will learn it from 12 examples" in note.sentence
    assert note.sentence == note.toolTip()
    marked = transcribe.strips.editor.extraSelections()
    assert "ꝑ" in [each.cursor.selectedText() for each in marked]


def test_a_text_that_is_not_normal_is_told_and_saved_in_nfc(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    line = first_line(transcribe.controller)
    transcribe.strips.editor.replace_text("ome\u0303")
    assert [each.kind for each in desk_of.findings] == [FindingKind.NOT_NORMAL]
    press(transcribe, Qt.Key.Key_Return)
    assert get_entry(transcribe.controller.project, line).text == "omẽ"


def test_a_look_alike_of_another_script_is_told(transcribe: TranscribePlace, desk_of: CharacterDesk) -> None:
    transcribe.strips.editor.replace_text("p\u0430ge")
    assert "only looks like a" in transcribe.strips.extras.characters.sentence


def test_the_tool_tip_tells_of_the_character_under_the_mouse(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    editor = transcribe.strips.editor
    editor.replace_text("p\u0430ge")
    editor.select(1, 1)
    point = editor.cursorRect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(editor.viewport(), event)
    assert "only looks like a" in QToolTip.text()
    QToolTip.hideText()


def test_nothing_is_told_while_the_line_is_composed(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    give(desk_of, Census(model=known("ſã")))
    compose(transcribe.strips.editor, "ꝑ")
    assert desk_of.findings == ()


@pytest.mark.parametrize(
    ("written", "sequence"),
    [
        ("Alt+Shift+S", "Alt+Shift+S"),
        ("alt+s", "Alt+S"),
        ("F8", "F8"),
        ("Shift+S", ""),
        ("lng", ""),
        ("f", ""),
        ("fi", ""),
        ("a+b", ""),
        ("+", ""),
    ],
)
def test_a_key_is_told_from_an_abbreviation(written: str, sequence: str) -> None:
    assert key_sequence(written) == sequence


def test_a_key_of_ones_own_writes_its_text(transcribe: TranscribePlace) -> None:
    transcribe.characters._keep_snippets((Snippet("Alt+Shift+S", "ſ"),))
    press(transcribe, Qt.Key.Key_S, ALT, SHIFT)
    assert transcribe.strips.editor.toPlainText() == "ſ" + TEXTS[0][0]


def test_a_key_of_ones_own_does_nothing_while_something_is_composed(transcribe: TranscribePlace) -> None:
    transcribe.characters._keep_snippets((Snippet("Alt+Shift+S", "ſ"),))
    compose(transcribe.strips.editor, "shui")
    press(transcribe, Qt.Key.Key_S, ALT, SHIFT)
    compose(transcribe.strips.editor, "", "水")
    assert transcribe.strips.editor.toPlainText() == "水" + TEXTS[0][0]


def test_an_abbreviation_becomes_its_text_with_tab(transcribe: TranscribePlace) -> None:
    transcribe.characters._keep_snippets((Snippet("lng", "ſ"), Snippet("//", "¶")))
    editor = transcribe.strips.editor
    editor.replace_text("")
    QTest.keyClicks(editor, "a lng")
    press(transcribe, Qt.Key.Key_Tab)
    QTest.keyClicks(editor, "//")
    press(transcribe, Qt.Key.Key_Tab)
    assert editor.toPlainText() == "a ſ¶"
    assert editor.hasFocus()
    press(transcribe, Qt.Key.Key_Tab)
    assert not editor.hasFocus()


def test_an_abbreviation_is_a_whole_word_and_the_longest_wins() -> None:
    snippets = [Snippet("s", "ſ"), Snippet("xs", "ꝭ"), Snippet("Alt+S", "?")]
    assert before_cursor(snippets, "as") is None
    assert before_cursor(snippets, "a s") == snippets[0]
    assert before_cursor(snippets, "xs") == snippets[1]
    assert before_cursor(snippets, "Alt+S") is None


def test_a_key_that_belongs_to_a_command_is_refused_with_its_name(
    transcribe: TranscribePlace, qtbot: QtBot, settings: Settings
) -> None:
    desk = transcribe.characters
    desk.open_dialog()
    dialog = desk.dialog
    qtbot.waitUntil(dialog.isVisible)
    dialog.table.item(0, 0).setText("Ctrl+D")
    dialog.table.item(0, 1).setText("ſ")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert "Difference to the draft" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.table.item(0, 0).setText("Alt+Shift+S")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert dialog.isHidden()
    assert desk.snippets == (Snippet("Alt+Shift+S", "ſ"),)
    assert from_json(settings.choice(SNIPPETS)) == desk.snippets


@pytest.mark.parametrize(
    ("keys", "what"), [("Ctrl+C", "Copy"), ("Alt+1", "reading no. 1"), ("Ctrl+K", "Search")]
)
def test_keys_of_fields_and_of_the_window_are_taken_too(
    transcribe: TranscribePlace, keys: str, what: str
) -> None:
    with pytest.raises(KnownError, match=what):
        checked([Snippet(keys, "x")], transcribe.characters._taken_keys())


def test_the_dialog_always_has_rows_to_write_in_and_deletes_chosen_ones(transcribe: TranscribePlace) -> None:
    dialog = transcribe.characters.dialog
    dialog.open_with((Snippet("a", "b"), Snippet("c", "d")), {})
    assert dialog.table.rowCount() == 5
    dialog.table.item(4, 0).setText("x")
    assert dialog.table.rowCount() == 8
    dialog.table.selectRow(0)
    dialog.delete.click()
    assert [each.key for each in dialog.written() if each.key] == ["c", "x"]
    dialog.close()


@pytest.mark.parametrize(
    ("snippets", "told"),
    [
        ([Snippet("a", "")], "lacks its other half"),
        ([Snippet("a", "b"), Snippet("a", "c")], "there twice"),
        ([Snippet("a b", "c")], "blank"),
        ([Snippet("x" * 300, "c")], "too long"),
        ([Snippet("ctrl+d", "c")], "Difference"),
    ],
)
def test_snippets_that_cannot_be_used_are_refused(snippets: list[Snippet], told: str) -> None:
    with pytest.raises(KnownError, match=told):
        checked(snippets, {"Ctrl+D": "Difference"})


def test_snippets_travel_in_a_file_of_their_own(tmp_path: Path) -> None:
    snippets = (Snippet("Alt+Shift+S", "ſ"), Snippet("lng", "ſ t"))
    write_file(tmp_path / "keys.tsv", snippets)
    assert read_file(tmp_path / "keys.tsv") == snippets
    assert from_json(to_json(snippets)) == snippets
    assert from_json("{broken") == ()
    (tmp_path / "other.txt").write_text("no table\n", encoding="utf-8")
    with pytest.raises(KnownError, match="each line is a key, a tabulator, a text"):
        read_file(tmp_path / "other.txt")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(KnownError, match="UTF-8"):
        read_file(tmp_path / "bytes")


def test_a_file_of_snippets_is_imported_into_the_table(transcribe: TranscribePlace, tmp_path: Path) -> None:
    write_file(tmp_path / "keys.tsv", [Snippet("lng", "ſ")])
    dialog = transcribe.characters.dialog
    dialog.open_with((Snippet("a", "b"),), {})
    dialog.import_file(tmp_path / "keys.tsv")
    assert [each.key for each in dialog.written() if each.key] == ["a", "lng"]
    dialog.export_file(tmp_path / "all.tsv")
    assert len(read_file(tmp_path / "all.tsv")) == 2
    dialog.close()
