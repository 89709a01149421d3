"""Whoever changes to the dark colours while working sees all of the window change."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tests.workbench.restarting import show
from workbench.app import Desk
from workbench.command import CommandButton
from workbench.library.place import LibraryPlace
from workbench.models.place import ModelsPlace
from workbench.theme import DARK, LIGHT, Scheme
from workbench.training.place import TrainingPlace


def colours(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The colours in which an icon is drawn in full."""
    image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name().upper() for point in points if point.alpha() == 255}


def test_icons_of_buttons_and_menus_take_the_other_scheme_s_colours(desk: Desk) -> None:
    library = show(desk, LibraryPlace)
    buttons = [button for button in library.findChildren(CommandButton) if not button.icon().isNull()]
    assert buttons
    assert all(colours(button.icon()) == {LIGHT.ink_soft.upper()} for button in buttons)
    desk.theme.choose(Scheme.DARK)
    assert all(colours(button.icon()) == {DARK.ink_soft.upper()} for button in buttons)
    actions = [c.action for p in desk.window.places for c in p.commands() if not c.action.icon().isNull()]
    assert all(colours(action.icon()) == {DARK.ink_soft.upper()} for action in actions)
    turn = library.panel._left
    assert colours(turn.icon(), QIcon.Mode.Disabled) == {DARK.rule.upper()}


def test_the_verdict_on_a_training_can_be_read_in_the_other_scheme(desk: Desk) -> None:
    training = show(desk, TrainingPlace)
    training._show_verdict("linewright-demo-1", None)
    QApplication.processEvents()

    def ground() -> str:
        image = training._verdict.grab().toImage()
        return image.pixelColor(image.width() // 2, 6).name().upper()

    assert ground() == LIGHT.doubt_soft.upper()
    desk.theme.choose(Scheme.DARK)
    QApplication.processEvents()
    assert ground() == DARK.doubt_soft.upper()


def test_captions_within_texts_take_the_other_scheme_s_colour(desk: Desk) -> None:
    models = show(desk, ModelsPlace)
    assert LIGHT.ink_soft in models._facts.text()
    desk.theme.choose(Scheme.DARK)
    assert DARK.ink_soft in models._facts.text()
    assert LIGHT.ink_soft not in models._facts.text()
