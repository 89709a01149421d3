"""Review by its keys: queue, accepting, auditing."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.changes import Change
from core.storage.lines import get_entry, list_entries
from core.storage.project import Project, create_project
from core.storage.transcriptions import save
from core.workflow.queueing import Order
from core.workflow.sureness import Laws
from tests.workbench.restarting import restart, show
from workbench.app import Desk
from workbench.frame.key_sheet import hints_of
from workbench.review import doubt_keeper
from workbench.review.place import ReviewPlace
from workbench.review.queue_model import CROP, QueueModel
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def press(code: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), code, modifier)


@pytest.fixture
def place(desk: Desk, qtbot: QtBot) -> ReviewPlace:
    """Review in front, the index built."""
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ReviewPlace))
    desk.window.show_place(number)
    qtbot.waitUntil(lambda: place.keeper.index is not None and place.looking.current is None)
    return place


def finish(project: Project, line_id: int, text: str) -> Change:
    save(project, line_id, text, state=TranscriptionState.CORRECTED, base_revision=0)
    page = get_entry(project, line_id).line.page_id
    return Change(pages=frozenset({page}), lines=frozenset({line_id}))


def shown(place: ReviewPlace) -> list[str]:
    model = place.queue.view.lines
    return [model.line(row).text for row in range(model.rowCount())]


def test_the_queue_model_is_sound(qtmodeltester: ModelTester, place: ReviewPlace) -> None:
    model = QueueModel(lambda _line: None)
    index = place.keeper.index
    model.show(len(index), lambda first, count: index.lines(Order.PAGE, first=first, count=count))
    qtmodeltester.check(model)


def test_doubtful_lines_of_all_pages_stand_on_top(place: ReviewPlace) -> None:
    assert set(shown(place)[:2]) == {"liure ſuiuãt", "de la ville"}
    assert place.queue.count.text() == "5 open lines"


def test_enter_opens_the_selected_line_in_transcribe(place: ReviewPlace, desk: Desk) -> None:
    press(Key.Key_Down)
    line = place.queue.view.current
    press(Key.Key_Return)
    transcribe = desk.window.place
    assert isinstance(transcribe, TranscribePlace)
    assert transcribe.controller.current.line.id == line.line_id


def test_a_change_of_many_pages_is_taken_in_behind_the_window(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    line = list_entries(project, 1)[0].line.id
    change = finish(project, line, "liure ſuiuant")
    many = Change(pages=frozenset(range(1, 10)), lines=change.lines)
    with qtbot.waitSignal(place.looking.finished):
        desk.workspace.changes.announce(many)
    qtbot.waitUntil(lambda: place.queue.count.text() == "4 open lines")


def test_closing_the_project_while_drafts_are_compared_leaves_nothing_running(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def compare(_project: Project) -> Laws:
        begun.set()
        ended.wait(20)
        return {}

    monkeypatch.setattr(doubt_keeper, "learned_laws", compare)
    change = finish(project, list_entries(project, 1)[0].line.id, "liure ſuiuant")
    many = Change(pages=frozenset(range(1, 10)), lines=change.lines)
    desk.workspace.changes.announce(many)
    qtbot.waitUntil(begun.is_set)
    desk.workspace.changes.announce(many)
    begun.clear()
    threading.Timer(0.1, ended.set).start()
    desk.close_project()
    qtbot.wait(100)
    assert not begun.is_set()


def test_a_key_changes_the_order(place: ReviewPlace) -> None:
    press(Key.Key_O)
    assert shown(place) == ["liure ſuiuãt", "mas Linacer", "icelle lecture", "de la ville", "comme pour"]
    assert place.queue.view.currentIndex().row() == 0


def test_a_line_that_is_finished_leaves_and_the_selected_one_stays(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    press(Key.Key_O)
    press(Key.Key_Down)
    press(Key.Key_Down)
    first = place.queue.view.lines.line(0)
    desk.workspace.changes.announce(finish(project, first.line_id, "liure"))
    qtbot.waitUntil(lambda: place.queue.view.lines.rowCount() == 4)
    assert place.queue.view.current.text == "icelle lecture"


def test_pictures_of_lines_in_sight_arrive(place: ReviewPlace, qtbot: QtBot) -> None:
    model = place.queue.view.lines
    qtbot.waitUntil(lambda: all(isinstance(model.index(row, CROP).data(1), QImage) for row in range(5)))


def test_an_empty_queue_says_what_to_do(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    for page in (1, 2):
        for entry in list_entries(project, page):
            desk.workspace.changes.announce(finish(project, entry.line.id, "x"))
    qtbot.waitUntil(lambda: place.queue.empty.isVisible())
    assert "Suspects" in place.queue.empty.text.text()


def test_a_project_without_lines_is_told_so_under_queue_and_accept(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    with create_project(tmp_path / "Empty") as project:
        desk = Desk(settings)
        desk.show(project)
        desk.window.show()
        number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ReviewPlace))
        desk.window.show_place(number)
        for tab in (place.queue, place.accept):
            qtbot.waitUntil(lambda tab=tab: tab._keeper.index is not None)
            tab.refresh()
            assert tab.empty.title.text() == "No lines yet"
            assert "Import scans" in tab.empty.text.text()
        desk.window.close()


@pytest.mark.parametrize("points", [10.5, 14.0])
def test_the_limits_of_accept_do_not_widen_the_window(place: ReviewPlace, desk: Desk, points: float) -> None:
    desk.theme.resize_text(points)
    assert place.accept.bar.minimumSizeHint().width() < 1000


def accept_all(place: ReviewPlace, desk: Desk, qtbot: QtBot) -> None:
    press(Key.Key_2, Modifier.AltModifier)
    place.accept.below.setValue(3.0)
    place.accept.budget.setValue(1.0)
    place.accept.view.setFocus()
    with qtbot.waitSignal(desk.workspace.jobs.finished):
        press(Key.Key_Return, Modifier.ControlModifier)


def test_limits_show_what_would_be_accepted(place: ReviewPlace) -> None:
    press(Key.Key_2, Modifier.AltModifier)
    assert place.accept.empty.isVisible()
    assert not place.accept.button.isEnabled()
    place.accept.below.setValue(3.0)
    assert place.accept.view.lines.rowCount() == 3
    place.accept.budget.setValue(0.3)
    assert place.accept.view.lines.rowCount() == 1
    assert "<b>1</b> line, " in place.accept.summary.text()


def test_what_is_expected_rests_on_what_was_corrected(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    press(Key.Key_2, Modifier.AltModifier)
    place.accept.below.setValue(3.0)
    assert place.accept.view.lines.rowCount() == 3
    assert "No corrected line shows yet" in place.accept.evidence.text()
    sure = next(e for e in list_entries(project, 1) if e.text == "mas Linacer")
    desk.workspace.changes.announce(finish(project, sure.line.id, "mais Linoſer"))
    press(Key.Key_1, Modifier.AltModifier)
    press(Key.Key_2, Modifier.AltModifier)
    qtbot.waitUntil(lambda: place.accept.empty.isVisible())
    assert "such a draft had 3 wrong characters" in place.accept.evidence.text()


def test_accepting_is_one_key_and_one_undo(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    accept_all(place, desk, qtbot)
    states = [entry.state for page in (1, 2) for entry in list_entries(project, page)]
    assert states.count(TranscriptionState.CORRECTED) == 3
    assert desk.window.strip._text.text().startswith("3 lines are accepted;")
    assert desk.window.strip._text.text().endswith("under Audit: 1.")
    press(Key.Key_Z, Modifier.ControlModifier)
    states = [entry.state for page in (1, 2) for entry in list_entries(project, page)]
    assert states.count(TranscriptionState.CORRECTED) == 0


def test_an_auditor_sees_crop_and_draft_and_no_figures(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    accept_all(place, desk, qtbot)
    press(Key.Key_3, Modifier.AltModifier)
    audit = place.audit
    assert QApplication.focusWidget() is audit.card.field
    assert audit.card.field.text() == get_entry(project, audit.line_id).draft.text
    assert [audit.table.item(0, column).text() for column in (4, 5, 6)] == ["", "", ""]
    qtbot.waitUntil(lambda: audit.card.picture._image is not None)


def test_an_audit_without_errors_ends_with_an_upper_bound_and_one_line_proves_nothing(
    place: ReviewPlace, desk: Desk, qtbot: QtBot
) -> None:
    accept_all(place, desk, qtbot)
    press(Key.Key_3, Modifier.AltModifier)
    press(Key.Key_Return)
    assert "0 wrong of 11 characters" in desk.window.strip._text.text()
    assert place.audit.table.item(0, 7).text() == "too few lines to tell"
    assert place.audit.table.item(0, 6).text().endswith("%")
    assert not place.audit.card.isVisible()


def test_a_bad_audit_offers_to_reopen_all(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    accept_all(place, desk, qtbot)
    press(Key.Key_3, Modifier.AltModifier)
    audited = place.audit.line_id
    place.audit.card.field.setText("quite another text")
    press(Key.Key_Return)
    assert place.audit.table.item(0, 7).text() == "bad: reopen it"
    assert "The audit is bad" in desk.window.strip._text.text()
    press(Key.Key_R, Modifier.ControlModifier | Modifier.ShiftModifier)
    entries = [entry for page in (1, 2) for entry in list_entries(project, page)]
    assert [e.line.id for e in entries if e.transcription] == [audited]
    assert get_entry(project, audited).text == "quite another text"


def test_what_an_auditor_typed_outlives_skipping_and_the_window(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    accept_all(place, desk, qtbot)
    press(Key.Key_3, Modifier.AltModifier)
    line, accepted = place.audit.line_id, place.audit.card.field.text()
    QTest.keyClicks(QApplication.focusWidget(), "x")
    press(Key.Key_Return, Modifier.ControlModifier)
    assert place.audit.card.field.text().count("x") == 1
    restart(desk, qtbot)
    audit = show(desk, ReviewPlace).audit
    press(Key.Key_3, Modifier.AltModifier)
    assert audit.line_id == line
    assert sorted(audit.card.field.text()) == sorted(accepted + "x")
    press(Key.Key_Return)
    assert "x" in get_entry(desk.workspace.project, line).text


def test_an_audit_without_acceptances_says_where_they_are_made(place: ReviewPlace) -> None:
    press(Key.Key_3, Modifier.AltModifier)
    assert place.audit.empty.isVisible()
    assert "under Accept" in place.audit.empty.text.text()


def test_the_key_sheet_tells_the_keys_of_the_tab_in_front(place: ReviewPlace) -> None:
    def keys() -> set[str]:
        return {hint.keys for hint in hints_of(place.commands())}

    assert {"Enter", "O"} <= keys()
    assert "Ctrl+Enter" not in keys()
    press(Key.Key_2, Modifier.AltModifier)
    assert {"Enter", "Ctrl+Enter"} <= keys()
    assert "O" not in keys()


def test_the_window_closes_without_a_question_while_drafts_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_arguments: object) -> None:
        pytest.fail("a modal question")

    monkeypatch.setattr("workbench.letting_go.QMessageBox.question", asked)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ReviewPlace))
    desk.window.show_place(number)
    assert place.looking.current is not None
    assert desk.window.close()


def test_headings_of_the_queue_are_whole_at_any_text_size(place: ReviewPlace, desk: Desk) -> None:
    desk.theme.resize_text(18)
    desk.window.resize(1279, 800)
    header = place.queue.view.horizontalHeader()
    assert all(header.sectionSize(c) >= header.sectionSizeHint(c) for c in range(header.count()))


def test_with_every_line_corrected_nobody_is_told_to_allow_more_errors(
    place: ReviewPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    for line in [entry.line.id for page in (1, 2) for entry in list_entries(project, page)]:
        desk.workspace.changes.announce(finish(project, line, "done"))
    press(Key.Key_2, Modifier.AltModifier)
    qtbot.waitUntil(lambda: place.accept.empty.title.text() == "No open line has a draft")
