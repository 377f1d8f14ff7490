"""Deviations from what was to be expected, and the greatest of those before, one pass each."""

from math import isnan, nan

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray

HOURS = 24


@compiled
def level_deviations(y: FloatArray, weight: float) -> FloatArray:
    """Value less the exponentially weighted mean of those before it; NaN where there is none."""
    deviation = np.empty(y.size)
    level, count = 0.0, 0
    for i in range(y.size):
        deviation[i] = y[i] - level if count else nan
        if not isnan(y[i]):
            count += 1
            level += max(weight, 1.0 / count) * (y[i] - level)
    return deviation


@compiled
def hourly_deviations(t: FloatArray, y: FloatArray, weight: float, level: float) -> FloatArray:
    """Value less the exponentially weighted mean of those before it at the same hour of the day.

    An hour that had no value yet takes the mean of all, whose weight is `level`.
    """
    deviation = y - level_deviations(y, level)  # what the level was
    mean = np.full(HOURS, nan)
    for i in range(y.size):
        hour = int((t[i] % 1.0) * HOURS)
        before = deviation[i] if isnan(mean[hour]) else mean[hour]
        deviation[i] = y[i] - before
        if not isnan(y[i]):
            mean[hour] = y[i] if isnan(mean[hour]) else mean[hour] + weight * (y[i] - mean[hour])
    return deviation


@compiled
def prior_max(x: FloatArray, span: int) -> FloatArray:
    """Greatest of the `span` values before each one; NaN where there is none."""
    greatest = np.full(x.size, nan)
    queue = np.empty(x.size, np.int64)  # falling values that may yet be the greatest
    first = last = 0
    for i in range(x.size):
        if first < last and queue[first] < i - span:
            first += 1
        if first < last:
            greatest[i] = x[queue[first]]
        if isnan(x[i]):
            continue
        while first < last and x[queue[last - 1]] <= x[i]:
            last -= 1
        queue[last] = i
        last += 1
    return greatest
