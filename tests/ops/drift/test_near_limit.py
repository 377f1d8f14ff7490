"""Near-limit rate: the share in the outer band, its interval under runs, its trend."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from ops.drift.monitor_kernel import quiet_series
from ops.drift.near_limit import near_limit_rate
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, SpecLimits

SPEC = SpecLimits(-2.0, 2.0)


def _series(phi: float, n: int, seed: int) -> FloatArray:
    return quiet_series(np.random.default_rng(seed).normal(size=n), phi)


def test_independent_points_have_the_interval_of_wilson() -> None:
    y = np.tile([0.0, 1.9, 0.1, -1.0, 0.2], 20)  # one in five, never in a row
    found = near_limit_rate(np.arange(100.0), y, SPEC)
    theirs = binomtest(20, 100).proportion_ci(method="wilson")
    assert found.inflation == 1.0
    assert (found.lower, found.upper) == pytest.approx((theirs.low, theirs.high))
    assert (found.near_lower, found.near_upper) == (0.0, 0.2)


@pytest.mark.parametrize(("phi", "least"), [(0.0, 0.92), (0.6, 0.88)])
def test_the_interval_covers_and_the_trend_keeps_its_level(phi: float, least: float) -> None:
    t, share = np.arange(500) / 24, 2 * float(norm.sf(1.6))
    found = [near_limit_rate(t, _series(phi, 500, seed), SPEC) for seed in range(300)]
    assert np.mean([f.lower <= share <= f.upper for f in found]) >= least
    assert np.mean([(f.p_value or 0.0) < 0.05 for f in found]) <= 0.05 + 3 * 0.0126


def test_a_drift_to_a_limit_is_shown() -> None:
    t = np.arange(600) / 24
    found = near_limit_rate(t, _series(0.5, 600, 1) * 0.6 + 0.06 * t, SPEC)
    evidence = found.evidence(since=7)
    assert evidence.present
    assert (evidence.mechanism, evidence.since, evidence.measure) == ("near-limit", 7, "share/day")
    assert found.slope_lower is not None
    assert found.slope_lower > 0
    assert found.near_upper is not None
    assert found.near_lower is not None
    assert found.near_upper > found.near_lower


def test_a_share_that_falls_is_no_evidence() -> None:
    t = np.arange(600) / 24
    found = near_limit_rate(t, _series(0.0, 600, 1) * 0.4 + 1.5 - 0.06 * t, SPEC)
    assert (found.p_value or 1.0) < 0.05
    assert found.evidence().present is False


def test_runs_of_points_widen_the_interval() -> None:
    scattered, runs = np.tile([0.0] * 9 + [1.9], 40), np.repeat([0.0] * 9 + [1.9], 40)
    t = np.arange(400.0)
    assert near_limit_rate(t, runs, SPEC).upper > near_limit_rate(t, scattered, SPEC).upper


def test_one_limit_takes_the_distance_from_its_target() -> None:
    y = np.linspace(0.0, 1.0, 101)
    t = np.arange(101.0)
    upper = near_limit_rate(t, y, SpecLimits(upper=1.0, target=0.0))
    assert upper.band == pytest.approx(0.2)
    assert upper.near_lower is None
    assert upper.share == pytest.approx(21 / 101)
    assert near_limit_rate(t, y, SpecLimits(lower=0.0, target=1.0)).near_upper is None
    assert near_limit_rate(t, y, SpecLimits(upper=1.0), width=0.1).share == pytest.approx(11 / 101)


def test_points_beyond_count_and_extremes_have_answers() -> None:
    t = np.arange(40.0)
    all_out, none = (near_limit_rate(t, np.full(40, v), SPEC) for v in (9.0, 0.0))
    assert (all_out.share, all_out.upper, none.share, none.lower) == (1.0, 1.0, 0.0, 0.0)
    assert none.upper > 0
    assert none.evidence().present is False
    still = near_limit_rate(np.zeros(40), np.arange(40.0), SPEC)
    assert (still.slope, still.p_value, still.evidence().present) == (None, None, None)


@given(shift=st.integers(-100, 100), scale=st.sampled_from([0.5, 4.0]))
def test_shares_survive_a_change_of_unit(shift: int, scale: float) -> None:
    y = np.round(_series(0.3, 100, 4), 3) + 0.0005
    spec = SpecLimits(scale * (-2.0 + shift), scale * (2.0 + shift))
    moved = near_limit_rate(np.arange(100.0), scale * (y + shift), spec)
    assert moved.share == near_limit_rate(np.arange(100.0), y, SPEC).share


def test_what_is_missing_is_named() -> None:
    t = np.arange(30.0)
    for spec in (None, SpecLimits(-inf, inf)):
        with pytest.raises(BadData, match="needs a specification limit"):
            near_limit_rate(t, t, spec)
    with pytest.raises(BadData, match="band near the limit"):
        near_limit_rate(t, t + 5.0, SpecLimits(upper=2.0))
    with pytest.raises(BadData, match=r"band is 0\.7"):
        near_limit_rate(t, t, SPEC, band=0.7)
    with pytest.raises(NotEnoughData, match="20 values, got 19"):
        near_limit_rate(t, np.where(t < 19, t, np.nan), SPEC)
