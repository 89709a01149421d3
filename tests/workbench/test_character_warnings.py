"""What is told of the characters of a line, in the real window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from core.characters.census import Census
from core.characters.findings import FindingKind
from core.storage.lines import get_entry
from tests.workbench.census import give, known
from tests.workbench.test_transcribe_keys import compose, first_line, press
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.place import TranscribePlace


def test_the_count_tells_what_the_base_model_knows(desk_of: CharacterDesk) -> None:
    assert desk_of.census.shown["u"] > 1
    assert desk_of.census.model is not None
    assert len(desk_of.census.model.known) > 18_000


def test_an_unknown_character_is_told_under_the_line_and_marked(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    give(desk_of, Census(confirmed={"ꝑ": 12}, model=known("ſã")))
    note = transcribe.strips.extras.characters
    assert note.isHidden()
    transcribe.strips.editor.insert("ꝑ")
    assert note.isVisible()
    assert "it will learn it from 12 examples" in note.sentence
    assert note.sentence == note.toolTip()
    marked = transcribe.strips.editor.extraSelections()
    assert "ꝑ" in [each.cursor.selectedText() for each in marked]


def test_a_text_that_is_not_normal_is_told_and_saved_in_nfc(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    line = first_line(transcribe.controller)
    transcribe.strips.editor.replace_text("ome\u0303")
    assert [each.kind for each in desk_of.findings] == [FindingKind.NOT_NORMAL]
    press(transcribe, Qt.Key.Key_Return)
    assert get_entry(transcribe.controller.project, line).text == "omẽ"


def test_a_look_alike_of_another_script_is_told(transcribe: TranscribePlace, desk_of: CharacterDesk) -> None:
    transcribe.strips.editor.replace_text("p\u0430ge")
    assert "only looks like a" in transcribe.strips.extras.characters.sentence


def test_the_tool_tip_tells_of_the_character_under_the_mouse(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    editor = transcribe.strips.editor
    editor.replace_text("p\u0430ge")
    editor.select(1, 1)
    point = editor.cursorRect().center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(editor.viewport(), event)
    assert "only looks like a" in QToolTip.text()
    QToolTip.hideText()


def test_nothing_is_told_while_the_line_is_composed(
    transcribe: TranscribePlace, desk_of: CharacterDesk
) -> None:
    give(desk_of, Census(model=known("ſã")))
    compose(transcribe.strips.editor, "ꝑ")
    assert desk_of.findings == ()
