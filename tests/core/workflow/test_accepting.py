from dataclasses import replace

import numpy as np
import pytest

from core.document import Recognition, TranscriptionState
from core.errors import KnownError, StaleEdit
from core.evaluation.bounds import bound_over_lines, upper_bound
from core.storage.acceptances import list_acceptances, reopen
from core.storage.drafts import save_drafts
from core.storage.journal import redo, undo
from core.storage.layout_edits import delete_lines
from core.storage.lines import get_entry
from core.storage.project import create_project
from core.storage.text_batches import TextEdit, change_texts
from core.storage.transcriptions import history, save
from core.workflow.accepting import AuditFigures, accept, audits, note_audit, reopen_acceptance
from tests.core.workflow.test_queueing import add_page, build, read

STATE = TranscriptionState


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "accepting") as made:
        yield made


@pytest.fixture
def lines(project):
    """Sixty sure drafts."""
    return add_page(project, "p1", [read(f"line {n:02d}", *[0.9999] * 7) for n in range(60)])[1]


def accept_all(project, budget=1.0):
    return accept(project, build(project).acceptable(0.005, budget), budget)


def test_accepted_lines_are_corrected_with_author_and_cause(project, lines):
    _, change = accept_all(project)
    entry = get_entry(project, lines[3])
    assert (entry.text, entry.state) == ("line 03", STATE.CORRECTED)
    [past] = history(project, lines[3])
    assert past.author == project.author
    with project.reading() as session:
        causes = set(session.connection().exec_driver_sql("SELECT cause FROM transcription_history"))
    assert causes == {("accept",)}
    assert change.lines == frozenset(lines)


def test_lines_taken_off_their_page_and_empty_drafts_are_not_accepted(project, lines):
    selection = build(project).acceptable(0.005, 1.0)
    delete_lines(project, [lines[3]])
    save_drafts(project, "ppocr-v6-small", {lines[4]: Recognition(())})
    acceptance, _ = accept(project, selection, 1.0)
    assert {line.line_id for line in acceptance.lines} == set(lines) - {lines[3], lines[4]}


@pytest.mark.parametrize(("in_sample", "state"), [(True, STATE.OPEN), (False, STATE.CORRECTED)])
def test_a_line_that_is_not_finished_or_not_of_the_sample_says_nothing_of_the_acceptance(
    project, lines, in_sample, state
):
    acceptance, _ = accept_all(project)
    line = next(each for each in acceptance.lines if each.audited is in_sample)
    save(project, line.line_id, "wholly otherwise", state=state, base_revision=1)
    [audit] = audits(project)
    assert (audit.figures.audited, audit.figures.edits) == (0, 0)
    assert len(audit.pending) == 3 - in_sample


def test_a_line_that_was_mended_while_its_acceptance_is_reopened_keeps_its_text(project, lines):
    accept_all(project)
    save(project, lines[3], "mended", state=STATE.CORRECTED, base_revision=1)
    change = reopen(project, {lines[3]: "line 03", lines[4]: "line 04"})
    assert change.lines == {lines[4]}
    assert get_entry(project, lines[3]).text == "mended"


def test_one_in_twenty_is_audited_and_always_the_same_for_the_same_acceptance(project, lines):
    acceptance, _ = accept_all(project)
    audited = [line.line_id for line in acceptance.lines if line.audited]
    assert len(audited) == 3
    assert audits(project)[0].pending == tuple(audited)
    assert list_acceptances(project)[0] == acceptance


def test_at_least_one_line_is_audited(project):
    add_page(project, "p1", [read("alone", *[0.9999] * 5)])
    assert [line.audited for line in accept_all(project)[0].lines] == [True]


def test_an_acceptance_is_one_undo_step(project, lines):
    accept_all(project)
    assert undo(project).lines == frozenset(lines)
    assert all(get_entry(project, line).transcription is None for line in lines)
    assert audits(project)[0].pending == ()
    redo(project)
    assert get_entry(project, lines[5]).state is STATE.CORRECTED
    assert len(audits(project)[0].pending) == 3


def test_nothing_is_undone_if_one_of_the_lines_has_another_text(project, lines):
    accept_all(project)
    with project.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE transcriptions SET text = 'other' WHERE line_id = ?", (lines[7],)
        )
    with pytest.raises(StaleEdit):
        undo(project)
    assert get_entry(project, lines[0]).state is STATE.CORRECTED


def test_lines_of_the_sample_that_were_corrected_in_passing_count_as_audited(project, lines):
    accept_all(project)
    first, second, third = audits(project)[0].pending
    save(project, first, "lime 99", state=STATE.CORRECTED, base_revision=1)
    save(project, second, get_entry(project, second).text, state=STATE.REVIEWED, base_revision=1)
    audit = audits(project)[0]
    assert audit.pending == (third,)
    edits = {line.line_id: line.edits for line in audit.acceptance.lines if line.audited}
    assert edits[first] >= 1
    assert edits[second] == 0
    assert audit.figures.audited == 2
    assert audit.figures.bad


def test_a_line_begun_meanwhile_is_left_to_its_human(project, lines):
    selection = build(project).acceptable(0.005, 1.0)
    save(project, lines[0], "mine", state=STATE.OPEN, base_revision=0)
    acceptance, _ = accept(project, selection, 1.0)
    assert len(acceptance.lines) == 59
    assert get_entry(project, lines[0]).text == "mine"


def test_with_nothing_sure_enough_the_error_says_what_to_do(project, lines):
    with pytest.raises(KnownError, match="larger budget"):
        accept(project, build(project).acceptable(0.005, 0.0), 0.0)


def test_an_audit_counts_edits_and_bounds_the_error_rate(project, lines):
    acceptance, _ = accept_all(project)
    first, second, third = audits(project)[0].pending
    note_audit(project, acceptance, first, get_entry(project, first).text)
    note_audit(project, acceptance, second, "lime 99x")
    audit = audits(project)[0]
    assert audit.pending == (third,)
    assert (audit.figures.audited, audit.figures.characters) == (2, 14)
    assert audit.figures.edits >= 3
    assert audit.figures.rate < audit.figures.upper < 1
    assert audit.figures.bad
    assert get_entry(project, second).text == "lime 99x"


def test_a_clean_audit_is_not_bad(project, lines):
    acceptance, _ = accept_all(project)
    for line in audits(project)[0].pending:
        note_audit(project, acceptance, line, get_entry(project, line).text)
    figures = audits(project)[0].figures
    assert (figures.edits, figures.bad) == (0, False)
    assert figures.upper == pytest.approx(1 - 0.05 ** (1 / 10), abs=1e-6)  # 21 characters tell half as much


def test_an_audit_is_good_when_its_bound_rules_out_twice_what_was_promised():
    few = AuditFigures(lines=100, audited=3, characters=90, edits=0, rate=0.0, upper=0.1, promised=0.01)
    assert (few.bad, few.good) == (False, False)
    enough = replace(few, audited=100, characters=3000, upper=0.002)
    assert (enough.bad, enough.good) == (False, True)


def test_reopening_gives_back_what_nobody_has_touched_since(project, lines):
    acceptance, _ = accept_all(project)
    audited, *_ = audits(project)[0].pending
    note_audit(project, acceptance, audited, "read again")
    touched = next(line for line in lines if line not in audits(project)[0].pending and line != audited)
    save(project, touched, "by hand", state=STATE.CORRECTED, base_revision=1)
    change = reopen_acceptance(project, audits(project)[0].acceptance)
    assert len(change.lines) == 58
    assert get_entry(project, audited).text == "read again"
    assert get_entry(project, touched).text == "by hand"
    open_again = next(iter(change.lines))
    assert get_entry(project, open_again).transcription is None
    assert "line" in get_entry(project, open_again).text
    undo(project)
    assert get_entry(project, open_again).state is STATE.CORRECTED


def test_only_lines_of_the_sample_are_audited(project, lines):
    acceptance, _ = accept_all(project)
    other = next(line.line_id for line in acceptance.lines if not line.audited)
    with pytest.raises(KnownError, match="not among"):
        note_audit(project, acceptance, other, "x")


def test_texts_of_several_lines_change_and_come_back_together(project, lines):
    save(project, lines[0], "before", state=STATE.CORRECTED, base_revision=0)
    edits = [TextEdit(lines[0], "after", STATE.CORRECTED), TextEdit(lines[1], "new", STATE.OPEN, "Lin")]
    change_texts(project, edits, "sweep")
    assert [history(project, line)[0].author for line in lines[:2]] == [project.author, "Lin"]
    undo(project)
    assert get_entry(project, lines[0]).text == "before"
    assert get_entry(project, lines[1]).transcription is None
    redo(project)
    assert [get_entry(project, line).text for line in lines[:2]] == ["after", "new"]


@pytest.mark.parametrize(
    ("wrong", "total", "bound"),
    [(0, 100, 0.02951), (1, 100, 0.04656), (5, 1000, 0.010482), (30, 400, 0.1004)],
)
def test_the_bound_is_that_of_clopper_and_pearson(wrong, total, bound):
    assert upper_bound(wrong, total) == pytest.approx(bound, rel=0.01)


def test_a_line_full_of_errors_tells_less_than_as_many_errors_in_as_many_lines():
    sizes = [40] * 20
    spread, together = [1] * 12 + [0] * 8, [12] + [0] * 19
    assert bound_over_lines(spread, sizes) == upper_bound(6, 400)  # scatter counts as twice that of chance
    assert bound_over_lines(together, sizes) == upper_bound(1, 65)  # rate 1.5 %, scatter 12.2 times
    assert bound_over_lines(together, sizes) > 1.3 * bound_over_lines(spread, sizes)


def test_the_bound_holds_when_errors_come_together():
    """Lines of 20 to 59 characters, 1 % wrong, their own rates scattered widely; an audit of 20 of 400."""
    chance = np.random.default_rng(1)
    held = 0
    for _ in range(300):
        sizes = chance.integers(20, 60, 400)
        wrong = np.minimum(chance.poisson(0.01 * chance.gamma(0.2, 5.0, 400) * sizes), sizes)
        bound = bound_over_lines(wrong[:20].tolist(), sizes[:20].tolist())
        held += bound >= wrong.sum() / sizes.sum()
    assert held / 300 >= 0.95  # by characters alone it is 0.86


def test_of_an_empty_sample_nothing_is_known():
    assert upper_bound(0, 0) == 1.0


def test_an_audit_that_is_undone_is_still_to_be_done(project, lines):
    acceptance, _ = accept_all(project)
    first, *_ = waiting = audits(project)[0].pending
    note_audit(project, acceptance, first, "wrong key")
    assert audits(project)[0].figures.audited == 1
    undo(project)
    assert audits(project)[0].pending == waiting
    assert get_entry(project, first).text == acceptance_text(acceptance, first)
    redo(project)
    assert audits(project)[0].figures.audited == 1
    assert get_entry(project, first).text == "wrong key"


def acceptance_text(acceptance, line_id):
    [text] = [line.text for line in acceptance.lines if line.line_id == line_id]
    return text
