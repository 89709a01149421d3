"""A package of pages becomes a project: by key, by a drop on the start screen, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.exchange.package import Package, read_package
from core.jobs import Cancelled, CancelToken
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import Project, create_project
from core.workflow.receiving import take_pages
from core.workflow.second_reader import hand_out
from tests.workbench.conftest import TEXTS
from workbench import receiving
from workbench.app import Desk
from workbench.library.place import LibraryPlace
from workbench.main_window import MainWindow
from workbench.settings import Settings


@pytest.fixture
def package(project: Project, tmp_path: Path) -> Path:
    """Both pages of the project, for Lin."""
    file = tmp_path / "For Lin.lwpages"
    hand_out(project, file, list_pages(project), "Lin")
    return file


@pytest.fixture
def start(qtbot: QtBot, settings: Settings) -> Iterator[Desk]:
    """A window without a project."""
    desk = Desk(settings)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield desk
    desk.window.close()


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch, package: Path) -> list[str]:
    """Choose the package, then the folder that is proposed, which is noted."""
    folders: list[str] = []

    def choose_folder(_parent: object, _title: str, folder: str) -> tuple[str, str]:
        folders.append(folder)
        return folder, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(package), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_folder)
    return folders


def drop(window: MainWindow, path: Path) -> bool:
    """Drag a file over the window and let it go, if the window would have it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(90, 90), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(
            window, QDropEvent(QPointF(90, 90), Qt.DropAction.CopyAction, data, buttons, keys)
        )
    return enter.isAccepted()


def told(desk: Desk) -> str:
    """What the message strip says."""
    message = desk.window.strip.message
    return message.text if message is not None else ""


def assert_received(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    """The pages with their drafts are here, and the next step is told."""
    qtbot.waitUntil(lambda: "pages of “Utopie”" in told(desk), timeout=30_000)
    assert desk.workspace is not None
    made = desk.workspace.project
    assert made.folder == folder
    drafts = [[e.draft.text for e in list_entries(made, page.id) if e.draft] for page in list_pages(made)]
    assert drafts == [list(texts) for texts in TEXTS]
    assert desk.window.strip.message is not None
    assert desk.window.strip.message.text.startswith("2 pages of “Utopie” are here. Correct them in")
    library = desk.window.place
    assert isinstance(library, LibraryPlace)
    assert len(library.selected_pages()) == 2


def test_a_package_is_opened_by_key_from_the_start_screen(
    start: Desk, package: Path, proposed: list[str], qtbot: QtBot
) -> None:
    QTest.keyClick(
        start.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert_received(start, package.with_suffix(""), qtbot)
    assert proposed == [str(package.with_suffix(""))]


def test_a_window_over_pages_whose_receiving_was_broken_off_tells_what_is_missing(
    start: Desk, package: Path, tmp_path: Path
) -> None:
    cancel = CancelToken()
    with create_project(tmp_path / "partial") as partial, pytest.raises(Cancelled):
        take_pages(
            partial, package, read_package(package), cancel=cancel, progress=lambda _progress: cancel.cancel()
        )
    start.open(tmp_path / "partial")
    assert "Only 1 of the 2 pages that “Utopie” handed out are here" in told(start)


def test_a_package_dropped_on_the_start_screen_is_opened(
    start: Desk, package: Path, proposed: list[str], qtbot: QtBot
) -> None:
    assert drop(start.window, package)
    assert_received(start, package.with_suffix(""), qtbot)


def test_a_project_dropped_on_the_start_screen_is_opened_and_a_scan_is_not_taken(
    start: Desk, project: Project, qtbot: QtBot
) -> None:
    assert not drop(start.window, project.scans / "p1.png")
    project.close()
    assert drop(start.window, project.folder)
    qtbot.waitUntil(lambda: start.workspace is not None)


def error_of(desk: Desk) -> str:
    message = desk.window.strip.message
    return message.text if message is not None and message.kind == "error" else ""


def test_a_file_that_is_no_package_is_told_of_and_no_folder_is_asked_for(
    start: Desk, tmp_path: Path, proposed: list[str], qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.lwpages"
    broken.write_bytes(b"scans")
    start.open(broken)
    qtbot.waitUntil(lambda: "not a package of pages" in error_of(start))
    assert start.workspace is None
    assert proposed == []


def test_a_folder_that_is_not_empty_is_left_alone(
    start: Desk, package: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    start.open(package)
    qtbot.waitUntil(lambda: "not empty" in error_of(start))
    assert start.workspace is None


@dataclass
class SlowReading:
    """Packages are read only when ``go`` is set, or reading is cancelled."""

    begun: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowReading:
    slow = SlowReading()

    def read(file: Path, *, drafts: bool = True, cancel: CancelToken) -> Package:
        slow.begun.set()
        cancel.when_cancelled(slow.go.set)
        assert slow.go.wait(10)
        cancel.raise_if_cancelled()
        return read_package(file, drafts=drafts, cancel=cancel)

    monkeypatch.setattr(receiving, "read_package", read)
    return slow


def test_the_window_goes_on_while_a_package_is_read(
    start: Desk, package: Path, proposed: list[str], slow: SlowReading, qtbot: QtBot
) -> None:
    assert drop(start.window, package)
    assert start.window.strip.message is not None
    assert start.window.strip.message.text == "Reading For Lin.lwpages …"
    qtbot.wait(50)
    assert proposed == [], "nobody knows yet whether it is one"
    slow.go.set()
    assert_received(start, package.with_suffix(""), qtbot)


def test_reading_a_package_is_cancelled_from_the_message(
    start: Desk, package: Path, proposed: list[str], slow: SlowReading, qtbot: QtBot
) -> None:
    drop(start.window, package)
    assert start.window.strip.message is not None
    assert start.window.strip.message.act is not None
    start.window.strip.message.act()
    qtbot.waitUntil(lambda: start.window.strip.message is None)
    assert (start.workspace, proposed) == (None, [])


def test_a_package_that_is_read_when_the_window_closes_is_let_go(
    start: Desk, package: Path, proposed: list[str], slow: SlowReading, qtbot: QtBot
) -> None:
    drop(start.window, package)
    qtbot.waitUntil(slow.begun.is_set)
    start.window.close()
    assert slow.go.is_set(), "the reading was cancelled"
    qtbot.wait(50)
    assert proposed == []
