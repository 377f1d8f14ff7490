"""Flags of results that assume a constant rate."""

import numpy as np
import pytest
from scipy import optimize, stats

from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.qualification.shape_flag import shape_flag


@pytest.mark.parametrize(("shape", "state"), [(0.5, "falling"), (1.0, "constant"), (2.5, "rising")])
def test_the_shape_is_told_from_one(shape: float, state: str) -> None:
    t = 1000.0 * np.random.default_rng(4).weibull(shape, 60)
    flag = shape_flag(failures_and_suspensions(np.minimum(t, 1e9)))
    assert flag.state == state
    assert flag.excludes_one == (state != "constant")
    assert flag.lower < flag.shape < flag.upper
    assert (flag.p_value < 0.05) == flag.excludes_one
    assert flag.method == "likelihood ratio"


def test_the_interval_is_where_twice_the_loglikelihood_fell_by_chi_square() -> None:
    t = np.sort(1000.0 * np.random.default_rng(7).weibull(1.5, 20))
    flag = shape_flag(failures_and_suspensions(t[:12], np.full(8, t[11])))

    def profile(shape: float) -> float:  # the scale of a known shape is in closed form
        eta = ((np.sum(t[:12] ** shape) + 8 * t[11] ** shape) / 12) ** (1 / shape)
        law = stats.weibull_min(shape, scale=eta)
        return float(np.sum(law.logpdf(t[:12])) + 8 * law.logsf(t[11]))

    best = optimize.minimize_scalar(lambda b: -profile(b), bounds=(0.2, 6), method="bounded")
    edge = -best.fun - 0.5 * stats.chi2.ppf(0.95, 1)
    low = optimize.brentq(lambda b: profile(b) - edge, 0.1, best.x)
    high = optimize.brentq(lambda b: profile(b) - edge, best.x, 9)
    assert (flag.shape, flag.lower, flag.upper) == pytest.approx((best.x, low, high), rel=1e-4)


def test_without_failures_nothing_is_known() -> None:
    flag = shape_flag(failures_and_suspensions([], [1000.0] * 231))
    assert flag.state == "unknown"
    assert not flag.excludes_one
    assert flag.reason


def test_readouts_are_enough() -> None:
    data = life_data(
        [0.0, 168.0, 500.0, 1000.0],
        [168.0, 500.0, 1000.0, np.inf],
        weight=[12.0, 3.0, 1.0, 215.0],
    )
    flag = shape_flag(data)
    assert flag.state == "falling"
    assert flag.shape == pytest.approx(fit(data).parameters["beta"])


def test_failures_between_two_readouts_only_leave_one_bound() -> None:
    late = shape_flag(life_data([500.0, 1000.0], [1000.0, np.inf], weight=[30.0, 47.0]))
    assert (late.state, late.upper) == ("rising", np.inf)
    assert 1.0 < late.lower < 10.0
    early = shape_flag(life_data([0.0, 1000.0], [168.0, np.inf], weight=[8.0, 69.0]))
    assert (early.state, early.lower) == ("falling", 0.0)
    assert early.upper < 1.0
    one = shape_flag(life_data([500.0, 1000.0], [1000.0, np.inf], weight=[1.0, 76.0]))
    assert one.state == "constant"
    assert one.p_value > 0.05


def test_the_open_bound_is_where_the_likelihood_of_the_counts_fell_by_chi_square() -> None:
    """All failures within (500, 1000]: the best share of them needs no failure before."""
    data = life_data([500.0, 1000.0], [1000.0, np.inf], weight=[30.0, 47.0])

    def profile(shape: float) -> float:
        def loss(log_eta: float) -> float:
            law = stats.weibull_min(shape, scale=np.exp(log_eta))
            return -float(30 * np.log(law.cdf(1000) - law.cdf(500)) + 47 * law.logsf(1000))

        return -float(optimize.minimize_scalar(loss, bounds=(5.0, 10.0), method="bounded").fun)

    top = 30 * np.log(30 / 77) + 47 * np.log(47 / 77)
    edge = top - 0.5 * stats.chi2.ppf(0.95, 1)
    lower = optimize.brentq(lambda b: profile(b) - edge, 1.0, 20.0)
    assert shape_flag(data).lower == pytest.approx(lower, rel=1e-4)


def test_all_dead_by_the_first_readout_tells_nothing() -> None:
    assert shape_flag(life_data([0.0], [168.0], weight=[5.0])).state == "unknown"


def test_exact_failures_at_the_end_alone_tell_nothing() -> None:
    flag = shape_flag(failures_and_suspensions([1000.0], [1000.0] * 76))
    assert flag.state == "unknown"
    assert "maximum" in flag.reason
