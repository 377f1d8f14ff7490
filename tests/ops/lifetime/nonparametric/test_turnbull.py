"""Turnbull: a published estimate, Kaplan-Meier, and brute force on small sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.nonparametric.innermost import innermost
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.mass import climb, loglik
from ops.lifetime.nonparametric.positions import midpoints
from ops.lifetime.nonparametric.turnbull import turnbull
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import few

COSMESIS = case("life_ranks", "breast_cosmesis_radiotherapy")


def cosmesis() -> LifeData:
    upper = [np.inf if x is None else x for x in COSMESIS["inputs"]["upper"]]
    return life_data(COSMESIS["inputs"]["lower"], upper)


def test_the_published_estimate_comes_out() -> None:
    found = turnbull(cosmesis())
    assert found.lower.tolist() == COSMESIS["expected"]["lower"]
    assert found.upper.tolist() == COSMESIS["expected"]["upper"]
    assert found.mass == pytest.approx(COSMESIS["expected"]["mass"], abs=5e-5)
    assert found.gap <= 1e-9
    assert np.isfinite(found.std_error).all()


def test_right_censored_data_give_kaplan_meier_by_the_climb_too() -> None:
    rng = np.random.default_rng(5)
    data = failures_and_suspensions(rng.integers(1, 40, 60), rng.integers(1, 40, 30))
    km = kaplan_meier(data)
    climbed = np.cumsum(climb(innermost(data), tolerance=1e-10).mass)[: km.time.size]
    assert 1.0 - climbed == pytest.approx(km.survival, abs=1e-8)
    found = turnbull(data)
    assert found.survival[: km.time.size] == pytest.approx(km.survival)
    assert found.std_error[: km.time.size] == pytest.approx(km.std_error)


def test_left_truncated_data_give_kaplan_meier_with_entry() -> None:
    data = life_data([3.0, 5.0, 6.0, 8.0, 9.0], [3.0, 5.0, np.inf, 8.0, 9.0], entry=[0, 1, 4, 4, 2])
    km, found = kaplan_meier(data), turnbull(data)
    assert found.survival == pytest.approx(km.survival, abs=1e-7)
    assert found.std_error[:-1] == pytest.approx(km.std_error[:-1], rel=1e-4)


def _highest(data: LifeData) -> float:
    """Best log-likelihood of masses by a general optimizer from several starts."""
    found = innermost(data)
    m = found.lower.size
    if m == 1:
        return loglik(found, np.ones(1))

    def given_(theta: FloatArray) -> float:
        mass = np.exp(theta - theta.max())
        return -loglik(found, mass / mass.sum())

    rng = np.random.default_rng(1)
    starts = [np.zeros(m), *rng.normal(0.0, 2.0, (3, m))]
    return max(-float(minimize(given_, s, method="BFGS", tol=1e-10).fun) for s in starts)


ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.booleans()), min_size=2, max_size=7
)


@few(25)
@given(rows=ROWS)
def test_no_optimizer_finds_a_higher_likelihood(rows: list[tuple[int, int, bool]]) -> None:
    lower = np.array([max(a, 1) if w == 0 or last else a for a, w, last in rows], dtype=float)
    upper = np.array([np.inf if last else max(a, 1) + w for a, w, last in rows])
    if not np.isfinite(upper).any():
        return
    data = life_data(lower, upper)
    found = turnbull(data)
    assert found.gap <= 1e-8
    assert found.mass.sum() == pytest.approx(1.0)
    assert found.loglik >= _highest(data) - 1e-6


def test_truncated_intervals_reach_the_top_of_a_general_optimizer() -> None:
    rng = np.random.default_rng(11)
    t = rng.weibull(1.5, 40) * 10.0
    entry, exit_ = rng.uniform(0, 4, 40), rng.uniform(9, 30, 40)
    entry[::2], exit_[::2] = 0.0, np.inf  # so that somebody is at risk at every time
    seen = (t > entry) & (t <= exit_)
    t, entry, exit_ = t[seen], entry[seen], exit_[seen]
    lower = np.maximum(np.floor(t / 3.0) * 3.0, entry)
    upper = np.minimum(np.ceil(t / 3.0) * 3.0, exit_)
    data = life_data(lower, upper, entry=entry, exit=exit_)
    found = turnbull(data)
    assert found.attained
    assert found.loglik >= _highest(data) - 1e-6


def test_where_all_that_are_at_risk_fail_nothing_later_has_mass() -> None:
    data = life_data([1.0, 4.0, 5.0, 7.0], [2.0, 5.0, 6.0, 9.0], entry=[0.0, 3.0, 3.0, 3.0])
    found = turnbull(data)
    assert found.mass[0] == pytest.approx(1.0, abs=1e-6)


def test_inspections_without_overlap_give_the_shares_of_each_interval() -> None:
    data = life_data([0.0, 10.0, 20.0], [10.0, 20.0, np.inf], weight=[2.0, 3.0, 5.0])
    found = turnbull(data)
    assert found.mass == pytest.approx([0.2, 0.3, 0.5])
    share = np.array([0.8, 0.5])
    assert found.std_error[:2] == pytest.approx(np.sqrt(share * (1 - share) / 10))
    low, high = found.between(np.array([5.0, 10.0]))
    assert low == pytest.approx([0.8, 0.8])
    assert high == pytest.approx([1.0, 0.8])


def test_all_in_one_instant_is_one_mass() -> None:
    found = turnbull(life_data([0.0, 2.0], [3.0, 5.0]))
    assert (found.lower.tolist(), found.upper.tolist(), found.mass.tolist()) == ([2.0], [3.0], [1])
    assert turnbull(life_data([2.0], [2.0])).survival.tolist() == [0.0]


def test_no_failure_is_no_estimate() -> None:
    with pytest.raises(NotEnoughData):
        turnbull(life_data([1.0, 2.0], [np.inf, np.inf]))


def test_points_stand_at_the_middle_of_a_step_and_at_the_end_of_an_interval() -> None:
    time, share = midpoints(failures_and_suspensions([1.0, 2.0, 3.0, 4.0]))
    assert share == pytest.approx([0.125, 0.375, 0.625, 0.875])
    time, share = midpoints(life_data([0.0, 10.0, 20.0], [10.0, 20.0, np.inf]))
    assert time.tolist() == [10.0, 20.0]
    assert share == pytest.approx([1 / 3, 2 / 3])
