import math
import time
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.document import Split
from core.jobs import Cancelled, CancelToken, ProgressSink
from core.storage.changes import Change
from core.storage.models import NewModel, add_model, delete_model, get_model, list_models, promote_model
from core.storage.project import LEFT_RUNNING, Project
from core.storage.runs import add_points, conclude_run, finish_run, start_run
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
from core.training.run_folder import BEST, RESUME
from core.versions import CurvePoint, RunState
from core.workflow.finetuning import FineTuneReport
from core.workflow.readiness import Grade, PageShare, readiness
from core.workflow.verdict import Verdict
from tests.workbench.conftest import MODEL
from workbench.app import Desk
from workbench.finetuning.story import Story
from workbench.jobs import Job, JobCancelled
from workbench.language import Language
from workbench.place import Message
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
        "Step 5 of 10, epoch 1.7 · less than a minute left · kept: CER 2.00 % (step 5)"
    )
    assert any("Line 7 is left out: it has no text" in line for line in story.log)


def test_networks_that_vote_are_not_held_against_a_base_that_read_other_lines() -> None:
    story = Story(folds=3)
    base = Evaluated(Split.VAL, False, 5, 100, 0.1, 9.0, "file")
    for event in (START, base, STEPS[0], Validated(1, 2.0, 0.3, 0.02, True, ())):
        story.note(event)
    assert story.base_line is None
    assert story.log[-1].endswith("on the lines that this network does not learn; this state is kept so far.")


def test_a_training_starts_from_the_promoted_version_unless_another_was_chosen(
    qtbot: QtBot, project: Project
) -> None:
    details = Details(Theme())
    qtbot.addWidget(details)
    details.show_models(list_models(project))
    assert details.base == MODEL
    for name in ("one", "two"):
        add_model(project, NewModel(name, MODEL, MODEL, f"models/{name}", "0" * 64, 9, {}, {}, {}))
    promote_model(project, "one")
    details.show_models(list_models(project))
    assert details.base == "one"  # as on the command line, and after a new start of the window
    details._base.setCurrentText("crnn-v6")
    promote_model(project, "two")
    details.show_models(list_models(project))
    assert details.base == "crnn-v6"
    add_model(project, NewModel("three", MODEL, MODEL, "models/three", "0" * 64, 9, {}, {}, {}))
    details.show_models(list_models(project))
    assert details.base == "crnn-v6"


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


def showing_training(desk: Desk) -> TrainingPlace:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TrainingPlace))
    desk.window.show_place(number)
    return place


@pytest.fixture
def place(desk: Desk) -> TrainingPlace:
    return showing_training(desk)


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
    assert "<b>1</b> line on 1 page: p1.png" in place.panel._facts.text()


def test_the_time_is_being_measured_only_when_it_is(place: TrainingPlace) -> None:
    assert readiness(place.workspace.project, preset("default")).grade is Grade.NOT_YET
    assert "not measured here" in place.panel._facts.text()
    place._measuring = Job("Measuring", lambda *_: None, missed=False)
    place.refresh()
    assert "measuring how quick" in place.panel._facts.text()
    place._note_job(JobCancelled(place._measuring))
    assert "not measured here" in place.panel._facts.text()


def test_nothing_is_offered_to_do_with_a_model_that_was_deleted(
    place: TrainingPlace, project: Project, desk: Desk
) -> None:
    mine = NewModel("mine", MODEL, MODEL, "models/mine.safetensors", "0" * 64, 9, {}, {}, {})
    run = start_run(project, MODEL, {})
    add_points(project, run.id, [CurvePoint(1, 1.0, 1e-4, 0.5)])
    conclude_run(project, run.id, mine, [])
    place.workspace.changes.announce(Change(models=True, runs=True))
    assert place.use_button.isVisible()
    place.workspace.changes.announce(delete_model(project, "mine"))
    assert not place.use_button.isVisible()
    assert "its model was deleted since" in place.watching.status.text()


@pytest.mark.parametrize(
    ("state", "message", "resumable", "shown"),
    [
        (RunState.CANCELLED, "Stopped; it can be resumed.", True, "已停止；可以继续。"),
        (RunState.CANCELLED, "Stopped; it can be resumed.", False, "已取消"),
        (RunState.INTERRUPTED, LEFT_RUNNING, True, "程序在该次训练进行时结束；可以继续。"),
        (RunState.INTERRUPTED, LEFT_RUNNING, False, "已中断"),
    ],
)
def test_how_the_last_training_ended_is_told_in_the_language_of_now(
    desk: Desk, project: Project, state: RunState, message: str, resumable: bool, shown: str
) -> None:
    run = start_run(project, MODEL, {})
    add_points(project, run.id, [CurvePoint(1, 1.0, 1e-4, 0.5)])
    finish_run(project, run.id, state, message=message)
    if resumable:
        (project.folder / run.folder / RESUME).write_bytes(b"state")
    try:
        desk.speak(Language.CHINESE)
        assert shown in showing_training(desk).watching.status.text()
    finally:
        desk.speak(Language.ENGLISH)


def test_the_log_of_a_stopped_training_is_there_in_the_other_language_too(
    desk: Desk, project: Project
) -> None:
    run = start_run(project, MODEL, {})
    add_points(project, run.id, [CurvePoint(1, 1.0, 1e-4, 0.5)])
    finish_run(project, run.id, RunState.CANCELLED)
    desk.workspace.fine_tuning.story = told(START, *STEPS)
    try:
        desk.speak(Language.CHINESE)
        assert "ꝑ" in showing_training(desk).watching._log.toPlainText()
    finally:
        desk.speak(Language.ENGLISH)


def test_the_offer_to_resume_goes_away_when_the_training_goes_on(desk: Desk, place: TrainingPlace) -> None:
    place.controller.ended.emit(None, "Paused. Resume goes on where it stood.")
    assert desk.window.strip.message
    place.controller.began.emit()
    assert desk.window.strip.message is None
    place.controller.ended.emit(None, "Paused.")
    desk.window.show_message(Message("Another one"))
    place.controller.began.emit()
    assert desk.window.strip.message
    place.controller.ended.emit(None, "Paused.")


@pytest.mark.parametrize(("better", "kind"), [(True, "done"), (False, "doubt"), (None, "doubt")])
def test_only_a_training_that_made_things_better_is_told_in_green(
    desk: Desk,
    place: TrainingPlace,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    better: bool | None,
    kind: str,
) -> None:
    found = None if better is None else Verdict("Told.", better, recommended=False, reason="", worse=0)
    monkeypatch.setattr("workbench.training.place.verdict", lambda *_: found)
    run = start_run(project, MODEL, {})
    new = NewModel("tuned", MODEL, MODEL, "models/tuned", "0" * 64, 9, {}, {"run": run.id}, {})
    run = conclude_run(project, run.id, new, [])
    model = get_model(project, "tuned")
    outcome: Any = None  # what the child told counts nothing here
    place.controller.ended.emit(FineTuneReport(run, model, MODEL, outcome, Change()), "Told.")
    assert desk.window.strip.message
    assert (desk.window.strip.message.text, desk.window.strip.message.kind) == ("Told.", kind)


def test_the_star_marks_the_state_that_is_kept_though_an_earlier_one_seemed_better(qtbot: QtBot) -> None:
    plots = TrainingPlots(Theme())
    qtbot.addWidget(plots)
    points = [CurvePoint(5, 1.0, 1e-4, 0.5, 0.3, 0.010), CurvePoint(9, 1.0, 1e-4, 0.5, 0.3, 0.011)]
    for kept in (None, 0):  # not known, and the base itself
        plots.show_points(points, kept=kept)
        assert plots._kept.getData()[0] is None
    plots.show_points(points, kept=9)
    assert list(plots._kept.getData()[0]) == [9]


def test_what_is_kept_is_not_called_the_best_where_another_state_read_better() -> None:
    """A few lines cannot tell close ones apart: then the later state is kept."""
    story = told(
        START,
        STEPS[0],
        Validated(1, 2.0, 0.3, 0.020, True, ()),
        STEPS[1],
        Validated(2, 4.0, 0.3, 0.021, True, ()),
    )
    assert story.kept_step == 2
    assert not any("best" in line for line in story.log)
    assert "kept: CER 2.10 % (step 2)" in status_words(story)


def test_a_loss_that_overflowed_is_left_out_of_the_curves(qtbot: QtBot) -> None:
    plots = TrainingPlots(Theme())
    qtbot.addWidget(plots)
    overflowed = (CurvePoint(n, 1.0, 1e-4, loss, loss, 1.0) for n, loss in ((2, math.nan), (3, math.inf)))
    plots.show_points([CurvePoint(1, 1.0, 1e-4, 0.5, 0.3, 0.03), *overflowed])
    assert list(plots._train_line.getData()[0]) == list(plots._val_line.getData()[0]) == [1]
    assert list(plots._rate_line.getData()[0]) == [1, 2, 3]


def test_the_names_of_the_axes_are_whole_in_low_plots_too(qtbot: QtBot) -> None:
    plots = TrainingPlots(Theme(Scheme.LIGHT))
    qtbot.addWidget(plots)
    for height, name in ((900, "validation CER (%)"), (300, "CER (%)")):
        plots.resize(600, height)
        plots.show()
        axis = plots._cer.getAxis("left")
        qtbot.waitUntil(lambda axis=axis, name=name: axis.labelText == name, timeout=2000)
        assert axis.label.boundingRect().width() <= axis.height() + 8


def test_the_legend_of_the_loss_is_in_the_colour_of_the_other_labels(qtbot: QtBot) -> None:
    theme = Theme()
    plots = TrainingPlots(theme)
    qtbot.addWidget(plots)
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.choose(scheme)
        ink = theme.colour("ink_soft").name()
        assert all(ink in label.item.toHtml() for _, label in plots._legend.items)


def test_one_word_for_pausing_everywhere_and_another_for_throwing_away(
    desk: Desk, place: TrainingPlace, qtbot: QtBot
) -> None:
    def act(cancel: CancelToken, _progress: ProgressSink, _changed: object) -> FineTuneReport:
        while not cancel.cancelled:
            time.sleep(0.001)
        raise Cancelled

    place.controller._begin(act, Story())
    [bar] = [bar for bar in desk.window.status.bars if bar.isVisibleTo(desk.window)]
    assert bar._stop.text() == place.watching.pause_button.text() == "Pause"
    assert place.watching.drop_button.text() == "Throw away"
    place.watching.drop_button.click()
    assert desk.window.strip.message.action == "Throw away"
    assert not place.controller.stopping  # it was only asked
    with qtbot.waitSignal(place.controller.ended):
        bar._stop.click()


def test_a_training_is_thrown_away_by_a_second_step_only(
    desk: Desk, place: TrainingPlace, project: Project, qtbot: QtBot
) -> None:
    dropped: list[bool] = []
    run = start_run(project, MODEL, {})
    finish_run(project, run.id, RunState.CANCELLED)
    learned = (project.folder / run.folder / RESUME, project.folder / run.folder / BEST)
    for file in learned:
        file.write_bytes(b"weights")

    def act(cancel: CancelToken, _progress: ProgressSink, _changed: object) -> FineTuneReport:
        while not cancel.cancelled:
            time.sleep(0.001)
        dropped.append(place.controller._drop)
        raise Cancelled

    place.controller._begin(act, Story())
    place.watching.drop_button.click()
    with qtbot.waitSignal(place.controller.ended):
        desk.window.strip.message.act()
    assert dropped == [True]
    assert not any(file.exists() for file in learned)
    assert desk.window.strip.message.action != "Throw away"
