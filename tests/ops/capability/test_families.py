"""Fitted families against scipy.stats, and their properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.capability.families import (
    LINE_FAMILIES,
    ZERO_FAMILIES,
    FamilyName,
    covariance,
    delta,
    fit,
)
from ops.errors import BadData

N = 800
TRUE = {
    "normal": stats.norm(10, 2),
    "lognormal": stats.lognorm(0.5, scale=4),
    "weibull": stats.weibull_min(1.7, scale=3),
    "gamma": stats.gamma(2.5, scale=2),
    "rayleigh": stats.rayleigh(scale=2),
    "half-normal": stats.halfnorm(scale=2),
    "johnson-su": stats.johnsonsu(-1, 1.5, 10, 2),
    "johnson-sb": stats.johnsonsb(0.5, 1.2, 5, 10),
    "johnson-sl": stats.lognorm(0.5, 20, 3),
}


def _sample(name: str) -> np.ndarray:
    return TRUE[name].rvs(N, random_state=np.random.default_rng(7))


@pytest.mark.parametrize("name", TRUE)
def test_the_likelihood_is_at_least_that_of_the_truth(name: FamilyName) -> None:
    x = _sample(name)
    found = fit(x, name)
    assert found.loglik >= TRUE[name].logpdf(x).sum() - 0.5
    assert found.quantile(0.99) == pytest.approx(TRUE[name].ppf(0.99), rel=0.12)


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("weibull", lambda x: stats.weibull_min(*stats.weibull_min.fit(x, floc=0))),
        ("gamma", lambda x: stats.gamma(*stats.gamma.fit(x, floc=0))),
        ("lognormal", lambda x: stats.lognorm(*stats.lognorm.fit(x, floc=0))),
        ("rayleigh", lambda x: stats.rayleigh(*stats.rayleigh.fit(x, floc=0))),
        ("half-normal", lambda x: stats.halfnorm(*stats.halfnorm.fit(x, floc=0))),
    ],
)
def test_fits_equal_those_of_scipy(name: FamilyName, oracle) -> None:
    x = _sample(name)
    found, other = fit(x, name), oracle(x)
    assert found.loglik == pytest.approx(other.logpdf(x).sum(), abs=1e-4)
    for share in (0.00135, 0.5, 0.99865):
        assert found.quantile(share, 1 - share) == pytest.approx(other.ppf(share), rel=1e-3)
    below, above = found.tails(np.array([1.0, 5.0]))
    assert below == pytest.approx(other.cdf([1.0, 5.0]), rel=1e-3)
    assert above == pytest.approx(other.sf([1.0, 5.0]), rel=2e-3)


def test_box_cox_and_yeo_johnson_find_the_power_of_scipy() -> None:
    x = _sample("gamma")
    found = fit(x, "box-cox")
    assert found.theta[0] == pytest.approx(stats.boxcox(x)[1], abs=1e-4)
    z = (x - x.mean()) / x.std()
    assert fit(x, "yeo-johnson").theta[0] == pytest.approx(stats.yeojohnson(z)[1], abs=1e-4)


@pytest.mark.parametrize("name", LINE_FAMILIES)
def test_an_offset_costs_no_digits(name: FamilyName) -> None:
    x = _sample("johnson-su")
    one, two = fit(x, name), fit(1e6 + 1e-3 * x, name)
    for share in (0.00135, 0.5, 0.99865):
        moved = (two.quantile(share, 1 - share) - 1e6) * 1e3
        assert moved == pytest.approx(one.quantile(share, 1 - share), abs=2e-4 * x.std() * 10)


@pytest.mark.parametrize("name", LINE_FAMILIES)
def test_the_mirror_image_has_mirrored_quantiles(name: FamilyName) -> None:
    x = _sample("johnson-sl")
    one, two = fit(x, name), fit(-x, name)
    assert one.quantile(0.99) == pytest.approx(-two.quantile(0.01), rel=2e-3)


@given(share=st.floats(1e-4, 0.9999), name=st.sampled_from(sorted(TRUE)))
def test_tails_and_quantiles_are_inverse(share: float, name: str) -> None:
    found = fit(_sample(name), name)
    below, above = found.tails(np.array([found.quantile(share)]))
    assert below[0] == pytest.approx(share, rel=1e-5)
    assert below[0] + above[0] == pytest.approx(1.0)


@pytest.mark.parametrize("name", ["weibull", "gamma", "rayleigh", "lognormal"])
def test_delta_bounds_cover_a_percentile(name: FamilyName) -> None:
    rng, hits, truth = np.random.default_rng(8), 0, TRUE[name].ppf(0.99)
    for _ in range(200):
        x = TRUE[name].rvs(200, random_state=rng)
        found = fit(x, name)
        error = delta(found, x, lambda one: one.quantile(0.99), covariance(found, x))
        assert error is not None
        hits += abs(found.quantile(0.99) - truth) <= 1.96 * error
    assert 0.9 < hits / 200 <= 1.0


@pytest.mark.parametrize("name", ZERO_FAMILIES)
def test_families_that_begin_at_zero_refuse_what_is_below(name: FamilyName) -> None:
    with pytest.raises(BadData, match="begins at zero"):
        fit(np.array([-1.0, 1.0, 2.0, 3.0]), name)
    with pytest.raises(BadData, match="sigmas away"):
        fit(1e6 + np.array([0.1, 0.2, 0.3, 0.4]), name)
