import hashlib

import pytest

from core.document import LineShape, TranscriptionState
from core.errors import BadRule
from core.jobs import Cancelled, CancelToken
from core.rules.checks import FieldCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Scope
from core.storage.drafts import save_drafts
from core.storage.field_rules import add_rule, enable_rule
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.journal import redo, undo
from core.storage.lines import get_entry, list_entries
from core.storage.pages import NewPage
from core.storage.transcriptions import history, save
from core.workflow.ruling import check_project, repair_drafts
from tests.core.storage.conftest import box, reading

CORRECTED, OPEN = TranscriptionState.CORRECTED, TranscriptionState.OPEN
TEXTS = ("2O24-03-01", "0.25gx24", "2024-02-30", "2O24-03-02", "2O24-03-03", "plain")


@pytest.fixture
def lines(project):
    """Six drafted lines; the fourth was corrected, the fifth begun, both still with a wrong date."""
    new = NewPage("p.png", "scans/p.png", 1000, 800, hashlib.sha256(b"p").hexdigest(), "g", "s")
    shapes: list[LineShape] = [box(100, 100 + 50 * n, 900, 140 + 50 * n) for n in range(len(TEXTS))]
    [page] = add_pages_with_lines(project, [NewPageWithLines(new, tuple(map(NewLine, shapes)))], "s")
    ids = [entry.line.id for entry in list_entries(project, page.id)]
    save_drafts(project, "ppocr-v6-small", {i: reading(t) for i, t in zip(ids, TEXTS, strict=True)})
    save(project, ids[3], TEXTS[3], state=CORRECTED, base_revision=0)
    save(project, ids[4], TEXTS[4], state=OPEN, base_revision=0)
    return ids


@pytest.fixture
def rules(project):
    return [
        add_rule(project, FieldRule("dates", FieldCheck(FieldKind.DATE))),
        add_rule(project, FieldRule("doses", FieldCheck(FieldKind.DOSAGE))),
    ]


def test_lines_are_checked_by_the_rules_in_force(project, lines, rules):
    first = next(iter(check_project(project)))
    assert (first.line.line_id, [v.rule for v in first.violations]) == (lines[0], ["dates"])
    enable_rule(project, rules[0].id, False)
    assert lines[0] not in [broken.line.line_id for broken in check_project(project)]


def test_all_broken_lines_are_found_in_reading_order(project, lines, rules):
    assert [broken.line.line_id for broken in check_project(project)] == lines[:5]


def test_a_rule_for_a_part_of_the_page_leaves_the_rest_alone(project, lines):
    top = Scope(region=(0.0, 0.0, 1.0, 0.2))
    add_rule(project, FieldRule("top dates", FieldCheck(FieldKind.DATE), top))
    assert [broken.line.line_id for broken in check_project(project)] == [lines[0]]


def test_drafts_nobody_touched_are_mended_visibly_as_one_undo_step(project, lines, rules):
    report = repair_drafts(project)
    assert (report.lines, report.by_rule) == (tuple(lines[:2]), {"dates": 1, "doses": 1})
    first = get_entry(project, lines[0])
    assert (first.text, first.state, first.draft.text) == ("2024-03-01", OPEN, "2O24-03-01")
    assert [get_entry(project, line).text for line in lines[1:]] == ["0.25g×24", *TEXTS[2:]]
    assert get_entry(project, lines[3]).state is CORRECTED
    with project.reading() as session:
        from sqlalchemy import text as sql

        causes = session.execute(sql("SELECT cause FROM transcription_history ORDER BY id DESC LIMIT 2"))
        assert [cause for (cause,) in causes] == ["rule: doses", "rule: dates"]
    undo(project)
    assert [get_entry(project, line).transcription for line in lines[:2]] == [None, None]
    redo(project)
    assert get_entry(project, lines[1]).text == "0.25g×24"
    assert len(history(project, lines[1])) == 3
    assert repair_drafts(project).lines == ()


def test_single_rules_can_be_chosen(project, lines, rules):
    assert repair_drafts(project, ["doses"]).lines == (lines[1],)
    with pytest.raises(BadRule, match="weights"):
        repair_drafts(project, ["weights"])


def test_a_repair_that_is_stopped_writes_nothing(project, lines, rules):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        repair_drafts(project, cancel=cancel)
    assert get_entry(project, lines[0]).transcription is None
