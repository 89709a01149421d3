"""Texts go out of the window: asked by key, written behind it, never over what is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.jobs import CancelToken
from core.storage.lines import list_entries
from core.storage.project import Project, open_project
from core.storage.transcriptions import save
from core.workflow.exporting import TextFormat, count_by_state, export_pages, report_before
from tests.workbench.test_accessibility import walked_by_tab
from workbench.app import Desk
from workbench.exporting.dialog import ExportDialog
from workbench.exporting.target import folder_of, free_folder
from workbench.jobs import JobRunner
from workbench.library.place import LibraryPlace
from workbench.place import Message
from workbench.settings import Settings

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
STATES = TranscriptionState


@pytest.fixture
def written(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A line in each state on the first page, a corrected one on the second; the home folder is empty."""
    first, second = (list_entries(project, page) for page in (1, 2))
    for entry, state in zip(first, (STATES.CORRECTED, STATES.REVIEWED, STATES.UNREADABLE), strict=True):
        save(project, entry.line.id, f"eſcrit {state}", state=state, base_revision=0)
    save(project, second[0].line.id, "de la ville", state=STATES.CORRECTED, base_revision=0)
    save(project, second[1].line.id, "com", state=STATES.OPEN, base_revision=0)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    return project


@pytest.fixture
def jobs(written: Project, desk: Desk) -> JobRunner:
    assert desk.workspace is not None
    return desk.workspace.jobs


def ask(desk: Desk, qtbot: QtBot) -> ExportDialog:
    """Open the dialog by its key, from whatever is in front, and wait for the counts."""
    QTest.keyClick(desk.window.place, Qt.Key.Key_X, KEYS)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ExportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    qtbot.waitUntil(lambda: dialog.formats.hasFocus() and dialog.amount.text() != "Counting lines …")
    return dialog


@pytest.fixture
def dialog(jobs: JobRunner, desk: Desk, qtbot: QtBot) -> Iterator[ExportDialog]:
    yield ask(desk, qtbot)
    assert jobs.current is None


def choose_format(dialog: ExportDialog, wanted: TextFormat) -> None:
    """Go through the list by the arrow keys."""
    QTest.keyClick(dialog.formats, Qt.Key.Key_Home)
    while dialog.format is not wanted:
        QTest.keyClick(dialog.formats, Qt.Key.Key_Down)


def message_of(desk: Desk) -> Message:
    assert desk.window.strip.message is not None
    return desk.window.strip.message


def library_of(desk: Desk) -> LibraryPlace:
    return next(place for place in desk.window.places if isinstance(place, LibraryPlace))


def test_every_format_is_offered_with_what_it_is_good_for(dialog: ExportDialog) -> None:
    offered = [dialog.formats.topLevelItem(row) for row in range(dialog.formats.topLevelItemCount())]
    assert {item.text(0) for item in offered} == {"PAGE XML", "ALTO", "Plain text", "Line data set"}
    assert len(offered) == len(TextFormat)
    assert all(item.text(1) for item in offered)
    dialog.reject()


def test_enter_writes_the_texts_of_all_pages_and_the_message_opens_their_folder(
    jobs: JobRunner, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    dialog = ask(desk, qtbot)
    choose_format(dialog, TextFormat.TXT)
    assert dialog.amount.text() == "3 lines of 2 pages"
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.formats, Qt.Key.Key_Return)
    folder = Path.home() / "Utopie-txt"
    assert {file.name: file.read_text("utf-8") for file in folder.iterdir()} == {
        "0001_p1.txt": "eſcrit corrected\neſcrit reviewed\n",
        "0002_p2.txt": "de la ville\n",
    }
    assert message_of(desk).text == f"3 lines of 2 pages written to {folder}."
    desk.window.strip.act()
    assert [Path(url.toLocalFile()) for url in opened] == [folder]


@pytest.mark.parametrize("wanted", [TextFormat.PAGE, TextFormat.ALTO, TextFormat.JSONL])
def test_every_format_is_written_with_what_belongs_to_it(
    jobs: JobRunner, desk: Desk, qtbot: QtBot, wanted: TextFormat
) -> None:
    dialog = ask(desk, qtbot)
    choose_format(dialog, wanted)
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    names = {file.name for file in (Path.home() / f"Utopie-{wanted}").iterdir()}
    beside = {"0001_p1.png", "0001_p1.xml", "0002_p2.png", "0002_p2.xml"}
    assert names == ({"images", "labels.txt"} if wanted is TextFormat.JSONL else beside)


def test_a_scan_that_is_gone_is_told_of_and_the_texts_are_written(
    jobs: JobRunner, desk: Desk, written: Project, qtbot: QtBot
) -> None:
    (written.scans / "p2.png").unlink()
    dialog = ask(desk, qtbot)
    choose_format(dialog, TextFormat.PAGE)
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    folder = Path.home() / "Utopie-page"
    assert "de la ville" in (folder / "0002_p2.xml").read_text("utf-8")
    assert message_of(desk).text == (
        f"3 lines of 2 pages written to {folder}. "
        "The scan of one page could not be read: p2.png: the file does not exist."
    )


def test_escape_closes_and_nothing_is_written(dialog: ExportDialog) -> None:
    QTest.keyClick(dialog.folder, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert list(Path.home().iterdir()) == []


def test_the_amount_follows_pages_and_lines(jobs: JobRunner, desk: Desk, qtbot: QtBot) -> None:
    library = library_of(desk)
    library.grid.select_pages([2])
    dialog = ask(desk, qtbot)
    assert dialog.pages.currentText() == "Selected in the Library: 1 page"
    assert dialog.amount.text() == "1 line of 1 page"
    QTest.keyClick(dialog.pages, Qt.Key.Key_Up)
    amounts = []
    for _ in range(dialog.lines.count()):
        amounts.append(dialog.amount.text())
        QTest.keyClick(dialog.lines, Qt.Key.Key_Down)
    assert amounts == [
        "3 lines of 2 pages",
        "2 lines of 2 pages",
        "1 line of 1 page",
        "1 line of 1 page",
        "1 line of 1 page",
    ]
    dialog.reject()


def test_selected_pages_are_offered_from_elsewhere_but_not_proposed(
    jobs: JobRunner, desk: Desk, qtbot: QtBot
) -> None:
    library_of(desk).grid.select_pages([2])
    desk.window.show_place(4)
    dialog = ask(desk, qtbot)
    assert dialog.pages.currentText() == "All: 2 pages"
    QTest.keyClick(dialog.pages, Qt.Key.Key_Down)
    choose_format(dialog, TextFormat.TXT)
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.pages, Qt.Key.Key_Return)
    assert [file.name for file in (Path.home() / "Utopie-txt").iterdir()] == ["0002_p2.txt"]


def test_what_is_to_be_written_is_what_the_dialog_counted(written: Project, tmp_path: Path) -> None:
    counts = count_by_state(written, cancel=CancelToken())
    for number, state in enumerate([None, *STATES]):
        for pages in (None, [1], [2]):
            said = report_before(counts, state, pages)
            folder = tmp_path / f"out-{number}-{pages}"
            done = export_pages(written, folder, "txt", state=state, page_ids=pages, cancel=CancelToken())
            assert done == said
            assert done.lines == sum(file.read_text("utf-8").count("\n") for file in folder.iterdir())


def test_without_such_lines_the_button_is_off_and_says_why(
    project: Project, desk: Desk, qtbot: QtBot
) -> None:
    dialog = ask(desk, qtbot)
    assert dialog.amount.text() == "0 lines of 0 pages"
    assert not dialog.export.isEnabled()
    assert dialog.problem.text().startswith("These pages have no such line.")
    QTest.keyClick(dialog.formats, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()


def test_a_folder_that_holds_something_is_refused_by_name(dialog: ExportDialog) -> None:
    used = Path.home() / "old"
    used.mkdir()
    (used / "mine.txt").write_text("mine")
    dialog.folder.setText(str(used))
    assert not dialog.export.isEnabled()
    assert "is not empty" in dialog.problem.text()
    assert "mine.txt" in dialog.problem.text()
    dialog.folder.clear()
    assert dialog.problem.text() == "Say into which folder the texts should go."
    dialog.folder.setText("new")
    assert dialog.problem.text() == ""
    assert dialog.export.isEnabled()
    dialog.reject()


def test_a_chosen_folder_that_is_used_gets_a_new_one_within(
    dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, empty = Path.home() / "used", Path.home() / "empty"
    (used / "Utopie-page").mkdir(parents=True)
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(used))
    dialog.choose.click()
    assert dialog.folder.text() == str(used / "Utopie-page-2")
    choose_format(dialog, TextFormat.ALTO)
    assert dialog.folder.text() == str(used / "Utopie-alto")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(empty))
    dialog.choose.click()
    choose_format(dialog, TextFormat.TXT)
    assert dialog.folder.text() == str(empty)
    dialog.reject()


def test_what_was_chosen_is_there_again(
    jobs: JobRunner, desk: Desk, qtbot: QtBot, settings: Settings
) -> None:
    first = ask(desk, qtbot)
    choose_format(first, TextFormat.TXT)
    QTest.keyClick(first.lines, Qt.Key.Key_Down)
    first.folder.setText(str(Path.home() / "sent" / "one"))
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(first.folder, Qt.Key.Key_Return)
    desk.window.activateWindow()  # a real desktop does that
    qtbot.waitUntil(desk.window.isActiveWindow)
    again = ask(desk, qtbot)
    assert (again.format, again.state) == (TextFormat.TXT, STATES.CORRECTED)
    assert again.folder.text() == str(Path.home() / "sent" / "Utopie-txt")
    again.reject()


def test_a_stopped_export_says_where_its_beginning_lies(
    jobs: JobRunner, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path.home() / "begun"

    def stopped(*_: object, cancel: CancelToken, **__: object) -> None:
        folder.mkdir()
        cancel.cancel()
        cancel.raise_if_cancelled()

    monkeypatch.setattr("workbench.exporting.text_export.export_pages", stopped)
    dialog = ask(desk, qtbot)
    dialog.folder.setText(str(folder))
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert message_of(desk).text.startswith(f"Stopped. The pages written so far are in {folder}")


def test_a_folder_that_cannot_be_made_is_told_of(jobs: JobRunner, desk: Desk, qtbot: QtBot) -> None:
    (Path.home() / "file").write_text("no folder")
    dialog = ask(desk, qtbot)
    dialog.folder.setText(str(Path.home() / "file" / "below"))
    with qtbot.waitSignal(jobs.finished):
        QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert message_of(desk).kind == "error"
    assert "cannot be written" in message_of(desk).text


def test_a_read_only_project_gives_its_texts(written: Project, settings: Settings, qtbot: QtBot) -> None:
    with open_project(written.folder, read_only=True) as reading:
        desk = Desk(settings)
        workspace = desk.show(reading)
        desk.window.show()
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)
        dialog = ask(desk, qtbot)
        choose_format(dialog, TextFormat.TXT)
        with qtbot.waitSignal(workspace.jobs.finished):
            QTest.keyClick(dialog.formats, Qt.Key.Key_Return)
        assert len(list((Path.home() / "Utopie-txt").iterdir())) == 2
        desk.window.close()


def test_the_librarys_button_and_the_search_lead_there(jobs: JobRunner, desk: Desk, qtbot: QtBot) -> None:
    button = library_of(desk).exporting.button
    assert button.toolTip() == "Export texts … (Ctrl+Shift+X)"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ExportDialog))
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    desk.window.activateWindow()
    desk.window.show_place(1)
    desk.window.open_palette()
    QTest.keyClicks(desk.window._palette._field, "export texts")
    qtbot.waitUntil(lambda: desk.window._palette._list.model().rowCount() > 0)
    QTest.keyClick(desk.window._palette._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ExportDialog))
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)


def test_without_a_project_there_is_nothing_to_export(desk: Desk) -> None:
    command = next(c for c in desk.window._own.commands if c.name == "window.export-texts")
    assert command.action.isEnabled()
    desk.close_project()
    assert not command.action.isEnabled()


def test_tab_reaches_every_field_and_each_says_what_it_is(dialog: ExportDialog) -> None:
    assert walked_by_tab(dialog) == [
        dialog.formats,
        dialog.pages,
        dialog.lines,
        dialog.folder,
        dialog.choose,
        dialog.cancel,
        dialog.export,
    ]
    dialog.reject()


def test_folders_are_read_as_people_write_them(written: Project) -> None:
    home = Path.home()
    assert folder_of("  ") is None
    assert folder_of("out") == folder_of("~/out") == home / "out"
    assert folder_of("~") == home
    assert folder_of(f" {home / 'a b'} ") == home / "a b"
    (home / "x").mkdir()
    assert free_folder(home, "x") == home / "x-2"
