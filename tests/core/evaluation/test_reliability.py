import pytest

from core.evaluation.reliability import reliability


def test_a_model_that_is_right_as_often_as_it_is_sure_has_no_error():
    assert reliability([0.75] * 4, [True, True, True, False]).error == pytest.approx(0)


def test_an_overconfident_model_shows_its_gap_bin_by_bin():
    found = reliability([0.95] * 10 + [0.55] * 10, [True] * 5 + [False] * 5 + [True] * 5 + [False] * 5)
    assert [each.count for each in found.bins] == [10, 10]
    assert [each.accuracy for each in found.bins] == [0.5, 0.5]
    assert found.error == pytest.approx((0.45 + 0.05) / 2)


def test_full_confidence_falls_into_the_last_bin_and_nothing_into_none():
    assert len(reliability([1.0], [True]).bins) == 1
    assert reliability([], []).error == 0
