import re

import pytest

from core.document import LineShape, Split, TranscriptionState
from core.errors import KnownError
from core.evaluation.comparison import Outcome, compare
from core.evaluation.gate import Legacy
from core.evaluation.metrics import score_line
from core.storage.evaluations import NewEvaluation, latest_evaluation, line_scores, save_evaluation
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.layout_edits import delete_lines
from core.storage.lines import truth_lines
from core.storage.models import NewModel, add_model, promote_model, promoted_model
from core.storage.pages import NewPage, list_pages, set_split
from core.storage.runs import conclude_run, start_run
from core.storage.text_batches import TextEdit, change_texts
from core.training.config import PRESETS
from core.training.run_folder import RunRequest, SnapshotLine, write_request
from core.versions import LineScore
from core.workflow.judging import judge, judge_stored
from core.workflow.promoting import doubt_about
from core.workflow.report import write_report
from core.workflow.verdict import in_words, verdict

BASE = "ppocr-v6-small"
SHAPE = LineShape(((0, 0), (9, 0), (9, 9), (0, 9)))


@pytest.fixture
def tuned(utopie):
    """Three test pages, a version, and a way to say how the two read the test lines: text by truth."""
    set_split(utopie, [page.id for page in list_pages(utopie)], Split.TEST)
    add_model(utopie, NewModel("tuned", BASE, BASE, "models/tuned.safetensors", "0", 10, {}, {}, {}))
    lines = [(line.image.line_id, line.text) for line in truth_lines(utopie, Split.TEST)]

    def reads(model, read, scores=None):
        scored = []
        for line_id, truth in lines:
            text = read(truth)
            edits = sum(a != b for a, b in zip(truth, text, strict=True))
            scored.append(LineScore(line_id, truth, text, edits, len(truth)))
        cer = sum(s.edits for s in scored) / sum(s.characters for s in scored)
        save_evaluation(utopie, NewEvaluation(model, Split.TEST, 1, cer, 0, 0, 0, 1.0, scored))

    return reads


def spoilt(truth):
    return "#" + truth[1:]


def test_a_version_that_was_never_compared_is_doubted(utopie, tuned):
    assert "Compare these two first" in doubt_about(utopie, "tuned")


def test_a_version_spoilt_on_purpose_is_refused(utopie, tuned):
    tuned(BASE, lambda truth: truth)
    tuned("tuned", spoilt)
    assert "reads the test lines worse" in doubt_about(utopie, "tuned")
    judgement = judge_stored(utopie, BASE, "tuned")
    assert not judgement.decision.recommended
    assert judgement.interval.low > 0
    assert judgement.chance < 0.01


def test_a_clear_gain_passes_the_gate_and_what_is_in_use_needs_none(utopie, tuned):
    tuned(BASE, spoilt)
    tuned("tuned", lambda truth: truth)
    assert doubt_about(utopie, "tuned") is None
    promote_model(utopie, "tuned")
    assert doubt_about(utopie, "tuned") is None
    assert doubt_about(utopie, BASE) is not None


def test_a_report_is_one_file_with_the_verdict_and_the_worst_lines(utopie, tuned, tmp_path):
    tuned(BASE, lambda truth: truth)
    tuned("tuned", spoilt)
    judgement = judge_stored(utopie, BASE, "tuned")
    file = tmp_path / "report.html"
    write_report(utopie, judgement, file)
    page = file.read_text("utf-8")
    assert "Not recommended" in page
    assert "Lines that got worse" in page
    assert "Chance alone would do that in" in page
    assert "data:image/jpeg;base64," in page
    assert "<mark>#</mark>" in page
    assert not re.search(r'(src|href)="(?!data:)', page)  # nothing beside it


def test_a_report_that_cannot_be_written_says_so(utopie, tuned, tmp_path):
    tuned(BASE, spoilt)
    tuned("tuned", spoilt)
    with pytest.raises(KnownError, match="cannot be written"):
        write_report(utopie, judge_stored(utopie, BASE, "tuned"), tmp_path / "missing" / "report.html")


def test_having_forgotten_ordinary_print_is_held_against_a_version(utopie, tuned):
    tuned(BASE, spoilt)
    tuned("tuned", lambda truth: truth)
    scores = {
        name: line_scores(utopie, latest_evaluation(utopie, name, Split.TEST).id) for name in (BASE, "tuned")
    }
    assert judge(utopie, compare(scores), Split.TEST).legacy is None
    forgetful = {"legacy_cer": [0.02, 0.2]}
    add_model(utopie, NewModel("b", BASE, BASE, "models/b.safetensors", "0", 1, {}, forgetful, {}))
    found = judge(utopie, compare({BASE: scores[BASE], "b": scores["tuned"]}), Split.TEST)
    assert "forgotten ordinary print" in found.decision.reason


def test_a_gain_on_a_single_page_is_not_recommended_but_can_be_used_deliberately(utopie, tuned):
    tuned(BASE, spoilt)
    tuned("tuned", lambda truth: truth)
    set_split(utopie, [page.id for page in list_pages(utopie)[1:]], Split.TRAIN)
    assert "single page" in doubt_about(utopie, "tuned")
    promote_model(utopie, "tuned")
    assert promoted_model(utopie).name == "tuned"


def test_lines_that_are_gone_count_nowhere(utopie, tuned):
    """All that was better is deleted: nothing of it is left in totals, sign test and number of pages."""
    first, *rest = list_pages(utopie)
    gone = {line.image.line_id for line in truth_lines(utopie, Split.TEST) if line.page_id == first.id}
    truths = {line.text for line in truth_lines(utopie, Split.TEST) if line.page_id == first.id}
    tuned(BASE, lambda truth: spoilt(truth) if truth in truths else truth)
    tuned("tuned", lambda truth: truth)
    before = judge_stored(utopie, BASE, "tuned")
    delete_lines(utopie, list(gone))
    after = judge_stored(utopie, BASE, "tuned")
    assert (before.pages, after.pages) == (3, len(rest))
    assert before.chance < 0.01 and after.chance == 1.0
    assert before.comparison.totals[0].edits > 0 == after.comparison.totals[0].edits
    assert after.comparison.totals[0].lines == before.comparison.totals[0].lines - len(gone)


def learn(project, name, line_ids, split=Split.TRAIN):
    """Give a version a training in which lines served for something."""
    run = start_run(project, BASE, {})
    chosen = [line for line in truth_lines(project) if line.image.line_id in line_ids]
    lines = tuple(SnapshotLine(line.image, split, line.text) for line in chosen)
    write_request(project.folder / run.folder, RunRequest(BASE, BASE, PRESETS["default"], lines))
    new = NewModel(name, BASE, BASE, f"models/{name}.safetensors", "0", 10, {}, {"run": run.id}, {})
    conclude_run(project, run.id, new, [])


def test_test_pages_that_a_version_learned_are_left_out(utopie, tuned, tmp_path):
    first = list_pages(utopie)[0]
    learned = [line.image.line_id for line in truth_lines(utopie, Split.TEST) if line.page_id == first.id]
    learn(utopie, "knowing", learned)
    tuned(BASE, spoilt)
    tuned("knowing", lambda truth: truth)
    found = judge_stored(utopie, BASE, "knowing")
    assert (found.pages, found.left_out) == (2, len(learned))
    assert not {line.line_id for line in found.comparison.lines} & set(learned)
    assert f"{len(learned)} lines of pages that one of the two has learned" in found.decision.reason


@pytest.mark.parametrize("served", [Split.TRAIN, Split.VAL])
def test_a_test_page_that_is_another_scan_of_a_page_that_served_is_left_out(utopie, tuned, served):
    first, *_ = list_pages(utopie)
    truth = [line.text for line in truth_lines(utopie, Split.TEST) if line.page_id == first.id]
    sheet = NewPage("twin.png", "scans/twin.png", 800, 600, "f" * 64, "twin", "test")
    rows = tuple(NewLine(SHAPE, text) for text in truth)
    [twin] = add_pages_with_lines(utopie, [NewPageWithLines(sheet, rows)], "test")
    set_split(utopie, [twin.id], served)
    learn(utopie, "knowing", [line.image.line_id for line in truth_lines(utopie, served)], served)
    tuned(BASE, spoilt)
    tuned("knowing", lambda truth: truth)
    found = judge_stored(utopie, BASE, "knowing")
    assert (found.pages, found.left_out) == (2, len(truth))
    assert "be it from another scan" in found.decision.reason


def test_readings_are_judged_by_the_text_as_it_stands_now(utopie, tuned):
    """The line that got worse had a wrong text: once it is put right, none is worse."""
    line = truth_lines(utopie, Split.TEST)[0]
    tuned(BASE, lambda truth: truth)
    tuned("tuned", lambda truth: spoilt(truth) if truth == line.text else truth)
    assert verdict(utopie, BASE, "tuned").worse == 1
    text = spoilt(line.text)
    change_texts(utopie, [TextEdit(line.image.line_id, text, TranscriptionState.CORRECTED)], "test")
    found = judge_stored(utopie, BASE, "tuned")
    assert in_words(found).worse == 0
    assert found.comparison.count(Outcome.BETTER) == 1
    assert found.comparison.totals[-1].edits == 0


def test_pages_that_a_version_was_checked_on_are_no_test_of_it_later(utopie, tuned):
    """Who has no test pages is told to set some: those for validation would come in handy."""
    first, *rest = list_pages(utopie)
    checked = [line.image.line_id for line in truth_lines(utopie, Split.TEST) if line.page_id == first.id]
    learn(utopie, "chosen", checked, Split.VAL)
    tuned(BASE, spoilt)
    tuned("chosen", lambda truth: truth)
    found = judge_stored(utopie, BASE, "chosen")
    assert (found.pages, found.left_out) == (len(rest), len(checked))
    set_split(utopie, [first.id], Split.VAL)
    scores = {
        name: line_scores(utopie, latest_evaluation(utopie, name, Split.TEST).id) for name in (BASE, "chosen")
    }
    assert judge(utopie, compare(scores), Split.VAL).left_out == 0  # as validation pages they serve on


def test_a_version_that_learned_all_test_pages_is_not_recommended_by_them(utopie, tuned, tmp_path):
    learn(utopie, "knowing", [line.image.line_id for line in truth_lines(utopie)])
    tuned(BASE, spoilt)
    tuned("knowing", lambda truth: truth)
    assert "too few test lines" in doubt_about(utopie, "knowing")
    assert verdict(utopie, BASE, "knowing").text == "There is no line left to compare it by."
    write_report(utopie, judge_stored(utopie, BASE, "knowing"), tmp_path / "report.html")
    assert "be it from another scan, are left out" in (tmp_path / "report.html").read_text("utf-8")


def test_forgetting_a_little_in_each_generation_adds_up(utopie, tuned):
    """Held against the version in use, not against the parent."""
    parent = BASE
    for number, noted in enumerate(([0.010, 0.019], [0.019, 0.028], [0.028, 0.037]), start=1):
        data = {"legacy_cer": noted, "legacy_lines": "latin"}
        add_model(utopie, NewModel(f"m-{number}", parent, BASE, f"models/{number}", "0", 1, {}, data, {}))
        parent = f"m-{number}"
    tuned(BASE, spoilt)
    for name in ("m-2", "m-3"):
        tuned(name, lambda truth: truth)
    assert "CER 1.0 % → 3.7 % there" in doubt_about(utopie, "m-3")
    tuned("m-2", spoilt)
    promote_model(utopie, "m-2")
    assert doubt_about(utopie, "m-3") is None
    tuned(BASE, lambda truth: truth)
    assert doubt_about(utopie, BASE) is None
    assert judge_stored(utopie, "m-2", BASE).legacy == Legacy(0.028, 0.010)


def test_ordinary_print_is_compared_only_as_read_on_the_same_lines(utopie, tuned):
    """Which of its lines are read hangs on the charset; what older programs noted tells only of a parent."""
    made = (
        ("wide", BASE, [0.010, 0.040], "latin"),
        ("narrow", "wide", [0.001, 0.002], "digits"),
        ("old", "narrow", [0.5, 0.5], None),
    )
    for name, parent, noted, lines in made:
        data = {"legacy_cer": noted} | ({"legacy_lines": lines} if lines else {})
        add_model(utopie, NewModel(name, parent, BASE, f"models/{name}", "0", 1, {}, data, {}))
    for name in (BASE, "wide", "narrow", "old"):
        tuned(name, spoilt)

    def legacy(before, after):
        return judge_stored(utopie, before, after).legacy

    assert legacy(BASE, "wide") == Legacy(0.010, 0.040)
    assert legacy("wide", "narrow") == legacy(BASE, "narrow") == Legacy(0.001, 0.002)
    assert legacy("narrow", "wide") == Legacy(0.002, 0.001)
    assert legacy("narrow", "old") == legacy("wide", "old") == Legacy(0.5, 0.5)
    assert legacy("wide", BASE) == Legacy(0.040, 0.010)
    assert legacy("narrow", BASE) is None


def test_line_pictures_of_one_book_are_one_piece_of_evidence(project):
    truth = "some true text of a line"
    line = NewLine(SHAPE, truth)
    for book in ("a", "b"):
        pictures = [NewPage(f"{book}{n}", book, 9, 9, f"{book}{n}", book, "", Split.TEST) for n in range(10)]
        add_pages_with_lines(project, [NewPageWithLines(each, (line,)) for each in pictures], "import")
    ids = [each.image.line_id for each in truth_lines(project)]
    scores = {
        name: [score_line(line_id, truth, text) for line_id in ids]
        for name, text in ((BASE, spoilt(truth)), ("crnn-ppocr-v2", truth))
    }
    found = judge(project, compare(scores), Split.TEST)
    assert (found.interval.units, found.interval.by_page) == (2, True)
    assert "on 2 pages that it has never seen" in in_words(found).text


@pytest.mark.parametrize(
    ("split", "where", "title"),
    [
        (Split.VAL, "on 3 pages that it was checked on (no test pages", "On the validation pages"),
        (Split.TRAIN, "on 3 pages to learn from (no test pages", "On the training pages"),
    ],
)
def test_other_pages_than_test_pages_are_called_what_they_are(utopie, tmp_path, split, where, title):
    set_split(utopie, [page.id for page in list_pages(utopie)], split)
    lines = truth_lines(utopie, split)
    scores = {
        name: [score_line(line.image.line_id, line.text, read(line.text)) for line in lines]
        for name, read in ((BASE, spoilt), ("crnn-ppocr-v2", str))
    }
    found = judge(utopie, compare(scores), split)
    assert where in in_words(found).text
    assert "compare on the test pages; if there are none" in found.decision.reason
    write_report(utopie, found, tmp_path / "report.html")
    assert title in (tmp_path / "report.html").read_text("utf-8")


def test_test_pages_speak_before_validation_pages(project):
    add_model(project, NewModel("tuned", BASE, BASE, "models/tuned.safetensors", "0", 10, {}, {}, {}))
    for split in (Split.VAL, Split.TEST):
        new = NewPage(f"{split}.png", f"scans/{split}.png", 9, 9, split, split, split, split)
        add_pages_with_lines(project, [NewPageWithLines(new, (NewLine(SHAPE, "abc"),) * 2)], "import")
        lines = [line.image.line_id for line in truth_lines(project, split)]
        for model in (BASE, "tuned"):
            scores = [score_line(line, "abc", "ab#") for line in lines]
            save_evaluation(project, NewEvaluation(model, split, 2, 1 / 3, 0, 0, 0, 1.0, scores))
        assert judge_stored(project, BASE, "tuned").split is split
