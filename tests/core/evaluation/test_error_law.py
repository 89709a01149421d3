import numpy as np
import pytest

from core.evaluation.error_law import LEVEL, UNKNOWN, ErrorLaw, fit_error_law

LENGTH = np.full(400, 40.0)
RATES = np.geomspace(0.001, 0.1, 400)


def seen(law, seed=1):
    """Edits of 400 lines for which a law holds."""
    return np.random.default_rng(seed).poisson(law.errors(RATES * LENGTH, LENGTH)).astype(float)


def test_without_any_evidence_a_model_is_taken_to_be_somewhat_too_sure():
    nothing = np.array([])
    law = fit_error_law(nothing, nothing, nothing)
    assert law == UNKNOWN
    assert law.errors(np.array([0.4]), np.array([40.0])) == pytest.approx([0.4 * np.exp(LEVEL)])


@pytest.mark.parametrize("true", [ErrorLaw(0.0, 1.0), ErrorLaw(2.1, 0.15), ErrorLaw(-1.0, 1.2)])
def test_the_law_of_the_drafts_is_found(true):
    found = fit_error_law(RATES * LENGTH, LENGTH, seen(true))
    assert found.level == pytest.approx(true.level, abs=0.25)
    assert found.slope == pytest.approx(true.slope, abs=0.2)


def test_a_dozen_lines_of_a_model_that_is_too_sure_are_enough_to_distrust_it():
    law = fit_error_law(np.full(12, 0.04), np.full(12, 40.0), np.full(12, 3.0))
    assert law.errors(np.array([0.04]), np.array([40.0]))[0] > 1.0
    assert (law.lines, law.characters, law.edits) == (12, 480, 36)


def test_a_few_right_lines_do_not_make_a_model_infallible():
    law = fit_error_law(np.full(5, 0.4), np.full(5, 40.0), np.zeros(5))
    expected = law.errors(np.array([0.4]), np.array([40.0]))[0]
    assert 0.1 < expected < UNKNOWN.errors(np.array([0.4]), np.array([40.0]))[0]


def test_the_surest_of_all_drafts_may_still_be_wrong_and_the_worst_is_wrong_throughout():
    assert UNKNOWN.errors(np.array([0.0]), np.array([100.0]))[0] > 0
    assert ErrorLaw(8.0, 1.0).errors(np.array([50.0]), np.array([100.0])) == pytest.approx([100.0])


@pytest.mark.parametrize("scraps", [3, 10, 40])
def test_scraps_of_lines_do_not_spoil_the_law_of_all_others(scraps):
    """Drafts of one character where forty stand."""
    law = fit_error_law(
        np.append(RATES * LENGTH, np.full(scraps, 0.3)),
        np.append(LENGTH, np.ones(scraps)),
        np.append(seen(ErrorLaw(0.7, 1.0)), np.full(scraps, 40.0)),
    )
    assert law.level == pytest.approx(0.7, abs=0.3)
    assert law.slope == pytest.approx(1.0, abs=0.3)


def test_a_surer_draft_is_never_expected_to_be_worse():
    """Though in these lines the doubtful drafts were the good ones."""
    law = fit_error_law(RATES * LENGTH, LENGTH, seen(ErrorLaw(0.0, 1.0))[::-1])
    assert (np.diff(law.errors(RATES * LENGTH, LENGTH)) >= 0).all()
