import pytest
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import QDoubleSpinBox
from pytestqt.qtbot import QtBot

from resources import RESOURCES
from workbench.theme import DARK, LIGHT, Roles, Scheme, Theme
from workbench.theme.fonts import FIXED, INTERFACE, READING, load_fonts, reading_font
from workbench.theme.roles import MARK_ON_GROUND, TEXT_ON_GROUND, contrast
from workbench.theme.stylesheet import style_sheet


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reaches_aa_contrast_on_every_ground_it_stands_on(roles: Roles) -> None:
    low = {
        (text, ground): round(contrast(getattr(roles, text), getattr(roles, ground)), 2)
        for text, ground in TEXT_ON_GROUND
        if contrast(getattr(roles, text), getattr(roles, ground)) < 4.5
    }
    assert not low


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_from_their_ground(roles: Roles) -> None:
    low = [
        (mark, ground)
        for mark, ground in MARK_ON_GROUND
        if contrast(getattr(roles, mark), getattr(roles, ground)) < 3
    ]
    assert not low


def test_the_colours_that_were_agreed_are_in_force() -> None:
    agreed = (LIGHT.paper, LIGHT.ink, LIGHT.accent, LIGHT.doubt, LIGHT.done, LIGHT.error)
    assert agreed == ("#FBFAF7", "#22262B", "#2F6DB5", "#B7791F", "#2F7D4F", "#B3372F")


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_of_the_style_sheet_is_a_role(roles: Roles) -> None:
    sheet = style_sheet(roles, 11)
    assert "$" not in sheet.replace("Names in $", "").replace("sizes are $", "")
    assert roles.accent in sheet


@pytest.mark.parametrize("char", "aſẽꝑ⸗\ue72b孝經類汉字⁊ꝛ", ids=lambda char: f"U+{ord(char):04X}")
def test_every_reading_character_has_a_glyph_in_a_bundled_font(qapp: object, char: str) -> None:
    families = load_fonts()
    assert set(READING) <= set(families)
    fonts = [QRawFont.fromFont(QFont(family, 20)) for family in READING]
    assert any(font.supportsCharacter(ord(char)) for font in fonts)


def test_all_families_in_use_are_bundled(qapp: object) -> None:
    assert {*INTERFACE, *READING, *FIXED} <= set(load_fonts())


def test_every_font_and_icon_has_its_licence() -> None:
    licences = {path.name.split(".")[0] for path in (RESOURCES / "fonts").glob("*.LICENSE.*")}
    fonts = [path.name for path in (RESOURCES / "fonts").iterdir() if path.suffix in (".ttf", ".otf")]
    assert all(any(name.startswith(licence) for licence in licences) for name in fonts)
    assert (RESOURCES / "icons" / "LICENSE.txt").is_file()


def test_reading_text_shows_the_letters_that_were_typed_without_ligatures(qapp: object) -> None:
    load_fonts()
    assert QFont.Tag("liga") in reading_font(24).featureTags()


def test_the_user_may_fix_the_scheme_and_the_text_size(qtbot: QtBot) -> None:
    theme = Theme(Scheme.DARK)
    theme.apply()
    assert theme.is_dark
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.LIGHT)
    assert theme.roles is LIGHT
    theme.resize_text(99)
    assert theme.points == 18


def test_a_number_in_a_field_is_seen_whole(qtbot: QtBot) -> None:
    Theme(Scheme.LIGHT).apply()
    field = QDoubleSpinBox()
    qtbot.addWidget(field)
    field.setSuffix(" %")
    field.setValue(99.5)
    field.show()
    edit = field.lineEdit()
    # With Qt's own way of having no arrows and a style sheet, the number has a room of one pixel.
    assert edit.width() >= edit.fontMetrics().horizontalAdvance(field.text())
