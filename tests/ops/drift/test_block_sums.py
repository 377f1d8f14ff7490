"""Differences of block means, and the step-down adjustment, against direct computation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.block_permutation import p_value
from ops.drift.block_sums import block_sums, step_down


def test_differences_are_those_of_the_values() -> None:
    rng = np.random.default_rng(1)
    x = rng.standard_normal((60, 3))
    x[rng.random(x.shape) < 0.2] = np.nan
    block = np.repeat(np.arange(12), 5)
    label = rng.permutation(np.repeat([0, 1], 6))
    shift, _ = block_sums(x, block, 12).differences(label[None, :])
    side = label[block] == 1
    assert shift[0] == pytest.approx(np.nanmean(x[side], axis=0) - np.nanmean(x[~side], axis=0))


def test_errors_of_whole_blocks_are_those_of_their_means() -> None:
    x = np.random.default_rng(2).standard_normal((60, 1))
    means = x.reshape(12, 5).mean(axis=1)
    label = np.repeat([0, 1], 6)
    _, error = block_sums(x, np.repeat(np.arange(12), 5), 12).differences(label[None, :])
    assert error[0, 0] ** 2 == pytest.approx(sum(means[label == s].var(ddof=1) / 6 for s in (0, 1)))


def test_a_single_statistic_is_not_adjusted() -> None:
    one = np.abs(np.random.default_rng(3).standard_normal((100, 1)))
    assert step_down(one)[0] == p_value(one[:, 0])


@given(seed=st.integers(0, 500), p=st.integers(1, 6))
@settings(max_examples=50, deadline=None)
def test_adjusted_values_are_ordered_and_no_smaller_than_raw_ones(seed: int, p: int) -> None:
    statistic = np.abs(np.random.default_rng(seed).standard_normal((40, p)))
    found = step_down(statistic)
    raw = [p_value(statistic[:, j]) for j in range(p)]
    assert np.all(found >= raw)
    order = np.argsort(-statistic[0], kind="stable")
    assert np.all(np.diff(found[order]) >= 0)
    largest = statistic.max(axis=1)
    largest[0] = statistic[0].max()
    assert found[order[0]] == p_value(largest)
