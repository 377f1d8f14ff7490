"""Scores of predicted numbers: RMSE, MAE, R2, pinball loss, coverage of intervals."""

import numpy as np

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.values import FloatArray


def rmse(y: FloatArray, value: FloatArray) -> float | None:
    """Root of the mean squared error, in the unit of `y`; None without rows."""
    return float(np.sqrt(np.mean(np.square(y - value)))) if y.size else None


def mae(y: FloatArray, value: FloatArray) -> float | None:
    """Mean absolute error, in the unit of `y`; None without rows."""
    return float(np.mean(np.abs(y - value))) if y.size else None


def r2(y: FloatArray, value: FloatArray) -> float | None:
    """Share of the variance of these rows that is explained; None where they do not vary.

    Below 0: worse than their mean.
    """
    spread = float(np.square(y - y.mean()).sum()) if y.size > 1 else 0.0
    return 1.0 - float(np.square(y - value).sum()) / spread if spread > 0 else None


def pinball(y: FloatArray, value: FloatArray, quantile: float) -> float | None:
    """Mean pinball loss of a predicted quantile, in the unit of `y`; None without rows.

    Koenker and Bassett (1978), Econometrica 46, 33-50.
    """
    gap = y - value
    return float(np.mean(np.maximum(quantile * gap, (quantile - 1.0) * gap))) if y.size else None


def interval_coverage(
    y: FloatArray, lower: FloatArray, upper: FloatArray, *, confidence: float = 0.95
) -> Estimate:
    """Share of the rows inside of their interval, ends included, with Wilson's interval."""
    return wilson(int(((lower <= y) & (y <= upper)).sum()), y.size, confidence=confidence)
