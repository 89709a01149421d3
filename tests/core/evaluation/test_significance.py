import random

from core.evaluation import significance
from core.evaluation.comparison import compare
from core.evaluation.metrics import score_line
from core.evaluation.significance import difference_interval, sign_test


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


def test_many_lines_of_one_page_are_drawn_piece_by_piece(monkeypatch):
    lines = comparison(
        [("abcd", "abcx", "abcd"), ("abcd", "abcd", "abyd"), ("abcd", "a##d", "abcd")] * 9
    ).lines
    pages = dict.fromkeys(range(27), 1)
    whole = difference_interval(lines, pages)
    monkeypatch.setattr(significance, "COUNTS", 100)  # three draws at once
    pieces = difference_interval(lines, pages)
    assert (pieces.low, pieces.high) == (whole.low, whole.high)


def test_one_line_tells_nothing():
    assert difference_interval(comparison([("ab", "a", "ab")]).lines, {0: 0}) is None


def test_the_same_lines_give_the_same_interval():
    lines = comparison([("abcd", "abcx", "abcd"), ("abcd", "abcd", "abyd")] * 9).lines
    pages = {line.line_id: line.line_id % 4 for line in lines}
    assert difference_interval(lines, pages) == difference_interval(lines, pages)


def test_sign_test_agrees_with_the_binomial_table():
    assert sign_test(0, 0) == 1.0
    assert sign_test(5, 5) == 1.0
    assert abs(sign_test(9, 1) - 22 / 1024) < 1e-12  # 2 * (1 + 10) / 2**10
    assert sign_test(1, 9) == sign_test(9, 1)
    assert sign_test(400, 100) < 1e-30
