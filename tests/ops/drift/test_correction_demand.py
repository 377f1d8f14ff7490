"""Correction demand: exact levels of its tests, and drifts that corrections hide."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from ops.drift.correction_demand import correction_demand, corrections_of_offsets
from ops.errors import BadData


def test_growth_is_that_of_the_handbook() -> None:
    t = np.array([4.0, 7.0, 8.0, 9.0, 9.5])
    found = correction_demand(t, start=0.0, end=10.0)
    statistic = 2 * np.sum(np.log(10.0 / t))
    assert found.growth is not None
    assert found.growth.value == pytest.approx(10 / statistic)
    assert found.growth.p_value == pytest.approx(2 * chi2.cdf(statistic, 10))
    assert found.growth.lower == pytest.approx(chi2.ppf(0.025, 10) / statistic)
    assert found.growth.upper == pytest.approx(chi2.ppf(0.975, 10) / statistic)


def test_the_rate_has_the_exact_interval_of_poisson() -> None:
    found = correction_demand(np.array([1.0, 2.0, 5.0]), start=0.0, end=10.0).rate
    assert found.value == 0.3
    assert found.lower is not None
    assert found.upper is not None
    assert poisson.sf(2, 10 * found.lower) == pytest.approx(0.025)
    assert poisson.cdf(3, 10 * found.upper) == pytest.approx(0.025)


def test_constant_demand_keeps_every_level() -> None:
    rng = np.random.default_rng(1)
    hits = {"rate-growth": 0, "size-trend": 0, "cumulative-offset": 0}
    laplace, rounds = 0, 500
    for _ in range(rounds):
        t = np.sort(rng.uniform(0, 60, rng.poisson(20)))
        found = correction_demand(t, rng.normal(size=t.size), start=0.0, end=60.0)
        laplace += (found.laplace or 1.0) <= 0.05
        for evidence in found.evidence():
            hits[evidence.method] += (evidence.p_value or 1.0) <= 0.05
    assert all(count / rounds <= 0.05 + 3 * 0.0098 for count in (*hits.values(), laplace))


def test_ever_more_and_ever_larger_corrections_are_shown() -> None:
    t = 60.0 * np.sqrt(np.arange(1, 41) / 41)
    size = 0.1 + 0.01 * t + 0.02 * (np.arange(40) % 3)
    growth, trend, absorbed = correction_demand(t, size, start=0.0, end=60.0).evidence(since=5)
    assert growth.present
    assert trend.present
    assert absorbed.present
    assert growth.since == 5
    assert growth.lower is not None
    assert 1.0 < growth.lower < 2.0
    assert trend.estimate == pytest.approx(0.01, rel=0.1)


def test_ever_fewer_corrections_are_no_evidence() -> None:
    t = 60.0 - 60.0 * np.sqrt(np.arange(1, 41) / 41)[::-1]
    growth = correction_demand(t, start=0.0, end=60.0).evidence()[0]
    assert (growth.p_value or 1.0) < 0.05
    assert growth.present is False


def test_the_drift_that_offsets_absorb_is_within_its_interval() -> None:
    rng = np.random.default_rng(4)
    covered, rounds = 0, 300
    for _ in range(rounds):
        t = np.arange(0.0, 90.0, 0.25)
        drift = -0.05 * t + 0.05 * rng.normal(size=t.size)
        offset, total = np.zeros(t.size), 0.0
        for i in range(t.size):  # a correction takes back what is measured once it is too much
            if abs(drift[i] + total) > 0.3:
                total = -drift[i]
            offset[i] = total
        at, size = corrections_of_offsets(t, offset)
        found = correction_demand(at, size, start=0.0, end=90.0).absorbed
        assert found is not None
        covered += (found.lower or 0.0) <= 0.05 <= (found.upper or 0.0)
    assert covered / rounds >= 0.92


def test_few_or_no_corrections_have_answers() -> None:
    none = correction_demand(np.zeros(0), start=0.0, end=30.0)
    assert (none.rate.value, none.rate.lower, none.growth, none.size) == (0.0, 0.0, None, None)
    assert none.evidence() == ()
    few = correction_demand(np.array([1.0, 2.0]), np.array([1.0, 1.0]), start=0.0, end=30.0)
    assert few.absorbed is None
    last = correction_demand(np.full(4, 30.0), np.ones(4), start=0.0, end=30.0)
    assert last.growth is not None
    assert last.growth.p_value is None
    first = correction_demand(np.zeros(3), np.full(3, np.nan), start=0.0, end=30.0)
    assert first.growth is not None
    assert first.growth.value < 0.1
    assert first.size is None


@given(shift=st.floats(-1e3, 1e3), scale=st.floats(0.1, 10.0))
def test_growth_does_not_depend_on_the_clock(shift: float, scale: float) -> None:
    t = np.array([1.0, 5.0, 6.0, 8.0, 9.0])
    plain = correction_demand(t, start=0.0, end=10.0).growth
    moved = correction_demand(
        np.clip(shift + scale * t, shift, shift + 10 * scale), start=shift, end=shift + 10 * scale
    ).growth
    assert plain is not None
    assert moved is not None
    assert moved.value == pytest.approx(plain.value, rel=1e-6)


def test_times_outside_are_named() -> None:
    with pytest.raises(BadData, match=r"end 0\.0 is not after start 1\.0"):
        correction_demand(np.zeros(0), start=1.0, end=0.0)
    with pytest.raises(BadData, match=r"corrections from 5\.0 to 11\.0"):
        correction_demand(np.array([5.0, 11.0]), start=0.0, end=10.0)
    with pytest.raises(BadData, match="give one for each"):
        correction_demand(np.array([5.0, 6.0]), np.ones(3), start=0.0, end=10.0)
