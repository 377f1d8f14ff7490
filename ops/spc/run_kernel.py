"""Charts with memory, as loops over the points of one stream after the other.

A value that is not a number leaves a sum and a weighted average as they are, ends a moving average,
and has no statistic.
"""

from math import isnan, nan

import numpy as np

from ops.compiled import compiled
from ops.values import BoolArray, FloatArray, IntArray


@compiled
def ewma_runs(
    value: FloatArray,
    center: FloatArray,
    variance: FloatArray,
    begins: BoolArray,
    lambda_: float,
    level: float,
    grown: float,
) -> tuple[FloatArray, FloatArray]:
    """EWMA of each point and its variance, started at the centre where a segment begins.

    Where the first point begins no segment it goes on from `level` and its variance `grown`.
    """
    statistic, spread = np.empty(value.size), np.empty(value.size)
    for i in range(value.size):
        if begins[i]:
            level, grown = center[i], 0.0
        if isnan(value[i]) or isnan(variance[i]):
            statistic[i] = spread[i] = nan
            continue
        level += lambda_ * (value[i] - level)
        grown = (1.0 - lambda_) ** 2 * grown + lambda_**2 * variance[i]
        statistic[i], spread[i] = level, grown
    return statistic, spread


@compiled
def cusum_runs(
    z: FloatArray, begins: BoolArray, k: float, headstart: float, h: float, up: float, down: float
) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Both sums of each point, and the points since each was last 0; after `h` both start anew.

    Where the first point begins no segment the sums go on from `up` and `down`.
    """
    upper, lower = np.empty(z.size), np.empty(z.size)
    since_upper, since_lower = np.empty(z.size, np.int64), np.empty(z.size, np.int64)
    above = below = 0
    for i in range(z.size):
        if begins[i] or up > h or down > h:
            up = down = headstart
            above = below = 0
        if isnan(z[i]):
            upper[i] = lower[i] = nan
        else:
            up, down = max(0.0, up + z[i] - k), max(0.0, down - z[i] - k)
            above = above + 1 if up > 0.0 else 0
            below = below + 1 if down > 0.0 else 0
            upper[i], lower[i] = up, down
        since_upper[i], since_lower[i] = above, below
    return upper, lower, since_upper, since_lower


@compiled
def moving_means(
    value: FloatArray, variance: FloatArray, begins: BoolArray, span: int
) -> tuple[FloatArray, FloatArray]:
    """Mean of the last `span` values of the segment (fewer at its begin), and its variance."""
    mean, spread = np.empty(value.size), np.empty(value.size)
    first = 0
    for i in range(value.size):
        if begins[i]:
            first = i
        total, error, count, j = 0.0, 0.0, 0, i
        while j >= first and count < span and not isnan(value[j]):
            total += value[j]
            error += variance[j]
            count += 1
            j -= 1
        mean[i] = total / count if count else nan
        spread[i] = error / count**2 if count else nan
    return mean, spread
