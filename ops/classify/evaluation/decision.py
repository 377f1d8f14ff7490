"""Which class is called, given probabilities: by costs, or by a target of precision or recall."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.classify.evaluation.oof import OutOfFold
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import FloatArray, IntArray

DecisionRule = Literal["likeliest", "cost", "precision", "recall"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Rule from probabilities to a class.

    Parameters
    ----------
    rule
        What the threshold was chosen by.
    positive, threshold
        The event is called where its probability is at least `threshold`, else the likeliest of
        the other classes; None: there is no event, or a matrix of costs decides.
    costs : shape (classes, classes)
        Cost by true class (row) and called class (column); the cheapest class is called.
    target
        Precision or recall that was aimed at.
    reached
        What is reached of it on rows that the threshold was not chosen on.
    """

    rule: DecisionRule = "likeliest"
    positive: int | None = None
    threshold: float | None = None
    costs: tuple[tuple[float, ...], ...] | None = None
    target: float | None = None
    reached: Estimate | None = None

    def decide(self, probability: FloatArray) -> IntArray:
        """Call a class for each row of `probability`, shape (n, classes): its index, shape (n,)."""
        if self.positive is not None and self.threshold is not None:
            called = probability[:, self.positive] >= self.threshold
            return np.where(called, self.positive, self._other(probability)).astype(np.int64)
        if self.costs is not None:
            cheapest: IntArray = np.argmin(probability @ np.asarray(self.costs), axis=1)
            return cheapest
        likeliest: IntArray = np.argmax(probability, axis=1)
        return likeliest

    def _other(self, probability: FloatArray) -> IntArray:
        """Likeliest class that is not the event, shape (n,)."""
        others = probability.copy()
        others[:, self.positive] = -1.0
        likeliest: IntArray = np.argmax(others, axis=1)
        return likeliest

    def to_document(self) -> dict[str, Any]:
        """Write the rule as JSON."""
        return asdict(self)


def decision_from(document: Mapping[str, Any]) -> Decision:
    """Decision of what `Decision.to_document` gave, through JSON or not."""
    costs, reached = document["costs"], document["reached"]
    fields: dict[str, Any] = {
        **document,
        "costs": None if costs is None else tuple(tuple(row) for row in costs),
        "reached": None if reached is None else Estimate(**reached),
    }
    return Decision(**fields)


def cost_threshold(false_positive: float, false_negative: float) -> float:
    """Probability from which calling the event is cheaper: c_FP / (c_FP + c_FN).

    Elkan (2001), IJCAI, 973-978, eq. 2, right calls costing nothing.

    Raises
    ------
    BadData
        If a cost is below 0, or both are 0.
    """
    wrong = [
        Problem(f"/{name}", f"{cost} is not a cost: give 0 or more, and one above 0")
        for name, cost in (("false_positive", false_positive), ("false_negative", false_negative))
        if not 0 <= cost < np.inf or false_positive == false_negative == 0
    ]
    if wrong:
        raise BadData(wrong[0].detail, tuple(wrong))
    return false_positive / (false_positive + false_negative)


def decide_by_cost(
    positive: int, false_positive: float, false_negative: float, classes: int = 2
) -> Decision:
    """Threshold of an event by the costs of the two errors. Raises as `cost_threshold`.

    Parameters
    ----------
    classes
        How many there are; mistaking others than the event for each other costs nothing.
    """
    threshold = cost_threshold(false_positive, false_negative)
    costs = event_costs(positive, false_positive, false_negative, classes)
    rows = tuple(tuple(float(c) for c in row) for row in costs)
    return Decision("cost", positive, threshold, rows)


def event_costs(
    positive: int, false_positive: float, false_negative: float, classes: int
) -> FloatArray:
    """Costs of the two errors of an event as a matrix, true class by row."""
    costs = np.zeros((classes, classes))
    costs[:, positive] = false_positive
    costs[positive, :] = false_negative
    costs[positive, positive] = 0.0
    return costs


def decide_by_matrix(costs: FloatArray) -> Decision:
    """Cheapest class by a cost matrix, shape (classes, classes), true class by row.

    Raises
    ------
    BadData
        If the matrix is not square or has entries that are no numbers.
    """
    if costs.ndim != 2 or costs.shape[0] != costs.shape[1] or not np.isfinite(costs).all():
        detail = "costs form a square of numbers, true class by row and called class by column"
        raise BadData(detail, (Problem("/costs", detail),))
    return Decision("cost", costs=tuple(tuple(float(c) for c in row) for row in costs))


def decide_by_precision(
    found: OutOfFold, positive: int, target: float, *, confidence: float = 0.95
) -> Decision:
    """Lowest threshold whose precision on the tested rows is at least `target`.

    Where none reaches it, the threshold of the highest precision. `reached` is the precision of
    thresholds chosen in the same way on the other folds, with Wilson's interval.

    Raises
    ------
    NotEnoughData
        Without an event among the rows.
    """
    choose = partial(_by_precision, positive=positive, target=target)
    threshold = choose(found)
    called = decided_out_of_fold(found, choose) == positive
    right = int((found.y[called] == positive).sum())
    reached = wilson(right, int(called.sum()), confidence=confidence)
    return Decision("precision", positive, threshold.threshold, None, target, reached)


def decide_by_recall(
    found: OutOfFold, positive: int, target: float, *, confidence: float = 0.95
) -> Decision:
    """Highest threshold whose recall on the tested rows is at least `target`.

    `reached` as `decide_by_precision`. Raises as it does.
    """
    choose = partial(_by_recall, positive=positive, target=target)
    threshold = choose(found)
    event = found.y == positive
    caught = int((decided_out_of_fold(found, choose)[event] == positive).sum())
    reached = wilson(caught, int(event.sum()), confidence=confidence)
    return Decision("recall", positive, threshold.threshold, None, target, reached)


def decided_out_of_fold(found: OutOfFold, choose: Callable[[OutOfFold], Decision]) -> IntArray:
    """Class called for each tested row by the rule that the other folds chose, shape (m,).

    Raises as `choose`; a part whose others have no event is called by the rule of all rows.
    """
    decided = np.empty(found.y.size, dtype=np.int64)
    pieces = found.pieces
    for piece in np.unique(pieces):
        here = np.flatnonzero(pieces == piece)
        try:
            rule = choose(found.take(np.flatnonzero(pieces != piece)))
        except NotEnoughData:
            rule = choose(found)
        decided[here] = rule.decide(found.probability[here])
    return decided


def _by_precision(found: OutOfFold, positive: int, target: float) -> Decision:
    score, hits, called = _steps(found, positive)
    precision = hits / called
    enough = np.flatnonzero(precision >= target)
    place = int(enough[-1]) if enough.size else int(np.argmax(precision))
    return Decision("precision", positive, _between(score, place))


def _by_recall(found: OutOfFold, positive: int, target: float) -> Decision:
    score, hits, _ = _steps(found, positive)
    place = int(np.searchsorted(hits, target * hits[-1] - 1e-9))
    return Decision("recall", positive, _between(score, min(place, score.size - 1)))


def _steps(found: OutOfFold, positive: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distinct scores from high to low; events and rows that score at least as high."""
    event = found.y == positive
    if not event.any():
        raise NotEnoughData("a threshold by precision or recall needs 1 event, got 0")
    score, place = np.unique(-found.probability[:, positive], return_inverse=True)
    hits = np.cumsum(np.bincount(place, weights=event, minlength=score.size)).astype(np.float64)
    called = np.cumsum(np.bincount(place, minlength=score.size)).astype(np.float64)
    return -score, hits, called


def _between(score: FloatArray, place: int) -> float:
    """Halfway to the next lower score, so that no rounding of a score changes the call."""
    lower = score[place + 1] if place + 1 < score.size else score[place]
    return float((score[place] + lower) / 2.0)
