import re

import pytest

from core.document import LineScore, Split
from core.errors import KnownError
from core.evaluation.comparison import compare
from core.storage.evaluations import NewEvaluation, latest_evaluation, line_scores, save_evaluation
from core.storage.lines import truth_lines
from core.storage.models import NewModel, add_model, promote_model
from core.storage.pages import list_pages, set_split
from core.workflow.judging import judge, judge_stored
from core.workflow.promoting import doubt_about
from core.workflow.report import write_report

BASE = "ppocr-v6-small"


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
    assert "never compared" in doubt_about(utopie, "tuned")


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
