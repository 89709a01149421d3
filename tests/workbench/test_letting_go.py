"""What people typed is not lost when it cannot be saved, and what runs is not stopped without a question."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from core.jobs import CancelToken
from core.storage.lines import get_entry
from core.storage.project import Project
from core.storage.unfinished import unfinished_texts
from tests.holding import held
from workbench.app import Desk
from workbench.jobs import Job
from workbench.place import Message
from workbench.transcribe.place import TranscribePlace
from workbench.unfinished import UnfinishedTexts

CTRL = Qt.KeyboardModifier.ControlModifier
YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


def write(editor: QWidget) -> None:
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, " typed")


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[QMessageBox.StandardButton], list[str]]:
    """Answers every question so; returns the questions."""

    def answers(button: QMessageBox.StandardButton) -> list[str]:
        asked: list[str] = []

        def ask(box: QMessageBox) -> QMessageBox.StandardButton:
            asked.append(box.text())
            return button

        def ask_shortly(_parent: object, _title: str, text: str) -> QMessageBox.StandardButton:
            asked.append(text)
            return button

        monkeypatch.setattr(QMessageBox, "exec", ask)
        monkeypatch.setattr(QMessageBox, "question", ask_shortly)
        return asked

    return answers


def test_a_text_that_cannot_be_saved_stays_in_the_field_and_is_saved_later(
    transcribe: TranscribePlace, project: Project, messages: list[Message]
) -> None:
    editor, first = transcribe.strips.editor, transcribe.controller.entries[0]
    write(editor)
    with held(project):
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert transcribe.controller.current == first
        assert "another program" in messages[-1].text
        assert messages[-1].kind == "error"
    typed = editor.toPlainText()
    assert typed.endswith(" typed")
    assert transcribe.controller._saver._pause.isActive()
    transcribe.controller._saver._pause.timeout.emit()
    assert get_entry(project, first.line.id).text == typed


def test_a_window_does_not_close_over_a_text_that_cannot_be_saved(
    transcribe: TranscribePlace,
    desk: Desk,
    project: Project,
    answer: Callable[[QMessageBox.StandardButton], list[str]],
) -> None:
    line, editor = transcribe.controller.entries[0].line.id, transcribe.strips.editor
    write(editor)
    asked = answer(NO)
    with held(project):
        assert not desk.window.close()
        QTest.keyClick(editor, Qt.Key.Key_W, CTRL)
        assert desk.workspace is not None
    assert len(asked) == 2
    assert all(editor.toPlainText() in question for question in asked)
    assert desk.window.close()
    assert len(asked) == 2
    assert get_entry(project, line).text.endswith(" typed")


def test_a_window_closes_over_it_if_the_user_says_so(
    transcribe: TranscribePlace,
    desk: Desk,
    project: Project,
    answer: Callable[[QMessageBox.StandardButton], list[str]],
) -> None:
    write(transcribe.strips.editor)
    answer(YES)
    with held(project):
        assert desk.window.close()


def test_closing_the_project_asks_about_what_runs(
    desk: Desk, answer: Callable[[QMessageBox.StandardButton], list[str]]
) -> None:
    assert desk.workspace is not None
    jobs, asked = desk.workspace.jobs, answer(NO)

    def work(cancel: CancelToken, *_: object) -> None:
        stopped = threading.Event()
        cancel.when_cancelled(stopped.set)
        stopped.wait(20)

    jobs.start(Job("Drafting", work))
    QTest.keyClick(desk.window, Qt.Key.Key_W, CTRL)
    assert desk.workspace is not None
    assert "Drafting" in asked[0]
    answer(YES)
    QTest.keyClick(desk.window, Qt.Key.Key_W, CTRL)
    assert desk.workspace is None


def test_what_was_begun_is_written_down_when_that_can_be_done_again(
    transcribe: TranscribePlace, project: Project
) -> None:
    texts = UnfinishedTexts(project, "kind", transcribe)
    texts.note(7, "begun")
    with held(project), pytest.raises(Exception, match="another program"):
        texts.keep()
    texts.keep()
    assert unfinished_texts(project, "kind") == {7: "begun"}
