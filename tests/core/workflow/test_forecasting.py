import pytest

from core.document import Split
from core.errors import KnownError, NotEnoughLines
from core.jobs import Cancelled, CancelToken
from core.storage.evaluations import NewEvaluation, save_evaluation
from core.storage.lines import truth_lines
from core.storage.models import NewModel, add_model, list_models
from core.storage.pages import list_pages, scan_path
from core.storage.runs import conclude_run, list_runs, start_run
from core.training.config import preset, with_settings
from core.training.run_folder import RunRequest, SnapshotLine, write_request
from core.versions import LineScore
from core.workflow.forecasting import MORE, forecast, origin
from core.workflow.measuring_subsets import measure_subsets, measured_points

BASE = "ppocr-v6-small"
SHORT = with_settings(preset("default"), {"epochs": 1, "min_steps": 2, "batch_size": 2, "validations": 1})


def evaluated(project, model, split, cer, characters=4000):
    errors = round(cer * characters)
    line_id = truth_lines(project, split)[0].image.line_id
    score = LineScore(line_id, "a" * characters, "a" * characters, errors, characters)
    save_evaluation(project, NewEvaluation(model, split, characters, cer, 1 - cer, cer, 0, 10.0, [score]))


def version(project, name, parent, lines, cer, split=Split.TEST):
    add_model(
        project,
        NewModel(name, parent, BASE, f"models/{name}.safetensors", "0", 40, {}, {"lines": lines}, {}),
    )
    evaluated(project, name, split, cer)


def test_before_any_training_there_is_no_forecast(utopie):
    found = forecast(utopie)
    assert (found.points, found.ahead) == ((), ())
    assert found.lines == len(truth_lines(utopie, Split.TRAIN))


def test_past_trainings_give_the_points(utopie):
    evaluated(utopie, BASE, Split.TEST, 0.08)
    version(utopie, "one", BASE, 28, 0.03)
    found = forecast(utopie)
    assert (found.root, found.split) == (BASE, Split.TEST)
    assert [(point.lines, point.errors, point.characters) for point in found.points] == [(28, 120, 4000)]
    assert [each.lines - found.lines for each in found.ahead] == [0, *MORE]
    now, more, most = found.ahead
    assert now.cer > more.cer > most.cer > more.low > 0


@pytest.mark.parametrize("limit", [1.0, None])
def test_a_training_that_was_cut_short_is_no_point(utopie, limit):
    """By its time limit, or by somebody who stopped it and kept the best state so far."""
    for name, steps in (("enough", 150), ("broken-off", 20)):
        config = with_settings(preset("default"), {"max_minutes": limit}).model_dump(mode="json")
        data = {"lines": 28, "steps": steps, "train_seconds": 60.5}
        add_model(utopie, NewModel(name, BASE, BASE, f"models/{name}", "0", 40, config, data, {}))
        evaluated(utopie, name, Split.TEST, 0.03 if name == "enough" else 0.07)
    assert [point.errors for point in forecast(utopie).points] == [120]


def test_a_measurement_whose_time_ran_out_is_refused_and_notes_nothing(utopie):
    hasty = with_settings(SHORT, {"min_steps": 5_000, "max_minutes": 0.001})
    with pytest.raises(KnownError, match="steps, which tells nothing"):
        measure_subsets(utopie, origin(utopie), hasty, cancel=CancelToken(), background=False)
    assert measured_points(utopie, BASE) == []


def test_versions_of_versions_stand_on_the_curve_of_their_origin(utopie):
    version(utopie, "one", BASE, 28, 0.03)
    version(utopie, "two", "one", 60, 0.02)
    version(utopie, "other", "crnn-ppocr-v2", 60, 0.5)
    assert origin(utopie, "two").name == BASE
    assert [point.lines for point in forecast(utopie, "two").points] == [28, 60]
    assert [point.lines for point in forecast(utopie, "other").points] == [60]


def test_without_test_scores_those_of_the_validation_pages_count(utopie):
    version(utopie, "one", BASE, 28, 0.03, Split.VAL)
    assert (forecast(utopie).split, len(forecast(utopie).points)) == (Split.VAL, 1)
    version(utopie, "two", BASE, 28, 0.04, Split.TEST)
    assert (forecast(utopie).split, len(forecast(utopie).points)) == (Split.TEST, 1)


@pytest.mark.parametrize("served", [Split.TRAIN, Split.VAL])
def test_test_pages_that_a_version_has_learned_or_was_checked_on_are_no_measure(utopie, served):
    """Two pages change to the test pages after they served in the first training."""
    lines = truth_lines(utopie)
    seen = [line for line in lines if line.page_id in {page.id for page in list_pages(utopie)[:2]}]
    run = start_run(utopie, BASE, {})
    snapshot = tuple(SnapshotLine(line.image, served, line.text) for line in seen)
    write_request(utopie.folder / run.folder, RunRequest(BASE, BASE, SHORT, snapshot))
    new = NewModel("one", BASE, BASE, "models/one", "0", 40, {}, {"run": run.id, "lines": 28}, {})
    conclude_run(utopie, run.id, new, [])
    known = {line.image.line_id for line in seen}
    scores = [
        LineScore(line.image.line_id, "a" * 100, "a" * 100, 0 if line.image.line_id in known else 4, 100)
        for line in lines
    ]
    fair = len(lines) - len(seen)
    cer = 4 * fair / (100 * len(lines))
    for name in (BASE, "one"):
        save_evaluation(
            utopie, NewEvaluation(name, Split.TEST, 100 * len(lines), cer, 1 - cer, cer, 0, 10.0, scores)
        )
    [point] = forecast(utopie).points
    assert (point.errors, point.characters) == (4 * fair, 100 * fair)


def test_short_trainings_leave_points_and_nothing_else(utopie):
    before = list_models(utopie)
    found = measure_subsets(utopie, origin(utopie), SHORT, cancel=CancelToken(), background=False)
    assert {each.split for each in found} == {Split.TEST}
    tests = [each.point for each in found]
    assert [point.lines for point in tests] == [7, 14]
    assert all(point.characters > 0 for point in tests)
    assert measured_points(utopie, BASE) == found
    assert measured_points(utopie, "crnn-ppocr-v2") == []
    assert (list_models(utopie), list_runs(utopie)) == (before, [])
    assert not list(utopie.runs.iterdir())
    assert forecast(utopie).points == tuple(tests)
    assert forecast(utopie).ahead


def test_a_measurement_that_was_stopped_notes_nothing(utopie):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        measure_subsets(utopie, origin(utopie), SHORT, cancel=cancel, background=False)
    assert measured_points(utopie, BASE) == []


def test_without_a_scan_to_check_on_nothing_can_be_measured(utopie):
    [tested] = [page for page in list_pages(utopie) if page.split is Split.TEST]
    scan_path(utopie, tested).unlink()
    with pytest.raises(NotEnoughLines, match="can be read"):
        measure_subsets(utopie, origin(utopie), SHORT, cancel=CancelToken(), background=False)


def test_without_lines_nothing_can_be_measured(project):
    with pytest.raises(NotEnoughLines):
        measure_subsets(project, origin(project), SHORT, cancel=CancelToken())
