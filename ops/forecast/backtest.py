"""Rolling-origin back test: forecasts of the past from what was known then, and how they missed."""

from dataclasses import dataclass

import numpy as np

from ops.forecast.accuracy import naive_scale
from ops.forecast.method import MethodName, Prediction, predict
from ops.values import FloatArray

LEAST_HISTORY = 8  # periods before the first origin
NEIGHBOURS = 1  # horizons to each side whose residuals are pooled


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of one method from several origins.

    Parameters
    ----------
    actual, mean : shape (K, h)
        What came, and what was forecast, by origin (oldest first) and lead.
    quantiles
        Probability to the model's own quantile, shape (K, h); empty if it has none.
    scale : shape (K,)
        Mean squared naive error of the history of each origin.
    """

    actual: FloatArray
    mean: FloatArray
    quantiles: dict[float, FloatArray]
    scale: FloatArray

    @property
    def residual(self) -> FloatArray:
        """Demand less forecast, shape (K, h)."""
        return self.actual - self.mean

    @property
    def rmsse(self) -> float:
        """Root mean squared error, each origin scaled by its own history; NaN if none varies."""
        varies = self.scale > 0
        if not np.any(varies):
            return float("nan")
        squared = np.mean(self.residual[varies] ** 2, axis=1) / self.scale[varies]
        return float(np.sqrt(np.mean(squared)))


def origins(n: int, *, horizon: int, most: int) -> tuple[int, ...]:
    """Lengths of history to forecast from, oldest first; windows overlap by half at most.

    Parameters
    ----------
    n
        Periods of the series.
    horizon
        Periods forecast from each origin.
    most
        Origins at most; fewer if `LEAST_HISTORY` periods would not stand before the first.

    Examples
    --------
    >>> origins(30, horizon=4, most=3)
    (22, 24, 26)
    """
    step = max(1, (horizon + 1) // 2)
    ends = (n - horizon - step * back for back in range(most))
    return tuple(sorted(end for end in ends if end >= LEAST_HISTORY))


def backtest(
    name: MethodName,
    y: FloatArray,
    starts: tuple[int, ...],
    *,
    horizon: int,
    season: int = 1,
    probabilities: tuple[float, ...] = (),
) -> Backtest | None:
    """Forecast from every origin in `starts` with what lay before it, refitting each time.

    Parameters
    ----------
    y : shape (n,)
        Demand of complete periods.

    Returns
    -------
    Backtest | None
        None if the method cannot forecast from one of the origins.
    """
    found: list[Prediction] = []
    for start in starts:
        one = predict(name, y[:start], horizon=horizon, season=season, probabilities=probabilities)
        if one is None:
            return None
        found.append(one)
    if not found:
        return None
    modelled = set[float].intersection(*(set(one.quantiles) for one in found))
    return Backtest(
        actual=np.array([y[start : start + horizon] for start in starts]),
        mean=np.array([one.mean for one in found]),
        quantiles={p: np.array([one.quantiles[p] for one in found]) for p in sorted(modelled)},
        scale=np.array([naive_scale(y[:start]) for start in starts]),
    )
