import math

import pytest

from core.evaluation.agreement import agreement


def test_neither_of_two_annotators_is_the_truth():
    found = agreement([("abcd", "ab"), ("xy", "xy")])
    assert (found.lines, found.exact, found.edits, found.characters) == (2, 1, 2, 5.0)
    assert found.cer == agreement([("ab", "abcd"), ("xy", "xy")]).cer == 0.4


def test_kappa_is_what_is_left_of_agreement_beyond_chance():
    """Three of four alike; by chance (2 * 3 + 2 * 1) / 16 would be."""
    assert agreement([("aabb", "aaab")]).kappa == pytest.approx((0.75 - 0.5) / (1 - 0.5))


def test_a_character_that_one_has_left_out_is_a_disagreement():
    """Of two columns one is alike; by chance a quarter would be."""
    assert agreement([("ab", "a")]).kappa == pytest.approx((0.5 - 0.25) / (1 - 0.25))


def test_who_cannot_but_agree_agrees_and_of_nothing_nothing_is_known():
    assert agreement([("aa", "aa")]).kappa == 1.0
    assert math.isnan(agreement([]).kappa)
    assert math.isnan(agreement([]).cer)
