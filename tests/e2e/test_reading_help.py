"""Corrections of one page make the drafts of the next one better, before any fine-tuning."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.jobs import CancelToken
from core.storage.lines import get_entry, list_entries
from core.workflow.drafting import draft_lines
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from core.workflow.reading_help import learn_reading_help
from tests.book import SCANS, copy_of
from tests.e2e.conftest import LONG_MS
from workbench.jobs import Job, JobSucceeded
from workbench.transcribe.draft_help import FIRST_LESSON
from workbench.transcribe.place import TranscribePlace

BASE = "ppocr-v6-small"


@pytest.fixture(scope="module")
def book(book, tmp_path_factory):
    """The book with one page more: drafted, untouched."""
    folder, cancel = tmp_path_factory.mktemp("more") / "utopie", CancelToken()
    with copy_of(book, folder) as project:
        import_paths(project, [SCANS / "utopie_p27.jpg"], cancel=cancel)
        find_lines(project, [4], cancel=cancel)
        draft_lines(project, [4], cancel=cancel)
    return folder


@pytest.fixture
def transcribe(desk, qtbot):
    """The page that nobody has touched, in hand."""
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    desk.window.show_place(number)
    place.controller.open_project()
    place.controller.show_page(4)
    qtbot.waitUntil(place.strips.editor.hasFocus)
    return place


def test_lines_nobody_touched_are_read_better_and_the_machines_draft_stays(desk, transcribe, qtbot):
    project, controller = desk.workspace.project, transcribe.controller
    before = [entry.draft.text for entry in list_entries(project, 4)]
    learn_reading_help(project, BASE, cancel=CancelToken())
    controller.help._helps.clear()
    controller.help.learned.emit()
    qtbot.waitUntil(
        lambda: sum("ſ" in entry.draft.text for entry in controller.entries) > 10, timeout=LONG_MS
    )
    assert [entry.draft.text for entry in list_entries(project, 4)] == before
    controller.step_line(1)
    assert transcribe.strips.editor.toPlainText() == controller.current.draft.text


def test_the_line_in_hand_is_not_changed_under_the_eyes(desk, transcribe, qtbot):
    project, controller = desk.workspace.project, transcribe.controller
    shown = transcribe.strips.editor.toPlainText()
    learn_reading_help(project, BASE, cancel=CancelToken())
    controller.help._helps.clear()
    controller.help.learned.emit()
    qtbot.waitUntil(lambda: not controller.help._waiting, timeout=LONG_MS)
    assert transcribe.strips.editor.toPlainText() == shown


def test_confirming_lines_leads_to_a_lesson_by_itself(desk, transcribe, qtbot):
    controller = transcribe.controller
    with qtbot.waitSignal(controller.help.learned, timeout=LONG_MS):
        for _ in range(FIRST_LESSON):
            QTest.keyClick(transcribe.strips.editor, Qt.Key.Key_Return)


def test_a_lesson_waits_for_a_pause_after_the_last_confirmed_line(desk, transcribe, qtbot):
    help_ = transcribe.controller.help
    for _ in range(FIRST_LESSON + 2):
        help_.note_confirmed()
        assert help_._runner.current is None
    with qtbot.waitSignal(help_.learned, timeout=LONG_MS):
        pass


def test_lessons_that_bring_nothing_come_less_and_less_often(desk, transcribe):
    help_ = transcribe.controller.help
    waits = []
    for _ in range(7):
        help_._note_lesson(JobSucceeded(Job(BASE, lambda *_: None), None))
        waits.append(help_.lines_to_lesson)
    assert waits == [25, 50, 100, 200, 400, 400, 400]


def test_help_can_be_switched_off(desk, transcribe, qtbot):
    controller = transcribe.controller
    learn_reading_help(desk.workspace.project, BASE, cancel=CancelToken())
    controller.help._helps.clear()
    controller.help.learned.emit()
    qtbot.waitUntil(lambda: any("ſ" in entry.draft.text for entry in controller.entries), timeout=LONG_MS)
    transcribe._switch_help(False)
    stored = [entry.draft.text for entry in list_entries(desk.workspace.project, 4)]
    assert [entry.draft.text for entry in controller.entries] == stored
    assert not desk.workspace.settings.helps_drafts


def test_undo_after_reading_again_brings_back_what_was_typed(desk, transcribe):
    editor, controller = transcribe.strips.editor, transcribe.controller
    transcribe._switch_again(True)
    text = editor.toPlainText()
    line = controller.current.line.id
    editor.select(0, 1)
    QTest.keyClicks(editor, "Z")
    while editor.document().isUndoAvailable():
        QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == text
    assert get_entry(desk.workspace.project, line).transcription is None


def test_reading_again_is_off_until_somebody_wants_it(desk, transcribe):
    assert not transcribe.controller.line_help.reads_again
    transcribe._switch_again(True)
    assert transcribe.controller.line_help.reads_again
    assert desk.workspace.settings.reads_again
