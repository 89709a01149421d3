"""A person's way through the real window: keys, real SQLite, a real training of a few steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.document import Split, TranscriptionState
from core.storage.lines import get_entry, list_entries
from core.storage.models import promoted_model
from core.storage.pages import list_pages, set_split
from core.storage.project import create_project
from core.training.config import preset, with_settings
from tests.book import PAGES, SCANS
from tests.e2e.conftest import LONG_MS, shown
from workbench.app import Desk

LIBRARY, TRANSCRIBE, TRAINING, COMPARISON, MODELS, REVIEW = range(6)


def place(desk, number):
    desk.window.show_place(number)
    return desk.window.places[number]


def key(desk, code, modifier=Qt.KeyboardModifier.NoModifier):
    target = QApplication.focusWidget() or desk.window
    QTest.keyClick(target, code, modifier)
    QApplication.processEvents()


@pytest.fixture
def transcribe(desk, qtbot):
    found = place(desk, TRANSCRIBE)
    found.controller.show_page(1)
    qtbot.waitUntil(found.strips.editor.hasFocus)
    return found


def stored(desk, line_id):
    return get_entry(desk.workspace.project, line_id)


def test_enter_stores_the_line_before_the_next_one_shows(desk, transcribe):
    line = transcribe.controller.current.line.id
    editor = transcribe.strips.editor
    editor.selectAll()
    editor.insert("Epiſtre nouuelle")
    key(desk, Qt.Key.Key_Return)
    assert (stored(desk, line).text, stored(desk, line).state) == (
        "Epiſtre nouuelle",
        TranscriptionState.CORRECTED,
    )
    assert transcribe.controller.current.line.id != line
    assert editor.toPlainText() == transcribe.controller.current.text


def test_keys_walk_skip_and_undo(desk, transcribe):
    first = transcribe.controller.current.line.id
    key(desk, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    second = transcribe.controller.current.line.id
    key(desk, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert transcribe.controller.current.line.id == first != second
    before = stored(desk, first).text
    transcribe.strips.editor.selectAll()
    transcribe.strips.editor.insert("changed")
    key(desk, Qt.Key.Key_Return)
    key(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stored(desk, first).text == before
    assert transcribe.controller.current.line.id == first
    key(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert stored(desk, first).text == "changed"


def test_composing_keys_belong_to_the_input_method(desk, transcribe):
    line = transcribe.controller.current.line.id
    editor = transcribe.strips.editor
    before = stored(desk, line)
    QApplication.sendEvent(editor, QInputMethodEvent("bei", []))
    key(desk, Qt.Key.Key_Return)
    assert transcribe.controller.current.line.id == line
    assert stored(desk, line) == before
    done = QInputMethodEvent("", [])
    done.setCommitString("北京")
    editor.selectAll()
    QApplication.sendEvent(editor, done)
    assert editor.toPlainText() == "北京"
    key(desk, Qt.Key.Key_Return)
    assert stored(desk, line).text == "北京"


def test_escape_returns_to_the_draft(desk, transcribe):
    entry = transcribe.controller.current
    transcribe.strips.editor.insert("xx")
    key(desk, Qt.Key.Key_Escape)
    assert transcribe.strips.editor.toPlainText() == entry.draft.text


def test_unconfirmed_text_is_stored_after_a_pause(desk, transcribe, qtbot):
    line = transcribe.controller.current.line.id
    transcribe.strips.editor.selectAll()
    transcribe.strips.editor.insert("half a li")
    qtbot.waitUntil(lambda: stored(desk, line).text == "half a li", timeout=4000)


def test_line_can_be_added_split_joined_and_deleted_by_hand(desk, transcribe):
    project, page = desk.workspace.project, transcribe.controller.page.id
    count = len(list_entries(project, page))
    text = transcribe.strips.editor.toPlainText()
    transcribe.strips.editor.select(len(text) // 2, len(text) // 2)
    key(desk, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    assert len(list_entries(project, page)) == count + 1
    key(desk, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert len(list_entries(project, page)) == count
    key(desk, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(list_entries(project, page)) == count - 1
    transcribe.canvas.start_drawing()
    QTest.mousePress(transcribe.canvas, Qt.MouseButton.LeftButton, pos=transcribe.canvas.rect().center())
    corner = transcribe.canvas.rect().center() + transcribe.canvas.rect().center() / 4
    QTest.mouseMove(transcribe.canvas, corner)
    QTest.mouseRelease(transcribe.canvas, Qt.MouseButton.LeftButton, pos=corner)
    assert len(list_entries(project, page)) == count


def test_crops_and_page_arrive_without_blocking(desk, transcribe, qtbot):
    line = transcribe.controller.current.line
    qtbot.waitUntil(lambda: transcribe._crops.has(line), timeout=5000)
    qtbot.waitUntil(lambda: transcribe.canvas.picture.image is not None, timeout=5000)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """On a new project without a page."""
    with shown(qtbot, create_project(tmp_path / "new"), tmp_path) as made:
        yield made


def test_from_an_empty_folder_to_a_comparison(window: Desk, qtbot: QtBot, tmp_path: Path):
    project = window.workspace.project
    library = place(window, LIBRARY)

    def idle():
        jobs = window.workspace.jobs
        return jobs.current is None and not jobs.waiting

    library.take_files([SCANS / f"{name}.jpg" for name in PAGES])
    qtbot.waitUntil(lambda: idle() and len(library.selected_pages()) == 3, timeout=LONG_MS)
    library.find_lines()
    qtbot.waitUntil(lambda: idle() and bool(list_entries(project, 3)), timeout=LONG_MS)
    library.draft()
    qtbot.waitUntil(lambda: idle() and list_entries(project, 1)[0].draft is not None, timeout=LONG_MS)

    transcribe = place(window, TRANSCRIBE)
    for page, split in zip(list_pages(project), PAGES.values(), strict=True):
        set_split(project, [page.id], split)
        transcribe.controller.show_page(page.id)
        for _ in range(4):
            transcribe.strips.editor.insert("e")
            transcribe.controller.confirm()

    training = place(window, TRAINING)
    assert training.button.isEnabled()
    few = with_settings(
        preset("default"), {"epochs": 1, "min_steps": 3, "batch_size": 2, "validations": 1, "replay": 0}
    )
    training.controller.start(few, None)
    with qtbot.waitSignal(training.controller.ended, timeout=LONG_MS) as ended:
        pass
    report, verdict = ended.args
    assert report is not None, verdict
    assert "wrong characters" in verdict
    assert len(training.controller.points) == report.outcome.steps
    training._use()
    if window.window.strip.message.action == "Use it all the same":  # three steps prove nothing
        window.window.strip.message.act()
    assert promoted_model(project).name == report.model.name

    comparison = place(window, COMPARISON)
    comparison.compare()
    qtbot.waitUntil(lambda: comparison.comparison is not None, timeout=LONG_MS)
    assert comparison.comparison.models == ("ppocr-v6-small", report.model.name)
    assert comparison.view.model().rowCount() == 4
    comparison.select_line(comparison.comparison.lines[0].line_id)
    comparison.saving.save_csv(tmp_path / "lines.csv")
    assert (tmp_path / "lines.csv").exists()
    comparison._open_current()
    assert window.window.place.name == "transcribe"

    models = place(window, MODELS)
    models.roll_back()
    assert promoted_model(project).name == "ppocr-v6-small"
    assert [page.split for page in list_pages(project)] == list(Split)
