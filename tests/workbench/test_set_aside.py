import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.document import LineShape, TranscriptionState
from core.storage import journal
from core.storage.layout_edits import delete_lines, merge_lines
from core.storage.lines import list_entries
from core.storage.pages import get_page, page_progress
from core.storage.project import Project
from core.storage.transcriptions import save
from tests.workbench.conftest import TEXTS
from tests.workbench.restarting import show
from tests.workbench.test_transcribe_keys import CTRL, press
from workbench.app import Desk
from workbench.jobs import JobSucceeded
from workbench.library.place import LibraryPlace
from workbench.place import Message
from workbench.review.place import ReviewPlace
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace

TURN_RIGHT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def library(desk: Desk) -> LibraryPlace:
    place = desk.window.place
    assert isinstance(place, LibraryPlace)
    place.grid.setFocus()
    return place


def turn(library: LibraryPlace, *rows: int) -> None:
    library.refresh()
    library.grid.select_pages([library._model.pages[row].id for row in rows])
    QTest.keyClick(library.grid, Qt.Key.Key_Right, TURN_RIGHT)


def moved(shape: LineShape, right: float, down: float) -> LineShape:
    return LineShape(tuple((x + right, y + down) for x, y in shape.polygon), shape.direction)


def told(desk: Desk) -> str:
    message = desk.window.strip.message
    return message.text if message else ""


def drafted(project: Project) -> int:
    return sum(progress.drafted for progress in page_progress(project).values())


def test_turning_a_page_tells_how_many_drafts_went(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    before = drafted(project)
    turn(library, 0)
    assert told(desk) == "Page 1 was turned. The drafts of 3 lines were set aside."
    assert before - drafted(project) == 3


def test_drafts_of_lines_that_are_off_the_page_are_not_counted(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    first, *_ = list_entries(project, 1)
    desk.workspace.changes.announce(delete_lines(project, [first.line.id]))
    turn(library, 0, 1)
    assert told(desk) == "2 pages were turned. The drafts of 4 lines were set aside."


def test_turning_once_more_takes_no_draft_and_says_nothing(desk: Desk, library: LibraryPlace) -> None:
    turn(library, 0)
    desk.window.strip.hide()
    turn(library, 0)
    assert told(desk) == ""


def test_drafting_again_is_offered_and_done_from_the_message(
    desk: Desk, library: LibraryPlace, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[int]] = []
    monkeypatch.setattr(
        "workbench.set_aside.draft_lines", lambda _project, pages, **_given: asked.append(pages)
    )
    turn(library, 1)
    assert desk.window.strip.message.action == "Draft again"
    with qtbot.waitSignal(desk.workspace.jobs.finished) as finished:
        desk.window.strip.act()
    assert isinstance(finished.args[0], JobSucceeded)
    assert asked == [frozenset({2})]


def test_nothing_is_offered_where_every_line_has_its_text(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    for entry in list_entries(project, 1):
        save(project, entry.line.id, "right", state=TranscriptionState.CORRECTED, base_revision=0)
    turn(library, 0)
    assert told(desk) == "Page 1 was turned. The drafts of 3 lines were set aside."
    assert desk.window.strip.message.action == ""


def test_splitting_a_line_tells_that_its_draft_is_gone(
    transcribe: TranscribePlace, messages: list[Message]
) -> None:
    press(transcribe, Qt.Key.Key_Home)
    press(transcribe, Qt.Key.Key_Right)
    press(transcribe, Qt.Key.Key_Backslash, CTRL)
    assert len(transcribe.controller.entries) == len(TEXTS[0]) + 1
    assert [m.text for m in messages] == ["The line was split. The draft of one line was set aside."]
    assert messages[0].action == "Draft again"
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.controller.current.draft is not None


def test_joining_lines_tells_how_many_drafts_went(
    transcribe: TranscribePlace, messages: list[Message]
) -> None:
    press(transcribe, Qt.Key.Key_J, CTRL)
    assert messages[-1].text == "The lines were joined. The drafts of 2 lines were set aside."
    press(transcribe, Qt.Key.Key_J, CTRL)  # what was joined has no draft any more, the third line has one
    assert messages[-1].text == "The lines were joined. The draft of one line was set aside."


def test_an_outline_that_shows_the_same_picture_keeps_the_draft_and_says_nothing(
    transcribe: TranscribePlace, canvas: PageCanvas, messages: list[Message], project: Project
) -> None:
    entry = transcribe.controller.current
    edits, page = transcribe.controller.edits, get_page(project, entry.line.page_id)
    edits.reshape(entry.line.id, moved(entry.line.shape, 1, 0))
    assert messages == []
    edits.reshape(entry.line.id, moved(entry.line.shape, 60, page.height / 2))
    assert messages[-1].text == "The line has another outline. The draft of one line was set aside."


def test_drafts_are_shown_again_when_a_page_is_turned_back(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    before = list_entries(project, 1)
    turn(library, 0)
    library.grid.setFocus()
    QTest.keyClick(library.grid, Qt.Key.Key_Left, TURN_RIGHT)
    assert list_entries(project, 1) == before
    assert told(desk) == "", "nobody is told any more that they were set aside"


def test_undo_and_redo_tell_of_the_drafts_they_set_aside(
    desk: Desk, transcribe: TranscribePlace, canvas: PageCanvas, messages: list[Message], project: Project
) -> None:
    entry = transcribe.controller.current
    shape = moved(entry.line.shape, 60, get_page(project, entry.line.page_id).height / 2)
    transcribe.controller.edits.reshape(entry.line.id, shape)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert len(messages) == 1, "the draft is there again"
    assert told(desk) == "", "and nobody is told any more that it was set aside"
    press(transcribe, Qt.Key.Key_Z, TURN_RIGHT)
    assert messages[-1].text == "Done again: 1 line on page 1. The draft of one line was set aside."
    assert messages[-1].action == "Draft again"


def test_redo_in_review_tells_of_them_too(desk: Desk, project: Project, qtbot: QtBot) -> None:
    merge_lines(project, [entry.line.id for entry in list_entries(project, 1)])
    journal.undo(project)
    place = show(desk, ReviewPlace)
    qtbot.waitUntil(lambda: place.looking.current is None)
    place._redo()
    assert told(desk) == "Done again: 4 lines on page 1. The drafts of 3 lines were set aside."
