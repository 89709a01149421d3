import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import DEFAULT_BASE, Split, TranscriptionState
from core.evaluation.comparison import Comparison, Outcome, compare
from core.storage.lines import list_entries
from core.storage.models import NewModel, add_model
from core.storage.project import Project
from core.storage.transcriptions import save
from core.versions import LineScore
from core.wording import say
from core.workflow.judging import chance_words, errors_by_class, judge
from workbench.app import Desk
from workbench.comparison.comparing import ComparedLines
from workbench.comparison.line_table import CROP, LineFilter, LineTable
from workbench.comparison.marked_text import hidden_part, marked_layout
from workbench.comparison.place import ComparisonPlace
from workbench.jobs import Job, JobSucceeded
from workbench.language import Language
from workbench.place import Message, Target

TRUTH = ("liure ſuiuant", "mas Linacer", "icelle lecture")
READ_A = ("liure suiuant", "mas Linacer", "icclle lccture")
READ_B = ("liure ſuiuant", "mas Linaccr", "icclle lccture")


def scores(lines: list[int], texts: tuple[str, ...], edits: tuple[int, ...]) -> list[LineScore]:
    return [
        LineScore(line, truth, text, n, len(truth))
        for line, truth, text, n in zip(lines, TRUTH, texts, edits, strict=True)
    ]


@pytest.fixture
def comparison(project: Project) -> Comparison:
    """Three lines of the first page: one better, one worse, one the same."""
    entries = list_entries(project, 1)
    for entry, truth in zip(entries, TRUTH, strict=True):
        save(project, entry.line.id, truth, state=TranscriptionState.CORRECTED, base_revision=0)
    ids = [entry.line.id for entry in entries]
    return compare({"A": scores(ids, READ_A, (1, 0, 2)), "B": scores(ids, READ_B, (0, 1, 2))})


@pytest.fixture
def place(desk: Desk, comparison: Comparison) -> Iterator[ComparisonPlace]:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ComparisonPlace))
    desk.window.show_place(number)
    place.show_comparison(ComparedLines(comparison, {line.line_id: "p1" for line in comparison.lines}))
    yield place


def test_the_line_table_is_sound(qtmodeltester: ModelTester, comparison: Comparison) -> None:
    model = LineTable(lambda _line: None)
    model.show(comparison, {line.line_id: "p1" for line in comparison.lines})
    qtmodeltester.check(model)
    filtered = LineFilter()
    filtered.setSourceModel(model)
    qtmodeltester.check(filtered)


def test_regressions_stand_on_top(place: ComparisonPlace) -> None:
    first = place._lines.index(0, 2).data()
    assert first == TRUTH[1]
    assert place.detail._line is not None
    assert place.detail._line.truth == TRUTH[1]


@pytest.mark.parametrize(("number", "outcome"), list(enumerate(Outcome, start=1)))
def test_lines_are_filtered_by_outcome(place: ComparisonPlace, number: int, outcome: Outcome) -> None:
    place.bar.outcomes.setCurrentIndex(number)
    place.bar.outcomes.activated.emit(number)
    assert place._lines.rowCount() == 1
    assert place._lines.index(0, 0).data(int(Qt.ItemDataRole.UserRole) + 1).outcome is outcome


def test_a_point_of_the_scatter_selects_its_line_even_if_the_filter_hid_it(place: ComparisonPlace) -> None:
    place.bar.outcomes.setCurrentIndex(1)
    place.bar.outcomes.activated.emit(1)
    hidden = next(line for line in place._table.lines if line.outcome is Outcome.WORSE)
    place.scatter.widget.line_clicked.emit(hidden.line_id)
    assert place._lines.rowCount() == 3
    assert place.view.currentIndex().data(int(Qt.ItemDataRole.UserRole) + 1) == hidden


def test_a_confusion_leads_to_its_line(place: ComparisonPlace) -> None:
    table = place._confusions
    row = next(r for r in range(table.rowCount()) if table.item(r, 1).text() == "ſ")
    table.cellActivated.emit(row, 0)
    assert place.view.currentIndex().siblingAtColumn(2).data() == TRUTH[0]
    assert place._tabs.currentIndex() == 0


def test_totals_count_better_worse_and_same(place: ComparisonPlace) -> None:
    assert "<b>1</b> better, <b>1</b> worse, <b>1</b> same" in place._totals.text


def test_pictures_of_lines_in_sight_arrive(place: ComparisonPlace, qtbot: QtBot) -> None:
    def all_there() -> bool:
        return all(isinstance(place._table.index(row, CROP).data(1), QImage) for row in range(3))

    qtbot.waitUntil(all_there, timeout=5000)
    assert isinstance(place.detail._image, QImage)


def test_the_first_wrong_character_of_a_long_line_is_in_sight(place: ComparisonPlace) -> None:
    line = place._table.lines[0]
    far = LineScore(line.line_id, "a" * 200 + "b", "a" * 200 + "c", 1, 201)
    wide = marked_layout(place.workspace.theme, type(line)(line.line_id, far.truth, (far,)), 0, 17)
    assert hidden_part(wide, 150) > 500
    assert hidden_part(marked_layout(place.workspace.theme, line, 0, 17), 1000) == 0


def test_a_target_of_two_models_chooses_them(place: ComparisonPlace, desk: Desk, qtbot: QtBot) -> None:
    assert desk.workspace is not None
    with qtbot.waitSignal(desk.workspace.jobs.finished, timeout=60000):
        assert place.show_target(Target(models=("crnn-ppocr-v2", "ppocr-v6-small")))
    assert [picker.currentText() for picker in place.bar.pickers] == [
        "crnn-ppocr-v2",
        "ppocr-v6-small",
        "none",
    ]
    assert not place.show_target(Target(line_id=1))


def test_totals_say_what_the_comparison_proves_and_classes_have_a_tab(
    place: ComparisonPlace, qtbot: QtBot, tmp_path: Path
) -> None:
    project = place.workspace.project
    comparison = place.comparison
    assert comparison is not None
    for name in comparison.models:
        add_model(
            project, NewModel(name, DEFAULT_BASE, DEFAULT_BASE, f"{name}.safetensors", "0", 1, {}, {}, {})
        )
    judgement = judge(project, comparison, Split.TEST)
    pages = {line.line_id: "p1" for line in comparison.lines}
    classes = tuple(errors_by_class(project, comparison))
    place.show_comparison(ComparedLines(comparison, pages, judgement, classes))
    assert judgement.decision.reason in place._totals.text
    assert place._classes.rowCount() == len(classes) > 0
    place.saving.save_report(tmp_path / "report.html")
    qtbot.waitUntil(lambda: place.workspace.jobs.current is None, timeout=20_000)
    assert judgement.decision.reason in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_headings_over_numbers_are_not_cut_and_all_columns_fit(
    desk: Desk, comparison: Comparison, language: Language, qtbot: QtBot
) -> None:
    desk.speak(language)
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ComparisonPlace))
    desk.window.resize(1280, 800)
    desk.window.show_place(number)
    place.show_comparison(ComparedLines(comparison, {line.line_id: "p1" for line in comparison.lines}))
    header, model = place.view.horizontalHeader(), place.view.model()
    for column in range(model.columnCount()):
        if model.headerData(column, Qt.Orientation.Horizontal) in (say("CER"), say("Difference")):
            assert header.sectionSize(column) >= header.sectionSizeHint(column)
    qtbot.waitUntil(lambda: not place.view.horizontalScrollBar().isVisible())
    header.resizeSection(CROP, 300)
    desk.window.resize(1400, 800)
    assert header.sectionSize(CROP) == 300  # what somebody chose stays
    desk.speak(Language.ENGLISH)


def test_results_of_models_that_are_chosen_no_more_are_hidden_until_they_are_chosen_again(
    place: ComparisonPlace, comparison: Comparison
) -> None:
    place.bar.choose("crnn-ppocr-v2", "ppocr-v6-small")
    both = dataclasses.replace(comparison, models=("crnn-ppocr-v2", "ppocr-v6-small"))
    place.show_comparison(ComparedLines(both, {line.line_id: "p1" for line in both.lines}))
    assert place.view.isVisible()
    picker = place.bar.pickers[1]
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Up if picker.currentIndex() else Qt.Key.Key_Down)
    assert not place.view.isVisible()
    assert "press Compare" in place._outdated.text()
    assert place.saving.compared is None
    place.bar.choose("crnn-ppocr-v2", "ppocr-v6-small")
    assert place.view.isVisible()


def test_the_table_has_the_keyboard_when_the_comparison_is_there(
    place: ComparisonPlace, comparison: Comparison, desk: Desk
) -> None:
    assert desk.workspace is not None
    place.bar.choose("crnn-ppocr-v2", "ppocr-v6-small")
    both = dataclasses.replace(comparison, models=("crnn-ppocr-v2", "ppocr-v6-small"))
    found = ComparedLines(both, {line.line_id: "p1" for line in both.lines})
    place.bar.pickers[0].setFocus()
    desk.workspace.jobs.finished.emit(JobSucceeded(Job("", lambda *_: None), found))
    assert place.view.hasFocus()


def test_every_picker_has_its_caption_and_no_third_model_is_called_so(place: ComparisonPlace) -> None:
    captions = {label.text() for label in place.bar.findChildren(QLabel)}
    assert {"Model A", "Model B", "Model C", "Compared pages", "Shown lines", "Shown page"} <= captions
    assert place.bar.pickers[2].currentText() == "none"
    assert None not in place.bar.models


@pytest.mark.parametrize(
    ("chance", "words"),
    [(2.5e-48, "less than 1 of 1,000"), (0.004, "about 4 of 1,000"), (0.21, "about 21 of 100")],
)
def test_chance_is_told_in_cases_that_people_can_count(chance: float, words: str) -> None:
    assert words in chance_words(chance)


def test_totals_leave_room_for_the_scatter_at_any_text_size(place: ComparisonPlace, desk: Desk) -> None:
    overview = place._overview
    assert place._totals.height() >= place._totals.wanted_height
    desk.theme.resize_text(18)
    desk.window.resize(1280, 700)
    QApplication.processEvents()
    assert place._totals.verticalScrollBar().maximum() > 0
    assert place.scatter.height() >= 200
    overview.moveSplitter(130, 1)
    assert place._totals.height() == 130
    desk.window.resize(1280, 900)
    QApplication.processEvents()
    assert place._totals.height() == 130  # what somebody drew is not divided anew


def test_what_was_not_compared_is_not_saved_and_that_is_told(place: ComparisonPlace) -> None:
    place.saving.compared = None
    told: list[Message] = []
    place.message_wanted.connect(told.append)
    for ask in (place.saving.ask_for_csv, place.saving.ask_for_report):
        ask()
    assert [message.text for message in told] == ["Nothing to save yet: choose models and press Compare."] * 2
