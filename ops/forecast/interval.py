"""Prediction intervals: the model's own where the back test bears them out, else conformal.

Conformal quantiles are order statistics of back-test residuals, pooled over neighbouring leads,
with the finite-sample rank ``ceil((m + 1) p)``. Where that rank lies beyond the m residuals, the
normal quantile of their root mean square serves if it is further out. Nothing is below 0.
"""

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtri, stdtrit

from ops.forecast.backtest import NEIGHBOURS, Backtest
from ops.forecast.method import Prediction
from ops.values import FloatArray

HONEST = 0.1  # how far back-tested coverage of a model's interval may be from its level
_EDGE = 1e-9  # of ranks: 0.9 * 10 is 9, not 10


@dataclass(frozen=True, slots=True)
class Intervals:
    """Quantiles of the periods to come.

    Parameters
    ----------
    quantiles
        Probability to quantile, each of shape (h,), not negative.
    sd : shape (h,)
        Standard deviation of the forecast error.
    source
        Where they come from.
    coverage
        Back-tested share of periods within the outer two of the quantiles asked for.
    """

    quantiles: dict[float, FloatArray]
    sd: FloatArray
    source: Literal["model", "conformal", "spread"]
    coverage: float | None


def conformal(residual: FloatArray, probability: float) -> FloatArray:
    """Quantile of the residuals of each lead.

    Parameters
    ----------
    residual : shape (K, h)
        Demand less forecast, by origin and lead; K > 0.

    Returns
    -------
    FloatArray
        Shape (h,), to be added to a forecast.

    References
    ----------
    Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), J. American Statistical Association
    113, 1094-1111: rank of split conformal inference, here for one side of signed residuals.
    """
    return np.array([_quantile(pool, probability) for pool in _pools(residual)])


def back_tested(test: Backtest, probability: float) -> FloatArray:
    """Conformal quantile of each origin from the residuals of the others, shape (K, h)."""
    origins = range(test.mean.shape[0])
    others = (np.delete(test.residual, k, axis=0) for k in origins)
    offsets = np.array([conformal(rest, probability) for rest in others])
    quantile: FloatArray = np.clip(test.mean + offsets, 0.0, None)
    return quantile


def intervals(
    prediction: Prediction, test: Backtest, probabilities: tuple[float, ...]
) -> Intervals:
    """Quantiles of a prediction whose method was back-tested from two origins or more.

    Parameters
    ----------
    probabilities
        First the two ends of the interval, then any others.
    """
    horizon = prediction.mean.size
    sd = _stretched(np.sqrt([np.mean(pool**2) for pool in _pools(test.residual)]), horizon)
    low, high = probabilities[:2]
    if all(p in test.quantiles and p in prediction.quantiles for p in probabilities):
        share = _within(test.actual, test.quantiles[low], test.quantiles[high])
        if abs(share - (high - low)) <= HONEST:
            quantiles = {p: prediction.quantiles[p] for p in probabilities}
            return Intervals(quantiles, sd, "model", share)
    share = _within(test.actual, back_tested(test, low), back_tested(test, high))
    offsets = {p: _stretched(conformal(test.residual, p), horizon) for p in probabilities}
    quantiles = {p: np.clip(prediction.mean + offsets[p], 0.0, None) for p in probabilities}
    return Intervals(quantiles, sd, "conformal", share)


def spread(prediction: Prediction, y: FloatArray, probabilities: tuple[float, ...]) -> Intervals:
    """Quantiles by the spread of a history, shape (n,), too short for a back test.

    Student's quantiles of one more normal value, the mean of the history being known as little as
    its spread. One period tells no spread: it is then taken to be as large as the demand.

    References
    ----------
    Hahn and Meeker (1991), Statistical Intervals, section 4.7 (prediction of one observation).
    """
    n = y.size
    deviation = float(np.std(y, ddof=1)) if n > 1 else float(np.mean(y))
    sd = np.full(prediction.mean.size, deviation * sqrt(1.0 + 1.0 / n))
    quantiles = {
        p: np.clip(prediction.mean + float(stdtrit(max(n - 1, 1), p)) * sd, 0.0, None)
        for p in probabilities
    }
    return Intervals(quantiles, sd, "spread", None)


def _pools(residual: FloatArray) -> list[FloatArray]:
    leads = range(residual.shape[1])
    return [
        residual[:, max(0, lead - NEIGHBOURS) : lead + NEIGHBOURS + 1].ravel() for lead in leads
    ]


def _quantile(pool: FloatArray, probability: float) -> float:
    if probability < 0.5:
        return -_quantile(-pool, 1.0 - probability)
    ordered = np.sort(pool)
    rank = ceil((pool.size + 1) * probability - _EDGE)
    if rank <= pool.size:
        return float(ordered[rank - 1])
    normal = float(ndtri(probability)) * float(np.sqrt(np.mean(pool**2)))
    return max(float(ordered[-1]), normal)


def _stretched(of_leads: FloatArray, horizon: int) -> FloatArray:
    """Repeat the last lead that was tested for those beyond it."""
    return of_leads[np.minimum(np.arange(horizon), of_leads.size - 1)]


def _within(actual: FloatArray, lower: FloatArray, upper: FloatArray) -> float:
    return float(np.mean((lower <= actual) & (actual <= upper)))
