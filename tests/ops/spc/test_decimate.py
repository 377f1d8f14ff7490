"""Decimation: nothing that matters for the picture or for control is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.spc.decimate import decimate
from ops.values import BoolArray, FloatArray, IntArray


@st.composite
def traces(draw: st.DrawFn) -> tuple[IntArray, FloatArray, BoolArray, int]:
    n = draw(st.integers(1, 400))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    ts = np.sort(rng.integers(0, draw(st.sampled_from([1, 50, 10**15])), n))
    value = np.round(rng.normal(0, 1, n), draw(st.integers(0, 3)))
    value[rng.random(n) < draw(st.sampled_from([0.0, 0.3]))] = np.nan
    keep = rng.random(n) < draw(st.sampled_from([0.0, 0.05, 1.0]))
    return ts, value, keep, draw(st.integers(1, 60))


@given(traces())
def test_no_kept_point_is_ever_dropped(trace: tuple[IntArray, FloatArray, BoolArray, int]) -> None:
    ts, value, keep, stretches = trace
    chosen = decimate(ts, value, keep, stretches=stretches)
    assert set(np.flatnonzero(keep)) <= set(chosen.tolist())


@given(traces())
def test_what_is_drawn_has_the_extremes_of_every_stretch(
    trace: tuple[IntArray, FloatArray, BoolArray, int],
) -> None:
    ts, value, keep, stretches = trace
    chosen = decimate(ts, value, keep, stretches=stretches)
    assert np.all(np.diff(chosen) > 0)
    assert {0, ts.size - 1} <= set(chosen.tolist())
    assert chosen.size <= 4 * stretches + np.count_nonzero(keep)
    edges = np.linspace(ts[0], ts[-1], stretches + 1)
    for low, high in zip(edges, [*edges[1:-1], np.inf], strict=False):
        inside = value[(ts >= low) & (ts < high)]
        drawn = value[chosen][(ts[chosen] >= low) & (ts[chosen] < high)]
        if np.any(np.isfinite(inside)):
            assert np.nanmax(drawn) == np.nanmax(inside)
            assert np.nanmin(drawn) == np.nanmin(inside)


def test_few_points_are_all_drawn() -> None:
    nothing = np.zeros(8, dtype=np.bool_)
    assert decimate(np.arange(8), np.arange(8.0), nothing, stretches=2).tolist() == list(range(8))


def test_a_drawing_without_a_stretch_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 stretch"):
        decimate(np.arange(2), np.arange(2.0), np.zeros(2, dtype=np.bool_), stretches=0)
