import pytest

from core.evaluation.classes import CharacterClass, class_errors, class_of
from core.evaluation.metrics import score_line


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("ſ", CharacterClass.LETTERS),
        ("7", CharacterClass.DIGITS),
        ("⸗", CharacterClass.PUNCTUATION),
        (" ", CharacterClass.SPACES),
        ("經", CharacterClass.CJK),
        ("\u0364", CharacterClass.MARKS),
        ("=", CharacterClass.OTHER),
    ],
)
def test_class_of_a_character(char, kind):
    assert class_of(char) is kind


def test_errors_are_counted_where_they_stand():
    before = [score_line(1, "Anno 1550,", "Anno 1SS0.")]
    after = [score_line(1, "Anno 1550,", "Ano 1550,")]
    errors = {each.kind: each for each in class_errors([before, after])}
    assert errors[CharacterClass.DIGITS].edits == (2, 0)
    assert errors[CharacterClass.DIGITS].characters == 4
    assert errors[CharacterClass.LETTERS].edits == (0, 1)
    assert errors[CharacterClass.PUNCTUATION].edits == (1, 0)
    assert errors[CharacterClass.DIGITS].rate(0) == 0.5
    assert sum(each.edits[0] for each in errors.values()) == before[0].edits


def test_a_class_that_the_truth_lacks_has_errors_but_no_rate():
    errors = {each.kind: each for each in class_errors([[score_line(1, "ab", "ab7")]])}
    assert errors[CharacterClass.DIGITS].told(0) == "1 (–)"
    assert errors[CharacterClass.LETTERS].told(0) == "0 (0.0 %)"


def test_what_was_seldom_learned_is_counted_as_rare_too():
    scores = [score_line(1, "aꝑ", "ap")]
    errors = {each.kind: each for each in class_errors([scores], {"a": 50, "ꝑ": 2})}
    assert errors[CharacterClass.RARE].characters == 1
    assert errors[CharacterClass.RARE].edits == (1,)
    assert CharacterClass.RARE not in {each.kind for each in class_errors([scores])}
