"""Keys of one's own and abbreviations, in the real window with real keys."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from core.errors import KnownError
from tests.workbench.conftest import TEXTS
from tests.workbench.restarting import restart, show
from tests.workbench.test_transcribe_keys import ALT, SHIFT, compose, press
from workbench.app import Desk
from workbench.settings import Settings
from workbench.transcribe.character_desk import BEGUN, SNIPPETS
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


@pytest.fixture
def giving_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Questions, all answered with a yes."""
    asked: list[str] = []

    def note(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", note)
    return asked


def test_escape_gives_new_rows_up_only_after_a_question(
    transcribe: TranscribePlace, qtbot: QtBot, giving_up: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = transcribe.characters.dialog
    dialog.open_with((Snippet("a", "b"),), {})
    qtbot.waitUntil(dialog.table.hasFocus)
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert giving_up == []
    dialog.open_with((Snippet("a", "b"),), {})
    qtbot.waitUntil(dialog.table.hasFocus)
    dialog.table.item(1, 0).setText("x")
    with monkeypatch.context() as refusing:
        refusing.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
        QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.table.item(1, 0).text() == "x"
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert "not kept" in giving_up[0]
    assert dialog.isHidden()


def test_what_is_being_typed_in_the_table_is_there_again_after_the_window_was_closed(
    transcribe: TranscribePlace, desk: Desk, qtbot: QtBot, giving_up: list[str], settings: Settings
) -> None:
    transcribe.characters._keep_snippets((Snippet("a", "b"),))
    transcribe.characters.open_dialog()
    dialog = transcribe.characters.dialog
    qtbot.waitUntil(dialog.table.hasFocus)
    dialog.table.item(1, 0).setText("lng")
    dialog.table.setCurrentCell(1, 1)
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "half a te")
    restart(desk, qtbot)
    assert giving_up == []
    again = show(desk, TranscribePlace).characters
    assert again.snippets == (Snippet("a", "b"),), "nothing was kept"
    again.open_dialog()
    assert again.dialog._rows() == [Snippet("a", "b"), Snippet("lng", "half a te")]
    assert again.dialog.problem.text() == "What you wrote here is not kept yet."
    QTest.mouseClick(again.dialog.keep, Qt.MouseButton.LeftButton)
    assert again.snippets == (Snippet("a", "b"), Snippet("lng", "half a te"))
    again.open_dialog()
    assert again.dialog.problem.text() == ""
    again.dialog.table.item(2, 0).setText("x")
    again.dialog.reject()
    again.open_dialog()
    assert again.dialog._rows() == [Snippet("a", "b"), Snippet("lng", "half a te")], "given up is given up"
    again.dialog.close()


def test_rows_are_written_down_at_a_pause_and_opening_the_dialog_once_more_keeps_them(
    transcribe: TranscribePlace, qtbot: QtBot, settings: Settings, giving_up: list[str]
) -> None:
    transcribe.characters.open_dialog()
    dialog = transcribe.characters.dialog
    dialog.table.item(0, 0).setText("lng")
    qtbot.waitUntil(lambda: from_json(settings.choice(BEGUN)) == (Snippet("lng", ""),))
    dialog.table.item(0, 1).setText("ſ")
    transcribe.characters.open_dialog()
    assert dialog._rows() == [Snippet("lng", "ſ")]
    dialog.close()
    assert settings.choice(BEGUN) == ""


@pytest.mark.usefixtures("giving_up")
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


@pytest.mark.usefixtures("giving_up")
def test_a_file_of_snippets_is_imported_into_the_table(transcribe: TranscribePlace, tmp_path: Path) -> None:
    write_file(tmp_path / "keys.tsv", [Snippet("lng", "ſ")])
    dialog = transcribe.characters.dialog
    dialog.open_with((Snippet("a", "b"),), {})
    dialog.import_file(tmp_path / "keys.tsv")
    assert [each.key for each in dialog.written() if each.key] == ["a", "lng"]
    dialog.export_file(tmp_path / "all.tsv")
    assert len(read_file(tmp_path / "all.tsv")) == 2
    dialog.close()


def test_a_full_disk_keeps_the_file_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "keys.tsv"
    write_file(file, [Snippet("lng", "ſ")])

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError, match="No space left on device"):
        write_file(file, [Snippet("et", "ꝫ")])
    assert read_file(file) == (Snippet("lng", "ſ"),)
