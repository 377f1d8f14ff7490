"""Out-of-fold predictions and their scores: each fold, all rows, intervals, reasons."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from ops.classify.evaluation.bootstrap import percentile_interval, weightings
from ops.classify.evaluation.estimate import over_folds, wilson
from ops.classify.evaluation.oof import (
    NumbersOutOfFold,
    OutOfFold,
    numbers_out_of_fold,
    out_of_fold,
)
from ops.classify.evaluation.scores import SOME_FOLDS, score_classes, score_numbers
from ops.classify.evaluation.splits import Split, stratified, time_ordered
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities


def _sample(n: int = 300, classes: int = 2, folds: int = 5) -> OutOfFold:
    rng = np.random.default_rng(0)
    p = true_probabilities(rng, n, classes)
    return predicted(drawn(rng, p), p, folds)


def test_each_row_is_predicted_by_a_model_that_has_not_seen_it() -> None:
    y = np.array([0, 1] * 10)
    y[3] = -1

    def fit_predict(train: IntArray, test: IntArray) -> FloatArray:
        assert np.intersect1d(train, test).size == 0
        assert (y[train] >= 0).all()
        share = float(np.mean(y[train]))
        return np.tile([1 - share, share], (test.size, 1))

    found = out_of_fold(y, stratified(y, 4).splits, fit_predict)
    assert np.sort(found.rows).tolist() == [r for r in range(20) if r != 3]
    assert np.array_equal(found.y, y[found.rows])
    assert found.folds == 4


def test_parts_are_the_folds_or_runs_of_each_class() -> None:
    assert np.array_equal(_sample().pieces, _sample().fold)
    one = predicted(np.array([0] * 10 + [1] * 5), np.full((15, 2), 0.5), folds=1)
    assert one.pieces.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 1, 2, 3, 4]


def test_folds_that_cannot_be_learned_from_are_named() -> None:
    y = np.array([0] * 10 + [1, 0] * 15)

    def fit_predict(train: IntArray, test: IntArray) -> FloatArray:
        return np.full((test.size, 2), 0.5)

    found = out_of_fold(y, time_ordered(np.arange(40), 3).splits, fit_predict)
    assert [s.name for s in found.skipped] == ["fold 1 of 3"]
    assert found.skipped[0].reason == "its training rows are of one class only"
    assert np.unique(found.fold).tolist() == [0, 1]
    with pytest.raises(NotEnoughData, match="one class only"):
        out_of_fold(
            np.zeros(40, dtype=np.int64), time_ordered(np.arange(40), 3).splits, fit_predict
        )
    with pytest.raises(NotEnoughData, match="no splits"):
        out_of_fold(y, (), fit_predict)
    nothing = Split(np.arange(5), np.empty(0, dtype=np.int64), "fold 1 of 1")
    with pytest.raises(NotEnoughData, match="no test row"):
        out_of_fold(y, (nothing,), fit_predict)


def test_scores_are_those_of_each_fold() -> None:
    found = _sample()
    scores = score_classes(found, positive=1)
    for k in range(5):
        rows = found.fold == k
        event, p = found.y[rows], found.probability[rows, 1]
        assert scores.of("roc_auc").folds[k] == pytest.approx(roc_auc_score(event, p))
        expected = average_precision_score(event, p)
        assert scores.of("average_precision").folds[k] == pytest.approx(expected)
    auc = scores.of("roc_auc")
    assert auc.estimate == over_folds(auc.folds)
    assert all((s.estimate.lower or 0) >= 0 for s in scores.scores if s.name != "brier_skill")
    assert auc.pooled == pytest.approx(roc_auc_score(found.y, found.probability[:, 1]))
    assert scores.confusion.sum() == 300
    assert scores.counts.tolist() == np.bincount(found.y).tolist()
    assert scores.of("brier").better == "low"
    with pytest.raises(KeyError):
        scores.of("cost")


def test_more_than_two_classes_have_means_over_classes() -> None:
    scores = score_classes(_sample(classes=3), costs=1 - np.eye(3))
    accuracy, cost = scores.of("accuracy").pooled, scores.of("cost").pooled
    assert accuracy is not None
    assert cost == pytest.approx(1 - accuracy)
    assert scores.of("hand_till").pooled == pytest.approx(scores.of("roc_auc").pooled, abs=0.1)


def test_a_fold_of_one_class_has_no_auc_and_says_so() -> None:
    found = _sample(60)
    y = np.where(found.fold == 2, 0, found.y)
    lacking = OutOfFold(found.rows, y, found.probability, found.fold, found.splits)
    auc = score_classes(lacking, positive=1).of("roc_auc")
    assert auc.folds[2] is None
    assert auc.estimate.reason == SOME_FOLDS
    assert auc.estimate.value is not None
    never = OutOfFold(found.rows, 0 * y, found.probability, found.fold, found.splits)
    scores = score_classes(never, positive=1)
    assert scores.of("roc_auc").estimate.value is None
    assert scores.of("roc_auc").estimate.reason == "The rows are of one class only."
    values = [s.estimate.value for s in scores.scores] + [s.pooled for s in scores.scores]
    assert not any(v is not None and np.isnan(v) for v in values)


def test_one_test_set_has_delong_and_bootstrap_intervals() -> None:
    found = _sample(200, folds=1)
    scores = score_classes(found, positive=1)
    assert scores.of("roc_auc").estimate.method == "delong"
    brier = scores.of("brier").estimate
    assert brier.method == "bootstrap"
    assert brier.lower is not None
    assert brier.upper is not None
    losses = (found.probability[:, 1] - found.y) ** 2
    error = losses.std(ddof=1) / np.sqrt(200)
    assert brier.upper - brier.lower == pytest.approx(2 * 1.96 * error, rel=0.15)
    assert scores.of("ece").estimate.lower is None


def test_intervals_end_where_the_score_does() -> None:
    y = np.arange(60) % 2
    p = np.where(np.arange(60) < 55, y, 1 - y) * 0.8 + 0.1
    scores = score_classes(predicted(y, np.column_stack([1 - p, p])), positive=1)
    assert (scores.of("roc_auc").estimate.upper or 2) <= 1.0
    assert (scores.of("ece").estimate.lower or 0) >= 0.0


def test_groups_widen_the_interval_of_one_test_set() -> None:
    one = _sample(60, folds=1)
    again = np.repeat(np.arange(60), 5)
    found = OutOfFold(np.arange(300), one.y[again], one.probability[again], 0 * again, one.splits)
    plain = score_classes(found, positive=1).of("brier").estimate
    by_group = score_classes(found, positive=1, groups=again)
    grouped = by_group.of("brier").estimate
    assert by_group.of("roc_auc").estimate.method == "bootstrap"
    assert None not in (plain.lower, plain.upper, grouped.lower, grouped.upper)
    wide = (grouped.upper or 0) - (grouped.lower or 0)
    assert wide == pytest.approx(np.sqrt(5) * ((plain.upper or 0) - (plain.lower or 0)), rel=0.2)


def test_intervals_of_folds_are_those_of_student() -> None:
    found = over_folds([0.7, 0.8, 0.9, None])
    assert found.value == pytest.approx(0.8)
    assert found.upper == pytest.approx(0.8 + 4.302653 * 0.1 / np.sqrt(3), abs=1e-6)
    assert over_folds([0.7]).lower is None
    assert over_folds([None]).value is None


def test_shares_have_the_interval_of_wilson() -> None:
    found = wilson(15, 148)  # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    assert (found.lower, found.upper) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 0).value is None
    assert wilson(5, 5).upper == 1.0


def test_draws_repeat_whole_groups() -> None:
    groups = np.array([0, 0, 1, -1, -1])
    for weight in weightings(5, groups, draws=20, seed=0):
        assert weight[0] == weight[1]
        assert weight[[0, 2, 3, 4]].sum() == 4
    assert percentile_interval(np.array([np.nan, np.nan, 1.0]), 0.95) is None


def test_numbers_have_scores_over_folds() -> None:
    rng = np.random.default_rng(0)
    y = np.append(rng.normal(size=100), np.nan)

    def fit_predict(train: IntArray, test: IntArray) -> FloatArray:
        return np.full(test.size, y[train].mean())

    found = numbers_out_of_fold(y, stratified(np.zeros(101, dtype=np.int64)).splits, fit_predict)
    assert isinstance(found, NumbersOutOfFold)
    assert found.rows.size == 100
    by_name = {s.name: s for s in score_numbers(found)}
    r2 = by_name["r2"].estimate.value
    assert r2 is not None
    assert -0.3 < r2 <= 0.0
    assert by_name["rmse"].estimate.value == pytest.approx(y[:-1].std(), rel=0.05)
    with pytest.raises(NotEnoughData, match="two training rows"):
        numbers_out_of_fold(
            np.full(9, np.nan), stratified(np.zeros(9, np.int64)).splits, fit_predict
        )
