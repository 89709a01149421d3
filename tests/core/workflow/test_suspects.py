import json

import pytest

from core.document import LineReading, Split, TranscriptionState
from core.evaluation.metrics import score_line
from core.evaluation.suspicion import suspicion
from core.storage.drafts import save_drafts
from core.storage.evaluations import save_evaluation
from core.storage.journal import redo, undo
from core.storage.lines import get_entry
from core.storage.models import NewModel
from core.storage.pages import set_split
from core.storage.project import create_project
from core.storage.runs import conclude_run, list_runs, start_run
from core.storage.second_opinions import Reading, labels
from core.storage.transcriptions import save
from core.training.folds import OUT_OF_FOLD
from core.training.run_folder import write_readings
from core.workflow.evaluating import scored_evaluation
from core.workflow.suspects import FoldReadings, correct, keep, learned_pages, suspects
from tests.core.workflow.test_queueing import MODEL, add_page, read


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "suspects") as made:
        yield made


def label(project, line, text, state=TranscriptionState.CORRECTED):
    present = get_entry(project, line).transcription
    save(project, line, text, state=state, base_revision=present.revision if present else 0)


@pytest.fixture
def lines(project):
    """Right; wrong and surely read otherwise; right, but doubtfully read otherwise; open."""
    _, ids = add_page(
        project, "p1", [read("right"), read("wrong"), read("maybe", 0.9, 0.9, 0.9, 0.3, 0.9), read("open")]
    )
    for line, text in zip(ids[:3], ("right", "wrung", "mayte"), strict=True):
        label(project, line, text)
    return ids


def test_the_surer_the_model_the_more_suspicious_the_label(project, lines):
    found = suspects(project)
    assert [each.label.line_id for each in found] == [lines[1], lines[2]]
    assert [each.score for each in found] == pytest.approx([0.99, 0.3])
    assert found[0].reading == Reading(lines[1], MODEL, "wrong", (0.99,) * 5)


def test_what_a_model_reads_so_in_many_lines_counts_less(project):
    _, ids = add_page(project, "p1", [*[read(f"fa{n}") for n in range(5)], read("once")])
    for line, text in zip(ids, [*(f"ſa{n}" for n in range(5)), "onoe"], strict=True):
        label(project, line, text)
    found = suspects(project)
    assert found[0].label.line_id == ids[5]
    assert [each.score for each in found] == pytest.approx([0.99, *[0.99 / 5] * 5])


def test_a_label_that_was_kept_is_not_asked_for_again_until_it_changes(project, lines):
    keep(project, suspects(project)[0].label)
    assert [each.label.line_id for each in suspects(project)] == [lines[2]]
    label(project, lines[1], "wrang")
    assert suspects(project)[0].label.text == "wrang"


def test_keeping_a_label_is_one_undo_step(project, lines):
    label(project, lines[3], "other act")
    kept = suspects(project)[0].label
    keep(project, kept)
    assert len(suspects(project)) == 2
    assert undo(project).lines == {kept.line_id}
    assert len(suspects(project)) == 3
    assert get_entry(project, lines[3]).text == "other act"
    redo(project)
    assert len(suspects(project)) == 2


def test_taking_the_models_text_is_one_undo_step(project, lines):
    suspect = suspects(project)[0]
    correct(project, suspect.label, suspect.reading.text)
    assert get_entry(project, lines[1]).text == "wrong"
    assert len(suspects(project)) == 1
    undo(project)
    assert get_entry(project, lines[1]).text == "wrung"


def tune(project, name, base, train_lines):
    """A model version whose run learned some lines."""
    run = start_run(project, base, {})
    folder = project.folder / run.folder
    snapshot = [
        {
            "split": "train",
            "text": "x",
            "line_id": line,
            "scan": "s",
            "rotation": 0,
            "polygon": [[0, 0]],
            "direction": "ltr",
            "baseline": None,
        }
        for line in train_lines
    ]
    (folder / "snapshot.jsonl").write_text("".join(json.dumps(line) + "\n" for line in snapshot))
    (folder / "request.json").write_text(json.dumps({"base": base, "base_name": base, "config": {}}))
    file = project.models / f"{name}.safetensors"
    file.write_bytes(b"")
    new = NewModel(name, base, "crnn", f"models/{name}.safetensors", name, 5, {}, {"run": run.id}, {})
    conclude_run(project, run.id, new, [])


def test_a_model_is_no_witness_for_pages_that_it_or_its_parent_learned(project, lines):
    other_page, other = add_page(project, "p2", [read("other")])
    label(project, other[0], "othor")
    tune(project, "tuned-1", MODEL, lines[:3])
    tune(project, "tuned-2", "tuned-1", other)
    assert learned_pages(project)["tuned-1"] == {get_entry(project, lines[0]).line.page_id}
    assert learned_pages(project)["tuned-2"] == {get_entry(project, lines[0]).line.page_id, other_page.id}
    save_drafts(project, "tuned-1", {lines[1]: read("wrung"), other[0]: read("othes")})
    save_drafts(project, "tuned-2", {other[0]: read("othor")})
    witnesses = {each.label.line_id: each.reading.model for each in suspects(project)}
    assert witnesses[lines[1]] == MODEL
    assert witnesses[other[0]] == "tuned-1"


def test_evaluations_of_held_out_pages_come_first(project):
    page, [line] = add_page(project, "p1", [read("drafted")])
    label(project, line, "labelled")
    set_split(project, [page.id], Split.TEST)
    tune(project, "tuned-1", MODEL, [])
    scores = [score_line(line, "labelled", "labellod")]
    save_evaluation(project, scored_evaluation("tuned-1", Split.TEST, scores, 1.0))
    [suspect] = suspects(project)
    assert (suspect.reading.model, suspect.reading.text) == ("tuned-1", "labellod")
    assert suspect.score == pytest.approx(0.5)


def test_other_sources_of_held_out_readings_can_be_plugged_in(project, lines):
    class OutOfFold:
        def readings(self, project, wanted):
            return iter([Reading(wanted[0].line_id, "fold 3", "rught", (0.9,) * 5)])

    [suspect] = suspects(project, [OutOfFold()])
    assert (suspect.label.line_id, suspect.reading.model) == (lines[0], "fold 3")


@pytest.mark.parametrize(
    ("text", "read", "confidences", "score"),
    [
        ("same", "same", [0.9] * 4, 0.0),
        ("some", "same", [0.9, 0.8, 0.7, 0.6], 0.8),
        ("sme", "same", [0.9, 0.8, 0.7, 0.6], 0.8),
        ("saame", "same", [1.0, 0.6, 1.0, 1.0], 0.8),
        ("x", "", [], 0.5),
        ("ab", "cd", None, 1.0),
    ],
)
def test_edits_weigh_as_much_as_the_model_is_sure(text, read, confidences, score):
    assert suspicion(text, read, confidences) == pytest.approx(score)


def test_a_training_with_folds_bears_witness_on_its_own_training_lines(project, lines):
    run = start_run(project, MODEL, {})
    folder = project.folder / run.folder
    new = NewModel("folded", MODEL, MODEL, "models/folded.safetensors", "0", 9, {}, {"run": run.id}, {})
    conclude_run(project, run.id, new, [])
    read = {lines[0]: "right", lines[1]: "wrong", lines[3]: "never corrected"}
    write_readings(folder / OUT_OF_FOLD, {line: LineReading(text) for line, text in read.items()})
    found = list(FoldReadings().readings(project, labels(project)))
    assert found == [Reading(lines[0], "folded", "right"), Reading(lines[1], "folded", "wrong")]


def test_folds_bear_no_witness_on_lines_that_their_base_had_learned(project, lines):
    _, other = add_page(project, "p2", [read("other")])
    label(project, other[0], "othor")
    tune(project, "tuned-1", MODEL, lines[:3])
    tune(project, "folded", "tuned-1", [*lines[:3], *other])
    folder = project.folder / list_runs(project)[0].folder
    readings = {lines[1]: LineReading("wrung"), other[0]: LineReading("other")}
    write_readings(folder / OUT_OF_FOLD, readings)
    found = list(FoldReadings().readings(project, labels(project)))
    assert found == [Reading(other[0], "folded", "other")]
