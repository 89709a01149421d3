import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.rules.checks import FieldCheck, PatternCheck, WordsCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Scope, parse_region
from core.storage.drafts import save_drafts
from core.storage.field_rules import add_rule, list_rules
from core.storage.unfinished import unfinished_texts
from tests.workbench.canvas import drag
from tests.workbench.conftest import MODEL, read_as
from tests.workbench.restarting import restart, show
from tests.workbench.test_transcribe_keys import ALT, CTRL, compose, current_row, press
from workbench.app import Desk
from workbench.place import Message
from workbench.transcribe.canvas_bar import REGION
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.place import TranscribePlace

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def dates(transcribe: TranscribePlace, desk_tools: DeskTools) -> DeskTools:
    """The second line is drafted with a wrong date, and a rule for dates is in force."""
    line = transcribe.controller.entries[1].line.id
    change = save_drafts(transcribe.controller.project, MODEL, {line: read_as("am 2O24-03-01")})
    transcribe.workspace.changes.announce(change)
    add_rule(transcribe.controller.project, FieldRule("dates", FieldCheck(FieldKind.DATE)))
    desk_tools.read_rules()
    return desk_tools


def test_a_broken_rule_is_marked_told_of_and_mended_with_alt_r(
    transcribe: TranscribePlace, dates: DeskTools
) -> None:
    assert transcribe._model.rows[1].notes.violations[0].rule == "dates"
    hint, editor = transcribe.strips.extras.hint, transcribe.strips.editor
    assert hint.isHidden()
    press(transcribe, Qt.Key.Key_F4)
    assert current_row(transcribe) == 1
    assert hint.isVisible()
    assert "dates" in hint.sentence and "Alt+R" in hint.sentence
    assert any(each.cursor.selectedText() == "2O24-03-01" for each in editor.extraSelections())
    press(transcribe, Qt.Key.Key_R, ALT)
    assert editor.toPlainText() == "am 2024-03-01"
    assert hint.isHidden()
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert editor.toPlainText() == "am 2O24-03-01"


def test_alt_r_changes_only_what_the_hint_tells_of(transcribe: TranscribePlace, dates: DeskTools) -> None:
    editor, hint = transcribe.strips.editor, transcribe.strips.extras.hint
    editor.replace_text("2O24-03-01 bis 2024-02-30")
    editor.select(20, 20)
    assert "no day 30" in hint.sentence
    press(transcribe, Qt.Key.Key_R, ALT)
    assert editor.toPlainText() == "2O24-03-01 bis 2024-02-30"
    assert "2024-03-01" in hint.sentence
    press(transcribe, Qt.Key.Key_R, ALT)
    assert editor.toPlainText() == "2024-03-01 bis 2024-02-30"


def test_a_broken_rule_moves_nothing(transcribe: TranscribePlace, dates: DeskTools) -> None:
    press(transcribe, Qt.Key.Key_Down, ALT)
    before = transcribe.strips.editor.geometry(), transcribe.strips.extras.room
    press(transcribe, Qt.Key.Key_R, ALT)
    assert (transcribe.strips.editor.geometry(), transcribe.strips.extras.room) == before


def test_no_repair_is_taken_while_an_input_method_composes(
    transcribe: TranscribePlace, dates: DeskTools
) -> None:
    press(transcribe, Qt.Key.Key_Down, ALT)
    compose(transcribe.strips.editor, "jing")
    press(transcribe, Qt.Key.Key_R, ALT)
    assert "2O24" in transcribe.strips.editor.toPlainText()


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    """Answer all questions alike; gives those that were asked."""
    asked: list[str] = []

    def note(_parent: object, _title: str, text: str, *_: object) -> QMessageBox.StandardButton:
        asked.append(text)
        return button

    monkeypatch.setattr(QMessageBox, "question", note)
    return asked


def test_rules_are_written_tried_and_switched_off_in_their_dialog(
    transcribe: TranscribePlace, dates: DeskTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    dialog, project = dates.rules, transcribe.controller.project
    dialog.open_dialog()
    form = dialog.form
    form.name.setText("numbers")
    form.pattern.setText("[0-9]+")
    form.trial.setText("12a")
    assert "does not fit" in form.verdict.text()
    form.trial.setText("12")
    assert form.verdict.text().startswith("✓")
    form.pattern.setText("(")
    assert "error" in form.verdict.text()
    dialog.save.click()
    assert "error" in dialog.problem.text()
    form.pattern.setText("[0-9]+")
    form.pages.setText("1, 3-5")
    dialog.save.click()
    assert list_rules(project)[1].rule.check == PatternCheck("[0-9]+")
    assert list_rules(project)[1].rule.scope.pages == ((1, 1), (3, 5))
    assert len(transcribe._model.rows[0].notes.violations) == 1
    dialog.list.item(1).setCheckState(UNCHECKED)
    assert not list_rules(project)[1].enabled
    assert transcribe._model.rows[0].notes.violations == ()
    dialog.list.setCurrentRow(0)
    assert (form.name.text(), form.kind.currentText()) == ("dates", "Date")
    dialog.delete.click()
    assert [each.rule.name for each in list_rules(project)] == ["numbers"]
    dialog.close()


def test_a_form_that_was_left_unkept_comes_back_with_its_rule(desk_tools: DeskTools) -> None:
    dialog, form = desk_tools.rules, desk_tools.rules.form
    for name in ("dates", "amounts"):
        add_rule(dialog._project, FieldRule(name, FieldCheck(FieldKind.DATE)))
    dialog.open_dialog()
    QTest.keyClicks(form.name, "never kept")
    dialog.list.setCurrentRow(0)
    assert form.name.text() == "dates"
    form.tag.setFocus()
    QTest.keyClicks(form.tag, "heading")
    dialog.list.setCurrentRow(1)
    assert (form.name.text(), form.tag.text()) == ("amounts", "")
    assert dialog.list.item(0).text() == "dates (not kept yet)"
    dialog.list.setCurrentRow(0)
    assert form.tag.text() == "heading"
    assert "not kept yet" in dialog.problem.text()
    dialog.save.click()
    assert dialog.list.item(0).text() == "dates"
    dialog.new.click()
    assert (form.name.text(), form.tag.text()) == ("never kept", "")
    dialog.close()


def test_a_rule_is_deleted_only_after_a_question(
    desk_tools: DeskTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = desk_tools.rules
    add_rule(dialog._project, FieldRule("dates", FieldCheck(FieldKind.DATE)))
    dialog.open_dialog()
    assert not dialog.delete.isEnabled()
    dialog.list.setCurrentRow(0)
    asked = answer(monkeypatch, QMessageBox.StandardButton.No)
    dialog.delete.click()
    assert "dates" in asked[0]
    assert len(list_rules(dialog._project)) == 1
    answer(monkeypatch, QMessageBox.StandardButton.Yes)
    dialog.delete.click()
    assert list_rules(dialog._project) == []
    assert not dialog.delete.isEnabled()
    dialog.close()


def test_the_region_of_a_rule_is_drawn_on_the_page(
    transcribe: TranscribePlace, desk_tools: DeskTools, messages: list[Message], qtbot: QtBot
) -> None:
    dialog, canvas = desk_tools.rules, transcribe.canvas
    width, height = canvas.view.page
    dialog.open_dialog()
    canvas.zoom_by(3)
    zoomed = canvas.scale
    dialog.form.draw.click()
    assert canvas.bar.button(REGION).isChecked()
    assert canvas.bar.button(REGION).isVisible()
    assert canvas.scale < zoomed
    assert "Esc stops" in messages[-1].text
    lines = len(transcribe.controller.entries)
    drag(canvas, (0.1 * width, 0.2 * height), (1.02 * width, 0.5 * height))
    region = parse_region(dialog.form.region.text())
    assert region == pytest.approx((0.1, 0.2, 1.0, 0.5), abs=0.01)
    assert canvas.bar.button(REGION).isHidden()
    assert len(transcribe.controller.entries) == lines
    dialog.form.draw.click()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert parse_region(dialog.form.region.text()) == region
    qtbot.waitUntil(dialog.form.region.hasFocus)
    dialog.close()


def test_keeping_a_rule_that_was_only_looked_at_does_not_round_its_region(desk_tools: DeskTools) -> None:
    rule = FieldRule("date", FieldCheck(FieldKind.DATE), Scope(region=(0.12345, 0.0, 1.0, 0.2)))
    desk_tools.rules.form.show_rule(rule)
    assert desk_tools.rules.form.rule() == rule


def test_a_word_list_goes_through_the_form(transcribe: TranscribePlace, desk_tools: DeskTools) -> None:
    rule = FieldRule("words", WordsCheck(("mas", "Linacer"), each=True))
    desk_tools.rules.form.show_rule(rule)
    assert desk_tools.rules.form.rule() == rule


def test_drafts_are_mended_from_the_dialog_and_undone_as_one(
    transcribe: TranscribePlace, dates: DeskTools, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(transcribe.workspace.jobs.finished):
        dates.rules.repair.click()
    entry = transcribe.controller.entries[1]
    assert (entry.text, entry.state) == ("am 2024-03-01", TranscriptionState.OPEN)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.controller.entries[1].transcription is None


def test_forms_that_were_left_unkept_outlive_the_window(
    transcribe: TranscribePlace, desk_tools: DeskTools, desk: Desk, qtbot: QtBot
) -> None:
    dialog, form = desk_tools.rules, desk_tools.rules.form
    add_rule(dialog._project, FieldRule("dates", FieldCheck(FieldKind.DATE)))
    dialog.open_dialog()
    QTest.keyClicks(form.name, "never kept")
    dialog.list.setCurrentRow(0)
    QTest.keyClicks(form.tag, "heading")
    project = restart(desk, qtbot)
    again = show(desk, TranscribePlace)._desk.rules
    again.open_dialog()
    assert again.form.name.text() == "never kept"
    assert again.list.item(0).text() == "dates (not kept yet)"
    again.list.setCurrentRow(0)
    assert (again.form.kind.currentText(), again.form.tag.text()) == ("Date", "heading")
    assert "not kept yet" in again.problem.text()
    again.save.click()
    assert list_rules(project)[0].rule.scope.tag == "heading"
    again.new.click()
    again.form.name.clear()
    again.close()
    assert unfinished_texts(project, "rule") == {}
