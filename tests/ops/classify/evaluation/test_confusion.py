"""Scores of called classes and losses beside scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    brier_score_loss,
    f1_score,
    log_loss,
    matthews_corrcoef,
    mean_pinball_loss,
    precision_score,
    r2_score,
    recall_score,
    root_mean_squared_error,
)
from sklearn.metrics import confusion_matrix as reference_matrix

from ops.classify.evaluation.confusion import (
    accuracy,
    confusion_matrix,
    f1,
    mcc,
    mean_cost,
    precision,
    recall,
)
from ops.classify.evaluation.number_scores import interval_coverage, mae, pinball, r2, rmse
from ops.classify.evaluation.proper import base_brier_of, brier_losses, brier_skill, log_losses
from tests.ops.classify.evaluation.samples import drawn, true_probabilities
from tests.strategies import few


@few(25)
@given(seed=st.integers(0, 10**6), classes=st.integers(2, 4))
def test_calls_equal_scikit_learn(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    y, called = rng.integers(0, classes, 50), rng.integers(0, classes, 50)
    counts = confusion_matrix(y, called, classes)
    assert np.array_equal(counts, reference_matrix(y, called, labels=range(classes)))
    for ours, theirs in ((f1, f1_score), (precision, precision_score), (recall, recall_score)):
        macro = theirs(y, called, average="macro", zero_division=0)
        assert ours(counts) == pytest.approx(macro)
        one = theirs(y, called, labels=[1], average=None, zero_division=np.nan)[0]
        assert ours(counts, 1) == (None if np.isnan(one) else pytest.approx(one))
    assert mcc(counts) == pytest.approx(matthews_corrcoef(y, called))
    assert accuracy(counts) == pytest.approx(np.mean(y == called))


def test_what_does_not_exist_is_none() -> None:
    never = confusion_matrix(np.array([0, 0, 1]), np.zeros(3, dtype=np.int64), 2)
    assert precision(never, 1) is None
    assert recall(never, 1) == 0.0
    assert mcc(never) is None
    empty = np.zeros((2, 2))
    assert [s(empty) for s in (f1, precision, recall, accuracy, mcc)] == [None] * 5
    assert mean_cost(empty, np.ones((2, 2))) is None


def test_costs_weigh_errors() -> None:
    counts = np.array([[6.0, 2.0], [1.0, 1.0]])
    assert mean_cost(counts, np.array([[0.0, 1.0], [10.0, 0.0]])) == pytest.approx(1.2)


@few(25)
@given(seed=st.integers(0, 10**6), classes=st.integers(2, 4))
def test_losses_equal_scikit_learn(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    p = true_probabilities(rng, 60, classes)
    y = drawn(rng, p)
    y[:classes] = np.arange(classes)
    labels = list(range(classes))
    brier = brier_score_loss(y, p, labels=labels, scale_by_half=classes == 2)
    assert np.mean(brier_losses(y, p)) == pytest.approx(brier)
    assert np.mean(log_losses(y, p)) == pytest.approx(log_loss(y, p, labels=labels))


def test_impossible_classes_cost_what_the_clip_says() -> None:
    p = np.array([[1.0, 0.0], [0.0, 1.0]])
    y = np.array([1, 1])
    assert np.mean(log_losses(y, p)) == pytest.approx(log_loss(y, p, labels=[0, 1]))


def test_the_base_rate_has_no_skill() -> None:
    y = np.array([0, 0, 0, 1])
    assert brier_skill(y, np.tile([0.75, 0.25], (4, 1))) == pytest.approx(0.0)
    assert brier_skill(y, np.eye(2)[y]) == 1.0
    assert brier_skill(np.zeros(4, dtype=np.int64), np.tile([0.9, 0.1], (4, 1))) is None
    assert base_brier_of(np.array([0.5, 0.25, 0.25])) == pytest.approx(0.625)


def test_numbers_equal_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=50)
    value = y + rng.normal(size=50)
    assert rmse(y, value) == pytest.approx(root_mean_squared_error(y, value))
    assert mae(y, value) == pytest.approx(np.mean(np.abs(y - value)))
    assert r2(y, value) == pytest.approx(r2_score(y, value))
    assert pinball(y, value, 0.9) == pytest.approx(mean_pinball_loss(y, value, alpha=0.9))
    assert interval_coverage(y, y - 1, y).value == 1.0


def test_numbers_without_rows_or_spread_are_none() -> None:
    none = np.empty(0)
    assert [rmse(none, none), mae(none, none), r2(none, none), pinball(none, none, 0.5)] == [
        None
    ] * 4
    assert r2(np.ones(3), np.zeros(3)) is None
    assert interval_coverage(none, none, none).value is None
