"""How long a test must still run: against hand computation, simulation and the end of the test."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.planning.demonstration import weibayes_multiple
from ops.lifetime.planning.remaining_failures import (
    chance_of_no_failure,
    expected_failures,
    until_failures,
)
from ops.lifetime.planning.remaining_precision import until_precise
from ops.lifetime.planning.remaining_test import until_demonstrated


def running(n: int = 40, end: float = 500.0, seed: int = 2) -> LifeData:
    """Weibull 1000 h, shape 2: a test that stands at `end`."""
    t = 1000.0 * np.random.default_rng(seed).weibull(2.0, n)
    return failures_and_suspensions(t[t <= end], np.full(int((t > end).sum()), end))


def test_without_failures_it_is_the_zero_failure_test_time() -> None:
    data = failures_and_suspensions([], [100.0] * 22)
    left = until_demonstrated(data, 1000.0, 0.9, confidence=0.9, shape=2.0)
    needed = 1000.0 * (log(0.1) / (22 * log(0.9))) ** 0.5
    assert left.estimate == pytest.approx(needed - 100.0, rel=1e-9)
    assert not left.reached
    assert (left.lower, left.upper) == (left.estimate, left.estimate)


@given(shape=st.floats(0.5, 4.0), more=st.integers(0, 2), reliability=st.floats(0.8, 0.99))
def test_after_the_further_time_it_is_just_shown(
    shape: float, more: int, reliability: float
) -> None:
    data = running()
    left = until_demonstrated(
        data, 300.0, reliability, confidence=0.9, shape=shape, further_failures=more
    )
    then = np.where(data.right, data.lower + left.estimate, data.lower)
    shown = weibayes_multiple(
        then, reliability, 0.9, shape=shape, failures=int(data.failures) + more
    )
    if left.reached:
        assert shown >= 300.0 * (1 - 1e-9)
    else:
        assert shown == pytest.approx(300.0, rel=1e-6)


def test_bounds_of_the_shape_give_the_interval() -> None:
    data = failures_and_suspensions([], [100.0] * 10)
    left = until_demonstrated(data, 1000.0, 0.9, confidence=0.9, shape=2.0, shape_bounds=(1.5, 3.0))
    assert left.lower < left.estimate < left.upper


def test_a_demonstration_that_is_done_needs_no_time() -> None:
    data = failures_and_suspensions([], [5000.0] * 22)
    left = until_demonstrated(data, 1000.0, 0.9, confidence=0.9, shape=2.0)
    assert (left.estimate, left.reached) == (0.0, True)


def test_expected_failures_are_the_conditional_ones() -> None:
    data = running()
    found = fit(data)
    more = expected_failures(data, found, np.array([0.0, 300.0, 1e9]))
    law = stats.weibull_min(found.parameters["beta"], scale=found.parameters["eta"])
    left = float(data.weight[data.right].sum())
    assert more[0] == 0.0
    assert more[1] == pytest.approx(left * (1 - law.sf(800.0) / law.sf(500.0)))
    assert more[2] == pytest.approx(left)
    assert chance_of_no_failure(data, found, 300.0) == pytest.approx(
        (law.sf(800.0) / law.sf(500.0)) ** left
    )


def test_the_time_until_failures_covers_what_comes() -> None:
    """Coverage of the 90 % predictive interval over simulated tests."""
    rng = np.random.default_rng(8)
    held = 0
    for turn in range(60):
        t = np.sort(1000.0 * np.random.default_rng(100 + turn).weibull(2.0, 60))
        seen = t[t <= 600.0]
        data = failures_and_suspensions(seen, np.full(60 - seen.size, 600.0))
        want = seen.size + 10
        left = until_failures(data, fit(data), want, rng=rng)
        held += left.lower <= t[want - 1] - 600.0 <= left.upper
    assert 47 <= held <= 60  # binomial(60, 0.9): below 47 has probability 0.1 %


def test_failures_that_have_come_need_no_time_and_too_many_are_refused() -> None:
    data = running()
    rng = np.random.default_rng(1)
    assert until_failures(data, fit(data), int(data.failures), rng=rng).reached
    with pytest.raises(BadData, match="ask for at most 40"):
        until_failures(data, fit(data), 41, rng=rng)


def test_all_failed_means_nothing_runs() -> None:
    data = failures_and_suspensions([1.0, 2.0, 3.0])
    with pytest.raises(NotEnoughData, match="no unit is left"):
        expected_failures(data, fit(data), np.array([1.0]))


def test_precision_is_reached_by_running_on_or_never() -> None:
    data = running(200)
    found = fit(data)
    error = float(np.sqrt(np.array([1.0, found.sigma * log(-log(0.9))]) @ found.covariance
                          @ np.array([1.0, found.sigma * log(-log(0.9))])))  # fmt: skip
    now = float(np.exp(1.959964 * error))
    assert until_precise(data, found, 0.1, now * 1.001).reached
    left = until_precise(data, found, 0.1, 1 + 0.9 * (now - 1))
    assert 0.0 < left.estimate < inf
    assert left.lower <= left.estimate <= left.upper
    assert until_precise(data, found, 0.1, 1.001).estimate == inf
    with pytest.raises(BadData, match="above 1"):
        until_precise(data, found, 0.1, 1.0)


def test_the_error_foreseen_is_that_of_the_longer_test() -> None:
    """The observed information after running on is near what was expected before."""
    foreseen, came = [], []
    for seed in range(12):
        t = 1000.0 * np.random.default_rng(seed).weibull(2.0, 300)
        now = failures_and_suspensions(t[t <= 500], np.full(int((t > 500).sum()), 500.0))
        later = failures_and_suspensions(t[t <= 900], np.full(int((t > 900).sum()), 900.0))
        after = fit(later)
        gradient = np.array([1.0, after.sigma * log(-log(0.9))])
        error = float(np.sqrt(gradient @ after.covariance @ gradient))
        left = until_precise(now, fit(now), 0.1, float(np.exp(1.959964 * error)))
        foreseen.append(left.estimate)
        came.append(400.0)
    assert np.median(foreseen) == pytest.approx(400.0, rel=0.3)


def test_readouts_and_weights_count() -> None:
    data = life_data([0.0, 168.0, 500.0], [168.0, 500.0, inf], weight=[1.0, 2.0, 74.0], unit="h")
    left = until_demonstrated(data, 500.0, 0.9, confidence=0.9, shape=1.0)
    assert left.reached
    rng = np.random.default_rng(1)
    more = until_failures(data, fit(data), 6, rng=rng)
    assert 0 < more.lower < more.estimate < more.upper
