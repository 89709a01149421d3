import math
import random

import pytest

from core.evaluation.comparison import compare
from core.evaluation.metrics import score_line
from core.evaluation.significance import Interval, difference_interval, sign_test
from tests.benchmarks.coverage import WORLDS, worlds


def comparison(pairs):
    """(truth, first model's text, second model's text) per line, ids from 0."""
    first = [score_line(i, truth, a) for i, (truth, a, _) in enumerate(pairs)]
    second = [score_line(i, truth, b) for i, (truth, _, b) in enumerate(pairs)]
    return compare({"a": first, "b": second})


def spoilt(text, count, chance):
    places = chance.sample(range(len(text)), count)
    return "".join("#" if place in places else char for place, char in enumerate(text))


def test_a_model_that_is_better_on_every_page_has_an_interval_below_zero():
    chance = random.Random(1)
    truth = "abcdefghijklmnopqrst"
    lines = comparison([(truth, spoilt(truth, 4, chance), spoilt(truth, 1, chance)) for _ in range(40)]).lines
    interval = difference_interval(lines, {line.line_id: line.line_id // 10 for line in lines})
    assert interval.by_page and interval.units == 4
    assert interval.low <= interval.difference <= interval.high < 0
    assert interval.excludes_worse


def test_lines_of_one_page_count_as_one_piece_of_evidence():
    """All lines better on one page, slightly worse on the other: by lines clear, by pages open."""
    truth = "abcdefghij"
    pairs = [(truth, "##cdefghij", truth)] * 30 + [(truth, truth, "#bcdefghij")] * 30
    lines = comparison(pairs).lines
    by_page = difference_interval(lines, {line.line_id: line.line_id // 30 for line in lines})
    by_line = difference_interval(lines, {line.line_id: line.line_id for line in lines})
    assert by_line.excludes_worse
    assert not by_page.excludes_worse


def test_a_single_page_falls_back_to_lines_and_says_so():
    lines = comparison([("abcd", "abcx", "abcd")] * 5).lines
    interval = difference_interval(lines, dict.fromkeys(range(5), 7))
    assert not interval.by_page
    assert interval.units == 5


def test_an_interval_that_ends_at_no_difference_proves_nothing():
    assert not Interval(-0.1, -0.2, 0.0, 6, by_page=True).excludes_worse


def test_more_errors_than_there_are_cannot_go():
    lines = comparison([("abcd", "abcx", "abcd"), ("abcd", "abcd", "abcd")] * 2).lines
    assert difference_interval(lines, {n: n for n in range(4)}).low == -0.125


def test_one_line_tells_nothing():
    assert difference_interval(comparison([("ab", "a", "ab")]).lines, {0: 0}) is None


def test_two_pages_that_agree_by_chance_prove_nothing():
    lines = comparison([("abcdefghij", "abcdefghi#", "abcdefghij")] * 6).lines
    interval = difference_interval(lines, {line.line_id: line.line_id % 2 for line in lines})
    assert interval.units == 2
    assert not interval.excludes_worse


def test_lines_that_differ_among_themselves_widen_an_interval_of_pages_that_agree():
    """On either page every second line gains four characters; the pages themselves do not differ at all."""
    truth = "abcdefghij"
    lines = comparison([(truth, "####efghij", truth), (truth, truth, truth)] * 6).lines
    interval = difference_interval(lines, {line.line_id: line.line_id // 6 for line in lines})
    by_lines_alone = math.sqrt(12 * 2**2) / 120
    assert interval.high - interval.difference > 12.7 * by_lines_alone


def test_a_gain_like_that_of_the_demo_is_proven_by_five_pages():
    chance = random.Random(2)
    truth = "abcdefghij" * 4
    pairs = [(truth, spoilt(truth, chance.choice((2, 3, 4)), chance), truth) for _ in range(50)]
    interval = difference_interval(comparison(pairs).lines, {n: n // 10 for n in range(50)})
    assert interval.units == 5
    assert interval.high < -0.05


def test_pages_of_unequal_length_weigh_by_their_characters():
    """The ratio of sums, and a standard error worked out by leaving out one page after the other."""
    truth = "ab" * 50
    pairs = [(truth, "xxxxxx" + truth, truth)] * 5 + [(truth, "x" + truth, truth)] * 4
    lines = comparison(pairs + [("abcd", "abcd", "abcx")] * 2).lines
    pages = {n: "long" if n < 5 else "middle" if n < 9 else "short" for n in range(11)}
    interval = difference_interval(lines, pages)
    without = [-2 / 408, -28 / 508, -34 / 900]
    error = math.sqrt(2 / 3 * sum((each + 32 / 908) ** 2 for each in without))
    assert interval.difference == pytest.approx(-32 / 908)
    assert interval.high == pytest.approx(-32 / 908 + 4.302653 * error, rel=1e-6)


@pytest.mark.parametrize("pages", [2, 3, 4, 6])
def test_of_equally_good_models_hardly_one_in_forty_seems_proven_better(pages):
    """The share that is promised, 2.5 %, with room for the luck of 400 worlds."""
    found = [each for each in worlds(WORLDS["pages differ"], pages, 400, seed=pages) if each.high < 0]
    assert len(found) <= 16


def test_sign_test_agrees_with_the_binomial_table():
    assert sign_test(0, 0) == 1.0
    assert sign_test(5, 5) == 1.0
    assert abs(sign_test(9, 1) - 22 / 1024) < 1e-12  # 2 * (1 + 10) / 2**10
    assert sign_test(1, 9) == sign_test(9, 1)
    assert sign_test(400, 100) < 1e-30
