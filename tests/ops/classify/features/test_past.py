"""Lags and rolling statistics against pandas, and that none sees the present or the future."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.features.past import Statistic, past_of
from ops.classify.table import NO_TIME
from ops.values import Factor, FloatArray, IntArray, factor_of
from tests.strategies import few

STATISTICS: tuple[Statistic, ...] = ("mean", "sd", "min", "max", "slope")


def _rows(seed: int, n: int = 200) -> tuple[FloatArray, IntArray, Factor]:
    rng = np.random.default_rng(seed)
    x = rng.normal(100.0, 1.0, n)
    x[rng.random(n) < 0.15] = np.nan
    times = rng.permutation(n).astype(np.int64)
    return x, times, factor_of(rng.choice(["a", "b", "c"], n).tolist())


def test_a_lag_is_the_shift_of_pandas() -> None:
    pd = pytest.importorskip("pandas")
    x, times, group = _rows(1)
    frame = pd.DataFrame({"x": x, "t": times, "g": group.codes}).sort_values("t")
    for rows in (1, 3, 100):
        theirs = frame.groupby("g")["x"].shift(rows).sort_index().to_numpy()
        np.testing.assert_array_equal(past_of(times, group).lag(x, rows), theirs)


@pytest.mark.parametrize("rows", [2, 3, 10, 64, 500])
def test_rolling_statistics_are_those_of_pandas(rows: int) -> None:
    pd = pytest.importorskip("pandas")
    x, times, group = _rows(2)
    frame = pd.DataFrame({"x": x, "t": times, "g": group.codes}).sort_values("t")
    for statistic in STATISTICS[:-1]:
        name = "std" if statistic == "sd" else statistic
        before = frame.groupby("g")["x"].shift(1)
        windows = before.groupby(frame["g"]).rolling(rows, min_periods=1)
        theirs = getattr(windows, name)().droplevel(0)
        ours = past_of(times, group).rolling(x, rows, statistic)
        np.testing.assert_allclose(ours, theirs.sort_index().to_numpy(), rtol=1e-9)


def test_a_slope_is_that_of_a_fitted_line() -> None:
    x, times, group = _rows(3, 60)
    ours = past_of(times, group).rolling(x, 8, "slope")
    for i in range(60):
        before = np.flatnonzero((group.codes == group.codes[i]) & (times < times[i]))
        window = before[np.argsort(times[before])][-8:]
        at = np.flatnonzero(~np.isnan(x[window]))
        if at.size < 2:
            assert np.isnan(ours[i])
        else:
            assert ours[i] == pytest.approx(np.polyfit(at, x[window][at], 1)[0], abs=1e-9)


def test_a_far_away_value_costs_no_digits() -> None:
    x = np.array([1e12, 1.0, 2.0, 3.0, 4.0])
    sd = past_of(np.arange(5), None).rolling(x, 3, "sd")
    assert sd[4] == pytest.approx(1.0, rel=1e-12)


def test_rows_of_one_instant_do_not_see_each_other() -> None:
    times = np.array([5, 5, 6, 4])
    past = past_of(times, None)
    x = np.array([1.0, 2.0, 3.0, 4.0])
    np.testing.assert_array_equal(past.lag(x, 1), [4.0, 4.0, 2.0, np.nan])
    np.testing.assert_array_equal(past.rolling(x, 2, "mean"), [4.0, 4.0, 1.5, np.nan])


def test_rows_without_a_time_or_a_group_have_no_past_and_are_nobodys() -> None:
    times = np.array([1, NO_TIME, 2, 3], dtype=np.int64)
    group = factor_of(["a", "a", None, "a"])
    x = np.array([1.0, 2.0, 3.0, 4.0])
    np.testing.assert_array_equal(past_of(times, group).lag(x, 1), [np.nan, np.nan, np.nan, 1.0])


@pytest.mark.parametrize("n", [0, 1])
def test_no_row_and_one_row_have_no_past(n: int) -> None:
    past = past_of(np.arange(n), None)
    x = np.ones(n)
    assert np.isnan(past.lag(x, 1)).all()
    for statistic in STATISTICS:
        assert past.rolling(x, 2, statistic).shape == (n,)


@few(40)
@given(seed=st.integers(0, 1000), present=st.integers(0, 39), rows=st.integers(2, 12))
def test_nothing_of_the_present_or_the_future_enters(seed: int, present: int, rows: int) -> None:
    x, times, group = _rows(seed, 40)
    changed = np.where(times >= present, 1e6 + x, x)
    past, upto = past_of(times, group), times <= present
    for statistic in STATISTICS:
        one, other = (past.rolling(v, rows, statistic)[upto] for v in (x, changed))
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(past.lag(x, 1)[upto], past.lag(changed, 1)[upto])


@few(40)
@given(seed=st.integers(0, 1000), rows=st.integers(2, 12))
def test_the_order_of_the_rows_does_not_matter(seed: int, rows: int) -> None:
    x, times, group = _rows(seed, 40)
    order = np.random.default_rng(seed).permutation(40)
    past, mixed = past_of(times, group), past_of(times[order], group.take(order))
    np.testing.assert_array_equal(past.lag(x, rows)[order], mixed.lag(x[order], rows))
    for statistic in STATISTICS:
        one = past.rolling(x, rows, statistic)[order]
        np.testing.assert_array_equal(one, mixed.rolling(x[order], rows, statistic))
