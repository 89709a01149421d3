import pytest
from scipy.stats import t

from core.evaluation.student import NORMAL_FROM, t_quantile


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 10, 19, 200, 1999])
def test_quantiles_are_those_of_scipy(freedom):
    assert t_quantile(0.95, freedom) == pytest.approx(t.ppf(0.975, freedom), rel=1e-9)
    assert t_quantile(0.5, freedom) == pytest.approx(t.ppf(0.75, freedom), rel=1e-9)


def test_many_degrees_of_freedom_are_as_good_as_the_normal_distribution():
    assert t_quantile(0.95, 10**9) == t_quantile(0.95, NORMAL_FROM)
    assert t_quantile(0.95, NORMAL_FROM) == pytest.approx(1.95996, rel=2e-3)


def test_without_a_degree_of_freedom_there_is_no_quantile():
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_quantile(0.95, 0)
