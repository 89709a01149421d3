from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.storage.efforts import EffortSummary, effort_by_model
from core.storage.project import Project
from tests.workbench.conftest import MODEL, TEXTS
from workbench.transcribe.effort_meter import EffortMeter
from workbench.transcribe.page_bar import PageBar
from workbench.transcribe.place import TranscribePlace


def test_pauses_count_as_half_a_minute_at_most() -> None:
    now = [0.0]
    meter = EffortMeter(lambda: now[0])
    meter.start("abc")
    for at in (2.0, 4.0, 1000.0):
        now[0] = at
        meter.key()
    assert meter.finish("abd").seconds == 34.0


def test_edits_are_counted_from_the_text_that_was_offered() -> None:
    meter = EffortMeter()
    meter.start("liure suiuant")
    assert meter.finish("liure ſuiuant").edits == 1


def test_a_confirmed_line_leaves_its_effort_with_the_model_that_drafted_it(
    transcribe: TranscribePlace, project: Project
) -> None:
    editor = transcribe.strips.editor
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, "x", Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    [summary] = effort_by_model(project)
    assert summary.model == MODEL
    assert (summary.lines, summary.keystrokes, summary.edits) == (1, 3, 1)
    assert summary.characters == len(TEXTS[0][0]) + 1


def test_steps_of_an_input_method_are_keys_too(transcribe: TranscribePlace, project: Project) -> None:
    editor = transcribe.strips.editor
    QApplication.sendEvent(editor, QInputMethodEvent("bei", []))
    done = QInputMethodEvent("", [])
    done.setCommitString("北")
    QApplication.sendEvent(editor, done)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    [summary] = effort_by_model(project)
    assert summary.keystrokes == 3


def test_skipped_and_unconfirmed_lines_cost_nothing(transcribe: TranscribePlace, project: Project) -> None:
    QTest.keyClicks(transcribe.strips.editor, "xy")
    transcribe.controller.skip()
    assert effort_by_model(project) == []


def test_the_page_bar_says_when_an_empty_field_is_quicker(transcribe: TranscribePlace) -> None:
    bar: PageBar = transcribe.page_bar
    bar.show_effort([EffortSummary(MODEL, 10, 40, 400, 30, 60.0)])
    assert "typing saved 90 %" in bar._effort.text()
    bar.show_effort([EffortSummary(MODEL, 10, 900, 400, 300, 600.0)])
    assert bar._effort.text() == "an empty field is quicker"
