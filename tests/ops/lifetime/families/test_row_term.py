"""Terms of rows: values of the distributions of scipy, derivatives by differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.lifetime.families.row_term import LOG_FAMILIES, LogFamily, terms_of
from tests.strategies import few

OF = {"weibull": stats.gumbel_l, "lognormal": stats.norm, "loglogistic": stats.logistic}
LOW = np.array([-np.inf, 0.0, 1.0, 2.0, -3.0, 5.0, 0.5, -np.inf])
HIGH = np.array([1.0, np.inf, 1.3, 2.001, 4.0, 6.0, np.inf, np.inf])


@pytest.mark.parametrize("family", LOG_FAMILIES)
@given(mu=st.floats(-1, 3), log_sigma=st.floats(-1.0, 1.0))
@few(20)
def test_values_are_those_of_the_distribution(
    family: LogFamily, mu: float, log_sigma: float
) -> None:
    w = OF[family](mu, np.exp(log_sigma))
    found = terms_of(family, LOW, HIGH, mu, log_sigma).value
    expected = np.where(w.cdf(LOW) > 0.5, w.sf(LOW) - w.sf(HIGH), w.cdf(HIGH) - w.cdf(LOW))
    shown = expected > 1e-200
    np.testing.assert_allclose(np.exp(found[shown]), expected[shown], rtol=1e-8)
    x = np.array([-1.0, 0.5, 3.0])
    density = terms_of(family, x, x, mu, log_sigma).value
    np.testing.assert_allclose(density, w.logpdf(x) - x, rtol=1e-9)


@pytest.mark.parametrize("family", LOG_FAMILIES)
@pytest.mark.parametrize("exact", [False, True])
def test_derivatives_are_those_by_differences(family: LogFamily, exact: bool) -> None:
    def at(mu: float, log_sigma: float):
        x = np.array([0.0, 1.0, 2.0, 4.0])
        return terms_of(family, *((x, x) if exact else (LOW, HIGH)), mu, log_sigma)

    mu, log_sigma, h = 1.2, -0.3, 1e-5
    here = at(mu, log_sigma)
    up, down = at(mu + h, log_sigma), at(mu - h, log_sigma)
    wide, slim = at(mu, log_sigma + h), at(mu, log_sigma - h)
    for found, a, b in (
        (here.by_mu, up.value, down.value),
        (here.by_log_sigma, wide.value, slim.value),
        (here.mu_mu, up.by_mu, down.by_mu),
        (here.mu_log_sigma, wide.by_mu, slim.by_mu),
        (here.log_sigma_log_sigma, wide.by_log_sigma, slim.by_log_sigma),
    ):
        np.testing.assert_allclose(found, (a - b) / (2 * h), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("family", LOG_FAMILIES)
def test_no_interval_at_no_time_has_no_probability(family: LogFamily) -> None:
    never = np.array([-np.inf])
    assert terms_of(family, never, never, 0.0, 0.0).value[0] == -np.inf
