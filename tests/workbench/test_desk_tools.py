import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.rules.checks import FieldCheck, PatternCheck, WordsCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Scope, parse_region
from core.storage.comments import add_comment, line_comments
from core.storage.drafts import save_drafts
from core.storage.field_rules import add_rule, list_rules
from core.storage.lines import get_entry
from core.storage.text_search import Search
from tests.workbench.canvas import drag
from tests.workbench.conftest import MODEL, TEXTS, read_as
from tests.workbench.test_transcribe_keys import ALT, CTRL, SHIFT, compose, current_row, press
from workbench.place import Message
from workbench.transcribe import replacer
from workbench.transcribe.canvas_bar import REGION
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.place import TranscribePlace
from workbench.transcribe.replacement_model import ReplacementModel

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def desk_tools(transcribe: TranscribePlace) -> DeskTools:
    return transcribe._desk


@pytest.fixture
def dates(transcribe: TranscribePlace, desk_tools: DeskTools) -> DeskTools:
    """The second line is drafted with a wrong date, and a rule for dates is in force."""
    line = transcribe.controller.entries[1].line.id
    change = save_drafts(transcribe.controller.project, MODEL, {line: read_as("am 2O24-03-01")})
    transcribe.workspace.changes.announce(change)
    add_rule(transcribe.controller.project, FieldRule("dates", FieldCheck(FieldKind.DATE)))
    desk_tools.read_rules()
    return desk_tools


def show_bar(transcribe: TranscribePlace, qtbot: QtBot, key: Qt.Key, text: str) -> None:
    press(transcribe, key, CTRL)
    bar = transcribe._desk.replacer.bar
    qtbot.waitUntil(bar.found.hasFocus)
    QTest.keyClicks(bar.found, text)
    qtbot.waitUntil(lambda: bar.model.search.find == text)


def states(transcribe: TranscribePlace) -> list[str]:
    return [str(entry.state) for entry in transcribe.controller.entries]


def test_ctrl_f_finds_while_one_types_and_enter_goes_to_the_line(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "comme")
    bar = transcribe._desk.replacer.bar
    assert [row.before for row in bar.model.rows] == [TEXTS[1][0 + 1]]
    QTest.keyClick(bar.found, Qt.Key.Key_Return)
    assert transcribe.controller.text == "comme pour"
    editor = transcribe.strips.editor
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == "comme"
    assert transcribe.controller.entries[0].transcription is None


def test_f3_walks_through_what_was_found(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "l")
    press(transcribe, Qt.Key.Key_F3)
    first = transcribe.controller.text
    press(transcribe, Qt.Key.Key_F3)
    assert transcribe.controller.text != first
    press(transcribe, Qt.Key.Key_F3, SHIFT)
    assert transcribe.controller.text == first


def test_keys_of_the_line_do_nothing_while_the_bar_has_the_keyboard(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "zzz")
    bar = transcribe._desk.replacer.bar
    for key, modifiers in ((Qt.Key.Key_U, CTRL), (Qt.Key.Key_J, CTRL), (Qt.Key.Key_Return, SHIFT)):
        QTest.keyClick(bar.found, key, modifiers)
    assert states(transcribe) == ["open"] * 3
    QTest.keyClick(bar.found, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert transcribe.strips.editor.hasFocus()


def test_ctrl_h_replaces_in_ticked_lines_and_one_undo_takes_it_back(
    transcribe: TranscribePlace, qtbot: QtBot
) -> None:
    show_bar(transcribe, qtbot, Qt.Key.Key_H, "l")
    bar = transcribe._desk.replacer.bar
    assert bar._replace.text() == "Remove all"
    QTest.keyClick(bar.found, Qt.Key.Key_Tab)
    assert bar.replacement.hasFocus()
    QTest.keyClicks(bar.replacement, "L")
    assert bar._replace.text() == "Replace all"
    qtbot.waitUntil(lambda: bar.model.search.replacement == "L")
    bar.model.setData(bar.model.index(0), UNCHECKED, Qt.ItemDataRole.CheckStateRole)
    bar._replace.click()
    texts = [entry.text for entry in transcribe.controller.entries]
    assert texts == ["liure ſuiuãt", "mas Linacer", "iceLLe Lecture"]
    assert transcribe.controller.entries[2].state is TranscriptionState.OPEN
    assert get_entry(transcribe.controller.project, bar.model.rows[-1].line_id).text.startswith("de La")
    QTest.keyClick(bar.found, Qt.Key.Key_Escape)
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert transcribe.controller.entries[2].transcription is None


def test_many_lines_are_replaced_behind_the_window(
    transcribe: TranscribePlace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacer, "AT_ONCE", 1)
    show_bar(transcribe, qtbot, Qt.Key.Key_H, "lecture")
    bar = transcribe._desk.replacer.bar
    bar.found.setText("l")
    bar.search()
    with qtbot.waitSignal(transcribe.workspace.jobs.finished):
        bar._replace.click()
    assert transcribe.controller.entries[2].text == "icee ecture"


def test_a_bad_regular_expression_is_told_of_in_the_bar(transcribe: TranscribePlace, qtbot: QtBot) -> None:
    bar = transcribe._desk.replacer.bar
    bar.regular.setChecked(True)
    show_bar(transcribe, qtbot, Qt.Key.Key_F, "(")
    assert "error" in bar._count.text()
    assert bar.model.rowCount() == 0


def test_the_list_of_found_lines_is_a_good_model(
    transcribe: TranscribePlace, qtmodeltester: ModelTester
) -> None:
    model = ReplacementModel(transcribe.controller.project)
    model.start(Search("l"))
    qtmodeltester.check(model)
    assert len(model.chosen()) == 3


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


def test_ctrl_m_writes_a_comment_and_the_strip_carries_its_mark(
    transcribe: TranscribePlace, desk_tools: DeskTools, qtbot: QtBot
) -> None:
    press(transcribe, Qt.Key.Key_M, CTRL)
    popup, line = desk_tools.comments, transcribe.controller.entries[0].line.id
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClicks(popup.field, "long s?")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert [c.text for c in line_comments(transcribe.controller.project, line)] == ["long s?"]
    assert transcribe._model.rows[0].notes.comments == 1
    assert popup.isHidden()
    press(transcribe, Qt.Key.Key_M, CTRL)
    next(button for button in popup.findChildren(QPushButton) if button.text() == "Settle").click()
    assert transcribe._model.rows[0].notes.comments == 0
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    assert popup.isHidden()


def test_comments_open_within_the_window(transcribe: TranscribePlace, desk_tools: DeskTools) -> None:
    window, popup = transcribe.window(), desk_tools.comments
    popup.open_at(window.mapToGlobal(window.rect().bottomRight()), transcribe.controller.entries[0])
    corners = (popup.geometry().topLeft(), popup.geometry().bottomRight())
    assert all(window.rect().contains(window.mapFromGlobal(corner)) for corner in corners)
    popup.close()


def test_a_comment_that_was_begun_is_there_again_for_its_line(
    transcribe: TranscribePlace, desk_tools: DeskTools, qtbot: QtBot
) -> None:
    popup = desk_tools.comments
    press(transcribe, Qt.Key.Key_M, CTRL)
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClicks(popup.field, "long s?")
    popup.close()  # as a click beside it does
    press(transcribe, Qt.Key.Key_Down, ALT)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == ""
    popup.close()
    press(transcribe, Qt.Key.Key_Up, ALT)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == "long s?"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_M, CTRL)
    assert popup.field.text() == ""
    popup.close()


def test_ctrl_shift_m_goes_to_the_next_open_comment(
    transcribe: TranscribePlace, desk_tools: DeskTools
) -> None:
    add_comment(transcribe.controller.project, transcribe.controller.entries[2].line.id, "here")
    press(transcribe, Qt.Key.Key_M, CTRL, SHIFT)
    assert current_row(transcribe) == 2


def test_a_line_is_reviewed_reopened_and_that_is_undone(transcribe: TranscribePlace) -> None:
    press(transcribe, Qt.Key.Key_Return, CTRL, SHIFT)
    assert states(transcribe) == ["reviewed", "open", "open"]
    press(transcribe, Qt.Key.Key_Up, ALT)
    press(transcribe, Qt.Key.Key_O, CTRL, SHIFT)
    assert states(transcribe)[0] == "open"
    assert current_row(transcribe) == 0
    assert transcribe.controller.entries[0].text == TEXTS[0][0]
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert states(transcribe)[0] == "reviewed"


def test_a_page_is_reviewed_and_reopened_as_a_whole(
    transcribe: TranscribePlace, desk_tools: DeskTools
) -> None:
    press(transcribe, Qt.Key.Key_Return)
    press(transcribe, Qt.Key.Key_U, CTRL)
    acts = {command.name: command.action for command in transcribe.commands()}
    acts["transcribe.review-page"].trigger()
    assert states(transcribe) == ["reviewed", "unreadable", "open"]
    acts["transcribe.reopen-page"].trigger()
    assert states(transcribe) == ["open"] * 3
    press(transcribe, Qt.Key.Key_Z, CTRL)
    assert states(transcribe) == ["reviewed", "unreadable", "open"]
