import pytest

from core.document import Split, TranscriptionState
from core.evaluation.metrics import score_line
from core.storage.drafts import save_drafts
from core.storage.evaluations import save_evaluation
from core.storage.lines import get_entry
from core.storage.models import list_models
from core.storage.pages import set_split
from core.storage.project import create_project
from core.storage.transcriptions import save
from core.workflow.accepting import accept, audits, note_audit
from core.workflow.evaluating import scored_evaluation
from core.workflow.queueing import Order
from core.workflow.sureness import learned_laws
from tests.core.workflow.test_queueing import MODEL, add_page, build, read
from tests.core.workflow.test_suspects import tune


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "sureness") as made:
        yield made


@pytest.fixture
def lines(project):
    """Twenty sure drafts."""
    return add_page(project, "p1", [read(f"line {n:02d}", *[0.9999] * 7) for n in range(20)])[1]


def settle(project, line, text, state=TranscriptionState.CORRECTED):
    save(project, line, text, state=state, base_revision=0)


def law_of(project, model):
    [number] = [each.id for each in list_models(project) if each.name == model]
    return learned_laws(project).get(number)


def test_without_corrected_lines_no_law_is_known(project, lines):
    settle(project, lines[0], "begun", TranscriptionState.OPEN)
    assert learned_laws(project) == {}


def test_drafts_that_were_sure_and_wrong_make_all_others_doubtful(project, lines):
    before = build(project)
    assert len(before.acceptable(0.005, 10.0).line_ids) == 20
    for line in lines[:6]:
        settle(project, line, "lime ou")
    law = law_of(project, MODEL)
    assert (law.lines, law.characters, law.edits) == (6, 42, 18)
    assert build(project).acceptable(0.005, 10.0).line_ids == ()
    before.believe(learned_laws(project))
    assert [line.expected for line in before.lines(Order.PAGE)[6:]] == pytest.approx(
        [line.expected for line in build(project).lines(Order.PAGE)]
    )


def test_what_a_model_was_trained_on_tells_nothing_of_other_lines(project, lines):
    for line in lines[:3]:
        settle(project, line, "line")
    tune(project, "tuned-1", MODEL, lines[:3])
    _, other = add_page(project, "p2", [read("other")])
    save_drafts(project, "tuned-1", {lines[0]: read("line"), other[0]: read("othen")})
    assert law_of(project, "tuned-1") is None
    settle(project, other[0], "other")
    assert (law_of(project, "tuned-1").lines, law_of(project, "tuned-1").edits) == (1, 1)


def test_lines_accepted_unseen_are_no_evidence_until_an_auditor_has_read_them(project, lines):
    acceptance, _ = accept(project, build(project).acceptable(0.005, 10.0), 10.0)
    assert law_of(project, MODEL) is None
    [audited] = audits(project)[0].pending
    note_audit(project, acceptance, audited, "lino 00")
    law = law_of(project, MODEL)
    assert law.lines == 1
    assert law.edits == next(line.edits for line in audits(project)[0].acceptance.lines if line.audited)


def test_accepted_lines_that_were_corrected_because_they_were_wrong_are_no_fair_sample(project, lines):
    accept(project, build(project).acceptable(0.005, 10.0), 10.0)
    [audited] = audits(project)[0].pending
    others = [line for line in lines if line != audited]
    for line in others[:3]:
        save(project, line, "lime ou", state=TranscriptionState.CORRECTED, base_revision=1)
    assert law_of(project, MODEL) is None


def test_an_evaluation_tells_of_a_model_before_any_of_its_drafts_is_corrected(project, lines):
    page = get_entry(project, lines[0]).line.page_id
    for line in lines[:8]:
        settle(project, line, "lime ou")
    set_split(project, [page], Split.TEST)
    tune(project, "tuned-1", MODEL, [])
    scores = [score_line(line, "lime ou", "lime on", 0.01) for line in lines[:8]]
    save_evaluation(project, scored_evaluation("tuned-1", Split.TEST, scores, 1.0))
    law = law_of(project, "tuned-1")
    assert (law.lines, law.edits, law.promised) == (8, 8, pytest.approx(0.08))
    save_drafts(project, "tuned-1", {line: read("line on") for line in lines})
    assert all(line.expected > 0.2 for line in build(project).lines(Order.PAGE))


def test_a_line_that_was_drafted_and_evaluated_counts_once(project, lines):
    settle(project, lines[0], "line 01")
    set_split(project, [get_entry(project, lines[0]).line.page_id], Split.TEST)
    scores = [score_line(lines[0], "line 01", "line 00", 0.01)]
    save_evaluation(project, scored_evaluation(MODEL, Split.TEST, scores, 1.0))
    assert law_of(project, MODEL).lines == 1


def test_deleted_lines_tell_nothing(project, lines):
    settle(project, lines[0], "line")
    assert get_entry(project, lines[0]).text == "line"
    with project.writing() as session:
        session.connection().exec_driver_sql("UPDATE lines SET deleted = 1 WHERE id = ?", (lines[0],))
    assert learned_laws(project) == {}
