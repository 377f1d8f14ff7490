"""Intervals of parameters: a published one, and likelihood ratios by their definition."""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from ops.errors import BadData
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import derivatives_at
from ops.validation.published import entry
from tests.ops.lifetime.bounds.published import TIME_ENDED, wald_sample


@pytest.mark.parametrize("name", ["eta", "beta"])
def test_published_wald_intervals(name: str) -> None:
    said = entry("lifetime_bounds", "weibull_wald_bounds")
    data = wald_sample()
    found = parameter_bound(data, fit(data), name, method="wald", scale="linear")
    assert (found.lower, found.upper) == pytest.approx(said["expected"][name], abs=1e-4)
    assert found.estimate == pytest.approx(said["expected"][f"published_{name}"], rel=1e-3)
    assert (found.scale, found.approximate) == ("linear", True)


@pytest.mark.parametrize("name", ["eta", "beta"])
def test_likelihood_ratio_intervals_are_those_of_a_general_optimizer(name: str) -> None:
    best = fit(TIME_ENDED)

    def fall(log_held: float) -> float:
        def loglik(free: float) -> float:
            mu, sigma = (log_held, np.exp(free)) if name == "eta" else (free, np.exp(-log_held))
            return -derivatives_at(TIME_ENDED, "weibull", mu, float(sigma)).loglik

        near = np.log(best.sigma) if name == "eta" else best.mu
        oracle = minimize_scalar(loglik, bracket=(near - 0.1, near + 0.1), tol=1e-12)
        return 2.0 * (best.loglik + oracle.fun) - 3.841458820694124

    estimate = np.log(best.parameters[name])
    ends = [brentq(fall, estimate + d, estimate, xtol=1e-12) for d in (-1.5, 1.5)]
    found = parameter_bound(TIME_ENDED, best, name)
    assert np.log(np.array([found.lower, found.upper], dtype=np.float64)) == pytest.approx(
        ends, abs=1e-6
    )


def test_beta_is_one_over_sigma_and_eta_the_exponential_of_mu() -> None:
    best = fit(TIME_ENDED)
    beta, sigma, eta, mu = (
        parameter_bound(TIME_ENDED, best, name) for name in ("beta", "sigma", "eta", "mu")
    )
    assert None not in (sigma.lower, sigma.upper, mu.lower, mu.upper)
    assert (beta.lower, beta.upper) == pytest.approx((1 / sigma.upper, 1 / sigma.lower))  # type: ignore[operator]  # checked
    assert (eta.lower, eta.upper) == pytest.approx(np.exp([mu.lower, mu.upper]))  # type: ignore[arg-type]  # checked


def test_a_spread_without_an_upper_end_is_none() -> None:
    """Found failed early or late, or cut off before: the spread may be anything."""
    lower, upper = [0.0, 13.1, 0.0, 0.0, 10.9], [108.2, 45.4, 1.35, 7.8, 37.7]
    data = life_data(lower, upper, entry=[0.0, 5.8, 0.0, 0.0, 9.0])
    best = fit(data)
    sigma, beta = (parameter_bound(data, best, name) for name in ("sigma", "beta"))
    assert (sigma.upper, beta.lower) == (None, None)
    assert sigma.lower is not None
    assert beta.upper == pytest.approx(1.0 / sigma.lower)


def test_what_the_family_has_not_is_refused() -> None:
    with pytest.raises(BadData, match="lognormal has no beta; ask for one of mu, sigma"):
        parameter_bound(TIME_ENDED, fit(TIME_ENDED, "lognormal"), "beta")
    with pytest.raises(BadData, match="sigma given"):
        parameter_bound(TIME_ENDED, fit(TIME_ENDED, sigma=0.5), "eta")
    one = failures_and_suspensions([50.0], [100.0] * 9)
    with pytest.raises(BadData, match="1 failures mislead"):
        parameter_bound(one, fit(one), "eta", method="wald")
    assert parameter_bound(one, fit(one), "mu", method="wald", as_in=True).scale == "linear"
