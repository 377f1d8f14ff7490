"""Profile likelihood: published bounds, and a general optimizer as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import ndtri

from ops.lifetime.bounds.profile import cross, profile_of
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import derivatives_at
from ops.lifetime.location_scale import FAMILIES, Family, standard_quantile
from ops.validation.published import entry
from tests.ops.lifetime.bounds.published import READOUTS, TIME_ENDED, bearing_cage
from tests.strategies import few

TRUNCATED = life_data(
    [60.0, 80.0, 120.0, 150.0, 90.0], [60.0, 80.0, 140.0, np.inf, 90.0], entry=[0, 50, 20, 30, 0]
)


def test_the_published_interval_of_the_bearing_cage_is_found() -> None:
    said = entry("lifetime_bounds", "bearing_cage_b10_bounds")
    data = bearing_cage()
    found = fit(data)
    profile = profile_of(data, found)
    z0 = float(standard_quantile("weibull", np.array(0.1)))
    start = found.mu + found.sigma * z0
    root = float(ndtri(0.975))
    ends = [cross(lambda y: profile.hold(y, z0).root, start, -s * 0.1, s * root) for s in (1, -1)]
    assert np.exp(np.array(ends, dtype=np.float64)) == pytest.approx(
        said["expected"]["likelihood_ratio"], rel=1e-8
    )
    assert np.exp(start) == pytest.approx(said["expected"]["b10"], rel=1e-8)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "data", [TIME_ENDED, READOUTS, TRUNCATED], ids=["right", "readouts", "truncated"]
)
def test_the_held_likelihood_is_that_of_a_general_optimizer(data: LifeData, family: Family) -> None:
    found = fit(data, family)
    profile = profile_of(data, found)
    z0 = float(standard_quantile(family, np.array(0.1)))
    for y0 in found.mu + found.sigma * (z0 + np.array([-1.5, -0.2, 0.4])):

        def fall(log_sigma: float, y0: float = float(y0)) -> float:
            sigma = float(np.exp(log_sigma))
            return -derivatives_at(data, family, y0 - sigma * z0, sigma).loglik

        near = np.log(found.sigma)
        oracle = minimize_scalar(fall, bracket=(near, near + 0.3), tol=1e-12)
        held = profile.hold(float(y0), z0)
        assert profile.best - held.value == pytest.approx(oracle.fun + found.loglik, abs=1e-7)
        assert held.mu + held.sigma * z0 == pytest.approx(y0)


@few(40)
@given(
    times=st.lists(st.floats(1.0, 1e3), min_size=3, max_size=12, unique=True),
    lasted=st.lists(st.floats(1.0, 1e3), max_size=8),
    p=st.sampled_from([0.001, 0.1, 0.632, 0.99]),
)
def test_the_signed_root_falls_and_is_zero_at_the_estimate(
    times: list[float], lasted: list[float], p: float
) -> None:
    data = failures_and_suspensions(times, lasted)
    found = fit(data)
    profile = profile_of(data, found)
    z0 = float(standard_quantile("weibull", np.array(p)))
    start = found.mu + found.sigma * z0
    places = start + found.sigma * np.array([-30.0, -3.0, -0.5, 0.0, 0.5, 3.0, 30.0])
    roots = [profile.hold(float(y), z0).root for y in places]
    assert roots[3] == pytest.approx(0.0, abs=1e-4)
    assert (np.diff(roots) < 1e-6).all()


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_the_unit_of_the_times_changes_no_root(scale: float) -> None:
    other = failures_and_suspensions(
        scale * TIME_ENDED.lower[TIME_ENDED.failed], scale * TIME_ENDED.lower[TIME_ENDED.right]
    )
    one, two = fit(TIME_ENDED), fit(other)
    y = one.mu - 3.0
    assert profile_of(other, two).hold(y + np.log(scale), -2.0).root == pytest.approx(
        profile_of(TIME_ENDED, one).hold(y, -2.0).root, rel=1e-7
    )


def test_a_crossing_that_is_nowhere_is_none() -> None:
    assert cross(lambda x: 1.0 - np.exp(-x), 0.0, 1.0, 2.0) is None
    assert cross(lambda x: -x, 0.0, 1.0, -5.0) == pytest.approx(5.0)
    assert cross(np.log, 1.0, -0.7, -20.0, last=0.0 - 1.0) is None
