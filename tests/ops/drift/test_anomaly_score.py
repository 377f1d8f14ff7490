"""Anomaly scores: nothing is known before its time, and any unit gives the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.anomaly_score import MOST, anomaly_score
from ops.errors import BadData
from ops.values import FloatArray

T = np.arange(600) / 288


def _stream() -> FloatArray:
    return np.random.default_rng(8).normal(size=600) + np.sin(2 * np.pi * T)


@settings(max_examples=20)
@given(at=st.integers(1, 599), value=st.floats(-100, 100))
def test_a_score_rests_on_the_past_alone(at: int, value: float) -> None:
    y = _stream()
    later = y.copy()
    later[at:] = value
    assert np.array_equal(anomaly_score(T, y)[:at], anomaly_score(T, later)[:at])


@settings(max_examples=20)
@given(shift=st.integers(-100, 100), scale=st.sampled_from([0.25, 2.0, 64.0]))
def test_scores_survive_a_change_of_unit(shift: int, scale: float) -> None:
    y = _stream()
    moved = anomaly_score(T, scale * (y + shift))
    assert moved == pytest.approx(anomaly_score(T, y), abs=1e-6)


def test_a_surprise_is_told_once() -> None:
    y = _stream()
    y[400:410] += 20.0
    score = anomaly_score(T, y)
    assert score[400] > 3.0
    assert np.count_nonzero(score[401:450] > 1.2) <= 1


def test_a_flat_line_scores_nothing_until_it_breaks() -> None:
    y = np.full(600, 3.3)
    y[300] = 3.4
    score = anomaly_score(T, y)
    assert score[300] == MOST
    assert not score[:300].any()


def test_missing_values_have_no_score() -> None:
    y = _stream()
    y[[0, 100]] = np.nan
    score = anomaly_score(T, y)
    assert np.isfinite(score).all()
    assert score[100] == 0.0


def test_wrong_lengths_and_spans_are_named() -> None:
    with pytest.raises(BadData, match="one time for each"):
        anomaly_score(T[:5], _stream())
    with pytest.raises(BadData, match="span is 0"):
        anomaly_score(T, _stream(), span=0)
