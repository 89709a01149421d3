import numpy as np
import pytest

from core.evaluation.forecast import LearningPoint, outlook

CHARACTERS = 4000


def point(lines, cer, characters=CHARACTERS):
    return LearningPoint(lines, round(cer * characters), characters)


def law(lines, a=0.12, b=0.3, floor=0.0):
    return floor + a * lines**-b


def width(found):
    return (found.high - found.low) / found.cer


def test_without_a_point_nothing_is_forecast():
    assert outlook([], [50, 100]) == ()
    assert outlook([LearningPoint(0, 10, 100), LearningPoint(10, 0, 0)], [50]) == ()


def test_one_point_suffices_and_more_lines_are_better_and_less_certain():
    now, more, most = outlook([point(100, 0.03)], [100, 150, 400])
    assert now.cer == pytest.approx(0.03, rel=0.1)
    assert now.cer > more.cer > most.cer > 0
    for each in (now, more, most):
        assert each.low < each.cer < each.high
    assert width(most) > width(more)


def test_points_of_a_power_law_lead_on_along_it():
    points = [point(n, law(n), 40_000) for n in (25, 50, 100, 200)]
    [found] = outlook(points, [400])
    assert found.cer == pytest.approx(law(400), rel=0.12)
    assert found.low < law(400) < found.high


def test_several_points_narrow_the_interval():
    one = outlook([point(200, law(200))], [400])[0]
    four = outlook([point(n, law(n)) for n in (25, 50, 100, 200)], [400])[0]
    assert width(four) < width(one)


def test_few_characters_make_an_uncertain_forecast():
    sure = outlook([point(100, 0.03, 20_000)], [150])[0]
    unsure = outlook([point(100, 0.03, 200)], [150])[0]
    assert width(unsure) > width(sure)


def test_a_base_that_was_much_worse_promises_a_steeper_curve():
    steep = outlook([point(100, 0.03)], [200], base_cer=0.2)[0]
    flat = outlook([point(100, 0.03)], [200], base_cer=0.035)[0]
    assert steep.cer < flat.cer


def test_a_curve_that_levels_out_promises_little():
    points = [point(n, law(n, 0.3, 0.7, floor=0.03), 40_000) for n in (25, 50, 100, 200, 400)]
    [found] = outlook(points, [800])
    assert found.cer > 0.026


def test_a_training_without_a_single_error_still_gives_a_forecast():
    [found] = outlook([LearningPoint(100, 0, 2000)], [150])
    assert 0 < found.cer < 0.003


def test_nobody_makes_more_errors_than_there_are_characters():
    [found] = outlook([LearningPoint(2, 950, 1000)], [1])
    assert found.high <= 1


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_holds_what_it_promises_for_curves_of_the_measured_kind(seed):
    """Of simulated projects whose exponent follows the prior about four in five end within the interval."""
    chance = np.random.default_rng(seed)
    inside = 0
    for _ in range(60):
        b = float(np.clip(chance.normal(0.22, 0.13), 0.02, 0.8))
        base = float(np.exp(chance.normal(np.log(0.1), 0.3)))
        seen = [
            LearningPoint(
                n, int(chance.poisson(CHARACTERS * law(n, base, b) * chance.normal(1, 0.1))), CHARACTERS
            )
            for n in (60, 120)
        ]
        [found] = outlook(seen, [240], base)
        inside += found.low <= law(240, base, b) <= found.high
    assert inside >= 0.6 * 60
