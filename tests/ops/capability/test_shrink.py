"""Strata judged together: no false alarms of two hundred, power where one is truly bad."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.capability.shrink import Strata, judge_strata, shrink
from ops.errors import NotEnoughData
from ops.values import FloatArray, SpecLimits

LIMITS = SpecLimits(-4.5, 4.5)  # an index of 1.5 for a standard normal


def _judged(x: FloatArray, requirement: float = 1.33) -> Strata:
    n = np.full(x.shape[0], float(x.shape[1]))
    return judge_strata(n, x.mean(1), x.std(1, ddof=1), LIMITS, requirement=requirement)


def test_raw_estimates_always_accuse_and_shrunken_bounds_do_not() -> None:
    rng = np.random.default_rng(1)
    found = [_judged(rng.normal(0, 1, (200, 10))) for _ in range(60)]
    below_one = np.mean([np.count_nonzero(f.raw < 1.0) for f in found])
    assert below_one == pytest.approx(8, abs=1), "200 strata of n = 10 at true 1.5"
    assert np.mean([np.count_nonzero(f.raw < 1.33) for f in found]) > 50
    assert sum(f.below.any() for f in found) == 0


@pytest.mark.parametrize(("n", "shift", "power"), [(30, 2.5, 0.85), (100, 2.0, 0.99)])
def test_a_truly_bad_stratum_among_two_hundred_is_found(n: int, shift: float, power: float) -> None:
    rng = np.random.default_rng(2)
    hits, others = [], 0
    for _ in range(60):
        x = rng.normal(0, 1, (200, n))
        x[7] += shift
        found = _judged(x)
        hits.append(bool(found.below[7]))
        others += int(np.delete(found.below, 7).sum())
        assert found.order[0] == 7
    assert np.mean(hits) >= power
    assert others == 0


@pytest.mark.parametrize("k", [2, 5, 40])
def test_strata_at_the_requirement_are_accused_as_seldom_as_stated(k: int) -> None:
    rng = np.random.default_rng(3)
    x = [rng.normal(0, 4.5 / 3.99, (k, 30)) for _ in range(200)]
    assert np.mean([_judged(v).below.any() for v in x]) <= 0.08


@given(seed=st.integers(0, 10**6), a=st.floats(0.01, 100), b=st.floats(-1e3, 1e3))
def test_indices_survive_a_change_of_unit(seed: int, a: float, b: float) -> None:
    x = np.random.default_rng(seed).normal(0, 1, (4, 12))
    moved = SpecLimits(a * LIMITS.lower + b, a * LIMITS.upper + b)
    y = a * x + b
    n = np.full(4, 12.0)
    other = judge_strata(n, y.mean(1), y.std(1, ddof=1), moved, requirement=1.33)
    one = _judged(x)
    assert other.index == pytest.approx(one.index, rel=1e-6)
    assert other.upper == pytest.approx(one.upper, rel=1e-6)
    assert other.excess_ppm == pytest.approx(one.excess_ppm, rel=1e-4, abs=1e-6)


@given(seed=st.integers(0, 10**6))
def test_estimates_lie_between_their_own_and_the_common_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value, variance = rng.normal(0, 2, 6), rng.exponential(1, 6) + 0.1
    found = shrink(value, variance)
    low, high = np.minimum(value, found.common), np.maximum(value, found.common)
    assert np.all((found.value >= low - 1e-9) & (found.value <= high + 1e-9))
    assert np.all(np.abs(found.value - value) <= np.sqrt(variance) + 1e-9)


def test_excess_is_what_would_be_gone_were_the_stratum_like_the_rest() -> None:
    n = np.array([100.0, 300.0])
    found = judge_strata(n, np.array([2.0, 0.0]), np.array([1.0, 1.0]), LIMITS, requirement=1.33)
    assert found.order.tolist() == [0, 1]
    assert found.excess_ppm[0] > 0 > found.excess_ppm[1]


def test_a_single_value_and_equal_values_borrow_the_sigma_of_the_others() -> None:
    n = np.array([20.0, 1.0, 20.0])
    sigma = np.array([1.0, np.nan, 0.0])
    found = judge_strata(n, np.zeros(3), sigma, LIMITS, requirement=1.33)
    assert np.isfinite(found.index).all()
    assert np.isnan(found.raw).tolist() == [False, True, True]
    assert not found.below.any()
    with pytest.raises(NotEnoughData):
        judge_strata(n, np.zeros(3), np.zeros(3), LIMITS, requirement=1.33)
