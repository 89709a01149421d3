import shutil
import threading
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from core.document import Split, TranscriptionState
from core.errors import KnownError
from core.jobs import Progress
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import Project, create_project, open_project
from core.storage.transcriptions import save
from resources import RESOURCES
from workbench import errors, follower
from workbench.app import Desk
from workbench.command import work_together
from workbench.frame import message_strip
from workbench.frame.finding import Finder
from workbench.frame.job_bar import describe, time_left
from workbench.frame.key_sheet import hints_of
from workbench.frame.status_line import StatusLine
from workbench.jobs import Job, JobProgress, JobRunner
from workbench.library.place import LibraryPlace
from workbench.place import Message, MessageKind, Target
from workbench.settings import Settings
from workbench.theme import Scheme
from workbench.transcribe.place import TranscribePlace


def library_of(desk: Desk) -> LibraryPlace:
    return next(place for place in desk.window.places if isinstance(place, LibraryPlace))


def test_without_a_project_there_is_a_start_screen(qtbot: QtBot, settings: Settings) -> None:
    desk = Desk(settings)
    qtbot.addWidget(desk.window)
    desk.window.show()
    assert desk.window.places == ()
    assert desk.window.place is None


def test_a_new_project_opens_and_is_remembered(qtbot: QtBot, settings: Settings, tmp_path: Path) -> None:
    desk = Desk(settings)
    qtbot.addWidget(desk.window)
    desk.window.new_wanted.emit(tmp_path / "new")
    assert desk.workspace is not None
    assert settings.recent_projects == [tmp_path / "new"]
    desk.close_project()
    with open_project(tmp_path / "new") as project:
        assert not project.read_only


def test_a_folder_that_is_no_project_is_told_of_and_nothing_else_happens(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    desk = Desk(settings)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.open(tmp_path)
    assert desk.workspace is None
    assert desk.window.strip.message is not None
    assert "not a Linewright project" in desk.window.strip.message.text


def test_a_second_window_opens_the_project_read_only(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    with create_project(tmp_path / "busy"):
        desk = Desk(settings)
        qtbot.addWidget(desk.window)
        desk.window.show()
        desk.open(tmp_path / "busy")
        assert desk.workspace is not None
        assert desk.workspace.project.read_only
        desk.close_project()


def test_a_window_that_only_reads_shows_what_the_other_one_writes_without_moving(
    project: Project, settings: Settings, qtbot: QtBot, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "LOOK_MS", 20)
    desk = Desk(settings)
    qtbot.addWidget(desk.window)
    desk.open(project.folder)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    desk.window.show_place(number)
    place.controller.step_line(1)
    first, second, *_ = (entry.line.id for entry in place.controller.entries)
    for line, text in ((first, "theirs"), (second, "theirs, too")):
        save(project, line, text, state=TranscriptionState.CORRECTED, base_revision=0)
    qtbot.waitUntil(
        lambda: [entry.text for entry in place.controller.entries][:2] == ["theirs", "theirs, too"]
    )
    assert place.controller.current.line.id == second
    assert place.strips.editor.toPlainText() == "theirs, too"
    qtbot.waitUntil(lambda: "2 of 5 lines" in desk.window.status._lines.text())
    desk.close_project()


def test_ctrl_and_a_number_go_to_a_place(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.place, TranscribePlace)
    QTest.keyClick(desk.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.window.place, LibraryPlace)


def test_going_to_and_fro_leaves_no_menus_behind(desk: Desk, qtbot: QtBot) -> None:
    bar = desk.window.menuBar()
    for number in (1, 0, 1, 0):
        desk.window.show_place(number)

    def titled() -> list[str]:
        """All but the one of Qt's own, for what has no room."""
        return [menu.title() for menu in bar.findChildren(QMenu) if menu.title()]

    qtbot.waitUntil(lambda: titled() == [action.text() for action in bar.actions()])


def test_no_two_commands_that_work_together_share_a_key(desk: Desk) -> None:
    commands = [*desk.window._own.commands, *(c for p in desk.window.places for c in p.commands())]
    for first, second in combinations(commands, 2):
        if work_together(first, second):
            shared = set(first.action.shortcuts()) & set(second.action.shortcuts())
            assert not shared, f"{first.name} and {second.name}: {shared}"


def test_commands_of_places_in_the_back_are_out_of_the_way(desk: Desk) -> None:
    transcribe = next(p for p in desk.window.places if isinstance(p, TranscribePlace))
    desk.window.show_place(0)
    assert not any(command.action.isVisible() for command in transcribe.commands())


def test_the_key_sheet_lists_the_keys_of_the_place(transcribe: TranscribePlace) -> None:
    keys = {hint.keys for hint in hints_of(transcribe.commands())}
    assert {"Enter", "Shift+Enter", "Ctrl+Enter", "F2", "Ctrl+U", "Ctrl+J", "F11"} <= keys


def test_counts_are_in_the_status_line(desk: Desk) -> None:
    assert desk.window.status._lines.text() == "0 of 5 lines corrected"


def test_the_palette_finds_pages_lines_and_commands(desk: Desk, project: Project) -> None:
    gone: list[Target] = []
    finder = Finder(project, lambda: desk.window._menus.commands, gone.append)
    kinds = {hit.kind: hit for hit in finder.find("p1")}
    assert kinds["Page"].title == "p1.png"
    [line] = [hit for hit in finder.find("Linacer") if hit.kind == "Line"]
    line.go()
    assert gone[0].line_id is not None
    assert any(hit.kind == "Command" for hit in finder.find("dark"))


def test_going_to_a_line_from_the_palette_takes_it_in_hand(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = desk.window._palette._field
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "comme")
    QTest.keyClick(field, Qt.Key.Key_Return)
    place = desk.window.place
    assert isinstance(place, TranscribePlace)
    assert place.controller.text == "comme pour"


def test_the_palette_says_that_nothing_was_found(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = desk.window._palette
    qtbot.waitUntil(palette._field.hasFocus)
    assert not palette._nothing.isVisible()
    QTest.keyClicks(palette._field, "qqqq")
    qtbot.waitUntil(palette._nothing.isVisible)
    QTest.keyClick(palette._field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("points", [10.5, 18.0])
def test_titles_of_places_and_names_of_pages_are_whole_at_any_text_size(desk: Desk, points: float) -> None:
    desk.theme.resize_text(points)
    for button in desk.window._frame._rail.findChildren(QToolButton):
        assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width() - 4
    grid = library_of(desk).grid
    high = grid.fontMetrics().height()
    picture = round(grid._delegate.width * 1.36)
    assert grid.visualRect(library_of(desk)._model.index(0)).height() >= picture + 30 + high


def test_what_is_told_of_a_project_goes_with_it(desk: Desk, project: Project) -> None:
    desk.window.show_message(Message("Paused.", "doubt", "Resume", lambda: pytest.fail("long closed"), None))
    desk.close_project()
    assert desk.window.strip.message is None
    desk.open(project.folder)
    assert desk.window.strip.message is None


def test_a_message_has_one_action_and_goes_away_with_it(desk: Desk) -> None:
    done: list[int] = []
    desk.window.show_message(Message("3 files could not be read", "doubt", "Show", lambda: done.append(1)))
    strip = desk.window.strip
    assert strip.isVisible()
    strip._action.click()
    assert done == [1]
    assert not strip.isVisible()


@pytest.mark.parametrize(("kind", "goes"), [("done", True), ("error", False)])
def test_what_is_done_is_told_until_one_goes_to_another_place(
    desk: Desk, qtbot: QtBot, monkeypatch: MonkeyPatch, kind: MessageKind, goes: bool
) -> None:
    monkeypatch.setattr(message_strip, "SEEN_MS", 20)
    desk.window.show_message(Message("said", kind, seconds=None))
    qtbot.wait(60)
    assert desk.window.strip.message
    desk.window.show_place(4)
    qtbot.wait(60)
    assert (desk.window.strip.message is None) == goes


def test_a_message_leaves_the_status_line_in_sight(desk: Desk) -> None:
    window = desk.window
    window.show_message(Message("3 files could not be read", "doubt"))
    window.resize(1100, 700)
    status, strip = window.status, window.strip
    assert strip.mapTo(window, strip.rect().bottomLeft()).y() < status.mapTo(window, QPoint(0, 0)).y()


def test_a_failed_job_is_told_of_in_the_strip(desk: Desk, qtbot: QtBot) -> None:
    assert desk.workspace is not None

    def fail(*_: object) -> None:
        raise KnownError("The scanner is on fire; put it out.")

    with qtbot.waitSignal(desk.workspace.jobs.finished):
        desk.workspace.jobs.start(Job("Scanning", fail))
    assert desk.window.strip.message is not None
    assert "on fire" in desk.window.strip.message.text


def test_progress_is_told_in_numbers_with_the_time_left() -> None:
    job = Job("Fine-tuning", lambda *_: None)
    assert describe(JobProgress(job, Progress(62, 100), 300, 183)) == "Fine-tuning 62 %, 3 min left"
    assert describe(JobProgress(job, Progress(99, 99), 300, 0.4)) == "Fine-tuning 100 %", (
        "it may go on for long"
    )
    assert time_left(7200) == "2 h 0 min left"


def test_a_bug_saves_the_work_and_shows_a_report(
    transcribe: TranscribePlace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[Exception] = []
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    monkeypatch.setattr(errors, "report_bug", shown.append)
    errors.install(lambda _error: None, transcribe.leave)
    import sys

    QTest.keyClicks(transcribe.strips.editor, "kept")
    error = RuntimeError("bug")
    sys.excepthook(RuntimeError, error, None)
    assert shown == [error]
    assert "kept" in transcribe.controller.entries[0].text


def test_settings_survive_a_restart(tmp_path: Path, qapp: object) -> None:
    first = Settings(tmp_path / "a.ini")
    first.scheme, first.text_points, first.zoom = Scheme.DARK, 12.5, 1.5
    first.remember_line(tmp_path, 7)
    first.flush()
    again = Settings(tmp_path / "a.ini")
    assert (again.scheme, again.text_points, again.zoom) == (Scheme.DARK, 12.5, 1.5)
    assert again.last_line(tmp_path) == 7


def test_the_library_shows_thumbnails(desk: Desk, qtbot: QtBot) -> None:
    library = library_of(desk)
    qtbot.waitUntil(lambda: not any(library._model.lacks_thumbnail(page) for page in library._model.pages))


def test_a_split_chosen_in_the_side_panel_is_stored(desk: Desk, project: Project) -> None:
    library = library_of(desk)
    library.grid.setCurrentIndex(library._model.index(0))
    library.panel.split_chosen.emit(Split.TEST)
    assert list_pages(project)[0].split is Split.TEST


def test_a_double_click_opens_the_page_in_transcribe(desk: Desk) -> None:
    library = library_of(desk)
    library._open(library._model.index(1))
    place = desk.window.place
    assert isinstance(place, TranscribePlace)
    assert place.controller.page is not None
    assert place.controller.page.number == 2


def test_dropped_files_are_imported_and_reported(
    desk: Desk, qtbot: QtBot, data: Path, tmp_path: Path
) -> None:
    assert desk.workspace is not None
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    scan = next(path for path in sorted((data / "pages").iterdir()) if path.suffix in (".jpg", ".png"))
    before = len(list_pages(desk.workspace.project))
    with qtbot.waitSignal(desk.workspace.jobs.finished, timeout=20000):
        library_of(desk).take_files([scan, broken])
    assert len(list_pages(desk.workspace.project)) == before + 1
    message = desk.window.strip.message
    assert message is not None
    assert message.action == "Show"


def test_the_demo_becomes_a_project_that_is_found_drafted_and_corrected(
    qtbot: QtBot, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = tmp_path / "demo"
    for part, name in (("scans", "utopie_p10.jpg"), ("corrections", "utopie_p10.xml")):
        (few / "demo" / part).mkdir(parents=True)
        shutil.copy(RESOURCES / "demo" / part / name, few / "demo" / part / name)
    monkeypatch.setattr("core.workflow.demo.RESOURCES", few)
    desk = Desk(settings, demo_folder=tmp_path / "Linewright demo")
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.window.demo_wanted.emit()
    workspace = desk.workspace
    assert workspace is not None
    jobs = workspace.jobs
    qtbot.waitUntil(lambda: jobs.current is None and jobs.waiting == 0, timeout=180000)
    [entries] = [list_entries(workspace.project, page.id) for page in list_pages(workspace.project)]
    assert sum(entry.state is TranscriptionState.CORRECTED for entry in entries) >= 14
    assert all(entry.draft for entry in entries if entry.transcription is None)
    desk.close_project()
    desk.window.demo_wanted.emit()
    assert desk.workspace is not None
    assert desk.workspace.jobs.current is None, "the second time the project is there already"
    desk.close_project()


def test_a_training_is_in_the_status_line_beside_other_work(qtbot: QtBot) -> None:
    runners = JobRunner(), JobRunner()
    line = StatusLine()
    qtbot.addWidget(line)
    line.watch(runners)
    line.show()
    training, work = line.bars
    release = threading.Event()
    with qtbot.waitSignal(runners[0].finished):
        runners[0].start(Job("Fine-tuning", lambda *_: release.wait(10)))
        qtbot.waitUntil(training.isVisible)
        assert training.text == "Fine-tuning …"
        assert not work.isVisible()
        release.set()
    assert not training.isVisible()
    for runner in runners:
        runner.shut_down()


def test_work_that_waits_for_other_work_is_told_in_the_status_line(qtbot: QtBot) -> None:
    runner = JobRunner()
    line = StatusLine()
    qtbot.addWidget(line)
    line.watch([runner])
    [bar] = line.bars
    release = threading.Event()
    runner.start(Job("Measuring", lambda *_: release.wait(10)))
    assert bar.waiting == ""
    runner.start(Job("Comparing", lambda *_: release.wait(10)))
    assert bar.waiting == "1 job waits"
    runner.start(Job("Drafting", lambda *_: None))
    assert bar.waiting == "2 jobs wait"
    release.set()
    qtbot.waitUntil(lambda: runner.current is None)
    assert bar.waiting == ""
    runner.shut_down()


def test_stopping_work_with_the_mouse_leaves_the_keyboard_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    assert desk.workspace is not None
    jobs, before = desk.workspace.jobs, desk.window.focusWidget()
    release = threading.Event()
    jobs.start(Job("Measuring", lambda *_: release.wait(10)))
    [bar] = [bar for bar in desk.window.status.bars if bar.isVisible()]
    qtbot.mouseClick(bar._stop, Qt.MouseButton.LeftButton)
    release.set()
    qtbot.waitUntil(lambda: jobs.current is None)
    assert before is not None
    assert desk.window.focusWidget() is before
