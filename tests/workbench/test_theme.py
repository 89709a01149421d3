import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDoubleSpinBox,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionViewItem,
)
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


def colours(image: QImage, area: QRect) -> set[str]:
    """All colours in a part of a picture."""
    rows, columns = range(area.top(), area.bottom() + 1), range(area.left(), area.right() + 1)
    return {image.pixelColor(x, y).name() for y in rows for x in columns}


def indicator(button: QAbstractButton, qtbot: QtBot) -> tuple[set[str], str]:
    """The colours of a button's indicator, and that of the ground it stands on."""
    qtbot.addWidget(button)
    button.show()
    option = QStyleOptionButton()
    option.initFrom(button)
    element = QStyle.SubElement.SE_CheckBoxIndicator
    if isinstance(button, QRadioButton):
        element = QStyle.SubElement.SE_RadioButtonIndicator
    area = button.style().subElementRect(element, option, button)
    image = button.grab().toImage()
    return colours(image, area), image.pixelColor(image.width() - 1, image.height() - 1).name()


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK])
def theme(request: pytest.FixtureRequest, qapp: object) -> Theme:
    made = Theme(request.param)
    made.apply()
    return made


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_and_rings_stand_out_whether_they_are_chosen_or_not(
    theme: Theme, kind: type[QAbstractButton], qtbot: QtBot
) -> None:
    looks = []
    for chosen in (False, True):
        button = kind("words")
        button.setAutoExclusive(False)
        button.setCheckable(True)
        button.setChecked(chosen)
        drawn, ground = indicator(button, qtbot)
        assert max(contrast(colour, ground) for colour in drawn) >= 3
        looks.append(drawn)
    accent, on_accent = theme.roles.accent.lower(), theme.roles.on_accent.lower()
    assert accent not in looks[0]
    assert {accent, on_accent} <= looks[1]  # the tick, or the dot, is seen on its ground


def test_a_partly_ticked_box_is_neither_a_ticked_nor_an_empty_one(theme: Theme, qtbot: QtBot) -> None:
    pictures = []
    for state in (Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked):
        box = QCheckBox()
        box.setTristate(True)
        box.setCheckState(state)
        qtbot.addWidget(box)
        box.show()
        pictures.append(box.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_a_box_that_cannot_be_ticked_is_greyed_with_its_words(theme: Theme, qtbot: QtBot) -> None:
    box = QCheckBox("words")
    box.setChecked(True)
    box.setEnabled(False)
    drawn, _ = indicator(box, qtbot)
    assert theme.roles.waiting.lower() in drawn
    assert theme.roles.accent.lower() not in drawn


def test_ticks_in_lists_stand_out(theme: Theme, qtbot: QtBot) -> None:
    listed = QListWidget()
    qtbot.addWidget(listed)
    for state in (Qt.CheckState.Unchecked, Qt.CheckState.Checked):
        item = QListWidgetItem("rule")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        listed.addItem(item)
    listed.show()
    image, size = listed.viewport().grab().toImage(), 16
    for row, accent in enumerate((False, True)):
        option = QStyleOptionViewItem()
        option.initFrom(listed)
        option.rect = listed.visualItemRect(listed.item(row))
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        area = listed.style().subElementRect(element, option, listed)
        assert area.width() >= size
        drawn = colours(image, area)
        assert max(contrast(colour, theme.roles.paper) for colour in drawn) >= 3
        assert (theme.roles.accent.lower() in drawn) is accent


def test_pictures_of_the_style_sheet_have_the_colour_that_stands_on_the_accent() -> None:
    for scheme, roles in (("light", LIGHT), ("dark", DARK)):
        for name in ("check", "dash"):
            assert roles.on_accent in (RESOURCES / "style" / f"{name}-{scheme}.svg").read_text()
