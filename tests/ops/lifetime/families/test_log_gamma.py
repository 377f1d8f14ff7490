import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.special import gammainc, gammaincc, ndtr

from ops.lifetime.families.log_gamma import log_density, log_survival, quantile, tails

SHAPES = (-3.0, -1.0, -0.015, -1e-6, 0.0, 1e-3, 0.019, 0.021, 0.5, 1.0, 2.0)


@pytest.mark.parametrize("lambda_", SHAPES)
@pytest.mark.parametrize("w", [-3.0, -0.5, 0.0, 1.5])
def test_the_lower_tail_is_the_integral_of_the_density(lambda_: float, w: float) -> None:
    def density(x: float) -> float:
        return float(np.exp(log_density(np.array(x), np.array(lambda_))))

    area = quad(density, w - 60.0, w, epsabs=1e-13, epsrel=1e-10, limit=400, points=[w - 2])[0]
    below, above = tails(np.array([w]), np.array([lambda_]))
    if lambda_ < 1.0:  # for a larger one the lower tail is wider than the integral
        assert below[0] == pytest.approx(area, rel=1e-8, abs=1e-12)
    assert below[0] + above[0] == pytest.approx(1.0, abs=1e-13)


@pytest.mark.parametrize("lambda_", [0.0199, -0.0199, 0.005])
def test_the_expansion_is_the_incomplete_gamma_function(lambda_: float) -> None:
    w = np.linspace(-6.0, 6.0, 41)
    below, above = tails(w, np.full(w.size, lambda_))
    shape = lambda_**-2
    u = shape * np.exp(lambda_ * w)
    lower, upper = gammainc(shape, u), gammaincc(shape, u)
    expected = (lower, upper) if lambda_ > 0 else (upper, lower)
    assert_allclose(below, expected[0], rtol=1e-10)
    assert_allclose(above, expected[1], rtol=1e-10)


def test_its_members_are_extreme_values_and_the_normal() -> None:
    w = np.linspace(-4.0, 2.0, 13)
    assert_allclose(tails(w, np.ones(13))[1], np.exp(-np.exp(w)), rtol=1e-12)
    assert_allclose(tails(w, -np.ones(13))[0], np.exp(-np.exp(-w)), rtol=1e-12)
    assert_allclose(tails(w, np.zeros(13))[0], ndtr(w), rtol=1e-14)


@given(st.floats(-3, 3), st.floats(1e-6, 1 - 1e-6))
def test_a_quantile_has_its_share_below(lambda_: float, p: float) -> None:
    found = quantile(np.array([p]), np.array([lambda_]))
    assert tails(found, np.array([lambda_]))[0][0] == pytest.approx(p, rel=1e-7, abs=1e-12)


def test_nothing_jumps_where_the_formula_changes() -> None:
    w = np.linspace(-5.0, 3.0, 17)
    for edge in (-0.02, 0.02, 0.01 / 3, 1e-2):
        near, far = (np.full(w.size, edge * (1 + e)) for e in (-1e-12, 1e-12))
        assert_allclose(log_density(w, near), log_density(w, far), rtol=1e-9)
        assert_allclose(log_survival(w, near), log_survival(w, far), rtol=1e-9)
