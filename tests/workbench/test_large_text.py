"""At the largest text the window still fits the smallest screen it is made for."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from workbench.app import Desk
from workbench.language import Language
from workbench.place import Place
from workbench.plots.later import Later
from workbench.review.place import ReviewPlace
from workbench.settings import Settings
from workbench.theme.theme import POINTS_RANGE
from workbench.training.place import TrainingPlace

SCREEN = QSize(1280, 800)
"""Px."""


@pytest.fixture(params=[Language.ENGLISH, Language.CHINESE], ids=["en", "zh"])
def large(request: pytest.FixtureRequest, desk: Desk) -> Desk:
    desk.theme.resize_text(POINTS_RANGE[1])
    desk.speak(request.param)
    desk.window.resize(SCREEN)
    for later in desk.window.findChildren(Later):
        assert later.widget
    return desk


def unfold(place: Place) -> None:
    """Show all that a place may show at a time."""
    if isinstance(place, TrainingPlace):
        for part in (place.resume_button, place.keep_button):
            part.show()
        place._show_verdict("linewright-demo-1", None)
        place.details._fold.setChecked(True)
        place.watching.show_running()


def settled() -> None:
    """Layouts come to rest in some rounds of events."""
    for _ in range(4):
        QApplication.processEvents()


def test_every_place_fits_the_screen(large: Desk, qtbot: QtBot) -> None:
    window = large.window
    needed = {}
    for number, place in enumerate(window.places):
        window.show_place(number)
        unfold(place)
        for tab in range(place.tabs.count() if isinstance(place, ReviewPlace) else 1):
            if isinstance(place, ReviewPlace):
                place.tabs.setCurrentIndex(tab)
            settled()
            needed[place.name, tab] = window.minimumSizeHint()
        qtbot.waitUntil(lambda: large.workspace.jobs.current is None, timeout=20_000)
    assert {
        where: (size.width(), size.height())
        for where, size in needed.items()
        if size.width() > SCREEN.width() or size.height() > SCREEN.height()
    } == {}
    assert window.size() == SCREEN


def test_nothing_is_cut_off_beside_the_plots_of_a_training(large: Desk) -> None:
    number, place = next((n, p) for n, p in enumerate(large.window.places) if isinstance(p, TrainingPlace))
    large.window.show_place(number)
    unfold(place)
    settled()
    content = place._left.widget()
    assert content.minimumSizeHint().width() <= place._left.viewport().width()
    assert content.width() == place._left.viewport().width()
    assert place.watching.width() > 600


def test_nothing_of_the_start_screen_is_cut_off(qtbot: QtBot, settings: Settings) -> None:
    settings.text_points = POINTS_RANGE[1]
    desk = Desk(settings)
    desk.window.resize(SCREEN)
    desk.window.show()
    settled()
    start = desk.window._start
    for part in start.findChildren(QWidget):
        assert start.rect().contains(QRect(part.mapTo(start, QPoint(0, 0)), part.size()))
    for label in start.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    for button in start._buttons.values():
        area = button.visibleRegion().boundingRect()
        assert area.size() == button.size()
    desk.window.close()
