"""How trainings end: what is kept when something is lacking or goes wrong."""

import os
import sqlite3
from functools import partial
from pathlib import Path

import pytest

from core.document import Split
from core.errors import KnownError, ModelInUse, NotEnoughLines
from core.evaluation.metrics import score_line
from core.jobs import Cancelled, CancelToken
from core.storage.evaluations import latest_evaluation, line_scores, save_evaluation
from core.storage.layout_edits import delete_lines
from core.storage.lines import truth_lines
from core.storage.models import NewModel, add_model, delete_model, get_model, list_models
from core.storage.pages import list_pages, scan_path, set_split
from core.storage.project import open_project
from core.storage.runs import get_run, list_runs, resumable_run
from core.training.config import preset, with_settings
from core.training.events import Evaluated, Started, Step, Succeeded
from core.training.run_folder import SNAPSHOT, evaluation_file, read_request
from core.versions import RunState
from core.workflow import finetuning
from core.workflow.evaluating import evaluate_model, scored_evaluation, stored_scores
from core.workflow.finetuning import fine_tune, prepare_fine_tuning, resume_fine_tuning

BASE = "crnn-ppocr-v2"


def few_steps(**settings):
    few = {"epochs": 1, "min_steps": 2, "batch_size": 2, "validations": 1, "replay": 0}
    return with_settings(preset("default"), {**few, **settings})


def scan_of(project, split):
    (page,) = [page for page in list_pages(project) if page.split is split]
    return scan_path(project, page)


def trained(project, cancel=None, events=lambda _event: None):
    cancel = cancel or CancelToken()
    return fine_tune(project, few_steps(), base=BASE, cancel=cancel, events=events, background=False)


def test_a_prepared_training_keeps_the_version_that_it_starts_from(few_lines):
    (few_lines.models / "old.safetensors").write_bytes(b"weights")
    old = NewModel("old", BASE, BASE, "models/old.safetensors", "0" * 64, 80, {}, {}, {})
    add_model(few_lines, old)
    prepare_fine_tuning(few_lines, few_steps(), base="old")
    with pytest.raises(ModelInUse, match="was prepared"):
        delete_model(few_lines, "old")


def test_without_a_readable_test_line_a_version_is_made_and_not_scored_there(few_lines):
    scan_of(few_lines, Split.TEST).unlink()
    told = []
    report = trained(few_lines, events=told.append)
    assert report.run.state is RunState.SUCCEEDED
    assert {event.split for event in told if isinstance(event, Evaluated)} == {Split.VAL}
    assert set(get_model(few_lines, report.model.name).scores) == {"val_cer"}
    assert report.outcome.test_cer_after is None
    assert report.outcome.reliability  # of the validation lines
    left = {file.suffix for file in (few_lines.folder / report.run.folder).iterdir()}
    assert left == {".json", ".jsonl"}, "weights and state of a training that is over fill the disk"


def test_a_training_that_could_not_be_stored_can_be_resumed_and_leaves_no_file(few_lines):
    """As on a full disk: the model can be put into its place, but the database takes no row."""

    def database(statement):
        with sqlite3.connect(few_lines.folder / "project.db") as connection:
            connection.execute(statement)
        connection.close()

    def refuse_models(event):
        if isinstance(event, Succeeded):
            database("CREATE TRIGGER full BEFORE INSERT ON models BEGIN SELECT RAISE(ABORT, 'full'); END")

    before = list_models(few_lines)
    with pytest.raises(Exception, match="full"):
        trained(few_lines, events=refuse_models)
    run = resumable_run(few_lines)
    assert run.state is RunState.FAILED
    assert list_models(few_lines) == before
    assert list(few_lines.models.iterdir()) == []
    database("DROP TRIGGER full")
    report = resume_fine_tuning(few_lines, run.id, cancel=CancelToken(), background=False)
    assert (few_lines.folder / report.model.file).is_file()
    assert get_run(few_lines, run.id).model == report.model.name


def test_keeping_the_best_of_a_training_that_has_learned_nothing_is_refused_in_words(few_lines):
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        trained(few_lines, cancel, lambda event: cancel.cancel() if isinstance(event, Started) else None)
    (run,) = list_runs(few_lines)
    with pytest.raises(KnownError, match="has learned nothing yet that could be kept"):
        resume_fine_tuning(few_lines, run.id, finish=True, cancel=CancelToken(), background=False)


def test_a_training_without_a_usable_line_says_why(few_lines):
    """The base knows no long s; to keep its characters leaves out all lines that have one."""
    lines = truth_lines(few_lines, Split.TRAIN)
    delete_lines(few_lines, [line.image.line_id for line in lines if "ſ" not in line.text])
    with pytest.raises(KnownError, match=r"as the charset lacks .*ſ"):
        fine_tune(few_lines, few_steps(charset="keep"), base=BASE, cancel=CancelToken(), background=False)


def test_who_watches_and_fails_does_not_make_a_stored_training_fail(few_lines):
    def fail(change):
        if change.models:
            raise ValueError("the list of models cannot be shown")

    with pytest.raises(ValueError, match="cannot be shown"):
        fine_tune(few_lines, few_steps(), base=BASE, cancel=CancelToken(), changed=fail, background=False)
    (run,) = list_runs(few_lines)
    assert run.state is RunState.SUCCEEDED


def test_a_run_whose_files_cannot_be_written_has_failed(few_lines):
    (few_lines.folder / "runs" / "0001" / SNAPSHOT).mkdir(parents=True)
    with pytest.raises(OSError, match=SNAPSHOT):
        trained(few_lines)
    (run,) = list_runs(few_lines)
    assert run.state is RunState.FAILED
    assert SNAPSHOT in run.message


def test_an_evaluation_of_a_split_that_has_no_truth_any_more_is_outdated(few_lines):
    lines = truth_lines(few_lines, Split.TEST)
    scores = [score_line(line.image.line_id, line.text, "x") for line in lines]
    save_evaluation(few_lines, scored_evaluation(BASE, Split.TEST, scores, 1.0))
    assert stored_scores(few_lines, BASE, Split.TEST) == tuple(scores)
    set_split(few_lines, [page.id for page in list_pages(few_lines) if page.split is Split.TEST], Split.TRAIN)
    assert stored_scores(few_lines, BASE, Split.TEST) is None


@pytest.mark.parametrize("damaged", [False, True])
def test_a_resumed_training_stores_its_base_as_an_uninterrupted_one_does(few_lines, damaged):
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        trained(few_lines, cancel, lambda event: cancel.cancel() if isinstance(event, Step) else None)
    (run,) = list_runs(few_lines)
    file = few_lines.folder / run.folder / evaluation_file(Split.VAL, after=False)
    whole = file.read_bytes()
    if damaged:
        file.write_bytes(whole[: len(whole) // 2])
    resume_fine_tuning(few_lines, run.id, cancel=CancelToken(), background=False)
    stored = {split: latest_evaluation(few_lines, BASE, split) for split in (Split.VAL, Split.TEST)}
    assert all(stored.values())
    assert file.read_bytes() == whole


def test_what_is_known_of_the_base_is_told_and_not_stored_twice(few_lines):
    known = evaluate_model(few_lines, BASE, Split.VAL, cancel=CancelToken(), background=False).evaluation
    told = []
    trained(few_lines, events=told.append)
    assert latest_evaluation(few_lines, BASE, Split.VAL) == known
    (event,) = [e for e in told if isinstance(e, Evaluated) and (e.split, e.after) == (Split.VAL, False)]
    assert event.cer == pytest.approx(known.cer)


def test_lines_whose_scan_is_missing_are_not_held_against_a_model(few_lines):
    set_split(few_lines, [page.id for page in list_pages(few_lines) if page.split is Split.VAL], Split.TEST)
    first, second = [scan_path(few_lines, p) for p in list_pages(few_lines) if p.split is Split.TEST]
    readable = {line.image.line_id for line in truth_lines(few_lines, Split.TEST) if line.image.scan != first}
    aside = first.rename(few_lines.folder / "aside.jpg")
    report = evaluate_model(few_lines, BASE, Split.TEST, cancel=CancelToken(), background=False)
    assert {score.line_id for score in report.scores} == readable
    assert report.evaluation.lines == len(line_scores(few_lines, report.evaluation.id)) == len(readable)
    assert stored_scores(few_lines, BASE, Split.TEST) == report.scores
    aside.rename(first)
    assert stored_scores(few_lines, BASE, Split.TEST) is None
    for scan in (first, second):
        scan.unlink()
    with pytest.raises(NotEnoughLines, match="could be read"):
        evaluate_model(few_lines, BASE, Split.TEST, cancel=CancelToken(), background=False)


def test_a_training_goes_on_where_its_project_was_moved_to(few_lines, tmp_path, monkeypatch):
    (few_lines.models / "old.safetensors").write_bytes(b"weights")
    add_model(few_lines, NewModel("old", BASE, BASE, "models/old.safetensors", "0" * 64, 80, {}, {}, {}))
    run = prepare_fine_tuning(few_lines, few_steps(), base="old")
    few_lines.close()
    moved = tmp_path / os.fsdecode(b"caf\xe9")  # no UTF-8
    few_lines.folder.rename(moved)
    began = []

    def begin(request, *_, **__):
        began.append(read_request(Path(request["folder"])))
        raise Cancelled

    monkeypatch.setattr(finetuning, "run_worker", begin)
    with open_project(moved) as project:
        with pytest.raises(Cancelled):
            resume_fine_tuning(project, run.id, cancel=CancelToken(), background=False)
        assert began[0].base == str(moved / "models" / "old.safetensors")
        assert {line.image.scan for line in began[0].lines} <= set(
            map(partial(scan_path, project), list_pages(project))
        )
