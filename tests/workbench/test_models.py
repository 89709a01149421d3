"""Model files come in and go out by the place Models, with real files and a real worker process."""

from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.storage.changes import Change
from core.storage.models import NewModel, add_model, get_model, list_models
from core.storage.project import Project, open_project
from tests.core.recognition.foreign import references
from tests.workbench.conftest import MODEL
from tests.workbench.test_accessibility import walked_by_tab
from workbench.app import Desk
from workbench.jobs import JobRunner
from workbench.models.import_dialog import ImportDialog
from workbench.models.place import ModelsPlace, card_html
from workbench.place import Message
from workbench.settings import Settings

LETTERS = "abcdefghijklmnopqrstuvwxyz"
CTRL = Qt.KeyboardModifier.ControlModifier
WORKER_MS = 60_000


@pytest.fixture
def foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights of another program, which the dialog of files answers; their characters lie elsewhere."""
    torch.manual_seed(4)
    file = tmp_path / "theirs" / "My CRNN.pth"
    file.parent.mkdir()
    torch.save(references.crnn_pytorch(len(LETTERS) + 1).state(), file)
    (tmp_path / "letters.txt").write_text("\n".join(LETTERS), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    return file


@pytest.fixture
def models(desk: Desk) -> ModelsPlace:
    found = next(place for place in desk.window.places if isinstance(place, ModelsPlace))
    desk.window.show_place(desk.window.places.index(found))
    return found


@pytest.fixture
def jobs(models: ModelsPlace) -> JobRunner:
    return models.workspace.jobs


def ask(models: ModelsPlace, qtbot: QtBot) -> ImportDialog:
    """Open the dialog by its key."""
    QTest.keyClick(models.tree, Qt.Key.Key_I, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(dialog.name.hasFocus)
    return dialog


def message_of(desk: Desk) -> Message:
    assert desk.window.strip.message is not None
    return desk.window.strip.message


def test_a_model_of_another_program_comes_in_and_is_selected(
    desk: Desk, models: ModelsPlace, jobs: JobRunner, foreign: Path, qtbot: QtBot
) -> None:
    dialog = ask(models, qtbot)
    assert dialog.name.text() == "my-crnn"
    QTest.keyClicks(dialog.name, "theirs")
    QTest.keyClicks(dialog.vocab.field, str(foreign.parents[1] / "letters.txt"))
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        QTest.keyClick(dialog.vocab.field, Qt.Key.Key_Return)
    assert models.selected is not None
    assert (models.selected.name, models.selected.charset_size) == ("theirs", len(LETTERS))
    assert message_of(desk).text.startswith("theirs is here, with 26 characters.")


def test_what_is_missing_is_told_and_no_version_is_made(
    desk: Desk, models: ModelsPlace, jobs: JobRunner, foreign: Path, project: Project, qtbot: QtBot
) -> None:
    before = [version.name for version in list_models(project)]
    dialog = ask(models, qtbot)
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert message_of(desk).kind == "error"
    assert "My CRNN.pth cannot be imported" in message_of(desk).text
    assert [version.name for version in list_models(project)] == before


def test_a_file_that_is_no_model_is_called_what_it_is(
    desk: Desk, models: ModelsPlace, jobs: JobRunner, foreign: Path, project: Project, qtbot: QtBot
) -> None:
    before = [version.name for version in list_models(project)]
    models.files.ask_about(foreign.parents[1] / "letters.txt")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        dialog.take.click()
    assert message_of(desk).text == (
        "letters.txt cannot be imported: it is a text file, not a model. Import the weights themselves: "
        "a .safetensors file, or what torch.save wrote (.pth, .pt, .ckpt, .bin)."
    )
    assert [version.name for version in list_models(project)] == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ppocr-v6-small", "There is a model “ppocr-v6-small” in this project already"),
        ("a/b", "“a/b” cannot name a model"),
    ],
)
def test_a_name_that_cannot_be_is_told_of_as_it_is_typed(
    models: ModelsPlace, foreign: Path, qtbot: QtBot, name: str, told: str
) -> None:
    dialog = ask(models, qtbot)
    dialog.name.setText(name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert told in dialog.note.text()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "ab")
    assert (dialog.note.text(), dialog.take.isEnabled()) == ("", True)


def test_an_exported_version_comes_in_again(
    desk: Desk, models: ModelsPlace, jobs: JobRunner, foreign: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask(models, qtbot)
    dialog.vocab.field.setText("../letters.txt")  # from the model's folder on
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    out = tmp_path / "out.safetensors"
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        models.files.write_out("my-crnn", out)
    assert message_of(desk).text == f"Saved as {out}."
    models.files.ask_about(out)
    again = QApplication.activeModalWidget()
    assert isinstance(again, ImportDialog)
    with qtbot.waitSignal(jobs.finished, timeout=WORKER_MS):
        QTest.keyClick(again.name, Qt.Key.Key_Return)
    assert models.selected is not None
    assert models.selected.name == "out"


def test_without_a_name_nothing_is_imported(models: ModelsPlace, foreign: Path, qtbot: QtBot) -> None:
    dialog = ask(models, qtbot)
    dialog.name.clear()
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.take.toolTip() == "Give the model a name."
    QTest.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_read_only_project_takes_no_model(
    project: Project, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: pytest.fail("asked"))
    with open_project(project.folder, read_only=True) as reading:
        desk = Desk(settings)
        desk.show(reading)
        desk.window.show()
        place = next(place for place in desk.window.places if isinstance(place, ModelsPlace))
        place.files.ask_for_import()
        assert message_of(desk).text == reading.read_only_reason
        desk.window.close()


def test_tab_reaches_every_field_of_an_import_and_each_says_what_it_is(
    models: ModelsPlace, foreign: Path, qtbot: QtBot
) -> None:
    dialog = ask(models, qtbot)
    assert walked_by_tab(dialog) == [
        dialog.name,
        dialog.vocab.field,
        dialog.vocab.choose,
        dialog.config.field,
        dialog.config.choose,
        dialog.kind,
        dialog.keep_ratio,
        dialog.cancel,
        dialog.take,
    ]
    dialog.reject()


def test_a_note_that_is_being_typed_is_saved_at_a_pause_and_outlives_what_changes_meanwhile(
    models: ModelsPlace, project: Project, qtbot: QtBot
) -> None:
    name, note = models.selected.name, models._note
    note.setFocus()
    note.selectAll()
    QTest.keyClicks(note, "reads")
    models.workspace.changes.announce(Change(models=True))  # as when a training ends
    assert note.text() == "reads"
    QTest.keyClick(note, Qt.Key.Key_Home)
    QTest.keyClicks(note, "it ")

    def stored() -> str:
        return next(version.note for version in list_models(project) if version.name == name)

    qtbot.waitUntil(lambda: stored() == "it reads")
    QTest.keyClicks(note, "well ")
    assert note.text() == "it well reads"
    other = list_models(project)[-1]
    models.select(other.name)
    assert stored() == "it well reads"
    assert note.text() == other.note


def test_headings_and_numbers_of_versions_are_whole_at_any_text_size(models: ModelsPlace, desk: Desk) -> None:
    desk.theme.resize_text(18)
    models.refresh()
    header = models.tree.header()
    for column in range(1, header.count()):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)


def test_a_long_note_is_seen_from_its_beginning(models: ModelsPlace) -> None:
    models._show_note("the original of many words " * 20)
    assert models._note.cursorPosition() == 0


def test_a_version_is_deleted_by_a_second_step_only(
    models: ModelsPlace, project: Project, desk: Desk, qtbot: QtBot
) -> None:
    add_model(project, NewModel("mine", MODEL, MODEL, "models/mine.safetensors", "0" * 64, 9, {}, {}, {}))
    models.refresh()
    models.select("mine")
    QTest.keyClick(models.tree, Qt.Key.Key_Delete)
    assert "mine" in [version.name for version in list_models(project)]
    assert message_of(desk).action == "Delete"
    desk.window.strip.act()
    assert "mine" not in [version.name for version in list_models(project)]
    models.select(MODEL)
    QTest.keyClick(models.tree, Qt.Key.Key_Delete)
    assert message_of(desk).action == "", "what cannot be deleted is not asked about"


def test_a_card_shows_signs_of_markup_as_they_are_and_parts_no_percentage(
    models: ModelsPlace, project: Project, desk: Desk
) -> None:
    data = {"recall": [["<", 40, 1.0, 0.5], ["&", 30, 0.9, 0.8]]}
    add_model(project, NewModel("own", MODEL, MODEL, "models/own", "0", 10, {}, data, {}))
    shown = QTextDocument()
    shown.setHtml(card_html(get_model(project, "own"), project.folder, desk.theme))
    assert "< 100\N{NO-BREAK SPACE}% → 50\N{NO-BREAK SPACE}%" in shown.toRawText()
    assert "& 90\N{NO-BREAK SPACE}%" in shown.toRawText()
