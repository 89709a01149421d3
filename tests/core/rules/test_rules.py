import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRule
from core.rules.automaton import automaton
from core.rules.checks import FieldCheck, PatternCheck, WordsCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule, check_text, repair_text
from core.rules.scope import LinePlace, Scope, parse_pages, parse_region

HERE = LinePlace(3, "name", 0.5, 0.1)

PATTERNS = (
    "[a-c]+",
    "a(b|c)*a",
    "(a|ab)(c|bc)",
    "a{2,3}b?",
    "[^a]*",
    r"\w+\s\d?",
    "(?i)AbC*",
    "^a.c$",
    "a+?b",
    "",
)


@given(st.sampled_from(PATTERNS), st.text("abcAB1 ", max_size=8))
def test_patterns_match_as_pythons_own_matcher_does(pattern, text):
    assert (automaton(pattern).fault(text) is None) == bool(re.fullmatch(pattern, text))


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*", "(a*)*b", ".*.*.*.*.*x"])
def test_no_pattern_makes_anybody_wait(pattern):
    # A backtracking matcher would not come back from this before the test's time limit, nor in a lifetime.
    assert automaton(pattern).fault("a" * 900 + "!") is not None


@pytest.mark.parametrize("pattern", ["(", "[z-a]", "a" * 2000, r"(a)\1", "(?=a)b", "((a{90}){90}){90}"])
def test_a_pattern_that_cannot_be_used_is_a_known_error(pattern):
    with pytest.raises(BadRule):
        PatternCheck(pattern)


def test_a_pattern_tells_where_the_text_stops_fitting_and_mends_what_looks_alike():
    check = PatternCheck(r"[A-Z]{2}\d{4}")
    assert list(check.violations("AB1204")) == []
    [wrong] = check.violations("AB12?4")
    assert (wrong.first, wrong.last, wrong.repair) == (4, 5, None)
    [alike] = check.violations("AB12O4")
    assert alike.repaired("AB12O4") == "AB1204"
    [wide] = check.violations("ＡＢ1204")
    assert wide.repaired("ＡＢ1204") == "AB1204"
    [short] = check.violations("AB12")
    assert short.sentence.startswith("More should follow")


def test_a_repair_that_could_be_two_things_is_none():
    [violation] = PatternCheck("(AB0|ABD)").violations("ABO")
    assert violation.repair is None


def test_a_word_list_knows_the_nearest_word_but_does_not_guess():
    check = WordsCheck(("Beijing", "Nanjing", "Tianjin"))
    assert [v.repair for v in check.violations("Beijlng")] == ["Beijing"]
    assert [v.repair for v in check.violations("Xanjing")] == ["Nanjing"]
    assert [v.repair for v in check.violations("Paris")] == [None]
    assert [v.repair for v in WordsCheck(("cat", "cut")).violations("cot")] == [None]


def test_each_word_can_be_looked_up():
    check = WordsCheck(("mas", "Linacer"), each=True)
    [violation] = check.violations("mas Linocer mas")
    assert (violation.first, violation.last, violation.repair) == (4, 11, "Linacer")


def test_a_rule_is_for_the_lines_of_its_scope():
    def holds(**limits):
        return Scope(**limits).holds(HERE)

    assert holds() and holds(tag="name") and holds(pages=((1, 3),)) and holds(region=(0, 0, 1, 0.2))
    assert not holds(tag="date") and not holds(pages=((4, 9),)) and not holds(region=(0, 0.2, 1, 1))


def test_pages_and_regions_are_read_as_people_write_them():
    assert parse_pages("1, 3-5") == ((1, 1), (3, 5))
    assert parse_pages("") == ()
    assert parse_region("0 0 1, 0.2") == (0, 0, 1, 0.2)
    assert parse_region(" ") is None
    for wrong in ("x", "5-3", "0"):
        with pytest.raises(BadRule):
            parse_pages(wrong)
    for wrong in ("0 0 1", "0 0 2 1", "a b c d"):
        with pytest.raises(BadRule):
            parse_region(wrong)


@pytest.mark.parametrize(
    "check",
    [PatternCheck("a+"), WordsCheck(("a", "b"), each=True), FieldCheck(FieldKind.DATE, required=True)],
)
def test_rules_go_through_json(check):
    rule = FieldRule("Name 名", check, Scope("tag", ((1, 2),), (0.0, 0.0, 1.0, 0.5)))
    assert FieldRule.from_json(rule.to_json()) == rule


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": "a"},
        {"name": "", "rule": {"kind": "pattern", "pattern": "a"}},
        {"name": "a", "rule": {"kind": "spell"}},
        {"name": "a", "rule": {"kind": "field", "what": "weight"}},
        {"name": "a", "rule": {"kind": "words", "words": []}},
        {"name": "a", "scope": {"pages": ["x"]}, "rule": {"kind": "pattern", "pattern": "a"}},
    ],
)
def test_json_that_is_no_rule_is_a_known_error(values):
    with pytest.raises(BadRule):
        FieldRule.from_json(values)


def test_rules_mend_one_after_the_other():
    rules = [
        FieldRule("date", FieldCheck(FieldKind.DATE)),
        FieldRule("dose", FieldCheck(FieldKind.DOSAGE)),
        FieldRule("elsewhere", PatternCheck("x"), Scope(pages=((9, 9),))),
    ]
    text = "2O24-03-01 0.25gx24"
    assert [v.rule for v in check_text(rules, HERE, text)] == ["date", "dose"]
    assert repair_text(rules, HERE, text) == ("2024-03-01 0.25g×24", ("date", "dose"))
    assert repair_text(rules, HERE, "") == ("", ())
