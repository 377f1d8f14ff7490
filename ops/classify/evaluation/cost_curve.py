"""What errors cost: against the threshold, and whatever the costs and the base rate may be."""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.values import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class ThresholdCosts:
    """Mean cost of a row against the threshold.

    Parameters
    ----------
    threshold, cost : shape (t,)
        From 0 to 1.
    best, best_cost
        Cheapest of all thresholds on these very rows, and its cost: it flatters by choice.
    never, always
        Cost of never calling the event, and of always calling it.
    """

    threshold: FloatArray
    cost: FloatArray
    best: float
    best_cost: float
    never: float
    always: float


@dataclass(frozen=True, slots=True)
class CostCurve:
    """Lower envelope of normalised expected cost.

    Parameters
    ----------
    probability_cost : shape (t,)
        p c_FN / (p c_FN + (1 - p) c_FP): how much the misses weigh, 0 to 1.
    cost : shape (t,)
        Normalised expected cost of the best threshold there.
    trivial : shape (t,)
        Of the better one of never and always calling: min(PC, 1 - PC).
    """

    probability_cost: FloatArray
    cost: FloatArray
    trivial: FloatArray


def threshold_costs(
    event: BoolArray,
    probability: FloatArray,
    false_positive: float,
    false_negative: float,
    *,
    points: int = 101,
) -> ThresholdCosts:
    """Mean cost of a row against the threshold; right calls cost nothing.

    Parameters
    ----------
    event, probability : shape (n,)
        Whether it happened, and its probability.

    Raises
    ------
    NotEnoughData
        Without rows.
    """
    if event.size == 0:
        raise NotEnoughData("costs of thresholds need 1 row, got 0")
    events, others = np.sort(probability[event]), np.sort(probability[~event])

    def cost(threshold: FloatArray) -> FloatArray:
        missed = np.searchsorted(events, threshold, side="left")
        alarms = others.size - np.searchsorted(others, threshold, side="left")
        return (false_negative * missed + false_positive * alarms) / event.size

    grid = np.linspace(0.0, 1.0, points)
    tried = np.r_[np.unique(probability), np.nextafter(probability.max(), np.inf)]
    costs = cost(tried)
    cheapest = int(np.argmin(costs))
    never = false_negative * events.size / event.size
    always = false_positive * others.size / event.size
    best = min(float(tried[cheapest]), 1.0)
    return ThresholdCosts(grid, cost(grid), best, float(costs[cheapest]), never, always)


def cost_curve(event: BoolArray, score: FloatArray, *, points: int = 101) -> CostCurve | None:
    """Normalised expected cost against the probability-cost; None with one class only.

    Parameters
    ----------
    event, score : shape (n,)

    References
    ----------
    Drummond and Holte (2006), Machine Learning 65, 95-130: NE = FN PC + FP (1 - PC).
    """
    events, others = np.sort(score[event]), np.sort(score[~event])
    if events.size == 0 or others.size == 0:
        return None
    tried = np.r_[-np.inf, np.unique(score), np.inf]
    missed = np.searchsorted(events, tried, side="left") / events.size
    alarms = 1.0 - np.searchsorted(others, tried, side="left") / others.size
    grid = np.linspace(0.0, 1.0, points)
    cost = np.array([float(np.min(missed * pc + alarms * (1.0 - pc))) for pc in grid])
    return CostCurve(grid, cost, np.minimum(grid, 1.0 - grid))
