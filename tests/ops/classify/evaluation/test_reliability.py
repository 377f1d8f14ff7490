"""Reliability, strata, and scores expected without labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from ops.classify.evaluation.discrimination import average_precision
from ops.classify.evaluation.label_free import expected_performance
from ops.classify.evaluation.reliability import expected_calibration_error, reliability
from ops.classify.evaluation.strata import score_strata
from ops.errors import NotEnoughData
from ops.values import BoolArray, FloatArray, factor_of
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities
from tests.strategies import few


def _sample(seed: int, n: int) -> tuple[BoolArray, FloatArray]:
    rng = np.random.default_rng(seed)
    p = rng.beta(0.8, 3.0, n)
    return rng.random(n) < p, p


def test_bins_equal_those_of_scikit_learn() -> None:
    event, p = _sample(0, 1000)
    found = reliability(event, p)
    share, mean = calibration_curve(event, p, n_bins=10, strategy="quantile")
    assert [b.share.value for b in found.bins] == pytest.approx(share)
    assert [b.mean for b in found.bins] == pytest.approx(mean)
    assert [b.count for b in found.bins] == [100] * 10
    assert found.ece == pytest.approx(np.mean(np.abs(share - mean)))


def test_equal_probabilities_are_one_bin() -> None:
    event = np.array([True, False] * 50)
    found = reliability(event, np.full(100, 0.5))
    assert len(found.bins) == 1
    assert found.ece == pytest.approx(0.0)


def test_true_probabilities_show_what_chance_alone_gives() -> None:
    found = [reliability(*_sample(seed, 500)) for seed in range(60)]
    mean = np.mean([f.ece or 0 for f in found])
    assert mean == pytest.approx(np.mean([f.ece_by_chance or 0 for f in found]), rel=0.08)


def test_overconfidence_shows_beyond_chance() -> None:
    event, p = _sample(1, 2000)
    found = reliability(event, np.clip(3 * p - 0.5, 0.01, 0.99))
    assert (found.ece or 0) > 3 * (found.ece_by_chance or 1)


@few(40)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 60), bins=st.integers(1, 15))
def test_bins_hold_every_row_once(seed: int, n: int, bins: int) -> None:
    event, p = _sample(seed, n)
    p = p.round(1)
    found = reliability(event, p, bins=bins)
    assert sum(b.count for b in found.bins) == n
    assert len(found.bins) <= bins
    assert all(b.low <= b.mean + 1e-12 and b.mean <= b.high + 1e-12 for b in found.bins)
    assert found.ece == expected_calibration_error(event, p, bins=bins)
    assert 0 <= (found.ece or 0) <= 1


def test_no_rows_have_no_reliability() -> None:
    none = np.empty(0)
    assert reliability(none > 0, none).bins == ()
    assert expected_calibration_error(none > 0, none) is None


def test_expected_scores_are_those_of_labels_drawn_from_the_probabilities() -> None:
    event, p = _sample(2, 200_000)
    found = expected_performance(p, 0.3)
    called = p >= 0.3
    precision, recall = np.mean(event[called]), np.mean(called[event])
    assert found.auc == pytest.approx(roc_auc_score(event, p), abs=0.005)
    assert found.average_precision == pytest.approx(average_precision(event, p), abs=0.01)
    assert found.brier == pytest.approx(np.mean((p - event) ** 2), abs=0.002)
    assert found.precision == pytest.approx(precision, abs=0.01)
    assert found.recall == pytest.approx(recall, abs=0.01)
    assert found.f1 == pytest.approx(2 * precision * recall / (precision + recall), abs=0.01)
    assert found.event_rate == pytest.approx(np.mean(event), abs=0.004)


def test_the_expected_area_of_few_rows_is_the_ratio_over_all_pairs() -> None:
    p = np.array([0.1, 0.4, 0.4, 0.9])
    up = right = 0.0
    for i in range(4):
        for j in range(4):
            weight = p[i] * (1 - p[j]) if i != j else 0.0
            up += weight
            right += weight * ((p[i] > p[j]) + 0.5 * (p[i] == p[j]))
    assert expected_performance(p).auc == pytest.approx(right / up)


def test_certain_probabilities_promise_what_they_can() -> None:
    sure = expected_performance(np.array([0.0, 0.0, 1.0]))
    assert (sure.auc, sure.brier, sure.f1) == (1.0, 0.0, 1.0)
    none = expected_performance(np.zeros(3))
    assert (none.auc, none.average_precision, none.precision, none.f1) == (None,) * 4
    assert expected_performance(np.array([0.3])).auc is None
    with pytest.raises(NotEnoughData, match="got 0"):
        expected_performance(np.empty(0))


def test_strata_have_counts_scores_and_a_caution() -> None:
    rng = np.random.default_rng(3)
    p = true_probabilities(rng, 400)
    found = predicted(drawn(rng, p), p)
    product = factor_of([["π-die", "QFN", None][k] for k in np.r_[[0] * 200, [1] * 190, [2] * 10]])
    scores = score_strata(found, product.take(found.rows), positive=1)
    assert [(s.level, s.rows) for s in scores] == [("", 10), ("QFN", 190), ("π-die", 200)]
    assert [s.few for s in scores] == [True, False, False]
    rows = found.rows < 200
    assert scores[2].auc.value == pytest.approx(
        roc_auc_score(found.y[rows], found.probability[rows, 1])
    )
    assert scores[2].events == found.y[rows].sum()
    assert scores[2].recall.lower is not None


def test_a_stratum_without_events_has_a_reason() -> None:
    p = np.full((20, 2), 0.5)
    y = np.arange(20) // 10
    scores = score_strata(predicted(y, p), factor_of(["b"] * 20).take(np.arange(20)), positive=1)
    assert scores[0].auc.value == 0.5
    part = predicted(y, p).take(np.flatnonzero(predicted(y, p).y == 0))
    none = score_strata(part, factor_of(["b"] * 10), positive=1)[0]
    assert none.auc.value is None
    assert none.auc.reason
    assert none.recall.value is None
