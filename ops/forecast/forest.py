"""All series of a hierarchy forecast together: a method for each, then sums that agree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.forecast.backtest import Backtest
from ops.forecast.choice import Forecast, Rules, forecast
from ops.forecast.demand import Demand
from ops.forecast.hierarchy import Hierarchy, bottom_up, hierarchy, mint, reconciled, shrunk
from ops.forecast.interval import back_tested
from ops.forecast.record import Met
from ops.values import FloatArray

Reconciliation = Literal["mint", "bottom-up", "none"]
_FIT_MS = 4.0  # a round of all methods on a series without a season, on one core
_SEASONAL_MS = 35.0  # with a season that exponential smoothing models


@dataclass(frozen=True, slots=True)
class Forest:
    """Forecasts of every series.

    Parameters
    ----------
    tree
        Which series add up to which.
    history : shape (m, n_periods)
        Demand of every series.
    forecasts
        Base forecast of every series.
    mean : shape (m, h)
        Reconciled.
    """

    tree: Hierarchy
    history: FloatArray
    forecasts: tuple[Forecast, ...]
    mean: FloatArray

    def moved(self, place: int, probability: float) -> FloatArray:
        """Quantile of a series, shape (h,), moved with its mean by the reconciliation."""
        base = self.forecasts[place]
        shift = self.mean[place] - base.prediction.mean
        quantile: FloatArray = np.clip(base.intervals.quantiles[probability] + shift, 0.0, None)
        return quantile

    def back_test(self, rules: Rules) -> Met:
        """Back tests of the bottom series, each by the method that was chosen for it.

        The method was chosen by these very origins: the figures flatter a little. Those of later
        nights (`record.meet`) do not.
        """
        first = len(self.forecasts) - self.tree.bottom
        parts = [
            _back_tested(place, found.test, found.naive, rules)
            for place, found in enumerate(self.forecasts[first:], first)
            if found.test is not None and found.naive is not None
        ]
        table = np.concatenate(parts, axis=1) if parts else np.zeros((10, 0))
        return Met(*table[:3].astype(np.int64), *table[3:])


def _back_tested(place: int, test: Backtest, naive: Backtest, rules: Rules) -> FloatArray:
    low, high, service = (back_tested(test, p) for p in rules.probabilities)
    lead = np.broadcast_to(np.arange(1, test.mean.shape[1] + 1), test.mean.shape)
    nothing = np.zeros(test.mean.shape)
    columns = (nothing + place, lead, nothing, test.actual, test.mean, nothing)
    return np.stack([c.ravel() for c in (*columns, low, high, service, naive.mean)])


def affordable(rules: Rules, series: int, budget_s: float) -> int:
    """Origins that the budget allows, 2 at least.

    The cost is counted from the number of fits, not read from a clock: equal runs stay equal.
    """
    cost = _SEASONAL_MS if 1 < rules.season <= 24 else _FIT_MS
    rounds = int(1000.0 * budget_s / (cost * max(series, 1))) - 1  # one fit is the forecast itself
    return max(2, min(rules.origins, rounds))


def grow(
    demand: Demand,
    rules: Rules,
    *,
    reconciliation: Reconciliation,
    tell: Callable[[float, str], object],
) -> Forest:
    """Forecast the total, every level of every factor and the bottom, and reconcile them.

    Parameters
    ----------
    tell
        Told the fraction done and the name of the series.
    """
    tree = hierarchy(demand.keys)
    if reconciliation == "none":
        tree = Hierarchy(tree.keys[-tree.bottom :], tree.summing[-tree.bottom :])
    history = tree.summed(demand.total)
    forecasts: list[Forecast] = []
    for done, (key, y) in enumerate(zip(tree.keys, history, strict=True)):
        tell(done / len(tree.keys), "/".join(key) or "all")
        first = int(np.argmax(y > 0))  # before its first demand a series did not exist
        forecasts.append(forecast(y[first:], rules))
    base = np.array([one.prediction.mean for one in forecasts])
    if reconciliation == "none":
        return Forest(tree, history, tuple(forecasts), base)
    matrix = bottom_up(tree.summing)
    if reconciliation == "mint":
        matrix = mint(tree.summing, covariance(forecasts))
    return Forest(tree, history, tuple(forecasts), reconciled(tree, base, matrix))


def covariance(forecasts: list[Forecast]) -> FloatArray:
    """Covariance of base errors, shape (m, m), from the back tests.

    Series whose history was too short for the full back test share no occasions with the others:
    theirs is their variance alone.
    """
    sizes = [0 if one.test is None else one.test.residual.size for one in forecasts]
    full = np.array([size == max(sizes) and size > 1 for size in sizes])
    variance = np.array([float(np.mean(one.intervals.sd**2)) for one in forecasts])
    floor = 1e-4 * float(np.mean(variance)) or 1.0
    found = np.diag(np.maximum(variance, floor))
    errors = [
        one.test.residual.ravel()
        for one, use in zip(forecasts, full, strict=True)
        if use and one.test
    ]
    if errors:
        block = shrunk(np.array(errors).T)
        found[np.ix_(full, full)] = block
    return found
