"""The forecast in the window: one sentence, and links to the pages to correct next."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.document import Split
from core.evaluation.forecast import LearningPoint, Outlook
from core.storage.changes import Change
from core.storage.evaluations import NewEvaluation, save_evaluation
from core.storage.models import NewModel, add_model
from core.storage.project import Project
from core.versions import LineScore
from core.workflow.forecasting import Forecast
from core.workflow.next_pages import NextPage
from tests.workbench.conftest import MODEL
from workbench.app import Desk
from workbench.training.forecast_panel import sentence
from workbench.training.place import TrainingPlace
from workbench.transcribe.place import TranscribePlace

AHEAD = (
    Outlook(100, 0.031, 0.028, 0.034),
    Outlook(150, 0.026, 0.022, 0.03),
)


def found(ahead: tuple[Outlook, ...] = AHEAD, split: Split = Split.TEST) -> Forecast:
    points = (LearningPoint(100, 31, 1000),) if ahead else ()
    return Forecast(MODEL, 100, split, points, ahead, (NextPage(1, 31, "p31", 20, 1.0),))


def test_the_sentence_tells_gain_and_interval() -> None:
    assert sentence(found()) == ("50 more lines of this kind: CER 3.1 % → about 2.6 % (likely 2.2 to 3.0 %).")


def test_the_sentence_is_honest_about_validation_pages_and_missing_trainings() -> None:
    assert "flatters" in sentence(found(split=Split.VAL))
    assert sentence(found(())) == "No forecast yet: it needs one training that is not cut short."


@pytest.fixture
def place(desk: Desk, qtbot: QtBot) -> TrainingPlace:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TrainingPlace))
    desk.window.show_place(number)
    qtbot.waitUntil(place.forecast.isVisible)
    return place


def test_pages_with_open_drafts_are_linked(place: TrainingPlace) -> None:
    assert place.forecast.sentence.text() == "No forecast yet: it needs one training that is not cut short."
    assert {page.page_id for page in place.forecast._pages} == {1, 2}
    assert "page 1" in place.forecast.pages.text()


def test_a_link_opens_its_page_by_key(place: TrainingPlace, desk: Desk, qtbot: QtBot) -> None:
    first = place.forecast._pages[0].page_id
    pages = place.forecast.pages
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_Tab)
    QTest.keyClick(pages, Qt.Key.Key_Return)
    assert isinstance(desk.window.place, TranscribePlace)
    assert desk.window.place.controller.page.id == first


def test_a_training_brings_a_forecast(place: TrainingPlace, project: Project, qtbot: QtBot) -> None:
    new = NewModel("one", MODEL, MODEL, "models/one.safetensors", "0", 40, {}, {"lines": 28}, {})
    add_model(project, new)
    score = LineScore(1, "a" * 1000, "a" * 1000, 30, 1000)
    save_evaluation(project, NewEvaluation("one", Split.TEST, 1000, 0.03, 0.97, 0.1, 0, 1.0, [score]))
    place.workspace.changes.announce(Change(models=True))
    qtbot.waitUntil(lambda: "50 more lines" in place.forecast.sentence.text())
