"""Local linear trend: the filter, smoother and likelihood of statsmodels, gaps, forecasts."""

import numpy as np
import pytest
from statsmodels.tsa.statespace.structural import UnobservedComponents

from ops.drift.local_trend import LocalTrend, local_trend
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

GAINS = [(0.1, 0.0), (0.1, 0.01), (0.0, 0.02), (0.0, 0.0)]


def _wandering(n: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    slope = np.cumsum(0.02 * rng.normal(size=n))
    return np.cumsum(slope + 0.3 * rng.normal(size=n)) + rng.normal(size=n)


def _assert_equals_statsmodels(found: LocalTrend, y: FloatArray, there: FloatArray) -> None:
    """Compare at unit spacing; the discrete model takes the covariance of the continuous one."""
    level, slope = found.level_gain, found.slope_gain
    model = UnobservedComponents(y, "lltrend", use_exact_diffuse=True)
    model.update([found.noise, level, slope])
    model.ssm["state_cov"] = np.array([[level + slope / 3, slope / 2], [slope / 2, slope]])
    other = model.ssm.smooth()
    assert found.log_likelihood == pytest.approx(other.llf, abs=1e-6)
    assert found.level == pytest.approx(other.smoothed_state[0, there], abs=1e-6)
    assert found.slope == pytest.approx(other.smoothed_state[1, there], abs=1e-6)
    assert found.level_sd**2 == pytest.approx(other.smoothed_state_cov[0, 0, there], abs=1e-6)
    assert found.slope_sd**2 == pytest.approx(other.smoothed_state_cov[1, 1, there], abs=1e-6)
    assert found.covariance == pytest.approx(other.smoothed_state_cov[0, 1, -1], abs=1e-6)


@pytest.mark.parametrize("gains", GAINS)
@pytest.mark.parametrize("gap", [slice(0, 0), slice(1, 2), slice(20, 45)])
def test_it_equals_statsmodels(gains: tuple[float, float], gap: slice) -> None:
    y = _wandering(80, 1)
    y[gap] = np.nan
    there = np.flatnonzero(np.isfinite(y))
    _assert_equals_statsmodels(local_trend(there * 1.0, y[there], gains=gains), y, there)


def test_its_variances_are_the_likeliest() -> None:
    y, t = _wandering(150, 3), np.arange(150.0)
    best = local_trend(t, y)
    _assert_equals_statsmodels(best, y, np.arange(150))
    ratio = best.level_gain / best.noise, best.slope_gain / best.noise
    for a, b in ((1.2, 1.0), (0.8, 1.0), (1.0, 1.3), (1.0, 0.7), (1.1, 0.9)):
        other = local_trend(t, y, gains=(a * ratio[0], b * ratio[1]))
        assert other.log_likelihood <= best.log_likelihood + 1e-9


def test_repeats_at_one_time_count_as_values() -> None:
    y, t = _wandering(40, 4), np.arange(40.0)
    twice = local_trend(np.repeat(t, 2), np.repeat(y, 2) + np.tile([0.5, -0.5], 40))
    assert twice.t.size == 40
    assert twice.n == 80
    ratio = twice.level_gain / twice.noise, twice.slope_gain / twice.noise
    for shift in (1e-4, 1e-11):
        near = np.repeat(t, 2) + np.tile([0.0, shift], 40)
        apart = local_trend(near, np.repeat(y, 2) + np.tile([0.5, -0.5], 40), gains=ratio)
        assert apart.t.size == (80 if shift > 1e-5 else 40)
        assert twice.level == pytest.approx(apart.level[:: apart.t.size // 40], abs=1e-3)
        assert twice.noise == pytest.approx(apart.noise, rel=1e-3)


def test_uneven_times_follow_the_unit_of_time() -> None:
    rng = np.random.default_rng(5)
    t = np.cumsum(rng.exponential(1.0, 60))
    y = np.cumsum(rng.normal(size=60)) * 0.4 + 0.2 * t
    days, hours = local_trend(t, y), local_trend(24.0 * t, y)
    assert hours.level == pytest.approx(days.level, abs=1e-5)
    assert 24.0 * hours.slope == pytest.approx(days.slope, abs=1e-5)
    assert hours.ahead(np.array([48.0])).value_sd == pytest.approx(
        days.ahead(np.array([2.0])).value_sd, rel=1e-4
    )


def test_forecasts_widen_with_their_horizon_and_cover() -> None:
    inside: list[bool] = []
    for seed in range(150):
        y, t = _wandering(130, 100 + seed), np.arange(120.0)
        ahead = local_trend(t, y[:120]).ahead(np.arange(1.0, 11.0))
        assert np.all(np.diff(ahead.level_sd) > 0)
        inside += list(np.abs(y[120:] - ahead.mean) < 1.96 * ahead.value_sd)
    assert 0.9 < np.mean(inside) < 0.98


def test_a_line_comes_back_without_spread() -> None:
    t = np.arange(12.0)
    found = local_trend(t, 3.0 + 0.5 * t)
    assert found.slope == pytest.approx(np.full(12, 0.5))
    assert (found.noise, found.slope_sd[-1]) == (0.0, 0.0)
    assert found.ahead(np.array([2.0])).mean == pytest.approx([9.5])
    said = found.evidence(margin=0.1)
    assert (said.present, said.p_value, said.lower) == (True, 0.0, pytest.approx(0.5))
    assert local_trend(t, np.full(12, 2.0)).evidence(margin=0.1).absent


def test_bad_points_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="8 values at 4 times, got 7 at 7"):
        local_trend(np.arange(7.0), np.arange(7.0))
    with pytest.raises(NotEnoughData, match="got 9 at 3"):
        local_trend(np.repeat(np.arange(3.0), 3), np.arange(9.0))
    with pytest.raises(BadData, match="not finite"):
        local_trend(np.arange(9.0), np.full(9, np.inf))
