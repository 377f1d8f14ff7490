"""Theil-Sen slope: equal to the median of all pairs, with and without ties, and at bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from ops.drift.inversion_kernel import count_inversions, list_inversions
from ops.drift.theil_sen import theil_sen
from ops.drift.theil_sen_kernel import opening_draw, select_slope
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import series

Points = tuple[FloatArray, FloatArray]


def _points(n: int, seed: int, *, grid: float = 0.0, step: float = 0.0) -> Points:
    rng = np.random.default_rng(seed)
    t = rng.uniform(0.0, 100.0, n)
    y = 0.01 * t + rng.normal(size=n)
    return (np.round(t / grid) * grid if grid else t), (np.round(y / step) * step if step else y)


def _assert_equals_scipy(t: FloatArray, y: FloatArray, confidence: float = 0.95) -> None:
    ours, theirs = theil_sen(t, y, confidence=confidence), theilslopes(y, t, confidence)
    found = (ours.slope, ours.intercept, ours.lower, ours.upper)
    expected = (theirs.slope, theirs.intercept, theirs.low_slope, theirs.high_slope)
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("n", [3, 4, 5, 30, 201, 900])
@pytest.mark.parametrize(("grid", "step"), [(0, 0), (1, 0), (0, 0.5), (5, 1), (0, 20)])
def test_it_equals_the_median_of_all_pairs(n: int, grid: float, step: float) -> None:
    t, y = _points(n, n, grid=grid, step=step)
    _assert_equals_scipy(t, y)
    _assert_equals_scipy(t + 2e4, 1e6 + y, 0.8)


@settings(max_examples=60)
@given(y=series(min_size=3), data=st.data())
def test_any_points_give_the_median_of_their_pairs(y: FloatArray, data: st.DataObject) -> None:
    times = st.lists(st.integers(0, 50), min_size=y.size, max_size=y.size)
    t = np.array(data.draw(times.filter(lambda x: len(set(x)) == len(x) or len(set(x)) > 2)), float)
    if np.unique(t).size + np.unique(y).size > y.size + 1:  # else the variance may be negative
        _assert_equals_scipy(t, y)


@pytest.mark.parametrize("share", [0.0, 1e-5, 0.1, 0.31, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("step", [0.0, 1.0])
def test_any_rank_is_that_of_the_sorted_slopes(share: float, step: float) -> None:
    t, y = _points(400, 7, step=step)
    order = np.lexsort((y, t))
    t, y = t[order], y[order]
    later, earlier = np.tril_indices(t.size, -1)
    slopes = np.sort((y[later] - y[earlier]) / (t[later] - t[earlier]))
    rank = min(int(share * slopes.size), slopes.size - 1)
    found, after = select_slope(t, y, rank, slopes.size, opening_draw(t, y, slopes.size))
    assert found == slopes[rank]
    assert np.isnan(after) or after == slopes[rank + 1]


def test_points_with_ties_give_what_another_program_gives() -> None:
    found = case("drift_trend", "theil_sen_ties")
    line = theil_sen(np.array(found["inputs"]["t"]), np.array(found["inputs"]["y"]))
    for name, value in found["expected"].items():
        assert getattr(line, name) == pytest.approx(value, rel=1e-12)


def test_a_hundred_thousand_points_keep_their_slope() -> None:
    t, y = _points(100_000, 3)
    found = theil_sen(t, y)
    assert found.lower < 0.01 < found.upper
    assert found.upper - found.lower < 1e-3


@given(y=series(min_size=4), a=st.floats(0.5, 4.0), b=st.floats(-50, 50))
def test_the_slope_follows_a_change_of_unit(y: FloatArray, a: float, b: float) -> None:
    t = np.arange(float(y.size))
    one, other = theil_sen(t, y), theil_sen(t, a * y + b)
    assert other.slope == pytest.approx(a * one.slope, rel=1e-6, abs=1e-9)


@settings(max_examples=30)
@given(st.integers(2, 300), st.integers(0, 2**32))
def test_inversions_are_those_of_all_pairs(n: int, seed: int) -> None:
    sequence = np.random.default_rng(seed).permutation(n).astype(np.int32)
    above = np.triu(sequence[:, None] > sequence[None, :], 1)
    count = int(count_inversions(sequence))
    assert count == above.sum()
    i, j = np.nonzero(above)
    expected = np.unique(n * sequence[j].astype(np.int64) + sequence[i])
    for total in (count, 10**9):  # by insertion, by merging
        pairs = np.asarray(list_inversions(sequence, np.arange(count), total), dtype=np.int64)
        assert np.array_equal(np.unique(n * pairs[:, 0] + pairs[:, 1]), expected)


def test_inversions_of_a_reversed_row_are_all_pairs() -> None:
    assert count_inversions(np.arange(20_000, dtype=np.int32)[::-1].copy()) == 199_990_000


def test_constant_values_have_slope_0_and_no_width() -> None:
    found = theil_sen(np.arange(50.0), np.full(50, 3.0))
    assert (found.slope, found.lower, found.upper, found.intercept) == (0.0, 0.0, 0.0, 3.0)
    said = found.evidence(margin=0.1)
    assert (said.present, said.absent) == (False, True)


def test_bad_points_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="needs 3 values, got 2"):
        theil_sen(np.arange(2.0), np.arange(2.0))
    with pytest.raises(NotEnoughData, match="all 9 are equal"):
        theil_sen(np.ones(9), np.arange(9.0))
    with pytest.raises(BadData, match="1 of 4 times or values"):
        theil_sen(np.arange(4.0), np.array([1.0, np.nan, 2.0, 3.0]))
    with pytest.raises(BadData, match="one time for each value"):
        theil_sen(np.arange(4.0), np.arange(5.0))


def test_a_clear_slope_is_evidence_of_a_trend() -> None:
    t, y = _points(300, 1)
    said = theil_sen(t, y + t).evidence(p_value=1e-9, margin=0.5)
    assert (said.mechanism, said.present, said.absent, said.direction) == ("trend", True, False, 1)
