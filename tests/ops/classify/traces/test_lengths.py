"""Lengths, gaps and stretching of traces."""

import numpy as np

from ops.classify.traces.lengths import filled, lengths_of, stretched


def test_a_gap_within_is_no_end() -> None:
    trace = np.array([[[1.0, np.nan, 3.0, np.nan]], [[np.nan] * 4]])
    assert lengths_of(trace).tolist() == [3, 0]


def test_length_is_that_of_the_longest_channel() -> None:
    trace = np.array([[[1.0, np.nan, np.nan], [1.0, 2.0, np.nan]]])
    assert lengths_of(trace).tolist() == [2]


def test_gaps_are_filled_on_straight_lines_and_inputs_stay() -> None:
    trace = np.array([[[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]]])
    before = trace.copy()
    assert filled(trace).tolist() == [[[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]]
    np.testing.assert_array_equal(trace, before)


def test_stretching_a_line_gives_the_line() -> None:
    line = np.full((1, 1, 9), np.nan)
    line[0, 0, :5] = np.linspace(0.0, 1.0, 5)
    np.testing.assert_allclose(stretched(line, 9)[0, 0], np.linspace(0.0, 1.0, 9), atol=1e-12)


def test_stretching_agrees_with_interpolation() -> None:
    x = np.random.default_rng(1).normal(size=(4, 2, 30))
    told = stretched(x, 77)
    at = np.linspace(0.0, 29.0, 77)
    want = np.array([[np.interp(at, np.arange(30), c) for c in row] for row in x])
    np.testing.assert_allclose(told, want, atol=1e-12)


def test_traces_of_the_length_keep_their_points() -> None:
    x = np.random.default_rng(1).normal(size=(3, 1, 12))
    np.testing.assert_array_equal(stretched(x, 12), x)
