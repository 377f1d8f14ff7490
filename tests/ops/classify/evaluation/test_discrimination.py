"""Ranks beside scikit-learn, closed forms and brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from ops.classify.evaluation.delong import auc_covariance, auc_interval
from ops.classify.evaluation.discrimination import (
    SortedScores,
    average_precision,
    hand_till,
    macro_auc,
    macro_average_precision,
    roc_auc,
)
from ops.values import BoolArray, FloatArray
from tests.ops.classify.evaluation.samples import drawn, true_probabilities
from tests.strategies import few


def _sample(seed: int, n: int, digits: int = 2) -> tuple[BoolArray, FloatArray]:
    rng = np.random.default_rng(seed)
    score = rng.random(n).round(digits)
    event = rng.random(n) < score
    event[:2] = True, False
    return event, score


@few(40)
@given(seed=st.integers(0, 10**6), n=st.integers(3, 200), digits=st.integers(0, 4))
def test_ranks_equal_scikit_learn(seed: int, n: int, digits: int) -> None:
    event, score = _sample(seed, n, digits)
    assert roc_auc(event, score) == pytest.approx(roc_auc_score(event, score), abs=1e-12)
    expected = average_precision_score(event, score)
    assert average_precision(event, score) == pytest.approx(expected, abs=1e-12)
    weight = np.random.default_rng(seed).integers(0, 3, n) + 0.5
    both = SortedScores(event, score)
    weighted = roc_auc_score(event, score, sample_weight=weight)
    assert both.auc(weight) == pytest.approx(weighted, abs=1e-9)
    weighted = average_precision_score(event, score, sample_weight=weight)
    assert both.average_precision(weight) == pytest.approx(weighted, abs=1e-9)


@few(40)
@given(seed=st.integers(0, 10**6), a=st.floats(0.01, 100), b=st.floats(-100, 100))
def test_ranks_survive_a_rising_map(seed: int, a: float, b: float) -> None:
    event, score = _sample(seed, 80)
    assert roc_auc(event, np.exp(a * score / 100) + b) == roc_auc(event, score)
    assert average_precision(event, a * score + b) == pytest.approx(average_precision(event, score))


def test_turned_scores_have_the_opposite_area() -> None:
    event, score = _sample(3, 90)
    area = roc_auc(event, score)
    assert area is not None
    assert roc_auc(event, -score) == pytest.approx(1 - area)
    assert roc_auc(~event, score) == pytest.approx(1 - area)


def test_constant_scores_say_nothing() -> None:
    event = np.array([True, False, False, True, False])
    assert roc_auc(event, np.full(5, 0.3)) == 0.5
    assert average_precision(event, np.full(5, 0.3)) == pytest.approx(0.4)


def test_one_class_has_no_rank() -> None:
    none, score = np.zeros(3, dtype=bool), np.array([0.1, 0.2, 0.3])
    assert roc_auc(none, score) is None
    assert roc_auc(~none, score) is None
    assert average_precision(none, score) is None
    assert auc_interval(none, score).reason == "The rows are of one class only."
    assert np.isnan(SortedScores(none, score).auc(np.ones(3)))
    assert np.isnan(SortedScores(none, score).average_precision(np.ones(3)))


def test_several_classes_equal_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    p = true_probabilities(rng, 300, 4)
    y = drawn(rng, p)
    over_rest = roc_auc_score(y, p, multi_class="ovr", average="macro")
    over_pairs = roc_auc_score(y, p, multi_class="ovo", average="macro")
    assert macro_auc(y, p) == pytest.approx(over_rest)
    assert hand_till(y, p) == pytest.approx(over_pairs)
    one_hot = np.eye(4)[y]
    assert macro_average_precision(y, p) == pytest.approx(average_precision_score(one_hot, p))


def test_a_class_without_rows_is_left_out_of_the_mean() -> None:
    rng = np.random.default_rng(1)
    p = true_probabilities(rng, 60, 3)
    y = rng.integers(0, 2, 60)
    two = [roc_auc(y == k, p[:, k]) for k in range(2)]
    assert macro_auc(y, p) == pytest.approx(np.mean([t for t in two if t is not None]))
    assert macro_auc(np.zeros(60, dtype=np.int64), p) is None
    assert hand_till(np.zeros(60, dtype=np.int64), p) is None


def _brute(event: BoolArray, scores: tuple[FloatArray, ...]) -> FloatArray:
    """DeLong's covariance from the kernel of every pair, eq. 4-6 as printed."""
    kernels = [
        (s[event][:, None] > s[~event]) + 0.5 * (s[event][:, None] == s[~event]) for s in scores
    ]
    found = np.zeros((len(scores), len(scores)))
    for i, a in enumerate(kernels):
        for j, b in enumerate(kernels):
            m, n = a.shape
            rows = np.sum((a.mean(1) - a.mean()) * (b.mean(1) - b.mean())) / (m - 1)
            columns = np.sum((a.mean(0) - a.mean()) * (b.mean(0) - b.mean())) / (n - 1)
            found[i, j] = rows / m + columns / n
    return found


def test_delong_equals_the_sum_over_all_pairs() -> None:
    event, score = _sample(5, 70, 1)
    other = np.random.default_rng(6).random(70).round(1)
    assert auc_covariance(event, (score, other)) == pytest.approx(
        _brute(event, (score, other)), abs=1e-14
    )


def test_delong_intervals_cover() -> None:
    rng = np.random.default_rng(7)
    truth, covered = 0.7602499389065233, 0  # Phi(1 / sqrt(2)): normal scores one apart
    for _ in range(400):
        event = np.arange(90) < 30
        found = auc_interval(event, rng.normal(size=90) + event)
        assert found.lower is not None
        assert found.upper is not None
        covered += found.lower <= truth <= found.upper
    assert 0.93 <= covered / 400 <= 0.97


@pytest.mark.parametrize("events", [1, 59])
def test_one_event_alone_has_no_interval(events: int) -> None:
    event = np.arange(60) < events
    found = auc_interval(event, np.random.default_rng(0).random(60))
    assert found.value is not None
    assert found.lower is None
    assert "two events" in found.reason


def test_separated_scores_have_no_interval() -> None:
    event = np.arange(10) < 4
    found = auc_interval(event, -np.arange(10.0))
    assert (found.value, found.lower) == (1.0, None)
    assert "variance is zero" in found.reason
