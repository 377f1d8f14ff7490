"""Summaries of traces against numpy, one trace at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.classify.traces.summary import STRETCH, WHOLE, edges, summary, summary_names


def test_summaries_agree_with_numpy_and_scipy() -> None:
    x = np.random.default_rng(3).normal(5.0, 2.0, 40)
    told = dict(zip(summary_names("t", 1, 4)[0], summary(x[None, None], 4)[0], strict=True))
    assert told["t: mean"] == pytest.approx(x.mean())
    assert told["t: 90 % quantile"] == pytest.approx(np.quantile(x, 0.9))
    slope = stats.linregress(np.linspace(0.0, 1.0, 40), x).slope
    assert told["t: slope"] == pytest.approx(slope)
    assert told["t: area"] == pytest.approx(np.trapezoid(x))
    away = x - x.mean()
    assert told["t: autocorrelation 1"] == pytest.approx((away[1:] @ away[:-1]) / (away @ away))
    part = x[10:20]
    assert told["t, stretch 2 of 4: sd"] == pytest.approx(part.std())
    assert told["t, stretch 2 of 4: slope"] == pytest.approx(
        stats.linregress(np.linspace(0.0, 1.0, 40)[10:20], part).slope
    )


@given(st.integers(1, 60), st.integers(1, 12))
def test_stretches_have_a_point_and_end_at_the_end(points: int, stretches: int) -> None:
    found = edges(points, stretches)
    assert len(found) == stretches
    assert all(0 <= a < b <= points for a, b in found)
    assert found[-1][1] == points


@given(st.integers(1, 20), st.integers(1, 3))
def test_names_are_as_many_as_features_and_differ(points: int, channels: int) -> None:
    names, parts = summary_names("force", channels, 5)
    x = np.random.default_rng(points).normal(size=(2, channels, points))
    assert summary(x, 5).shape == (2, len(names))
    assert len(set(names)) == len(names) == len(parts)
    assert len(names) == channels * (len(WHOLE) + 5 * len(STRETCH))


def test_shorter_traces_are_summed_up_by_their_own_length() -> None:
    x = np.random.default_rng(4).normal(size=(1, 2, 25))
    padded = np.full((3, 2, 40), np.nan)
    padded[1, :, :25] = x[0]
    padded[2] = 1.0
    told = summary(padded, 3)
    np.testing.assert_array_equal(told[1], summary(x, 3)[0])
    assert np.isnan(told[0]).all()
    assert np.isfinite(told[2]).all()


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e3))
def test_a_change_of_unit_leaves_shapes_alone(shift: float, factor: float) -> None:
    x = np.random.default_rng(5).normal(size=(1, 1, 30))
    names, _ = summary_names("t", 1, 2)
    keep = [names.index(f"t: {n}") for n in ("autocorrelation 1", "place of the maximum")]
    a, b = summary(x, 2)[0], summary(x * factor + shift, 2)[0]
    np.testing.assert_allclose(a[keep], b[keep], atol=1e-3)
