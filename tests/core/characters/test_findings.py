import pytest

from core.characters.census import Census, ModelCharacters, count_characters
from core.characters.findings import Finding, FindingKind, findings_in
from core.characters.near_duplicates import NearDuplicate, Nearness, near_duplicates

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABC")


def told(text: str, census: Census | None = None) -> list[tuple[FindingKind, str]]:
    found = findings_in(text, census or Census())
    return [(each.kind, text[each.first : each.last]) for each in found]


def model(*, learns: bool = True) -> ModelCharacters:
    return ModelCharacters("small", tuple(sorted(LETTERS)), LETTERS, learns)


def test_a_character_that_the_model_does_not_know_is_told_with_its_examples() -> None:
    census = Census(confirmed={"ꝑ": 12}, model=model())
    [found] = findings_in("saꝑ ꝑ", census)
    assert (found.kind, found.first, found.last) == (FindingKind.UNKNOWN, 2, 3)
    assert found.sentence == "The model does not know ꝑ (U+A751); it will learn it from 12 examples."
    [one] = findings_in("ꝑ", Census(confirmed={"ꝑ": 1}, model=model()))
    assert one.sentence.endswith("from 1 example.")


def test_an_unknown_character_without_examples_is_told_what_it_needs() -> None:
    [found] = findings_in("ꝑ", Census(model=model()))
    assert found.sentence.endswith("it learns it from confirmed lines that have it.")


def test_a_model_whose_charset_is_kept_cannot_learn_a_character() -> None:
    [found] = findings_in("ꝑ", Census(confirmed={"ꝑ": 12}, model=model(learns=False)))
    assert "fine-tuning kept the base's characters" in found.sentence


def test_nothing_is_said_of_a_model_that_is_not_there_nor_of_blanks() -> None:
    assert findings_in("ꝑ", Census()) == ()
    assert findings_in("a b", Census(model=model())) == ()


@pytest.mark.parametrize(
    ("text", "part", "sentence"),
    [
        ("te\u0301", "e\u0301", "e (U+0065) ◌\u0301 (U+0301) is saved as é (U+00E9) (NFC)."),
        ("\uf900", "\uf900", "\uf900 (U+F900) is saved as 豈 (U+8C48) (NFC)."),
    ],
)
def test_what_saving_changes_is_told(text: str, part: str, sentence: str) -> None:
    [found] = findings_in(text, Census())
    assert found.kind is FindingKind.NOT_NORMAL
    assert text[found.first : found.last] == part
    assert found.sentence == sentence


def test_a_mark_without_a_composed_form_is_normal() -> None:
    assert told("m\u0303") == []


def test_a_cyrillic_letter_in_a_latin_word_is_told() -> None:
    assert told("p\u0430ge") == [(FindingKind.LOOK_ALIKE, "\u0430")]
    [found] = findings_in("p\u0430ge", Census())
    assert found.sentence == "\u0430 (U+0430), Cyrillic, only looks like a (U+0061)."


def test_a_latin_letter_in_a_greek_word_is_told_too() -> None:
    assert told("λoγος") == [(FindingKind.LOOK_ALIKE, "o")]


def test_capitals_look_like_capitals() -> None:
    [found] = findings_in("\u0406lle", Census())
    assert "I (U+0049)" in found.sentence


@pytest.mark.parametrize(
    "text", ["le mot λόγος icy", "слово and word", "漢字カード力カ", "fi ſi", "l1I0O", "l’ami ʼa"]
)
def test_words_of_another_script_and_letters_of_the_same_one_are_no_slips(text: str) -> None:
    assert told(text) == []


def test_the_other_width_is_told_where_the_project_mostly_writes_the_usual_one() -> None:
    census = Census(shown={"1": 30, "2": 1})
    assert told("no. １2", census) == [(FindingKind.WIDTH, "１")]
    assert told("no. １2") == []
    assert told("3", Census(shown={"１": 12})) == [(FindingKind.WIDTH, "3")]


def test_another_apostrophe_than_the_project_mostly_writes_is_told() -> None:
    census = Census(shown={"’": 40, "'": 2})
    assert told("l'an", census) == [(FindingKind.HABIT, "'")]
    assert told("l’an", census) == []
    assert told("l'an", Census(shown={"’": 40, "'": 20})) == []


def test_findings_come_in_the_order_of_the_text() -> None:
    census = Census(shown={"’": 40}, model=model())
    places = [each.first for each in findings_in("ꝑ'\u0430b", census)]
    assert places == sorted(places)
    assert all(isinstance(each, Finding) for each in findings_in("ꝑ", census))


def test_near_duplicates_are_listed_with_counts_and_lines() -> None:
    texts = [(1, "l’an"), (2, "d’or"), (3, "d'un"), (4, "p\u0430ge de page"), (5, "１0 10 1")]
    found = near_duplicates(texts)
    assert NearDuplicate(Nearness.HABIT, "'", "’", 1, 2, (3,)) in found
    assert NearDuplicate(Nearness.LOOK_ALIKE, "\u0430", "a", 1, 2, (4,)) in found
    assert NearDuplicate(Nearness.WIDTH, "１", "1", 1, 2, (5,)) in found


def test_a_character_that_is_never_saved_is_listed() -> None:
    assert near_duplicates([(7, "\uf900")]) == (
        NearDuplicate(Nearness.NORMAL_FORM, "\uf900", "豈", 1, 0, (7,)),
    )


def test_what_the_model_knows_is_preferred_unless_the_other_is_much_commoner() -> None:
    [pair] = near_duplicates([(1, "’’’'")], known={"'"})
    assert (pair.rare, pair.usual) == ("’", "'")
    [pair] = near_duplicates([(1, "’" * 10 + "'")], known={"'"})
    assert (pair.rare, pair.usual) == ("'", "’")


def test_another_width_is_offered_though_nobody_writes_it_if_only_that_is_known() -> None:
    [pair] = near_duplicates([(1, "（")], known={"("})
    assert (pair.rare, pair.usual, pair.usual_count) == ("（", "(", 0)
    assert near_duplicates([(1, "（")], known={"(", "（"}) == ()


def test_the_usual_width_is_preferred_where_both_are_as_common_and_digits_count_together() -> None:
    assert [(pair.rare, pair.usual) for pair in near_duplicates([(1, "１ 1")])] == [("１", "1")]
    [pair] = near_duplicates([(1, "１ 1 ２３")])
    assert (pair.rare, pair.usual) == ("1", "１")


def test_each_pair_is_listed_once_with_at_most_three_lines() -> None:
    texts = [(n, "l’an ' '") for n in range(9)] + [(20, "’" * 30)]
    [pair] = near_duplicates(texts)
    assert pair.lines == (0, 1, 2)


def test_blanks_are_not_counted() -> None:
    assert count_characters("a a\u3000b") == {"a": 2, "b": 1}
