import re
import time
from collections.abc import Iterator

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from core.jobs import CancelToken, Progress, ProgressSink
from core.storage.lines import get_entry
from core.storage.models import promoted_model
from core.storage.project import Project
from core.training.events import Step
from core.wording import say
from tests.workbench.test_comparison import comparison
from workbench.app import Desk
from workbench.comparison.comparing import ComparedLines
from workbench.comparison.place import ComparisonPlace
from workbench.finetuning.story import Story
from workbench.frame.mnemonics import with_mnemonics
from workbench.jobs import Job
from workbench.language import Language, speak
from workbench.library.place import LibraryPlace
from workbench.models.place import ModelsPlace
from workbench.plots.later import Later
from workbench.review.place import ReviewPlace
from workbench.settings import Settings
from workbench.training.place import TrainingPlace
from workbench.transcribe.place import TranscribePlace

__all__ = ["comparison"]

ENGLISH = ["Library", "Transcribe", "Fine-tune", "Compare", "Models", "Review"]
CHINESE = ["文库", "转写", "微调", "比较", "模型", "审校"]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak(Language.ENGLISH)


def choose(desk: Desk, language: str) -> None:
    """As from the menu View."""
    commands = {command.name: command for command in desk.window._own.commands}
    commands[f"window.language-{language}"].action.trigger()


def titles(desk: Desk) -> list[str]:
    return [place.title for place in desk.window.places]


def place_of(desk: Desk, kind: type) -> tuple[int, object]:
    return next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, kind))


def test_text_is_saved_and_the_same_line_in_front_after_the_language_changed(
    transcribe: TranscribePlace, desk: Desk, project: Project, qtbot: QtBot
) -> None:
    transcribe.controller.step_line(1)
    line = transcribe.controller.current.line.id
    QTest.keyClick(transcribe.strips.editor, Qt.Key.Key_End)
    QTest.keyClicks(transcribe.strips.editor, " typed")
    choose(desk, "zh_CN")
    assert get_entry(project, line).text == "mas Linacer typed"
    assert titles(desk) == CHINESE
    place = desk.window.place
    assert isinstance(place, TranscribePlace)
    assert place is not transcribe
    assert place.controller.current.line.id == line
    qtbot.waitUntil(place.strips.editor.hasFocus)
    QTest.keyClick(place.strips.editor, Qt.Key.Key_Return)
    assert place.controller.current.line.id != line
    choose(desk, "en")
    assert titles(desk) == ENGLISH
    assert isinstance(desk.window.place, TranscribePlace)
    assert "lines corrected" in desk.window.status._lines.text()


def test_the_language_is_remembered(desk: Desk, settings: Settings) -> None:
    choose(desk, "zh_CN")
    assert settings.language is Language.CHINESE
    checked = [c.text for c in desk.window._own.commands if c.action.isChecked()]
    assert "语言 (Language)：简体中文" in checked


def test_without_a_project_the_start_screen_changes(desk: Desk) -> None:
    desk.close_project()
    choose(desk, "zh_CN")
    assert {button.accessibleName() for button in desk.window._start._buttons.values()} >= {
        "新建项目…",
        "试用演示",
    }
    assert desk.window._pages.currentWidget() is desk.window._start


def test_a_running_job_goes_on_and_is_shown_in_the_new_language(desk: Desk, qtbot: QtBot) -> None:
    workspace = desk.workspace
    assert workspace is not None
    stopped = []

    def work(cancel: CancelToken, progress: ProgressSink, _changed: object) -> None:
        while not cancel.cancelled:
            progress(Progress(1, 4, "pages"))
        stopped.append(True)

    job = Job(say("Finding lines"), work)
    workspace.jobs.start(job)
    choose(desk, "zh_CN")
    assert workspace.jobs.current is job
    bar = desk.window.status.bars[1]
    assert bar.isVisibleTo(desk.window)
    qtbot.waitUntil(lambda: bar.text.startswith("正在查找行 25 %"))
    workspace.jobs.cancel()
    qtbot.waitUntil(lambda: workspace.jobs.current is None)
    assert stopped


def test_a_running_training_goes_on_and_is_shown_in_the_new_language(desk: Desk, qtbot: QtBot) -> None:
    number, place = place_of(desk, TrainingPlace)
    desk.window.show_place(number)
    training = desk.workspace.fine_tuning

    def act(cancel: CancelToken, _progress: ProgressSink, _changed: object) -> None:
        while not cancel.cancelled:
            time.sleep(0.001)
        cancel.raise_if_cancelled()

    training._begin(act, Story())
    training.story.note(Step(3, 10, 1.0, 1.0, 1e-4, 2.0))
    choose(desk, "zh_CN")
    assert training.running
    _, place = place_of(desk, TrainingPlace)
    assert place.watching.pause_button.isVisible()
    qtbot.waitUntil(lambda: place.watching.status.text().startswith("第 3 / 10 步"))
    place.watching.pause_button.click()
    qtbot.waitUntil(lambda: not training.running)
    assert not place.watching.pause_button.isVisible()
    assert "第一步之前停止" in desk.window.strip.message.text


def test_what_was_chosen_under_details_is_kept(desk: Desk) -> None:
    number, place = place_of(desk, TrainingPlace)
    desk.window.show_place(number)
    details = place.details
    details._fold.setChecked(True)
    details._preset.setCurrentIndex(1)
    details._base.setCurrentText("crnn-ppocr-v2")
    details._minutes.setValue(7)
    details._epochs.setValue(13)
    details._rate.setValue(2.5)
    details._normalization.setCurrentIndex(4)
    details._augment.setChecked(not details._augment.isChecked())
    chosen, base = place.config(), details.base
    choose(desk, "zh_CN")
    _, place = place_of(desk, TrainingPlace)
    assert place.details is not details
    assert (place.config(), place.details.base) == (chosen, base)
    assert place.details._form.isVisible()
    assert place.details._fold.text() == say("Details")


def test_what_the_places_show_is_shown_again(desk: Desk, comparison: object, qtbot: QtBot) -> None:
    _, library = place_of(desk, LibraryPlace)
    library.grid.setCurrentIndex(library._model.index(1))
    _, compare = place_of(desk, ComparisonPlace)
    compare.show_comparison(ComparedLines(comparison, {line.line_id: "p1" for line in comparison.lines}))
    number, review = place_of(desk, ReviewPlace)
    desk.window.show_place(number)
    review.show_tab(review.audit)
    choose(desk, "zh_CN")
    assert desk.window.place.tab is desk.window.place.audit
    _, compare = place_of(desk, ComparisonPlace)
    assert compare.comparison is comparison
    assert "更差" in compare._totals.text
    _, library = place_of(desk, LibraryPlace)
    assert [page.name for page in library.selected_pages()] == ["p2.png"]


def test_qt_s_own_buttons_speak_too(desk: Desk) -> None:
    choose(desk, "zh_CN")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "取消" in box.buttons()[0].text()
    choose(desk, "en")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "Cancel" in box.buttons()[0].text().replace("&", "")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_two_entries_of_a_menu_have_the_same_letter(desk: Desk, language: str) -> None:
    choose(desk, language)
    for number in range(len(desk.window.places)):
        desk.window.show_place(number)
        bar = desk.window.menuBar()
        menus = [action.menu() for action in bar.actions()]
        for entries in (bar.actions(), *(menu.actions() for menu in menus if isinstance(menu, QMenu))):
            texts = [entry.text() for entry in entries if not entry.isSeparator()]
            letters = [re.search(r"(?<!&)&(?!&)(.)", text) for text in texts]
            assert all(letters), texts
            marked = [found[1].upper() for found in letters if found]
            assert len(marked) == len(set(marked)), texts


def test_letters_of_chinese_entries_follow_in_brackets(qapp: QApplication) -> None:
    speak(Language.CHINESE)
    texts = [say("Find lines"), say("Find a page"), say("Import files …")]
    assert with_mnemonics(texts) == ["查找行(&F)", "查找页面(&A)", "导入文件(&I)…"]
    speak(Language.ENGLISH)
    assert with_mnemonics(["Find lines", "Find a page", "Fi"]) == ["&Find lines", "Find &a page", "F&i"]


def test_a_letter_that_is_a_key_is_not_given_to_a_menu(desk: Desk) -> None:
    number, transcribe = place_of(desk, TranscribePlace)
    desk.window.show_place(number)
    assert "Alt+R" in [key.toString() for a in transcribe.actions() for key in a.shortcuts()]
    assert not [action.text() for action in desk.window.menuBar().actions() if "&R" in action.text()]


def test_plots_offer_no_menu_that_speaks_english_only(desk: Desk) -> None:
    for later in desk.window.findChildren(Later):
        assert later.widget
    plots = desk.window.findChildren(pg.PlotWidget)
    assert plots
    for plot in plots:
        assert not plot.getPlotItem().menuEnabled()
        assert not plot.getViewBox().menuEnabled()


def test_which_pages_are_compared_and_which_one_is_shown_have_different_names(desk: Desk) -> None:
    choose(desk, "zh_CN")
    _, place = place_of(desk, ComparisonPlace)
    captions = [
        label.text() for label in place.bar.findChildren(QLabel) if label.property("role") == "caption"
    ]
    assert "比较所用页面" in captions
    assert len(set(captions)) == len(captions)


def test_what_a_base_came_with_is_told_in_the_language_of_the_window_and_stored_as_it_was(
    desk: Desk, project: Project
) -> None:
    stored = promoted_model(project).note
    desk.speak(Language.CHINESE)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ModelsPlace))
    desk.window.show_place(number)
    assert "识别模型" in place._note.text()
    place.leave()
    assert promoted_model(project).note == stored
    desk.speak(Language.ENGLISH)
    place = next(p for p in desk.window.places if isinstance(p, ModelsPlace))
    assert place._note.text() == stored
