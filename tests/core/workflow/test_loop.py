"""The main loop with real scans, real weights and real worker processes."""

import os
import signal
from collections import Counter
from itertools import pairwise

import psutil
import pytest

from core.document import Split, TranscriptionState
from core.errors import NotEnoughLines, UnknownModel, WorkerFailed
from core.exchange.layout_xml import read_layout_xml
from core.jobs import Cancelled, CancelToken
from core.layout.matching import match_lines
from core.storage.drafts import list_drafts
from core.storage.lines import list_entries, truth_lines
from core.storage.models import delete_model, get_model, promote_model, promoted_model
from core.storage.pages import list_pages, page_progress, set_split
from core.storage.runs import curve, get_run, list_runs, resumable_run
from core.training.config import preset, with_settings
from core.training.events import CheckpointSaved, Evaluated, Started, Step, Succeeded, Validated
from core.versions import RunState
from core.workflow.drafting import draft_lines
from core.workflow.evaluating import compare_models, evaluate_model
from core.workflow.exporting import export_model, export_pages
from core.workflow.finetuning import fine_tune, resume_fine_tuning
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from tests.book import CORRECTIONS

BASE = "ppocr-v6-small"


SMALL = "crnn-ppocr-v2"
"""Learns and reads in half the time."""


def few_steps(**settings):
    few = {"epochs": 1, "min_steps": 4, "batch_size": 2, "validations": 2, "replay": 0}
    return with_settings(preset("default"), {**few, **settings})


def test_nearly_every_true_line_is_found_in_reading_order(utopie):
    for page in list_pages(utopie):
        truth = read_layout_xml(CORRECTIONS / page.name.replace(".jpg", ".xml")).lines
        entries = list_entries(utopie, page.id)
        matches = match_lines([e.line.shape for e in entries], [line.shape for line in truth])
        found = [match.found for match in matches if match.found is not None]
        assert len(found) >= len(truth) - 1
        # a page number and the heading beside it may be read in either order
        assert sum(a > b for a, b in pairwise(found)) <= 1


def test_draft_carries_confidence_and_place_of_every_character(utopie):
    for entry in list_entries(utopie, 1):
        characters = entry.draft.recognition.characters
        assert len(characters) == len(entry.draft.text)
        assert all(0 <= c.start < c.end <= 1 and 0 < c.confidence <= 1 for c in characters)


def test_drafting_open_lines_leaves_corrected_ones_alone(utopie):
    before = {entry.line.id: entry.draft for entry in list_entries(utopie, 1)}
    report = draft_lines(utopie, only_open=True, cancel=CancelToken(), background=False)
    open_lines = sum(
        e.state is TranscriptionState.OPEN
        for page in list_pages(utopie)
        for e in list_entries(utopie, page.id)
    )
    assert report.lines == open_lines
    for entry in list_entries(utopie, 1):
        if entry.state.is_truth:
            assert entry.draft == before[entry.line.id]


def test_new_drafts_lie_beside_human_text(utopie):
    texts = [entry.text for entry in list_entries(utopie, 1)]
    draft_lines(utopie, [1], model="crnn-ppocr-v2", only_open=False, cancel=CancelToken(), background=False)
    entries = list_entries(utopie, 1)
    assert [entry.text for entry in entries] == texts
    assert {d.model for d in list_drafts(utopie, entries[0].line.id)} == {BASE, "crnn-ppocr-v2"}


def test_finding_lines_again_keeps_corrected_ones(utopie):
    before = [(e.line.id, e.text) for e in list_entries(utopie, 1) if e.transcription]
    find_lines(utopie, [1], cancel=CancelToken(), background=False)
    assert [(e.line.id, e.text) for e in list_entries(utopie, 1) if e.transcription] == before


def test_unknown_model_is_named(utopie):
    with pytest.raises(UnknownModel, match="no model “gpt”"):
        evaluate_model(utopie, "gpt", Split.TEST, cancel=CancelToken())


def test_nothing_to_evaluate_is_said(project):
    with pytest.raises(NotEnoughLines):
        evaluate_model(project, BASE, Split.TEST, cancel=CancelToken())


def test_fine_tuning_makes_a_version_with_curves_and_scores(few_lines):
    seen = []
    report = fine_tune(
        few_lines, few_steps(replay=0.1), cancel=CancelToken(), events=seen.append, background=False
    )
    kinds = [type(event) for event in seen]
    assert kinds[0] is Started
    assert kinds[-1] is Succeeded
    assert kinds.count(Step) == report.outcome.steps
    assert {(e.split, e.after) for e in seen if isinstance(e, Evaluated)} == {
        (split, after) for split in (Split.VAL, Split.TEST) for after in (False, True)
    }
    model = get_model(few_lines, report.model.name)
    assert (model.parent, set(model.scores)) == (BASE, {"val_cer", "test_cer"})
    assert (few_lines.folder / model.file).is_file()
    points = curve(few_lines, report.run.id)
    assert [p.step for p in points] == list(range(1, report.outcome.steps + 1))
    assert any(p.val_cer is not None for p in points)
    assert get_run(few_lines, report.run.id).state is RunState.SUCCEEDED

    comparison = compare_models(
        few_lines, [BASE, model.name], Split.TEST, cancel=CancelToken(), background=False
    )
    assert len(comparison.lines) == len(truth_lines(few_lines, Split.TEST))
    assert comparison.totals[1].cer == pytest.approx(report.outcome.test_cer_after)

    promote_model(few_lines, model.name)
    drafted = draft_lines(few_lines, [3], cancel=CancelToken(), background=False)
    assert drafted.model == model.name == promoted_model(few_lines).name
    export_model(few_lines, model.name, few_lines.folder / "out.pth")
    assert (few_lines.folder / "out.vocab.txt").exists()


def test_twenty_steps_make_a_better_reader(utopie):
    report = fine_tune(
        utopie,
        few_steps(min_steps=20, batch_size=8, validations=1),
        base=SMALL,
        cancel=CancelToken(),
        background=False,
    )
    assert report.outcome.val_cer_after < 0.8 * report.outcome.val_cer_before


def test_cancel_stops_within_a_step_and_the_run_can_be_resumed(few_lines):
    cancel = CancelToken()

    def stop_at_second_step(event):
        if isinstance(event, Step) and event.step == 2:
            cancel.cancel()

    config = few_steps(min_steps=40)
    with pytest.raises(Cancelled):
        fine_tune(few_lines, config, base=SMALL, cancel=cancel, events=stop_at_second_step, background=False)
    (run,) = list_runs(few_lines)
    assert run.state is RunState.CANCELLED
    assert resumable_run(few_lines) == run
    report = resume_fine_tuning(few_lines, run.id, cancel=CancelToken(), background=False)
    steps = [p.step for p in curve(few_lines, run.id)]
    assert steps == list(range(1, report.outcome.steps + 1))


def test_stopping_can_keep_the_best_so_far(few_lines):
    cancel = CancelToken()

    def stop_after_validation(event):
        if isinstance(event, Validated) and event.step > 0:
            cancel.cancel()

    with pytest.raises(Cancelled):
        fine_tune(
            few_lines,
            few_steps(min_steps=40, validations=20),
            base=SMALL,
            cancel=cancel,
            events=stop_after_validation,
            background=False,
        )
    run = list_runs(few_lines)[0]
    report = resume_fine_tuning(few_lines, run.id, finish=True, cancel=CancelToken(), background=False)
    assert report.outcome.steps < 40
    assert get_run(few_lines, run.id).model == report.model.name


def test_killed_worker_leaves_a_clear_message_and_a_resumable_run(few_lines):
    def kill_the_child(event):
        if isinstance(event, CheckpointSaved):
            (child,) = psutil.Process().children()
            os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(WorkerFailed, match="was killed"):
        fine_tune(
            few_lines,
            few_steps(min_steps=40, validations=4),
            base=SMALL,
            cancel=CancelToken(),
            events=kill_the_child,
            background=False,
        )
    run = resumable_run(few_lines)
    assert run.state is RunState.INTERRUPTED
    report = resume_fine_tuning(few_lines, run.id, cancel=CancelToken(), background=False)
    assert report.outcome.steps == 40
    delete_model(few_lines, report.model.name)


def test_exported_line_data_set_comes_back_the_same(utopie, tmp_path, project):
    export_pages(utopie, tmp_path / "out", "jsonl", cancel=CancelToken())
    report = import_paths(project, [tmp_path / "out"], cancel=CancelToken())
    there = [line.text for line in truth_lines(utopie)]
    assert [line.text for line in truth_lines(project)] == there
    assert report.skipped == ()


def test_an_exported_line_data_set_keeps_books_and_splits(utopie, tmp_path, project):
    first, *_ = list_pages(utopie)
    set_split(utopie, [first.id], None)
    export_pages(utopie, tmp_path / "out", "jsonl", cancel=CancelToken())
    import_paths(project, [tmp_path / "out"], cancel=CancelToken())
    progress = page_progress(utopie)
    there: Counter[tuple[str, Split | None]] = Counter()
    for page in list_pages(utopie):
        there[page.group, page.split] += progress[page.id].done
    assert len(there) > 1
    assert Counter((page.group, page.split) for page in list_pages(project)) == there


@pytest.mark.parametrize("format_", ["page", "alto"])
def test_exported_layout_comes_back_the_same(utopie, tmp_path, project, format_):
    export_pages(utopie, tmp_path / "out", format_, cancel=CancelToken())
    import_paths(project, [tmp_path / "out"], cancel=CancelToken())
    assert [line.text for line in truth_lines(project)] == [line.text for line in truth_lines(utopie)]
    there, here = truth_lines(utopie)[0].image.shape.box, truth_lines(project)[0].image.shape.box
    assert here == pytest.approx(there, abs=1)
