"""Paired comparisons beside statsmodels, scipy and simulation; noise is not called better."""

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_rel
from statsmodels.stats.contingency_tables import mcnemar

from ops.classify.evaluation.model_comparison import compare_models
from ops.classify.evaluation.oof import OutOfFold
from ops.classify.evaluation.paired import (
    compare_auc,
    compare_decided,
    compare_folds,
    compare_losses,
)
from ops.errors import BadData
from ops.values import BoolArray, FloatArray
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities


def test_without_overlap_the_corrected_test_is_that_of_student() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.random(8).tolist(), rng.random(8).tolist()
    plain = ttest_rel(first, second)
    found = compare_folds(first, second, score="roc_auc", test_to_train=0.0)
    assert found.p == pytest.approx(plain.pvalue)
    interval = plain.confidence_interval(0.95)
    assert (found.lower, found.upper) == pytest.approx((interval.low, interval.high))


def test_overlap_widens_the_interval_by_the_known_factor() -> None:
    first, second = [0.9, 0.8, 0.85, 0.95, 0.7], [0.8, 0.75, 0.86, 0.9, 0.6]
    plain = compare_folds(first, second, score="roc_auc", test_to_train=0.0)
    found = compare_folds(first, second, score="roc_auc", test_to_train=0.25)
    widths = [(c.upper or 0) - (c.lower or 0) for c in (plain, found)]
    assert widths[1] / widths[0] == pytest.approx(1.5)  # sqrt((1/5 + 1/4) / (1/5))


def test_losses_are_better_when_low() -> None:
    low, high = [0.10, 0.11, 0.12, 0.10], [0.30, 0.32, 0.31, 0.33]
    assert compare_folds(low, high, score="brier", test_to_train=0.1).verdict == "better"
    assert compare_folds(low, high, score="roc_auc", test_to_train=0.1).verdict == "worse"
    assert compare_folds(high, low, score="brier", test_to_train=0.1).verdict == "worse"


def test_too_few_or_equal_folds_are_not_tested() -> None:
    one = compare_folds([0.8, None], [0.7, 0.6], score="roc_auc", test_to_train=0.1)
    assert one.difference == pytest.approx(0.1)
    assert (one.p, one.verdict) == (None, "not told apart")
    assert one.reason
    same = compare_folds([0.8, 0.9], [0.8, 0.9], score="roc_auc", test_to_train=0.1)
    assert (same.difference, same.p) == (0.0, None)


def _scores(seed: int, gain: float) -> tuple[BoolArray, FloatArray, FloatArray]:
    """Two models that share what they see; the first sees `gain` more."""
    rng = np.random.default_rng(seed)
    event = np.arange(150) < 50
    shared = rng.normal(size=150)
    return (
        event,
        shared + rng.normal(size=150) + (1 + gain) * event,
        shared + rng.normal(size=150) + event,
    )


def test_equal_areas_are_told_apart_one_time_in_twenty() -> None:
    p = [compare_auc(*_scores(seed, 0.0)).p for seed in range(400)]
    assert 0.025 <= np.mean([v is not None and v < 0.05 for v in p]) <= 0.08


def test_a_better_area_is_found() -> None:
    found = compare_auc(*_scores(0, 2.0))
    assert found.verdict == "better"
    assert found.lower is not None
    assert found.lower > 0
    event, first, second = _scores(0, 2.0)
    turned = compare_auc(event, second, first)
    assert turned.verdict == "worse"
    assert turned.difference == pytest.approx(-(found.difference or 0))


def test_areas_that_cannot_be_compared_say_why() -> None:
    event, first, _ = _scores(0, 0.0)
    assert compare_auc(event, first, first).reason
    assert compare_auc(np.zeros(150, dtype=bool), first, first).difference is None
    assert "two events" in compare_auc(np.arange(150) < 1, first, -first).reason


@pytest.mark.parametrize(("one", "other"), [(12, 3), (5, 5), (1, 0), (30, 14)])
def test_called_classes_have_the_exact_test_of_mcnemar(one: int, other: int) -> None:
    y = np.ones(100, dtype=np.int64)
    first, second = np.ones(100, dtype=np.int64), np.ones(100, dtype=np.int64)
    second[:one] = 0
    first[one : one + other] = 0
    table = np.array([[100 - one - other, one], [other, 0]])
    found = compare_decided(y, first, second)
    assert found.p == pytest.approx(mcnemar(table, exact=True).pvalue)
    assert found.p == pytest.approx(binomtest(one, one + other).pvalue)
    assert found.difference == pytest.approx((one - other) / 100)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < (one - other) / 102 < found.upper


def test_models_that_call_the_same_are_not_told_apart() -> None:
    y = np.array([0, 1, 1])
    found = compare_decided(y, y, y)
    assert (found.difference, found.p, found.verdict) == (0.0, None, "not told apart")


def test_losses_have_the_bootstrap_of_their_mean() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.random(300), rng.random(300)
    found = compare_losses(first, second, score="brier", draws=1000)
    error = (first - second).std(ddof=1) / np.sqrt(300)
    assert found.difference == pytest.approx(np.mean(first - second))
    width = (found.upper or 0) - (found.lower or 0)
    assert width == pytest.approx(2 * 1.96 * error, rel=0.1)
    assert compare_losses(first, first + 0.1 + 0.01 * second, score="brier").verdict == "better"
    assert compare_losses(first, first, score="brier").reason


def test_repeated_rows_of_a_group_are_no_evidence() -> None:
    rng = np.random.default_rng(2)
    gap = np.repeat(rng.normal(0.4, 1.0, 12), 50)
    groups = np.repeat(np.arange(12), 50)
    plain = compare_losses(gap, 0 * gap, score="brier", draws=400)
    grouped = compare_losses(gap, 0 * gap, score="brier", groups=groups, draws=400)
    widths = [(c.upper or 0) - (c.lower or 0) for c in (plain, grouped)]
    assert widths[1] / widths[0] > 5


def _pair(folds: int) -> tuple[OutOfFold, OutOfFold]:
    rng = np.random.default_rng(3)
    p = true_probabilities(rng, 400)
    y = drawn(rng, p)
    noise = np.clip(p[:, 1] + rng.normal(0, 0.35, 400), 0.01, 0.99)
    return predicted(y, p, folds), predicted(y, np.column_stack([1 - noise, noise]), folds)


def test_models_are_compared_on_the_same_folds() -> None:
    first, second = _pair(5)
    found = {c.score: c for c in compare_models(first, second, positive=1)}
    assert set(found) == {"roc_auc", "average_precision", "brier", "log_loss"}
    assert {c.method for c in found.values()} == {"corrected t"}
    assert found["log_loss"].verdict == "better"
    assert {c.verdict for c in compare_models(first, first, positive=1)} == {"not told apart"}
    with pytest.raises(BadData, match="same splits"):
        compare_models(first, _pair(1)[0])


def test_models_are_compared_on_one_test_set() -> None:
    first, second = _pair(1)
    found = {c.score: c for c in compare_models(first, second, positive=1)}
    methods = {s: c.method for s, c in found.items()}
    assert methods == {
        "roc_auc": "delong", "average_precision": "bootstrap", "accuracy": "mcnemar",
        "brier": "bootstrap", "log_loss": "bootstrap",
    }  # fmt: skip
    assert {c.verdict for c in found.values()} == {"better"}
    groups = np.arange(400) // 4
    by_group = {c.score: c for c in compare_models(first, second, positive=1, groups=groups)}
    assert by_group["roc_auc"].method == "bootstrap"
