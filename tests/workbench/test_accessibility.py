from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.lines import list_entries
from core.storage.project import Project
from core.storage.transcriptions import save
from tests.workbench.test_comparison import comparison, place
from workbench.app import Desk
from workbench.comparison.place import ComparisonPlace
from workbench.language import Language, speak
from workbench.library.place import LibraryPlace
from workbench.place import Message, Place
from workbench.transcribe.place import TranscribePlace

__all__ = ["comparison", "place"]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak(Language.ENGLISH)


def focusable(within: QWidget) -> list[QWidget]:
    """What can have the keyboard, without the inner parts of Qt's own widgets."""
    return [
        widget
        for widget in within.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not is_inner(widget)
    ]


def every_view(desk: Desk) -> Iterator[Place]:
    """Every place in front, with each of its tabs."""
    for number, each in enumerate(desk.window.places):
        desk.window.show_place(number)
        yield each
        for tabs in each.findChildren(QTabWidget):
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
                yield each


def is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return (
        widget.focusProxy() is not None
        or widget.objectName().startswith("qt_spinbox")
        or isinstance(parent, QAbstractSpinBox)
        or (parent is not None and isinstance(parent.parentWidget(), QComboBox))
    )


def walked_by_tab(within: QWidget) -> list[QWidget | None]:
    """What Tab reaches one after the other, beginning with what has the keyboard; each says what it is."""
    fields = [widget for widget in focusable(within) if widget.isVisible()]
    assert not [widget for widget in fields if not says(widget)]
    reached: list[QWidget | None] = []
    for _ in fields:
        reached.append(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    return reached


def says(widget: QWidget) -> str:
    """What a screen reader reads of it."""
    own = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
    return widget.accessibleName() or own


def where(widget: QWidget) -> str:
    names = []
    parent: QWidget | None = widget
    while parent is not None:
        names.append(f"{type(parent).__name__}#{parent.objectName()}")
        parent = parent.parentWidget()
    return " < ".join(names)


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.CHINESE])
def test_everything_that_can_have_the_keyboard_says_what_it_is(desk: Desk, language: Language) -> None:
    desk.speak(language)
    for _ in every_view(desk):
        shown = [widget for widget in focusable(desk.window) if widget.isVisible()]
        assert not [where(widget) for widget in shown if not says(widget)]


def test_dialogs_of_transcribe_say_what_their_fields_are(transcribe: TranscribePlace) -> None:
    commands = {command.name: command.action for command in transcribe.commands()}
    for name in ("rules", "snippets", "find", "replace", "comments"):
        commands[f"transcribe.{name}"].trigger()
        top = QApplication.activeWindow() or transcribe
        assert not [where(widget) for widget in focusable(top) if widget.isVisible() and not says(widget)]
        for popup in QApplication.topLevelWidgets():
            if popup.isVisible() and popup is not transcribe.window():
                popup.close()


def test_tab_goes_round_every_place_and_is_caught_nowhere(desk: Desk, qtbot: QtBot) -> None:
    for shown in every_view(desk):
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        first, seen = QApplication.focusWidget(), []
        for _ in range(80):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            seen.append(QApplication.focusWidget())
            if seen[-1] is first:
                break
        assert seen[-1] is first, f"{shown.name}: {[where(each) for each in seen[-4:]]}"


def test_every_button_in_sight_is_reached_by_tab_or_does_a_command(desk: Desk) -> None:
    for shown in every_view(desk):
        buttons = [each for each in shown.findChildren(QAbstractButton) if each.isVisible()]
        without = [each for each in buttons if not each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        foreign = [
            where(each)
            for each in without
            if "qt_" not in each.objectName()
            and not isinstance(each.parentWidget(), (QAbstractItemView, QLineEdit, QTabBar))
            and "(" not in each.toolTip()
        ]
        assert not foreign, shown.name


def test_pictures_in_tables_have_words(place: ComparisonPlace) -> None:
    for view in place.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(min(model.rowCount(), 3)):
            for column in range(model.columnCount(QModelIndex())):
                index = model.index(row, column)
                if index.data(Qt.ItemDataRole.DecorationRole) is not None:
                    assert index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_table_is_sorted_by_a_key(place: ComparisonPlace) -> None:
    place.view.setFocus()
    place.view.setCurrentIndex(place._lines.index(0, 2))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(place.view, Qt.Key.Key_S, keys)
    rows = [place._lines.index(row, 2).data() for row in range(3)]
    assert rows == sorted(rows)
    QTest.keyClick(place.view, Qt.Key.Key_S, keys)
    assert [place._lines.index(row, 2).data() for row in range(3)] == rows[::-1]


def test_what_a_message_offers_is_done_by_a_key(desk: Desk) -> None:
    done: list[bool] = []
    desk.window.show_message(Message("Something", "info", "Undo", lambda: done.append(True)))
    QTest.keyClick(desk.window.place, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert done == [True]
    QTest.keyClick(desk.window.place, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert done == [True]  # the message is gone
    desk.window.show_message(Message("Something", "error", seconds=None))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk.window.place, Qt.Key.Key_W, keys)
    assert desk.window.strip.message is None


def test_the_line_in_hand_is_read_out_with_its_number_and_state(
    transcribe: TranscribePlace, project: Project
) -> None:
    assert transcribe.strips.editor.accessibleName() == "Text of line 1, doubtful"
    second = list_entries(project, 1)[1].line.id
    save(project, second, "mas Linacer", state=TranscriptionState.CORRECTED, base_revision=0)
    transcribe.controller.show_line(second)
    assert transcribe.strips.editor.accessibleName().startswith("Text of line 2")


def test_selected_pages_are_turned_by_keys(desk: Desk) -> None:
    library = desk.window.place
    assert isinstance(library, LibraryPlace)
    library.grid.setFocus()
    library.grid.setCurrentIndex(library._model.index(0))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(library.grid, Qt.Key.Key_Right, keys)
    library.refresh()
    assert [page.rotation for page in library._model.pages] == [90, 0]
