"""Guard bands: against simulation, the bivariate normal distribution and limits of the formulas."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData
from ops.gauge.guard_band import (
    Normal,
    global_risks,
    guarded_limits,
    specific_risk,
    width_for_risk,
)
from ops.values import SpecLimits

TOLERANCE = SpecLimits(-3.0, 3.0)
PROCESS = Normal(0.5, 1.2)


def test_global_risks_are_those_of_a_bivariate_normal() -> None:
    acceptance, u = SpecLimits(-2.6, 2.6), 0.4
    found = global_risks(TOLERANCE, acceptance, process=PROCESS, uncertainty=u, bias=0.1)
    v = PROCESS.sd**2
    covariance = np.array([[v, v], [v, v + u * u]])
    inside_and_accepted = stats.multivariate_normal.cdf(
        np.array([3.0, 2.6]),
        mean=np.array([0.5, 0.6]),
        cov=covariance,
        lower_limit=np.array([-3.0, -2.6]),
        abseps=1e-10,
        releps=1e-10,
        maxpts=10**6,
    )
    seen, true = stats.norm(0.6, (v + u * u) ** 0.5), stats.norm(0.5, PROCESS.sd)
    accepted, inside = (d.cdf(h) - d.cdf(-h) for d, h in ((seen, 2.6), (true, 3.0)))
    assert found.accepted == pytest.approx(accepted, abs=1e-12)
    assert found.consumer == pytest.approx(accepted - inside_and_accepted, abs=1e-8)
    assert found.producer == pytest.approx(inside - inside_and_accepted, abs=1e-8)
    assert found.outside == pytest.approx(1 - inside)


def test_global_risks_are_those_of_a_simulation() -> None:
    rng, n = np.random.default_rng(2), 400_000
    true = rng.normal(0.5, 1.2, n)
    seen = true + rng.normal(0, 0.5, n)
    inside, accepted = np.abs(true) <= 3, np.abs(seen) <= 2.8
    found = global_risks(TOLERANCE, SpecLimits(-2.8, 2.8), process=PROCESS, uncertainty=0.5)
    assert found.consumer == pytest.approx(np.mean(~inside & accepted), abs=4e-4)
    assert found.producer == pytest.approx(np.mean(inside & ~accepted), abs=8e-4)


@given(u=st.floats(1e-6, 3), w=st.floats(0, 2), mean=st.floats(-4, 4))
def test_risks_balance_what_is_accepted(u: float, w: float, mean: float) -> None:
    process = Normal(mean, 1.0)
    acceptance = guarded_limits(TOLERANCE, w)
    found = global_risks(TOLERANCE, acceptance, process=process, uncertainty=u)
    inside = 1 - found.outside
    assert found.accepted == pytest.approx(inside - found.producer + found.consumer, abs=1e-9)


@given(a=st.floats(0.01, 100), b=st.floats(-100, 100))
def test_risks_survive_a_change_of_unit(a: float, b: float) -> None:
    one = global_risks(TOLERANCE, SpecLimits(-2.5, 2.5), process=PROCESS, uncertainty=0.3)
    two = global_risks(
        SpecLimits(b - 3 * a, b + 3 * a),
        SpecLimits(b - 2.5 * a, b + 2.5 * a),
        process=Normal(0.5 * a + b, 1.2 * a),
        uncertainty=0.3 * a,
    )
    assert (two.consumer, two.producer) == pytest.approx((one.consumer, one.producer), abs=1e-9)


def test_a_perfect_gauge_has_no_risk_and_a_biased_one_has() -> None:
    found = global_risks(TOLERANCE, TOLERANCE, process=PROCESS, uncertainty=0.0)
    assert (found.consumer, found.producer) == (0.0, 0.0)
    off = global_risks(TOLERANCE, TOLERANCE, process=PROCESS, uncertainty=0.0, bias=-0.5)
    expected = stats.norm.cdf(3.5, 0.5, 1.2) - stats.norm.cdf(3.0, 0.5, 1.2)
    assert off.consumer == pytest.approx(expected, abs=1e-10)


def test_one_sided_tolerances_have_one_guard_band() -> None:
    upper = SpecLimits(upper=3.0)
    acceptance = guarded_limits(upper, 0.5)
    assert acceptance.lower == -inf
    found = global_risks(upper, acceptance, process=PROCESS, uncertainty=0.3)
    assert 0 < found.consumer < found.producer


def test_the_guard_band_for_a_risk_reaches_it() -> None:
    width = width_for_risk(TOLERANCE, process=PROCESS, uncertainty=0.5, risk=1e-3)
    assert width is not None
    assert width > 0
    acceptance = guarded_limits(TOLERANCE, width)
    found = global_risks(TOLERANCE, acceptance, process=PROCESS, uncertainty=0.5)
    assert found.consumer == pytest.approx(1e-3, rel=1e-4)
    assert width_for_risk(TOLERANCE, process=PROCESS, uncertainty=1e-6, risk=0.01) == 0.0
    assert width_for_risk(TOLERANCE, process=PROCESS, uncertainty=0.5, risk=0.0) is None


def test_specific_risk_is_that_of_the_posterior() -> None:
    flat = specific_risk(2.5, TOLERANCE, process=Normal(0.0, inf), uncertainty=0.5)
    assert flat == pytest.approx(stats.norm.sf(1.0) + stats.norm.sf(11.0))
    known = specific_risk(2.5, TOLERANCE, process=PROCESS, uncertainty=0.5)
    weight = 1.44 / (1.44 + 0.25)
    posterior = stats.norm(0.5 + weight * 2.0, 0.5 * weight**0.5)
    assert known == pytest.approx(posterior.sf(3.0) + posterior.cdf(-3.0))
    assert specific_risk(3.5, TOLERANCE, process=Normal(0.0, inf), uncertainty=0.0) == 1.0


def test_a_guard_band_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(BadData, match="leaves nothing of -3 to 3"):
        guarded_limits(TOLERANCE, 3.0)
