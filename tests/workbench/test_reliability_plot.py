"""The reliability diagram on a version's card: what a real model said of real lines, as it is stored."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from core.document import DEFAULT_BASE
from core.evaluation.alignment import align
from core.evaluation.reliability import Reliability, reliability
from core.storage.lines import list_entries
from core.storage.models import NewModel, add_model, promote_model
from core.storage.pages import list_pages
from core.storage.project import Project, open_project
from tests.book import copy_of
from workbench.app import Desk
from workbench.models.place import ModelsPlace
from workbench.plots.reliability_plot import ReliabilityPlot
from workbench.settings import Settings
from workbench.theme import Scheme

TEMPERATURE = 1.3


def measured(project: Project) -> Reliability:
    """The confidences of all drafts against what humans made of them."""
    sure: list[float] = []
    right: list[bool] = []
    for page in list_pages(project):
        for entry in list_entries(project, page.id):
            if entry.draft is None or not entry.state.is_truth:
                continue
            sure += [read.confidence for read in entry.draft.recognition.characters]
            text = "".join(read.char for read in entry.draft.recognition.characters)
            for span in align(text, entry.text):
                right += [span.kind == "equal"] * len(span.reference)
    return reliability(sure, right)


@pytest.fixture
def evaluated(book: Path, tmp_path: Path) -> Path:
    """A closed project with a version whose reliability was measured."""
    with copy_of(book, tmp_path / "utopie") as project:
        found = measured(project)
        data = {
            "temperature": TEMPERATURE,
            "calibration_error": found.error,
            "reliability": [[each.count, each.confidence, each.accuracy] for each in found.bins],
        }
        file = "models/utopie-1.safetensors"
        new = NewModel("utopie-1", DEFAULT_BASE, "ppocr_v6", file, "0" * 64, 100, {}, data, {})
        add_model(project, new)
    return tmp_path / "utopie"


def test_a_version_shows_how_far_it_can_be_believed_in_points_and_words(
    evaluated: Path, settings: Settings, qtbot: QtBot
) -> None:
    desk = Desk(settings)
    project = open_project(evaluated)
    found = measured(project)
    desk.show(project)
    desk.window.show()
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ModelsPlace))
    desk.window.show_place(number)
    assert not place.reliability.isVisible()  # nothing was measured for the base
    [item] = place.tree.findItems("utopie-1", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    place.tree.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    shown = place.reliability.widget
    assert shown.isVisible()
    x, y = shown.points.getData()
    assert len(found.bins) > 5
    assert list(x) == pytest.approx([100 * each.confidence for each in found.bins])
    assert list(y) == pytest.approx([100 * each.accuracy for each in found.bins])
    assert f"Expected calibration error: {100 * found.error:.1f} %" in shown.words.text()
    assert "Temperature: 1.30; the network was too sure" in shown.words.text()
    assert shown.plot.accessibleName() == "How often characters are right, by confidence"
    assert len(shown.plot.accessibleDescription().splitlines()) == 1 + len(found.bins)
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        desk.theme.choose(scheme)
        assert shown.plot.backgroundBrush().color() == desk.theme.colour("paper")
    desk.close_project()
    desk.window.close()


def test_plots_are_made_when_somebody_looks_not_when_the_project_is_opened(
    evaluated: Path, settings: Settings
) -> None:
    desk = Desk(settings)
    project = open_project(evaluated)
    promote_model(project, "utopie-1")
    desk.show(project)
    desk.window.show()
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, ModelsPlace))
    assert place.selected is not None and place.selected.name == "utopie-1"
    assert not place.findChildren(ReliabilityPlot)
    desk.window.show_place(number)
    assert place.findChildren(ReliabilityPlot)
    desk.close_project()
    desk.window.close()
