"""The segmentation is the best of all, under every cost, and bad input has a clear answer."""

from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.changepoints import changepoints, resolution
from ops.drift.fpop_kernel import partition
from ops.drift.innovation_kernel import partition_innovations
from ops.drift.line_kernel import partition_lines
from ops.drift.penalty import Cost
from ops.drift.spread_kernel import partition_spread
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray
from tests.ops.drift.partitioned import (
    about_line,
    autoregression,
    bounded,
    innovation_cost,
    least_cost,
    least_innovation_cost,
    likelihood,
    squares,
    stepped,
)

COSTS: tuple[Cost, ...] = ("mean", "robust", "autocorrelated", "mean-variance", "line")
penalties = st.sampled_from([0.5, 2.0, 8.0])


@settings(max_examples=60, deadline=None)
@given(y=stepped(), penalty=penalties, least=st.integers(1, 5))
def test_squared_loss_has_the_least_cost(y: FloatArray, penalty: float, least: int) -> None:
    found = partition(y, penalty, least, inf)[0][-1]
    assert found == pytest.approx(least_cost(y, squares, penalty, least), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(y=stepped(16), penalty=penalties, least=st.integers(1, 4), bound=st.sampled_from([0.8, 1.5]))
def test_bounded_loss_has_the_least_cost(
    y: FloatArray, penalty: float, least: int, bound: float
) -> None:
    found = partition(y, penalty, least, bound)[0][-1]
    assert found == pytest.approx(least_cost(y, bounded(bound), penalty, least), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(y=stepped(), penalty=penalties, least=st.integers(2, 5), floor=st.sampled_from([1e-3, 0.1]))
def test_mean_and_variance_have_the_least_cost(
    y: FloatArray, penalty: float, least: int, floor: float
) -> None:
    found = partition_spread(y, penalty, least, floor)[0][-1]
    assert found == pytest.approx(least_cost(y, likelihood(floor), penalty, least), abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(y=stepped(), penalty=penalties, least=st.integers(2, 6))
def test_lines_have_the_least_cost(y: FloatArray, penalty: float, least: int) -> None:
    found = partition_lines(y, penalty, least)[0][-1]
    assert found == pytest.approx(least_cost(y, about_line, penalty, least), abs=1e-8)


@settings(max_examples=30, deadline=None)
@given(
    y=stepped(8),
    phi=st.sampled_from([0.3, 0.6, 0.9, -0.5]),
    penalty=penalties,
    least=st.integers(1, 3),
)
def test_innovations_have_the_least_cost(
    y: FloatArray, phi: float, penalty: float, least: int
) -> None:
    found, steps = partition_innovations(y, phi, penalty, least)
    said = innovation_cost(y, phi, tuple(steps.tolist())) + penalty * steps.size
    best = least_innovation_cost(y, phi, penalty, least)
    assert found == pytest.approx(said, abs=1e-7)
    assert found == pytest.approx(best, abs=1e-7)
    assert steps.size == 0 or min(np.diff([0, *steps, y.size])) >= least


@settings(max_examples=25, deadline=None)
@given(y=stepped(40), cost=st.sampled_from(COSTS), least=st.integers(1, 6))
def test_no_segment_is_shorter_than_asked(y: FloatArray, cost: Cost, least: int) -> None:
    found = changepoints(y, cost=cost, penalty=0.5, min_segment=least)
    assert found.starts[0] == 0
    assert min(np.diff([*found.starts, y.size])) >= min(least, y.size)


@pytest.mark.parametrize("cost", COSTS)
def test_an_offset_changes_nothing_but_the_levels(cost: Cost) -> None:
    rng = np.random.default_rng(4)
    y = np.round(rng.normal(size=300) + 4.0 * (np.arange(300) >= 170), 4)
    low, high = changepoints(y, cost=cost), changepoints(y + 2.0**24, cost=cost)
    assert low.starts.tolist() == high.starts.tolist()
    assert high.means - 2.0**24 == pytest.approx(low.means, abs=1e-6)
    assert high.sds == pytest.approx(low.sds, abs=1e-6)


@pytest.mark.parametrize("cost", COSTS)
def test_one_distinct_value_has_no_step(cost: Cost) -> None:
    found = changepoints(np.full(40, 1e9 + 0.1), cost=cost)
    assert found.starts.tolist() == [0]
    assert found.means.tolist() == [1e9 + 0.1]
    assert found.sds.tolist() == [0.0]


@pytest.mark.parametrize("cost", COSTS)
def test_a_clear_step_is_found_where_it_is(cost: Cost) -> None:
    y = np.random.default_rng(8).normal(size=240) + 6.0 * (np.arange(240) >= 100)
    found = changepoints(y, cost=cost)
    assert found.changes.tolist() == [100]


def test_steps_without_noise_are_found() -> None:
    y = np.repeat([5.0, 5.2, 4.0], 20)
    assert changepoints(y).starts.tolist() == [0, 20, 40]


def test_outliers_make_no_segments_of_the_robust_cost() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(size=400) + 3.0 * (np.arange(400) >= 250)
    y[[40, 41, 120, 300]] += 40.0
    assert changepoints(y, cost="robust").starts.tolist() == pytest.approx([0, 250], abs=2)
    assert changepoints(y).starts.size > 3
    assert changepoints(y, cost="robust").means == pytest.approx([0.0, 3.0], abs=0.3)


def test_a_step_is_found_in_correlated_noise() -> None:
    y = autoregression(np.random.default_rng(5), 600, 0.6) + 6.0 * (np.arange(600) >= 333)
    found = changepoints(y, cost="autocorrelated")
    assert found.phi == pytest.approx(0.6, abs=0.15)
    assert found.changes.tolist() == pytest.approx([333], abs=2)


def test_a_change_of_spread_alone_is_found_by_mean_and_variance() -> None:
    y = np.random.default_rng(6).normal(size=400) * np.where(np.arange(400) < 150, 1.0, 4.0)
    assert changepoints(y, cost="mean-variance").changes.tolist() == pytest.approx([150], abs=4)
    assert changepoints(y, cost="robust").changes.size == 0


def test_a_drift_is_one_line_and_a_step_on_it_is_found() -> None:
    y = np.random.default_rng(7).normal(size=300) + 0.05 * np.arange(300)
    assert changepoints(y, cost="line").starts.size == 1
    found = changepoints(y + 5.0 * (np.arange(300) >= 120), cost="line")
    assert found.changes.tolist() == pytest.approx([120], abs=3)
    assert found.slopes == pytest.approx([0.05, 0.05], abs=0.02)


def test_resolution_is_of_the_smallest_step_between_values() -> None:
    assert resolution(np.array([1.0, 1.5, 3.0, 1.0])) == pytest.approx(0.25 / 12)
    assert resolution(np.ones(3)) == 0.0


def test_bad_input_is_named() -> None:
    with pytest.raises(NotEnoughData, match="needs 3 values, got 2"):
        changepoints(np.zeros(2), min_segment=3)
    with pytest.raises(NotEnoughData, match="got 0"):
        changepoints(np.zeros(0))
    with pytest.raises(BadData, match="value 1 is not finite"):
        changepoints(np.array([0.0, np.nan, 1.0]))
    with pytest.raises(BadData, match="penalty -1"):
        changepoints(np.arange(5.0), penalty=-1.0)
    with pytest.raises(BadData, match="min_segment 0"):
        changepoints(np.arange(5.0), min_segment=0)


@pytest.mark.parametrize("cost", ["mean", "robust", "autocorrelated"])
def test_a_single_value_is_one_segment(cost: Cost) -> None:
    found = changepoints(np.array([3.0]), cost=cost)
    assert (found.starts.tolist(), found.means.tolist(), found.cost) == ([0], [3.0], 0.0)
