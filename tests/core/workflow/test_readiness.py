from dataclasses import replace

import pytest

from core.document import LineShape, Split, TranscriptionState
from core.errors import NotEnoughLines
from core.jobs import CancelToken
from core.storage.evaluations import NewEvaluation, save_evaluation
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.lines import list_entries, truth_lines
from core.storage.models import NewModel, add_model
from core.storage.pages import NewPage, list_pages, set_split
from core.storage.splits import fix_splits
from core.storage.transcriptions import save
from core.training.config import preset, with_settings
from core.versions import LineScore
from core.workflow.pace import Pace, measure_pace
from core.workflow.readiness import Grade, readiness
from core.workflow.verdict import verdict

BASE = "ppocr-v6-small"
DEFAULT = preset("default")
ONE_SECOND = Pace(learn=1.0, read=0.0)


def test_a_project_without_corrections_is_not_ready_and_says_what_to_do(project):
    ready = readiness(project, DEFAULT)
    assert ready.grade is Grade.NOT_YET
    assert "at least two pages" in ready.reason
    assert (ready.total, ready.minutes) == (0, None)


@pytest.mark.parametrize(
    ("splits", "grade", "reason"),
    [
        ((Split.TRAIN, Split.VAL), Grade.TRY, "corrected lines: "),
        ((None, None), Grade.NOT_YET, "are of one book"),
        ((Split.TRAIN, Split.TEST), Grade.NOT_YET, "Beside the pages for the test"),
        ((Split.VAL, Split.VAL), Grade.NOT_YET, "of another page to learn from"),
    ],
)
def test_it_is_ready_when_a_training_can_begin(project, splits, grade, reason):
    """Also with a single book whose pages people have parted; not with pages that only test."""
    shape = LineShape(((0, 0), (9, 0), (9, 9), (0, 9)))
    for number, split in enumerate(splits):
        name = f"p{number}"
        page = NewPage(name, f"scans/{name}", 9, 9, name, "book", "", split)
        add_pages_with_lines(project, [NewPageWithLines(page, (NewLine(shape, "abc"),))], "import")
    ready = readiness(project, DEFAULT)
    assert ready.grade is grade
    assert reason in ready.reason
    if grade is Grade.NOT_YET:
        with pytest.raises(NotEnoughLines, match=reason):
            fix_splits(project)
    else:
        fix_splits(project)


def test_lines_are_counted_by_what_their_pages_serve_for(utopie):
    ready = readiness(utopie, DEFAULT)
    for split in Split:
        assert sum(page.lines for page in ready.of_split(split)) == len(truth_lines(utopie, split))
    assert ready.grade is Grade.TRY


def test_characters_that_the_base_lacks_are_named(utopie):
    entry = list_entries(utopie, 1)[0]
    save(
        utopie,
        entry.line.id,
        "ꝑ ꝑ",
        state=TranscriptionState.CORRECTED,
        base_revision=entry.transcription.revision,
    )
    ready = readiness(utopie, DEFAULT)
    assert "ꝑ" in ready.new
    assert ("ꝑ", 2) in ready.thin
    assert "e" not in ready.new


def test_time_follows_steps_batch_and_limit(utopie):
    config = with_settings(DEFAULT, {"epochs": 1, "min_steps": 60, "batch_size": 1})
    minutes = readiness(utopie, config, pace=ONE_SECOND).minutes
    twice = readiness(utopie, with_settings(config, {"min_steps": 120}), pace=ONE_SECOND).minutes
    limited = readiness(utopie, with_settings(config, {"max_minutes": 0.5}), pace=ONE_SECOND).minutes
    assert twice - minutes == pytest.approx(1.0)
    assert minutes - limited == pytest.approx(0.5)


def test_undecided_pages_count_by_the_shares_they_will_fall_into(utopie):
    set_split(utopie, [page.id for page in list_pages(utopie)], None)
    config = with_settings(DEFAULT, {"epochs": 1, "min_steps": 1, "batch_size": 1})
    pace = Pace(learn=60.0, read=0.0)
    lines = len(truth_lines(utopie))
    assert 0.6 * lines < readiness(utopie, config, pace=pace).minutes < 0.9 * lines


def test_pace_is_measured_by_real_steps_and_leaves_nothing_behind(utopie):
    before = [line.text for line in truth_lines(utopie)]
    # Three pages are too few for five folds, yet each network of those takes as long as any.
    config = with_settings(DEFAULT, {"batch_size": 1, "folds": 5})
    pace = measure_pace(utopie, config, cancel=CancelToken())
    assert pace.learn > 0
    assert pace.read > 0
    assert not list(utopie.runs.iterdir())
    assert [line.text for line in truth_lines(utopie)] == before


def test_without_lines_there_is_no_pace(project):
    assert measure_pace(project, DEFAULT, cancel=CancelToken()) is None


@pytest.fixture
def judged(utopie):
    """A version beside its base: two lines better, one worse."""
    add_model(
        utopie,
        NewModel("tuned", BASE, "ppocr-v6-small", "models/tuned.safetensors", "0", 10, {}, {}, {}),
    )
    lines = truth_lines(utopie, Split.TEST)[:3]

    def score(model, edits):
        scores = [
            LineScore(line.image.line_id, line.text, "y", n, 10) for line, n in zip(lines, edits, strict=True)
        ]
        cer = sum(edits) / 30
        save_evaluation(utopie, NewEvaluation(model, Split.TEST, 30, cer, 0, 0, 0, 1.0, scores))

    return score


def test_verdict_is_a_sentence_with_numbers_and_a_warning(utopie, judged):
    judged(BASE, [4, 4, 0])
    judged("tuned", [1, 0, 1])
    found = verdict(utopie, BASE, "tuned")
    assert found.better
    assert found.worse == 1
    assert found.text == (
        "75 % fewer wrong characters on 1 page that it has never seen: 26.67 % → 6.67 %; 1 line got worse."
    )


def test_verdict_says_when_it_became_worse(utopie, judged):
    judged(BASE, [1, 0, 1])
    judged("tuned", [4, 4, 0])
    found = verdict(utopie, BASE, "tuned")
    assert not found.better
    assert "more wrong characters" in found.text


def test_verdict_rounds_no_change_to_none_or_all(utopie, judged):
    for before, after, words in (
        ([400, 400, 200], [1, 0, 0], "99.9 % fewer wrong characters"),
        ([400, 400, 200], [400, 400, 199], "0.1 % fewer wrong characters"),
        ([4, 0, 0], [0, 0, 0], "100 % fewer wrong characters"),
        ([0, 0, 0], [1, 0, 0], "Wrong characters where there were none"),
    ):
        judged(BASE, before)
        judged("tuned", after)
        assert verdict(utopie, BASE, "tuned").text.startswith(words)


def test_models_that_never_read_the_same_lines_get_no_verdict(utopie, judged):
    judged(BASE, [1, 0, 1])
    assert verdict(utopie, BASE, "tuned") is None


def test_a_better_pace_shortens_the_wait(utopie):
    slow = readiness(utopie, DEFAULT, pace=ONE_SECOND).minutes
    assert readiness(utopie, DEFAULT, pace=replace(ONE_SECOND, learn=0.5)).minutes < slow
