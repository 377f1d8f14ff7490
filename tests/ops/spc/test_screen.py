"""The screen of many streams beside the charts of one, and the count of false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.spc.cusum import cusum_chart
from ops.spc.ewma import ewma_chart
from ops.spc.rules import LIMITS_ONLY, NELSON, signals
from ops.spc.screen import ScreenDesign, StreamScreen, screen_streams
from ops.values import FloatArray

TARGET, SIGMA, LAMBDA = 5.0, 2.0, 0.2


def both_ways(x: FloatArray) -> tuple[StreamScreen, StreamScreen]:
    """Screen a time-major block as it is, and as streams one after the other."""
    times, streams = x.shape
    scale = {"center": np.full(streams, TARGET), "sigma": np.full(streams, SIGMA)}
    long = np.ascontiguousarray(x.T).ravel()
    starts = np.arange(streams, dtype=np.int64) * times
    return screen_streams(x, **scale), screen_streams(long, starts=starts, **scale)


@given(times=st.integers(1, 300), streams=st.integers(1, 2), seed=st.integers(0, 99))
def test_the_screen_agrees_with_the_charts_of_each_stream(
    times: int, streams: int, seed: int
) -> None:
    x = np.random.default_rng(seed).normal(TARGET, SIGMA, (times, streams))
    for found in both_ways(x):
        for i in range(streams):
            one = np.ascontiguousarray(x[:, i])
            ewma = ewma_chart(one, target=TARGET, sigma=SIGMA, lambda_=LAMBDA, width=1.0)
            away = np.abs(ewma.statistic - TARGET) / (ewma.upper - TARGET)
            cusum = cusum_chart(one, target=TARGET, sigma=SIGMA)
            assert found.ewma[i] == pytest.approx(away.max(), rel=1e-9)
            assert found.cusum_upper[i] == pytest.approx(cusum.upper.max(), abs=1e-9)
            assert found.cusum_lower[i] == pytest.approx(cusum.lower.max(), abs=1e-9)
            assert found.largest[i] == pytest.approx(np.abs(one - TARGET).max() / SIGMA)


@given(times=st.integers(2, 700), offset=st.sampled_from([0.0, 1e9]), seed=st.integers(0, 99))
def test_moments_and_slope_agree_with_numpy(times: int, offset: float, seed: int) -> None:
    x = np.round(np.random.default_rng(seed).normal(0, 1, (times, 3)) * 1024) / 1024  # exact
    t = np.arange(times) - (times - 1) / 2
    expected = (t @ (x - x.mean(axis=0))) / (t @ t)
    for found in both_ways(x + offset):
        assert found.mean == pytest.approx(x.mean(axis=0) + offset, rel=1e-12, abs=1e-12)
        assert found.variance == pytest.approx(x.var(axis=0, ddof=1), rel=1e-9)
        assert found.slope == pytest.approx(expected, rel=1e-7, abs=1e-9)


def test_both_ways_flag_what_the_rules_flag() -> None:
    x = np.random.default_rng(2).normal(TARGET, SIGMA, (400, 5))
    block, ragged = both_ways(x)
    begins = np.zeros((5, 400), dtype=np.bool_)
    begins[:, 0] = True
    expected = signals(((x.T - TARGET) / SIGMA).ravel(), begins.ravel(), NELSON)
    assert np.array_equal(ragged.flags, expected)
    assert np.array_equal(block.flags.T.ravel(), expected)
    assert ragged.broken.tolist() == block.broken.tolist()
    assert ragged.signals.tolist() == block.signals.tolist()
    assert ragged.signals.sum() == np.count_nonzero(expected)


def test_a_missing_value_leaves_the_charts_where_they_are() -> None:
    x = np.random.default_rng(3).normal(TARGET, SIGMA, 300)
    gaps = np.insert(x, [20, 20, 280], np.nan)
    scale = {"center": np.full(1, TARGET), "sigma": np.full(1, SIGMA)}
    start = np.zeros(1, dtype=np.int64)
    whole = screen_streams(x, starts=start, **scale)
    found = screen_streams(gaps, starts=start, **scale)
    block = screen_streams(gaps[:, None], **scale)
    for name in ("count", "mean", "variance", "largest", "cusum_upper", "cusum_lower"):
        assert getattr(found, name) == pytest.approx(getattr(whole, name), rel=1e-12)
        assert getattr(block, name) == pytest.approx(getattr(whole, name), rel=1e-12)
    assert found.ewma == pytest.approx(whole.ewma, rel=1e-12)
    there = np.flatnonzero(~np.isnan(gaps))
    slope = np.polyfit(there, gaps[there], 1)[0]
    assert found.slope[0] == pytest.approx(slope, rel=1e-9)
    assert block.slope[0] == pytest.approx(slope, rel=1e-9)


def test_ten_thousand_streams_in_control_have_about_1264_beyond_3_sigma() -> None:
    z = np.random.default_rng(1264).normal(size=(50, 10_000))
    design = ScreenDesign(rules=LIMITS_ONLY)
    found = screen_streams(z, center=np.zeros(10_000), sigma=np.ones(10_000), design=design)
    beyond = np.count_nonzero(found.broken)
    assert abs(beyond - 1264) < 3 * np.sqrt(1264 * 0.8736)
    assert beyond == np.count_nonzero(found.largest > 3)


def test_an_uncertain_centre_widens_the_limits_of_the_ewma() -> None:
    x = np.full((50, 2), 1.0)
    found = screen_streams(x, center=np.zeros(2), sigma=np.ones(2), spread=np.array([0.0, 1 / 25]))
    assert found.ewma[0] == pytest.approx(1 / np.sqrt(0.2 / 1.8), rel=1e-4)
    assert found.ewma[1] < found.ewma[0]


def test_a_stream_without_any_value_has_no_mean() -> None:
    x = np.array([[np.nan, 1.0], [np.nan, 1.0]])
    found = screen_streams(x, center=np.zeros(2), sigma=np.ones(2))
    assert found.count.tolist() == [0, 2]
    assert np.isnan(found.mean[0])
    assert found.variance[1] == 0.0


def test_data_that_do_not_fit_are_refused() -> None:
    one = {"center": np.zeros(1), "sigma": np.ones(1)}
    with pytest.raises(NotEnoughData, match="needs 1 value"):
        screen_streams(np.zeros((0, 1)), **one)
    with pytest.raises(BadData, match="2 dimensions"):
        screen_streams(np.zeros(3), **one)
    with pytest.raises(BadData, match="ascend from 0"):
        screen_streams(np.zeros(3), starts=np.array([0, 3]), **one)
    with pytest.raises(BadData, match="center has shape"):
        screen_streams(np.zeros((3, 2)), **one)
    with pytest.raises(BadData, match="positive"):
        screen_streams(np.zeros((3, 1)), center=np.zeros(1), sigma=np.zeros(1))


def test_a_design_that_cannot_judge_is_refused() -> None:
    with pytest.raises(ValueError, match="lambda_ is 1"):
        ScreenDesign(lambda_=1.0)
    with pytest.raises(ValueError, match="at most 16 rules"):
        ScreenDesign(rules=NELSON * 3)
