"""The second reader's tab: a real package goes out, comes back, and is decided about by keys."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.exchange.package import read_package
from core.jobs import CancelToken, ProgressSink
from core.storage.comments import add_comment
from core.storage.layout_edits import delete_lines, tag_lines
from core.storage.lines import get_entry, list_entries
from core.storage.pages import list_pages
from core.storage.project import Project, open_project
from core.storage.project_settings import note_setting
from core.storage.transcriptions import save
from core.workflow.receiving import receive
from core.workflow.second_reader import IDENTITY, hand_out, refuses_hand_out
from tests.workbench.restarting import restart, show
from tests.workbench.test_receiving import drop
from tests.workbench.test_review import press
from workbench.app import Desk
from workbench.jobs import JobCancelled
from workbench.place import Message
from workbench.review import second_tab
from workbench.review.hand_out_dialog import HandOutDialog
from workbench.review.place import ReviewPlace
from workbench.review.second_tab import SecondReaderTab
from workbench.transcribe.place import TranscribePlace

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> SecondReaderTab:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ReviewPlace))
    desk.window.show_place(number)
    press(Key.Key_6, Modifier.AltModifier)
    qtbot.waitUntil(lambda: place.looking.current is None)
    return place.second


def lines_of(project: Project) -> list[int]:
    return [entry.line.id for page in list_pages(project) for entry in list_entries(project, page.id)]


def write(project: Project, line: int, text: str) -> None:
    save(project, line, text, state=TranscriptionState.CORRECTED, base_revision=0)


@pytest.fixture
def back(tab: SecondReaderTab, project: Project, desk: Desk, qtbot: QtBot, tmp_path: Path) -> Iterator[Path]:
    """What Lin brought back: one text only she changed, two that both did."""
    with qtbot.waitSignal(desk.workspace.jobs.finished):
        tab.hand_out(list_pages(project)[:1], "Lin", tmp_path / "out.lwpages")
    with receive(tmp_path / "out.lwpages", tmp_path / "lin") as lin:
        for line, text in zip(lines_of(lin), ("liure", "Linaker", "lectvre"), strict=True):
            write(lin, line, text)
        hand_out(lin, tmp_path / "back.lwpages", list_pages(lin))
    for line, text in zip(lines_of(project)[1:3], ("Linacer", "lecture"), strict=True):
        write(project, line, text)
    yield tmp_path / "back.lwpages"


@pytest.fixture
def merged(tab: SecondReaderTab, back: Path, desk: Desk, qtbot: QtBot) -> SecondReaderTab:
    tab.merge(back)
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2 and tab._looking.current is None)
    return tab


def test_an_empty_tab_says_how_to_begin(tab: SecondReaderTab) -> None:
    assert tab.empty.isVisible()
    assert "Hand pages out" in tab.empty.text.text()


def test_a_merge_tells_what_came_of_it_and_how_far_both_agree(
    merged: SecondReaderTab, project: Project, desk: Desk
) -> None:
    assert "1 text taken, 0 the same on both sides, 2 to decide" in desk.window.strip._text.text()
    assert "2 lines to decide" in merged.count.text()
    assert "Lin and we: CER 14.29 %, 0 of 2 lines alike" in merged.count.text()
    assert get_entry(project, lines_of(project)[0]).text == "liure"


def test_what_came_beside_texts_is_told_and_marked_in_transcribe(
    tab: SecondReaderTab, project: Project, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    place = desk.window.place
    transcribe = next(each for each in desk.window.places if isinstance(each, TranscribePlace))
    for shown in (transcribe, place):
        desk.window.show_place(desk.window.places.index(shown))
    hand_out(project, tmp_path / "out.lwpages", list_pages(project), "Lin")
    with receive(tmp_path / "out.lwpages", tmp_path / "lin") as lin:
        tag_lines(lin, [lines_of(lin)[0]], "date")
        add_comment(lin, lines_of(lin)[0], "a long s?")
        delete_lines(lin, [lines_of(lin)[1]])
        hand_out(lin, tmp_path / "back.lwpages", list_pages(lin))
    with qtbot.waitSignal(desk.workspace.jobs.finished):
        tab.merge(tmp_path / "back.lwpages")
    told = desk.window.strip._text.text()
    assert "1 tag taken. 1 new comment." in told
    assert "1 line that was deleted there is off its page here, too" in told
    first, second = transcribe._model.rows
    assert (first.entry.line.tag, first.notes.comments) == ("date", 1)
    assert second.line_id == lines_of(project)[1]


def test_1_keeps_ours_2_takes_theirs(merged: SecondReaderTab, project: Project) -> None:
    press(Key.Key_1)
    press(Key.Key_2)
    _, second, third, *_ = lines_of(project)
    assert get_entry(project, second).text == "Linacer"
    assert get_entry(project, third).text == "lectvre"
    assert get_entry(project, third).transcription.author == "Lin"
    assert merged.empty.isVisible()
    press(Key.Key_Z, Modifier.ControlModifier)
    assert get_entry(project, third).text == "lecture"


def test_what_was_decided_and_undone_is_to_be_decided_again(
    merged: SecondReaderTab, project: Project, qtbot: QtBot
) -> None:
    _, second, third, *_ = lines_of(project)
    press(Key.Key_2)
    press(Key.Key_2)
    press(Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: merged.model.rowCount() == 1)
    press(Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: merged.model.rowCount() == 2 and merged._looking.current is None)
    assert merged.view.hasFocus()
    assert merged.current.line_id == second
    assert [get_entry(project, line).text for line in (second, third)] == ["Linacer", "lecture"]


def test_a_third_text_is_typed_and_confirmed(merged: SecondReaderTab, project: Project) -> None:
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "us")
    press(Key.Key_Return)
    assert get_entry(project, lines_of(project)[1]).text == "Linacerus"
    assert merged.model.rowCount() == 1


def test_pages_are_checked_as_they_are_typed_before_a_file_is_asked_for(
    tab: SecondReaderTab, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    file = tmp_path / "out.lwpages"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(Key.Key_H, Modifier.ControlModifier | Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), HandOutDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HandOutDialog)
    assert (dialog.note.text(), dialog.take.isEnabled()) == ("2 pages", True)
    QTest.keyClicks(dialog.pages, "77")
    QTest.keyClick(dialog.pages, Key.Key_Return)
    assert dialog.isVisible()
    assert "No page" in dialog.note.text()
    dialog.pages.clear()
    QTest.keyClicks(dialog.pages, "2")
    QTest.keyClicks(dialog.reader, "Lin")
    with qtbot.waitSignal(desk.workspace.jobs.finished):
        QTest.keyClick(dialog.reader, Key.Key_Return)
    package = read_package(file)
    assert (package.reader, [page.number for page in package.pages]) == ("Lin", [2])


@pytest.mark.parametrize("act", ["hand_out", "merge"])
def test_cancel_stops_handing_out_and_merging(
    act: str, tab: SecondReaderTab, project: Project, desk: Desk, qtbot: QtBot, monkeypatch: MonkeyPatch
) -> None:
    begun, stopped = Event(), Event()

    def long_work(*_: object, cancel: CancelToken, progress: ProgressSink) -> None:
        begun.set()
        cancel.when_cancelled(stopped.set)
        stopped.wait(5)
        cancel.raise_if_cancelled()

    monkeypatch.setattr(second_tab, act, long_work)
    if act == "merge":
        tab.merge(Path("in"))
    else:
        tab.hand_out(list_pages(project), "Lin", Path("out"))
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(desk.workspace.jobs.finished) as ended:
        desk.workspace.jobs.cancel()
    assert isinstance(ended.args[0], JobCancelled)


def test_of_two_packages_in_line_both_are_told(
    tab: SecondReaderTab, project: Project, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[Message] = []
    tab.message_wanted.connect(told.append)
    for reader in ("Lin", "Max"):
        tab.hand_out(list_pages(project), reader, tmp_path / f"{reader}.lwpages")
    qtbot.waitUntil(lambda: desk.workspace.jobs.current is None)
    assert [message.kind for message in told] == ["done", "done"]


def test_a_package_of_our_own_pages_that_is_dropped_on_the_window_is_merged(
    back: Path, tab: SecondReaderTab, desk: Desk, qtbot: QtBot
) -> None:
    desk.window.show_place(0)
    assert drop(desk.window, back)
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2 and tab._looking.current is None)
    assert isinstance(desk.window.place, ReviewPlace)
    assert tab.isVisible()
    assert "1 text taken" in desk.window.strip._text.text()


def test_a_package_of_another_project_is_opened_as_one(
    tab: SecondReaderTab, project: Project, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    hand_out(project, tmp_path / "foreign.lwpages", list_pages(project), "Lin")
    note_setting(project, IDENTITY, {"id": "another"})
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new"), ""))
    assert drop(desk.window, tmp_path / "foreign.lwpages")
    qtbot.waitUntil(lambda: desk.workspace is not None and desk.workspace.project.folder == tmp_path / "new")
    qtbot.waitUntil(lambda: desk.window.strip.message is not None)


def test_a_third_text_that_nobody_confirmed_outlives_the_window(
    merged: SecondReaderTab, desk: Desk, qtbot: QtBot
) -> None:
    press(Key.Key_Down)
    line = merged.current.line_id
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), " sic")
    restart(desk, qtbot)
    place = show(desk, ReviewPlace)
    press(Key.Key_6, Modifier.AltModifier)
    qtbot.waitUntil(lambda: place.second.model.rowCount() == 2 and place.looking.current is None)
    assert "sic" not in place.second.card.field.text()
    press(Key.Key_Down)
    assert place.second.current.line_id == line
    assert place.second.card.field.text().endswith(" sic")


@pytest.mark.parametrize("key", [Key.Key_H, Key.Key_M])
def test_a_read_only_project_refuses_before_it_asks_for_pages_or_files(
    project: Project, desk: Desk, qtbot: QtBot, monkeypatch: MonkeyPatch, key: Qt.Key
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: pytest.fail("asked for a file"))
    with open_project(project.folder, read_only=True) as reading:
        desk.show(reading)
        place = show(desk, ReviewPlace)
        press(Key.Key_6, Modifier.AltModifier)
        qtbot.waitUntil(lambda: place.looking.current is None)
        press(key, Modifier.ControlModifier | Modifier.ShiftModifier)
        message = desk.window.strip.message
        assert message is not None
        assert message.text == reading.read_only_reason
        assert desk.window.findChildren(HandOutDialog) == []
        desk.close_project()


def test_a_read_only_project_hands_out_where_nothing_is_to_be_noted(
    back: Path, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    with open_project(project.folder, read_only=True) as reading:
        assert refuses_hand_out(reading) == ""
        assert hand_out(reading, back.with_name("again.lwpages"), list_pages(reading)).home
