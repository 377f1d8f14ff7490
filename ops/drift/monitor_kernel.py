"""Statistics of sequential monitors that start anew after an alarm, and a simulation of them.

Each row of a result is (index, 1 up or -1 down, index since which) of one alarm. A value that is
not a number leaves everything as it is and has no statistic.
"""

from math import isnan, nan, sqrt

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray, IntArray


@compiled
def sum_runs(
    z: FloatArray, learns: bool, k: float, h: float, headstart: float
) -> tuple[FloatArray, IntArray]:
    """Both cumulated sums (2, n), of the deviation from 0 or, if it `learns`, the running mean."""
    statistic, alarms, found = np.full((2, z.size), nan), np.empty((z.size, 3), np.int64), 0
    up, down, mean, count, above, below = headstart, headstart, 0.0, 0, 0, 0
    for i in range(z.size):
        if isnan(z[i]):
            continue
        count += 1
        mean += (z[i] - mean) / count if learns else 0.0
        up, down = max(0.0, up + z[i] - mean - k), max(0.0, down - z[i] + mean - k)
        above, below = (above if up > 0.0 else i + 1), (below if down > 0.0 else i + 1)
        statistic[0, i], statistic[1, i] = up, down
        if up > h or down > h:
            alarms[found, 0], alarms[found, 1] = i, 1 if up > h else -1
            alarms[found, 2] = above if up > h else below
            found += 1
            up, down, mean, count, above, below = headstart, headstart, 0.0, 0, i + 1, i + 1
    return statistic, alarms[:found]


@compiled
def average_runs(
    z: FloatArray, lambda_: float, limit: FloatArray, fresh: bool, restart: bool
) -> tuple[FloatArray, IntArray]:
    """Average with weight `lambda_` over its limit, and its mirror image (2, n): alarms above 1.

    `limit` is that of the first, second ... value; its last one holds from there on, and after an
    alarm unless it is taken `fresh`.
    """
    statistic, alarms, found = np.full((2, z.size), nan), np.empty((z.size, 3), np.int64), 0
    level, count, above, below = 0.0, 0, 0, 0
    for i in range(z.size):
        if isnan(z[i]):
            continue
        level += lambda_ * (z[i] - level)
        scaled = level / limit[min(count, limit.size - 1)]
        count += 1
        above, below = (above if level > 0.0 else i + 1), (below if level < 0.0 else i + 1)
        statistic[0, i], statistic[1, i] = scaled, -scaled
        if abs(scaled) > 1.0:
            alarms[found, 0], alarms[found, 1] = i, 1 if scaled > 0.0 else -1
            alarms[found, 2] = above if scaled > 0.0 else below
            found += 1
            if restart:
                level, above, below = 0.0, i + 1, i + 1
                count = 0 if fresh else limit.size
    return statistic, alarms[:found]


@compiled
def quiet_series(noise: FloatArray, phi: float) -> FloatArray:
    """AR(1) of variance 1 about 0 from standard normal `noise`, stationary from its first value."""
    x = np.empty(noise.size)
    last = 0.0
    for i in range(noise.size):
        last = noise[i] if i == 0 else phi * last + sqrt(1.0 - phi * phi) * noise[i]
        x[i] = last
    return x
