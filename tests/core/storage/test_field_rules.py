import pytest
from sqlalchemy import text as sql

from core.document import TranscriptionState
from core.errors import BadRule, KnownError
from core.rules.checks import FieldCheck, PatternCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Scope
from core.storage.field_rules import (
    add_rule,
    change_rule,
    delete_rule,
    enable_rule,
    enabled_rules,
    list_rules,
    ruled_lines,
)
from core.storage.lines import list_entries
from core.storage.project import open_project
from core.storage.transcriptions import save

DATE = FieldRule("date", FieldCheck(FieldKind.DATE), Scope("date", ((1, 2),), (0.0, 0.0, 1.0, 0.5)))


def test_rules_are_kept_with_the_project(project):
    stored = add_rule(project, DATE)
    project.close()
    with open_project(project.folder) as reopened:
        assert list_rules(reopened) == [stored]
        assert enabled_rules(reopened) == [DATE]


def test_rules_are_changed_switched_off_and_deleted(project):
    stored = add_rule(project, DATE)
    other = FieldRule("number", PatternCheck("[0-9]+"))
    assert change_rule(project, stored.id, other).rule == other
    assert not enable_rule(project, stored.id, False).enabled
    assert enabled_rules(project) == []
    assert enable_rule(project, stored.id).enabled
    delete_rule(project, stored.id)
    assert list_rules(project) == []
    with pytest.raises(KnownError):
        delete_rule(project, stored.id)


def test_a_name_is_for_one_rule_only(project):
    stored, other = add_rule(project, DATE), add_rule(project, FieldRule("b", PatternCheck("b")))
    with pytest.raises(BadRule, match="already"):
        add_rule(project, DATE)
    with pytest.raises(BadRule, match="already"):
        change_rule(project, other.id, DATE)
    assert change_rule(project, stored.id, DATE) == stored


def test_lines_come_with_where_they_are(project, add_page):
    pages = [add_page("p1.png"), add_page("p2.png")]
    ids = [entry.line.id for page in pages for entry in list_entries(project, page.id)]
    for line_id in ids[1:]:
        save(project, line_id, "text", state=TranscriptionState.CORRECTED, base_revision=0)
    with project.writing() as session:
        session.execute(sql("UPDATE lines SET tag = 'date' WHERE id = :id"), {"id": ids[1]})
    lines = list(ruled_lines(project))
    assert [line.line_id for line in lines] == ids[1:]
    place = lines[0].place
    assert (place.page, place.tag, place.x, place.y) == (1, "date", 0.5, 170 / 800)
    assert next(ruled_lines(project, outlines=False)).place.y == 0
