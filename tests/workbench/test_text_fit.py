"""Texts beside the editor: their marks and the order of their words are those of the field."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.document import Direction
from core.rules.violation import Violation
from workbench.differences import difference_layout
from workbench.theme import Scheme, Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.text_fit import line_layout

RARE = "𠀋"


def test_marks_after_a_rare_ideograph_stand_where_they_belong(qtbot: QtBot) -> None:
    theme = Theme(Scheme.LIGHT, 10.0)
    doubts, broken = (Doubt(1, 2, 0, 1),), (Violation(2, 4, "broken"),)
    layout = line_layout(f"{RARE}ab{RARE}", reading_font(20), doubts, theme, broken)
    assert sorted((each.start, each.length) for each in layout.formats()) == [(2, 1), (3, 3)]
    different = difference_layout(theme, f"{RARE}ab", f"{RARE}a{RARE}", 20)
    assert [(each.start, each.length) for each in different.formats()] == [(3, 2)]


def test_words_are_ordered_as_the_line_is_read_whatever_letter_comes_first(qtbot: QtBot) -> None:
    theme = Theme(Scheme.LIGHT, 10.0)
    for direction, qt in (
        (Direction.LTR, Qt.LayoutDirection.LeftToRight),
        (Direction.RTL, Qt.LayoutDirection.RightToLeft),
    ):
        layout = line_layout("שלום abc", reading_font(20), (), theme, direction=direction)
        assert layout.textOption().textDirection() is qt
