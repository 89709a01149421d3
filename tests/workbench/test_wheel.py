from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.document import Split
from core.storage.pages import list_pages, set_split
from core.storage.project import Project
from workbench.app import Desk
from workbench.fields import DecimalField, NumberField, Picker
from workbench.library.place import LibraryPlace

NOTCH = QPoint(0, -120)


def turn_wheel(field: QWidget) -> None:
    """One notch towards the user above the middle of a field, as the window system reports it."""
    window = field.window().windowHandle()
    place = field.mapTo(field.window(), field.rect().center())
    QTest.wheelEvent(window, QPointF(place), NOTCH)


def test_the_wheel_above_what_pages_serve_for_leaves_their_split_alone(desk: Desk, project: Project) -> None:
    assert desk.workspace is not None
    desk.workspace.changes.announce(set_split(project, [1, 2], Split.TRAIN))
    library = next(place for place in desk.window.places if isinstance(place, LibraryPlace))
    library.refresh()
    library.grid.setFocus()
    library.grid.selectAll()
    turn_wheel(library.panel._split)
    assert {page.split for page in list_pages(project)} == {Split.TRAIN}
    assert library.grid.hasFocus()


def test_the_wheel_scrolls_the_panel_around_a_field_even_when_the_field_has_the_keyboard(
    qtbot: QtBot,
) -> None:
    area, form = QScrollArea(), QWidget()
    picker, number, decimal = Picker(), NumberField(), DecimalField()
    picker.addItems(["one", "two", "three"])
    layout = QVBoxLayout(form)
    for part in (picker, number, decimal):
        layout.addWidget(part)
    layout.addStretch(1)
    form.setMinimumHeight(2000)
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.resize(300, 400)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    for field in (picker, number, decimal):
        area.verticalScrollBar().setValue(0)
        field.setFocus()
        turn_wheel(field)
        assert area.verticalScrollBar().value() > 0
    assert (picker.currentIndex(), number.value(), decimal.value()) == (0, 0, 0)


def test_every_field_of_the_window_leaves_the_wheel_alone(desk: Desk) -> None:
    fields = [each for kind in (QComboBox, QAbstractSpinBox) for each in desk.window.findChildren(kind)]
    assert len(fields) > 20
    assert [each for each in fields if not isinstance(each, (Picker, NumberField, DecimalField))] == []


def test_keys_still_change_a_field(qtbot: QtBot) -> None:
    number = NumberField()
    qtbot.addWidget(number)
    number.show()
    QTest.keyClick(number, Qt.Key.Key_Up)
    assert number.value() == 1
