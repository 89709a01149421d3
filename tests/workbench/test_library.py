"""Filtering, sorting and deleting pages in the Library; caches that stay within their bounds."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import Page, PageProgress, Split, TranscriptionState
from core.exchange.imported import Skipped
from core.storage.changes import Change
from core.storage.drafts import save_drafts
from core.storage.lines import list_entries
from core.storage.pages import list_pages, page_progress, set_split
from core.storage.project import Project, create_project
from core.storage.transcriptions import save
from core.workflow.drafting import DraftReport
from core.workflow.importing import ImportReport
from tests.workbench.conftest import MODEL, read_as
from workbench.app import Desk
from workbench.jobs import JobRunner
from workbench.library import page_model
from workbench.library.page_filter import PageFilter, PageOrder, PageState, SplitChoice
from workbench.library.page_model import PageModel
from workbench.library.place import LibraryPlace
from workbench.library.reports import words_of
from workbench.scans.scan_reader import ScanKey
from workbench.scans.thumbnailer import Thumbnail
from workbench.settings import Settings


def page(number: int, split: Split | None = None, group: str = "") -> Page:
    return Page(number, number, f"scan_{number}.png", "", 10, 10, 0, str(number), split, group, "")


PAGES = [page(1, Split.TRAIN, "Utopie"), page(2, Split.TEST), page(3), page(4), page(12)]
PROGRESS = {
    1: PageProgress(lines=10, corrected=9, unreadable=1, doubt=0.1),
    2: PageProgress(lines=10, drafted=10, corrected=2, doubt=0.3, doubtful=4),
    3: PageProgress(lines=10, drafted=10, doubt=0.2),
    4: PageProgress(),
    12: PageProgress(lines=5, corrected=5),
}


def numbers(chosen: PageFilter) -> list[int]:
    return [each.number for each in chosen.arrange(PAGES, PROGRESS)]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (PageFilter(), [1, 2, 3, 4, 12]),
        (PageFilter(PageState.OPEN), [2, 3, 4]),
        (PageFilter(PageState.DOUBTFUL), [2]),
        (PageFilter(PageState.DONE), [1, 12]),
        (PageFilter(split=SplitChoice.TEST), [2]),
        (PageFilter(split=SplitChoice.UNDECIDED), [3, 4, 12]),
        (PageFilter(PageState.DONE, SplitChoice.TRAIN), [1]),
        (PageFilter(name="SCAN_1"), [1, 12]),
        (PageFilter(name="utopi"), [1]),
        (PageFilter(name=" 12 "), [12]),
        (PageFilter(order=PageOrder.DOUBT), [2, 3, 1, 4, 12]),
        (PageFilter(order=PageOrder.OPEN), [3, 2, 1, 4, 12]),
        (PageFilter(PageState.OPEN, order=PageOrder.DOUBT), [2, 3, 4]),
    ],
)
def test_pages_are_filtered_and_sorted(chosen: PageFilter, shown: list[int]) -> None:
    assert numbers(chosen) == shown


def test_a_filtered_model_is_sound(qtmodeltester: ModelTester) -> None:
    model = PageModel()
    qtmodeltester.check(model)
    model.show_pages(PAGES, PROGRESS)
    model.choose(PageFilter(PageState.OPEN, order=PageOrder.OPEN))
    assert [each.number for each in model.pages] == [3, 2, 4]
    model.show_pages(PAGES[1:], {})
    model.choose(PageFilter())
    assert [each.number for each in model.pages] == [2, 3, 4, 12]


def test_what_happens_in_the_background_moves_no_card() -> None:
    model = PageModel()
    model.choose(PageFilter(PageState.OPEN))
    model.show_pages(PAGES, PROGRESS)
    model.show_pages(PAGES, {2: PageProgress(lines=10, corrected=10)})
    assert [each.number for each in model.pages] == [2, 3, 4]
    assert model.progress(PAGES[1]).open == 0
    model.arrange()
    assert [each.number for each in model.pages] == [3, 4]


def test_thumbnails_stay_within_their_bound(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_model, "THUMBNAIL_BYTES", 3 * 400)
    model = PageModel()
    model.show_pages(PAGES, PROGRESS)
    for each in [*PAGES, PAGES[-1]]:
        image = QImage(QSize(10, 10), QImage.Format.Format_RGB32)
        model.add_thumbnail(Thumbnail(ScanKey(each.id, Path(), 0), image))
    assert model.bytes_used == 3 * 400
    assert [each.number for each in PAGES if not model.lacks_thumbnail(each)] == [3, 4, 12]


@pytest.fixture
def library(desk: Desk) -> LibraryPlace:
    found = next(place for place in desk.window.places if isinstance(place, LibraryPlace))
    desk.window.show_place(desk.window.places.index(found))
    return found


def shown(library: LibraryPlace) -> list[str]:
    return [each.name for each in library._model.pages]


def finish_page(project: Project, page_id: int) -> None:
    for entry in list_entries(project, page_id):
        save(project, entry.line.id, "fait", state=TranscriptionState.CORRECTED, base_revision=0)


def test_a_name_is_typed_and_the_page_opened_without_the_mouse(desk: Desk, library: LibraryPlace) -> None:
    QTest.keyClick(library.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "p2")
    assert shown(library) == ["p2.png"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert library.grid.hasFocus()
    QTest.keyClick(library.grid, Qt.Key.Key_Return)
    assert desk.window.place is not library
    desk.window.show_place(0)
    QTest.keyClick(library.grid, Qt.Key.Key_A, KEYS_SHIFT)
    assert shown(library) == ["p1.png", "p2.png"]


KEYS_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_escape_empties_the_name_and_leaves_the_field(library: LibraryPlace) -> None:
    library._find_page()
    QTest.keyClicks(QApplication.focusWidget(), "nothing")
    assert shown(library) == []
    assert library._none_fits.isVisible()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert shown(library) == ["p1.png", "p2.png"]
    assert library.grid.hasFocus()


def test_state_split_and_order_are_remembered_the_name_is_not(
    desk: Desk, library: LibraryPlace, settings: Settings, project: Project
) -> None:
    library.filters._states.setCurrentIndex(1)
    library.filters._splits.setCurrentIndex(4)
    library.filters._orders.setCurrentIndex(2)
    library.filters._name.setText("p1")
    again = LibraryPlace(library.workspace)
    assert again.filters.filter == PageFilter(PageState.OPEN, SplitChoice.UNDECIDED, "", PageOrder.OPEN)
    assert shown(again) == ["p1.png", "p2.png"]
    again.shut_down()


def test_pages_that_are_finished_leave_the_open_ones_when_one_comes_back(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    library._arrange(PageFilter(PageState.OPEN))
    desk.window.show_place(1)
    finish_page(project, 1)
    assert desk.workspace is not None
    desk.workspace.changes.announce(set_split(project, [1], Split.VAL))
    assert shown(library) == ["p1.png", "p2.png"]
    desk.window.show_place(0)
    assert shown(library) == ["p2.png"]


def test_a_changed_split_is_told_of_and_undo_gives_each_page_its_own_back(
    desk: Desk, library: LibraryPlace, project: Project
) -> None:
    assert desk.workspace is not None
    desk.workspace.changes.announce(set_split(project, [1], Split.VAL))
    library.refresh()
    library.grid.selectAll()
    picker = library.panel.findChild(QComboBox)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_End)
    assert [page.split for page in list_pages(project)] == [Split.TEST, Split.TEST]
    message = desk.window.strip.message
    assert message is not None
    assert (message.text, message.action) == ("For testing now: 2 pages.", "Undo")
    desk.window.strip.act()
    assert [page.split for page in list_pages(project)] == [Split.VAL, None]


def test_a_selection_stays_through_filtering(library: LibraryPlace) -> None:
    library.grid.setCurrentIndex(library._model.index(1))
    library._arrange(PageFilter(name="p2"))
    assert [each.name for each in library.selected_pages()] == ["p2.png"]
    library._arrange(PageFilter())
    rows = [index.row() for index in library.grid.selectionModel().selectedIndexes()]
    assert rows == [1]


def test_a_change_of_some_pages_is_shown_without_arranging_anew(
    desk: Desk, library: LibraryPlace, project: Project, qtbot: QtBot
) -> None:
    assert desk.workspace is not None
    line = list_entries(project, 2)[0].line.id
    with qtbot.waitSignal(library._model.dataChanged):
        desk.workspace.changes.announce(save_drafts(project, MODEL, {line: read_as("neu", 0)}))
    qtbot.waitUntil(lambda: library._model.progress(library._model.pages[1]) == page_progress(project)[2])


def delete(library: LibraryPlace, runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.finished):
        QTest.keyClick(library.grid, Qt.Key.Key_Delete)


def test_deleting_keeps_the_pages_that_people_wrote_on(
    desk: Desk, library: LibraryPlace, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    finish_page(project, 1)
    scan = project.folder / list_pages(project)[1].file
    library.grid.selectAll()
    library.grid.setFocus()
    assert desk.workspace is not None
    delete(library, desk.workspace.jobs, qtbot)
    assert "One page carries text" in asked[0]
    assert [each.name for each in list_pages(project)] == ["p1.png"]
    assert not scan.exists()
    qtbot.waitUntil(lambda: shown(library) == ["p1.png"])
    assert desk.window.strip.message is not None
    assert "1 page deleted. One page carries text" in desk.window.strip.message.text


def test_pages_with_text_are_not_even_asked_about(
    desk: Desk, library: LibraryPlace, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked"))
    finish_page(project, 2)
    library.grid.setCurrentIndex(library._model.index(1))
    library.delete_selected()
    assert desk.window.strip.message is not None
    assert "Nothing was deleted" in desk.window.strip.message.text
    assert len(list_pages(project)) == 2


def test_nothing_is_deleted_when_the_answer_is_no(
    library: LibraryPlace, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Cancel)
    library.grid.setCurrentIndex(library._model.index(0))
    library.delete_selected()
    assert len(list_pages(project)) == 2


def test_an_empty_library_takes_its_keys_and_the_pages_take_them_when_they_come(
    qtbot: QtBot, settings: Settings, tmp_path: Path, data: Path
) -> None:
    desk = Desk(settings)
    desk.show(create_project(tmp_path / "new"))
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    library = desk.window.place
    assert isinstance(library, LibraryPlace)
    assert library.isAncestorOf(QApplication.focusWidget())
    scans = [data / "pages" / name for name in ("will_AN_0218.jpg", "siku_b6_025.png")]
    told = []
    library.message_wanted.connect(lambda message: told.append((message, len(library.selected_pages()))))
    library.take_files(scans)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][1] == 2  # who reads that two pages came can act on both
    assert library.grid.hasFocus()
    desk.window.close()


def test_drafting_where_no_line_is_open_says_so() -> None:
    words = words_of(DraftReport(MODEL, 0, 0.0, 0.0, (), Change()))
    assert words == (
        "Nothing to draft: no line there is open. On pages without lines, find the lines first.",
        [],
    )


def test_lines_that_could_not_be_read_are_no_files_and_their_scan_is_named_once() -> None:
    gone = tuple(Skipped(Path("p1.png"), "the file does not exist") for _ in range(24))
    words, reasons = words_of(DraftReport(MODEL, 22, 5.0, 4.4, gone, Change())) or ("", [])
    assert words.endswith("24 lines could not be read.")
    assert reasons == ["p1.png: the file does not exist"]
    words, _ = words_of(ImportReport(1, 0, 0, gone[:1], Change())) or ("", [])
    assert words.endswith("1 file could not be taken.")
