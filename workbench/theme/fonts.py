"""The bundled fonts: what they are called and for what they are used."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from resources import RESOURCES

FONT_FILES = (
    "SourceSans3-Regular.ttf",
    "SourceSans3-It.ttf",
    "SourceSans3-Semibold.ttf",
    "SourceCodePro-Regular.ttf",
    "SourceCodePro-Semibold.ttf",
    "JunicodeTwoBeta-Regular.otf",
    "SourceHanSansSC-Regular.otf",
)

INTERFACE = ["Source Sans 3", "Source Han Sans SC", "Junicode Two Beta"]
"""Menus, labels, tables; the later families fill in the characters that the first has not."""

READING = ["Junicode Two Beta", "Source Han Sans SC", "Source Sans 3"]
"""Transcribed text: a serif that tells I, l and 1 apart and has the medieval characters of MUFI."""

FIXED = ["Source Code Pro", "Junicode Two Beta", "Source Han Sans SC"]
"""Differences, codes, paths."""

IDEOGRAPH = 1.45
"""Height of an ideograph's line over its font's size (Source Han Sans)."""


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts with the application, once.

    Returns:
        The families that were registered.

    Raises:
        FileNotFoundError: If a font file is missing from the installation.
    """
    families: list[str] = []
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
        if number < 0:
            raise FileNotFoundError(f"font {name} is missing from the installation")
        families.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(families))


def interface_font(points: float) -> QFont:
    """The font of menus and labels, in pt."""
    return _font(INTERFACE, points)


def reading_font(pixels: float) -> QFont:
    """The font of transcribed text. It is sized in px, to follow the scan beside it."""
    return QFont(_reading_font(max(1, round(pixels))))


@cache
def _reading_font(pixels: int) -> QFont:
    """Made once a size: half a millisecond, which a screen of strips would pay for each of them."""
    font = QFont()
    font.setFamilies(READING)
    font.setPixelSize(pixels)
    font.setKerning(True)
    # Joining f+i or c+t into one glyph would hide what was typed from the eye that checks it.
    for feature in ("liga", "clig", "dlig", "calt", "hlig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def fixed_font(points: float) -> QFont:
    """The monospaced font, in pt."""
    return _font(FIXED, points)


def _font(families: list[str], points: float) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPointSizeF(points)
    return font
