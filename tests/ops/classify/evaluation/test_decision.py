"""Thresholds by cost and by target, cost matrices, cost curves."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve

from ops.classify.evaluation.cost_curve import cost_curve, threshold_costs
from ops.classify.evaluation.decision import (
    Decision,
    cost_threshold,
    decide_by_cost,
    decide_by_matrix,
    decide_by_precision,
    decide_by_recall,
    decided_out_of_fold,
    decision_from,
)
from ops.classify.evaluation.discrimination import roc_auc
from ops.classify.evaluation.oof import OutOfFold
from ops.errors import BadData, NotEnoughData
from tests.ops.classify.evaluation.samples import drawn, predicted, true_probabilities
from tests.strategies import few


def _sample(n: int = 2000, seed: int = 0) -> OutOfFold:
    rng = np.random.default_rng(seed)
    event = rng.beta(0.5, 2.0, n)
    p = np.column_stack([1 - event, event])
    return predicted(drawn(rng, p), p)


def test_the_threshold_weighs_the_two_errors() -> None:
    assert cost_threshold(1, 9) == pytest.approx(0.1)
    assert cost_threshold(0, 1) == 0.0
    for wrong in ((-1, 1), (0, 0), (1, np.inf), (np.nan, 1)):
        with pytest.raises(BadData, match="is not a cost"):
            cost_threshold(*wrong)


@few(40)
@given(
    seed=st.integers(0, 10**6), alarm=st.floats(0.1, 100), miss=st.floats(0.1, 100),
    positive=st.integers(0, 1),
)  # fmt: skip
def test_threshold_and_matrix_call_the_same(
    seed: int, alarm: float, miss: float, positive: int
) -> None:
    p = np.random.default_rng(seed).dirichlet([1, 1], 50)
    by_threshold = decide_by_cost(positive, alarm, miss)
    assert by_threshold.costs is not None
    by_matrix = decide_by_matrix(np.array(by_threshold.costs))
    assert np.array_equal(by_threshold.decide(p), by_matrix.decide(p))


def test_the_cheapest_of_three_classes_is_called() -> None:
    costs = np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [50.0, 50.0, 0.0]])
    p = np.array([[0.6, 0.35, 0.05], [0.7, 0.29, 0.01]])
    assert decide_by_matrix(costs).decide(p).tolist() == [2, 0]
    assert Decision().decide(p).tolist() == [0, 0]
    with pytest.raises(BadData, match="square"):
        decide_by_matrix(np.ones((2, 3)))


def test_cost_threshold_is_the_best_one_for_true_probabilities() -> None:
    found = _sample(40_000)
    event, p = found.y == 1, found.probability[:, 1]
    costs = threshold_costs(event, p, 1.0, 9.0)
    assert costs.cost[np.abs(costs.threshold - 0.1).argmin()] == pytest.approx(
        costs.best_cost, rel=0.02
    )
    assert costs.best_cost <= costs.cost.min()
    assert costs.always == pytest.approx(float(np.mean(~event)))
    assert costs.cost[0] == pytest.approx(costs.always)
    assert costs.never == pytest.approx(9 * float(np.mean(event)))


def test_precision_target_keeps_the_most_events() -> None:
    found = _sample()
    event, p = found.y == 1, found.probability[:, 1]
    decision = decide_by_precision(found, 1, 0.8)
    called = decision.decide(found.probability) == 1
    assert np.mean(event[called]) >= 0.8
    precision, recall, _ = precision_recall_curve(event, p)
    assert np.mean(called[event]) == pytest.approx(recall[precision >= 0.8].max())
    assert decision.reached is not None
    assert decision.reached.value == pytest.approx(0.8, abs=0.05)


def test_recall_target_calls_the_fewest_rows() -> None:
    found = _sample()
    event = found.y == 1
    decision = decide_by_recall(found, 1, 0.9)
    called = decision.decide(found.probability) == 1
    assert np.mean(called[event]) >= 0.9
    higher = Decision("recall", 1, np.nextafter(found.probability[called & event, 1].min(), 2))
    assert np.mean((higher.decide(found.probability) == 1)[event]) < 0.9
    assert decision.reached is not None
    assert decision.reached.lower is not None
    assert decision.reached.lower < 0.9


def test_a_precision_that_no_threshold_reaches_gives_the_highest() -> None:
    y = np.array([0, 1] * 20)
    p = np.column_stack([1 - np.full(40, 0.5), np.full(40, 0.5)])
    decision = decide_by_precision(predicted(y, p), 1, 0.99)
    assert decision.reached is not None
    assert decision.reached.value == pytest.approx(0.5)


def test_targets_without_events_are_refused() -> None:
    p = np.full((10, 2), 0.5)
    with pytest.raises(NotEnoughData, match="1 event, got 0"):
        decide_by_recall(predicted(np.zeros(10, dtype=np.int64), p), 1, 0.9)


def test_thresholds_are_chosen_on_other_folds() -> None:
    found = _sample(100)
    seen: list[int] = []

    def choose(others: OutOfFold) -> Decision:
        seen.append(others.y.size)
        return decide_by_cost(1, 1, 1)

    decided = decided_out_of_fold(found, choose)
    assert seen == [80] * 5
    assert np.array_equal(decided, (found.probability[:, 1] >= 0.5).astype(int))


def test_decisions_survive_json() -> None:
    found = _sample(200)
    for decision in (
        Decision(), decide_by_cost(1, 2, 7), decide_by_matrix(np.eye(3)),
        decide_by_precision(found, 1, 0.7),
    ):  # fmt: skip
        assert decision_from(json.loads(json.dumps(decision.to_document()))) == decision


def test_cost_curve_lies_below_the_trivial_one_and_is_concave() -> None:
    found = _sample()
    curve = cost_curve(found.y == 1, found.probability[:, 1])
    assert curve is not None
    assert (curve.cost <= curve.trivial + 1e-12).all()
    assert (np.diff(curve.cost, 2) <= 1e-12).all()
    assert curve.cost[[0, -1]].tolist() == [0.0, 0.0]
    assert cost_curve(np.zeros(3, dtype=bool), np.zeros(3)) is None


def test_area_over_the_cost_curve_of_one_threshold_is_known() -> None:
    event = np.arange(100) < 50
    score = np.where(np.arange(100) % 5 == 0, ~event, event).astype(
        float
    )  # one right point (.2, .8)
    curve = cost_curve(event, score)
    assert curve is not None
    assert curve.cost[50] == pytest.approx(0.2)  # NE = FN PC + FP (1 - PC) at PC = 1/2
    assert roc_auc(event, score) == pytest.approx(0.8)


def test_costs_need_rows() -> None:
    with pytest.raises(NotEnoughData, match="got 0"):
        threshold_costs(np.empty(0, dtype=bool), np.empty(0), 1, 1)


def test_three_classes_have_their_likeliest_called() -> None:
    p = true_probabilities(np.random.default_rng(0), 20, 3)
    assert np.array_equal(Decision().decide(p), p.argmax(axis=1))


def test_an_event_among_three_classes_is_called_before_the_likeliest_other() -> None:
    rule = decide_by_cost(2, 1.0, 9.0, classes=3)
    probability = np.array([[0.6, 0.25, 0.15], [0.6, 0.35, 0.05], [0.2, 0.75, 0.05]])
    assert rule.decide(probability).tolist() == [2, 0, 1]
    assert rule.costs == ((0.0, 0.0, 1.0), (0.0, 0.0, 1.0), (9.0, 9.0, 0.0))


def test_the_threshold_of_an_event_is_that_of_its_costs_as_a_matrix() -> None:
    rng = np.random.default_rng(3)
    probability = rng.dirichlet(np.ones(4), size=500)
    by_threshold = decide_by_cost(1, 2.0, 7.0, classes=4)
    by_costs = decide_by_matrix(np.array(by_threshold.costs)).decide(probability)
    assert np.array_equal(by_threshold.decide(probability) == 1, by_costs == 1)
