"""A text with the places marked where it differs from another one."""

from PySide6.QtGui import QTextCharFormat, QTextLayout

from core.evaluation.alignment import SpanKind, align
from workbench.theme import Theme
from workbench.theme.fonts import reading_font
from workbench.utf16 import utf16_units

LOST = "‸"
"""Stands where characters of the reference are missing."""


def difference_layout(theme: Theme, reference: str, read: str, pixels: int) -> QTextLayout:
    """``read``, with what is not so in ``reference`` coloured and underlined; one line, laid out."""
    text, formats = "", []
    for span in align(reference, read):
        shown = span.read or LOST
        if span.kind is not SpanKind.EQUAL:
            start = utf16_units(text, len(text))
            formats.append(_mark(theme, start, utf16_units(shown, len(shown))))
        text += shown
    layout = QTextLayout(text, reading_font(pixels))
    layout.setFormats(formats)
    layout.beginLayout()
    layout.createLine().setLineWidth(1e6)
    layout.endLayout()
    return layout


def _mark(theme: Theme, start: int, length: int) -> QTextLayout.FormatRange:
    look = QTextCharFormat()
    look.setForeground(theme.colour("error_text"))
    look.setBackground(theme.colour("error_soft"))
    look.setFontUnderline(True)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made
