"""A column in the field stands as beside its crop: whole, each character in the middle of its cell."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.document import Direction
from workbench.theme import Scheme, Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.line_editor import LineEditor

PIXELS = 50
PAPER = 128
"""Darker than this is ink."""


def inked_rows(image: QImage) -> list[int]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [
        y
        for y in range(grey.height())
        if any(grey.pixelColor(x, y).lightness() < PAPER for x in range(grey.width()))
    ]


@pytest.mark.parametrize("pitch", [PIXELS, 1.4 * PIXELS, 2 * PIXELS])
def test_no_character_of_a_column_is_cut_and_each_stands_in_the_middle_of_its_cell(
    qtbot: QtBot, pitch: float
) -> None:
    theme = Theme(Scheme.LIGHT)
    theme.apply()
    editor = LineEditor(theme)
    qtbot.addWidget(editor)
    editor.setReadOnly(True)  # no cursor in the picture
    editor.show_text("國國國", 3)
    editor.set_look(reading_font(PIXELS), Direction.TTB, pitch)
    editor.resize(QSize(2 * PIXELS, round(3 * pitch) + editor.overhang))
    editor.show()
    rows = inked_rows(editor.grab().toImage())
    for cell in range(3):
        own = [y for y in rows if cell * pitch <= y < (cell + 1) * pitch]
        assert own[-1] - own[0] > 0.8 * PIXELS, "whole"
        assert (own[0] + own[-1]) / 2 == pytest.approx((cell + 0.5) * pitch, abs=0.1 * PIXELS)
