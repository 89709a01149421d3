from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from core.document import Split
from core.training.config import preset
from core.training.events import (
    Evaluated,
    RejectedLine,
    SampleReading,
    Started,
    Step,
    TrainingEvent,
    Validated,
)
from core.workflow.readiness import Grade, PageShare, readiness
from workbench.app import Desk
from workbench.finetuning.story import Story
from workbench.plots.training_plots import TrainingPlots
from workbench.theme import Scheme, Theme
from workbench.training.details import Details
from workbench.training.place import TrainingPlace
from workbench.training.readiness_panel import facts_html
from workbench.training.watching_panel import status_words


def told(*events: TrainingEvent) -> Story:
    story = Story()
    for event in events:
        story.note(event)
    return story


START = Started(
    train_lines=20,
    val_lines=5,
    test_lines=6,
    steps=10,
    steps_per_epoch=3,
    charset_size=41,
    new_characters=("ꝑ",),
    rejected=(RejectedLine(7, "it has no text"),),
    precision="float32",
    threads=1,
)
STEPS = [Step(n, 10, n / 3, 1.0 / n, 1e-4, 2.0 * n) for n in range(1, 6)]


def test_a_story_tells_curves_best_and_time_left() -> None:
    story = told(START, *STEPS, Validated(5, 10.0, 0.3, 0.02, True, (SampleReading(1, "ab", "ac"),)))
    assert [point.step for point in story.points] == [1, 2, 3, 4, 5]
    assert story.points[-1].val_cer == 0.02
    assert story.seconds_left == pytest.approx(10.0)
    assert status_words(story) == (
        "Step 5 of 10, epoch 1.7 · less than a minute left · best CER 2.00 % (step 5)"
    )
    assert any("Line 7 is left out: it has no text" in line for line in story.log)


def test_a_resumed_story_drops_the_points_that_come_again() -> None:
    story = told(*STEPS)
    story.note(Started(20, 5, 6, 10, 3, 41, (), (), "float32", 1, resumed_at=2))
    assert [point.step for point in story.points] == [1, 2]


def test_first_readings_stay_beside_the_newest() -> None:
    first, now = SampleReading(1, "ab", "xx"), SampleReading(1, "ab", "ab")
    story = told(
        START, *STEPS, Validated(1, 1, 1, 0.5, True, (first,)), Validated(5, 2, 1, 0.1, True, (now,))
    )
    assert story.first_samples == {1: first}
    assert story.newest is not None
    assert story.newest.samples == (now,)


def test_the_base_is_known_as_soon_as_it_was_read() -> None:
    assert told(Evaluated(Split.VAL, False, 5, 100, 0.08, 9.0, "f")).base_cer == 0.08


@pytest.fixture
def details(qtbot: QtBot) -> Details:
    made = Details(Theme())
    qtbot.addWidget(made)
    return made


def test_untouched_details_are_the_default_preset(details: Details) -> None:
    assert details.config() == preset("default")


def test_a_preset_fills_the_fields_and_comes_out_whole(details: Details) -> None:
    details._preset.setCurrentIndex(details._preset.findData("article"))
    assert details.config() == preset("article")


def test_settings_of_the_form_reach_the_training(details: Details) -> None:
    details._minutes.setValue(7)
    details._epochs.setValue(3)
    details._augment.setChecked(False)
    config = details.config()
    assert (config.max_minutes, config.epochs, config.augment) == (7, 3, ())


@pytest.mark.parametrize("points", [10.5, 12.0, 14.0])
def test_unfolded_details_fit_beside_the_plots(desk: Desk, place: TrainingPlace, points: float) -> None:
    desk.window.resize(1280, 800)
    desk.theme.resize_text(points)
    place.details._fold.setChecked(True)
    assert place.watching.plots.widget
    area = place._left
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


@pytest.fixture
def place(desk: Desk) -> TrainingPlace:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TrainingPlace))
    desk.window.show_place(number)
    return place


def test_without_corrected_lines_the_button_is_off_and_says_why(place: TrainingPlace) -> None:
    assert not place.button.isEnabled()
    assert "Not yet" in place.panel.word
    assert readiness(place.workspace.project, preset("default")).grade is Grade.NOT_YET


def test_the_panel_tells_splits_characters_time_and_recommendation(place: TrainingPlace) -> None:
    shown = facts_html(readiness(place.workspace.project, preset("default")), "#000")
    for words in ("characters", "new to the base", "time", "200–500 for printed variants", "800–1500"):
        assert words in shown


def test_a_page_of_one_line_is_told_in_the_singular(place: TrainingPlace) -> None:
    pages = (PageShare("p1.png", Split.TRAIN, 1), PageShare("p2.png", None, 2))
    place.panel.show_readiness(replace(readiness(place.workspace.project, preset("default")), pages=pages))
    assert place.panel._facts.toolTip() == "p1.png: 1 line, learn from\np2.png: 2 lines, undecided"


def test_the_legend_of_the_loss_is_in_the_colour_of_the_other_labels(qtbot: QtBot) -> None:
    theme = Theme()
    plots = TrainingPlots(theme)
    qtbot.addWidget(plots)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.choose(scheme)
        ink = theme.colour("ink_soft").name()
        assert all(ink in label.item.toHtml() for _, label in plots._legend.items)
