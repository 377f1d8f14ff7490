"""How good a forecast was: errors against what came, against naive, and as stock on the shelf.

Absolute errors are smallest at the median. Where more than half of the periods have no demand the
median is 0, so that MASE and WAPE alone would reward a forecast of nothing. RMSSE is smallest at
the mean, pinball loss at the quantile that is stocked, and the service says what a shelf filled by
the forecast would have given: judge intermittent demand by these.

A figure that is not defined (no demand, constant history) is NaN.
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from ops.values import FloatArray


def naive_scale(history: FloatArray, *, season: int = 1, power: int = 2) -> float:
    """Mean of the absolute seasonal differences to a power: the error of the naive method.

    Parameters
    ----------
    history : shape (n,)
        The periods that the forecast was made from.

    References
    ----------
    Hyndman and Koehler (2006), Int. J. Forecasting 22(4), 679-688 (power 1); M5 guide (power 2).
    """
    if history.size <= season:
        return nan
    return float(np.mean(np.abs(history[season:] - history[:-season]) ** power))


def rmsse(actual: FloatArray, forecast: FloatArray, history: FloatArray) -> float:
    """Root mean squared scaled error of a forecast, shape (h,).

    References
    ----------
    Makridakis, Spiliotis and Assimakopoulos (2022), Int. J. Forecasting 38(4), 1346-1364: RMSSE of
    the M5 competition; the scale is that of one-step naive forecasts within the history.
    """
    scale = naive_scale(history, power=2)
    return sqrt(_ratio(float(np.mean((actual - forecast) ** 2)), scale))


def mase(
    actual: FloatArray, forecast: FloatArray, history: FloatArray, *, season: int = 1
) -> float:
    """Mean absolute scaled error of a forecast, shape (h,).

    References
    ----------
    Hyndman and Koehler (2006), equation for q_t; seasonal naive scale if `season` > 1.
    """
    scale = naive_scale(history, season=season, power=1)
    return _ratio(float(np.mean(np.abs(actual - forecast))), scale)


def pinball(actual: FloatArray, quantile: FloatArray, probability: float) -> float:
    """Mean pinball (quantile) loss, in the unit of the demand.

    References
    ----------
    Gneiting and Raftery (2007), J. American Statistical Association 102, 359-378, section 6.1.
    """
    error = actual - quantile
    return float(np.mean(np.maximum(probability * error, (probability - 1.0) * error)))


def wape(actual: FloatArray, forecast: FloatArray) -> float:
    """Sum of absolute errors over the sum of demand."""
    return _ratio(float(np.sum(np.abs(actual - forecast))), float(np.sum(actual)))


def bias(actual: FloatArray, forecast: FloatArray) -> float:
    """Sum of forecast less demand over the sum of demand: above 0 is too much."""
    return _ratio(float(np.sum(forecast - actual)), float(np.sum(actual)))


def coverage(actual: FloatArray, lower: FloatArray, upper: FloatArray) -> float:
    """Share of periods whose demand lay within the interval, ends included."""
    if actual.size == 0:
        return nan
    return float(np.mean((lower <= actual) & (actual <= upper)))


def value_added(error: float, naive: float) -> float:
    """Forecast value added: share of the error of the naive method that the forecast saves."""
    return 1.0 - _ratio(error, naive)


@dataclass(frozen=True, slots=True)
class StockService:
    """What a shelf filled to the forecast quantile in each period would have given.

    Parameters
    ----------
    cycle
        Share of periods without a stock-out.
    fill
        Share of the demand that was served from the shelf.
    left
        Mean of what was left at the end of a period, in the unit of the demand.
    """

    cycle: float
    fill: float
    left: float


def stock_service(actual: FloatArray, stocked: FloatArray) -> StockService:
    """Service of a shelf that holds `stocked` at the start of each period; shapes (n,)."""
    if actual.size == 0:
        return StockService(nan, nan, nan)
    served = np.minimum(actual, stocked)
    return StockService(
        cycle=float(np.mean(actual <= stocked)),
        fill=_ratio(float(np.sum(served)), float(np.sum(actual))),
        left=float(np.mean(stocked - served)),
    )


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
