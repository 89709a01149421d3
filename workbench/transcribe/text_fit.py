"""Fitting text to the scan beside it: letters spaced so that they stand roughly under their image."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from core.document import Direction
from core.rules.violation import Violation
from workbench.theme import Theme
from workbench.theme.fonts import reading_font
from workbench.transcribe.doubts import Doubt
from workbench.utf16 import utf16_units

TIGHTEST, WIDEST = -0.06, 0.40
"""Letter spacing as a part of the text's size: beyond this, reading suffers more than aligning helps."""

SHORT = 3
"""So few characters are not spaced: a page number would fall apart."""


def fitted_font(text: str, width: float, pixels: float) -> QFont:
    """The reading font at ``pixels``, spaced so that ``text`` is about ``width`` px wide."""
    font = reading_font(pixels)
    if len(text) <= SHORT:
        return font
    natural = QFontMetricsF(font).horizontalAdvance(text)
    if natural > width * 1.02:
        # A little smaller first: tight spacing alone makes letters collide.
        pixels = max(pixels * max(width / natural, 0.84), 13.0)
        font = reading_font(pixels)
        natural = QFontMetricsF(font).horizontalAdvance(text)
    spacing = (width - natural) / len(text)
    font.setLetterSpacing(
        QFont.SpacingType.AbsoluteSpacing, min(max(spacing, TIGHTEST * pixels), WIDEST * pixels)
    )
    return font


def column_pitch(text: str, length: float, pixels: float) -> float:
    """Distance in px from one character to the next in a column as long as its crop."""
    if not text:
        return pixels * 1.2
    return min(max(length / len(text), pixels * 1.0), pixels * 2.6)


def doubt_format(theme: Theme) -> QTextCharFormat:
    """How doubtful characters look in text: a wavy line in the colour of doubt, a soft ground."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    made.setUnderlineColor(theme.colour("doubt"))
    made.setBackground(theme.colour("doubt", 0.16))
    return made


def violation_format(theme: Theme) -> QTextCharFormat:
    """How a place that breaks a rule looks in text: a dashed straight line, a soft ground."""
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    made.setUnderlineColor(theme.colour("fault"))
    made.setBackground(theme.colour("fault", 0.18))
    return made


def base_direction(direction: Direction) -> Qt.LayoutDirection:
    """How Qt orders the words of a line: as the line is read, whatever letter its text begins with."""
    rtl = direction is Direction.RTL
    return Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight


def line_layout(
    text: str,
    font: QFont,
    doubts: tuple[Doubt, ...],
    theme: Theme,
    violations: tuple[Violation, ...] = (),
    direction: Direction = Direction.LTR,
) -> QTextLayout:
    """One line of text ready to be drawn."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setTextDirection(base_direction(direction))
    layout.setTextOption(option)
    broken, doubtful = violation_format(theme), doubt_format(theme)
    layout.setFormats(
        [
            *(_range(text, each.first, each.last, broken) for each in violations),
            *(_range(text, each.first, each.last, doubtful) for each in doubts if each.last > each.first),
        ]
    )
    layout.beginLayout()
    layout.createLine().setLineWidth(1e6)
    layout.endLayout()
    return layout


def _range(text: str, first: int, last: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = utf16_units(text, first)
    made.length = utf16_units(text, last) - made.start
    made.format = look
    return made
