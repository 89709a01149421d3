import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.rules.checks import FieldCheck, PatternCheck, WordsCheck
from core.rules.confusions import DIGIT_LOOKS
from core.rules.fields import FieldKind
from core.rules.fields.amounts import fault_of as amount_fault
from core.rules.fields.capital_amounts import capital_value
from core.rules.fields.chinese_id import check_character
from core.rules.fields.chinese_id import fault_of as id_fault
from core.wording import Sentence

LOOKS_OF = {digit: [look for look, meant in DIGIT_LOOKS.items() if meant == digit] for digit in "0125689"}


def violations(kind, text):
    return list(FieldCheck(kind).violations(text))


@st.composite
def id_numbers(draw):
    province = draw(st.sampled_from(["11", "31", "44", "65"]))
    area = draw(st.integers(0, 9999))
    birth = draw(st.dates(dt.date(1900, 1, 1), dt.date(2024, 12, 31)))
    digits = f"{province}{area:04d}{birth:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + check_character(digits)


@given(id_numbers())
def test_a_number_with_its_check_digit_is_in_order(number):
    assert violations(FieldKind.CHINESE_ID, f"身份证号码：{number}。") == []


@given(id_numbers(), st.data())
def test_one_letter_in_place_of_a_digit_is_mended(number, data):
    place = data.draw(st.sampled_from([n for n, char in enumerate(number) if char in LOOKS_OF]))
    look = data.draw(st.sampled_from(LOOKS_OF[number[place]]))
    [violation] = violations(FieldKind.CHINESE_ID, number[:place] + look + number[place + 1 :])
    assert violation.repair == number


@given(id_numbers(), st.integers(0, 16), st.sampled_from("0123456789"))
def test_any_wrong_digit_is_seen_and_a_repair_is_always_valid(number, place, digit):
    assume(number[place] != digit)
    [violation] = violations(FieldKind.CHINESE_ID, number[:place] + digit + number[place + 1 :])
    assert (violation.first, violation.last) == (0, 18)
    assert violation.repair is None or id_fault(violation.repair) == ""


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("1101054912310O2", "110105491231002"),
        ("110105194912310021", None),
        ("1101051949123100", None),
        ("110105194902300021", None),
    ],
)
def test_numbers_out_of_order_are_mended_where_there_is_one_way_only(text, repair):
    [violation] = violations(FieldKind.CHINESE_ID, text)
    assert violation.repair == repair


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%d.%m.%Y"]))
def test_dates_of_the_calendar_are_in_order(date, shape):
    assert violations(FieldKind.DATE, f"于 {date.strftime(shape)}") == []


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("2O24-O3-0l", "2024-03-01"),
        ("２０２４年３月１日", "2024年3月1日"),
        ("O1.03.2024", "01.03.2024"),
        ("2024-02-30", None),
        ("2023年2月29日", None),
        ("31.04.2024", None),
    ],
)
def test_dates_that_are_none(text, repair):
    [violation] = violations(FieldKind.DATE, f"自 {text} 起")
    assert (violation.first, violation.repair) == (2, repair)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_amounts_with_and_without_groups_are_in_order(yuan, cents):
    assert amount_fault(f"{yuan:,}.{cents:02d}") == amount_fault(f"{yuan}.{cents:02d}") == ""


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("壹仟贰佰元整", 1200),
        ("壹万零伍拾元整", 10050),
        ("拾万元", 100000),
        ("壹亿贰仟万元整", 120_000_000),
        ("壹仟贰佰叁拾肆元伍角陆分", 1234.56),
        ("贰佰元零伍分", 200.05),
        ("柒角", 0.7),
        ("壹贰元", None),
        ("佰仟元", None),
    ],
)
def test_capital_amounts_are_read(words, value):
    found = capital_value(words)
    assert (None if found is None else round(float(found), 2)) == value


def test_digits_are_checked_against_the_words_beside_them():
    assert violations(FieldKind.AMOUNT, "人民币壹仟贰佰元整 ¥1,200.00") == []
    [violation] = violations(FieldKind.AMOUNT, "人民币壹仟贰佰元整 ¥1,700.00")
    assert violation.repaired("人民币壹仟贰佰元整 ¥1,700.00") == "人民币壹仟贰佰元整 ¥1,200.00"
    [violation] = violations(FieldKind.AMOUNT, "人民币壹仟贰佰元整 ¥9,999.00")
    assert violation.repair is None


@pytest.mark.parametrize(
    ("text", "repair"),
    [("¥1,2O0.00", "1,200.00"), ("计 12，500．00 元", "12,500.00"), ("¥1,23.50", None)],
)
def test_amounts_that_are_none(text, repair):
    [violation] = violations(FieldKind.AMOUNT, text)
    assert violation.repair == repair


@pytest.mark.parametrize("text", ["0.25g×24", "0.25g×24粒", "10ml×6支×2盒", "5mg×10片"])
def test_doses_are_in_order(text):
    assert violations(FieldKind.DOSAGE, f"某药 {text} 口服") == []


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("0.25gx24粒", "0.25g×24粒"),
        ("0.25g*2４粒", "0.25g×24粒"),
        ("0.259×24", "0.25g×24"),
        ("O.25gX24", "0.25g×24"),
        ("10m1×6支", "10ml×6支"),
        ("5mg ×l0片", "5mg×10片"),
    ],
)
def test_doses_are_mended(text, repair):
    [violation] = violations(FieldKind.DOSAGE, text)
    assert violation.repaired(text) == repair


@pytest.mark.parametrize(
    ("text", "repair"),
    [("138l2345678", "13812345678"), ("1381234567", None), ("12812345678", None)],
)
def test_mobile_numbers_that_are_none(text, repair):
    [violation] = violations(FieldKind.PHONE, f"电话 {text}")
    assert violation.repair == repair
    assert violations(FieldKind.PHONE, "电话 13812345678 或 +86 138 1234 5678") == []


def test_a_line_that_must_hold_a_field_says_so():
    [violation] = FieldCheck(FieldKind.DATE, required=True).violations("no day")
    assert (violation.first, violation.last, violation.repair) == (0, 6, None)
    assert list(FieldCheck(FieldKind.DATE).violations("no day")) == []


@pytest.mark.parametrize("kind", list(FieldKind))
def test_words_of_prose_are_no_fields(kind):
    text = "Il x lois, solis x bols. SOS! lib. Z. ill oil biggibog OIL; g x I, 所以一拾 Ologizoll"
    assert violations(kind, text) == []


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (PatternCheck("[0-9]{4}"), "12"),
        (PatternCheck("[0-9]{4}"), "12ab"),
        (WordsCheck(("gauche", "droite")), "milieu"),
        (FieldCheck(FieldKind.CHINESE_ID, required=True), "none"),
        (FieldCheck(FieldKind.CHINESE_ID), "11010519491231002"),
        (FieldCheck(FieldKind.CHINESE_ID), "990105194912310021"),
        (FieldCheck(FieldKind.CHINESE_ID), "110105194913310021"),
        (FieldCheck(FieldKind.CHINESE_ID), "110105194912310020"),
        (FieldCheck(FieldKind.DATE), "2023-02-29"),
        (FieldCheck(FieldKind.DATE), "2023-2.29"),
        (FieldCheck(FieldKind.AMOUNT), "¥1,23.50"),
        (FieldCheck(FieldKind.AMOUNT), "¥1300.00 壹仟贰佰元整"),
        (FieldCheck(FieldKind.DOSAGE), "O.25g×24"),
        (FieldCheck(FieldKind.PHONE), "138001380001"),
        (FieldCheck(FieldKind.PHONE), "12345678901"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_words_that_can_be_translated(check, text):
    violations = list(check.violations(text))
    assert violations
    assert all(isinstance(each.sentence, Sentence) for each in violations)
