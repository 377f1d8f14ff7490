"""Optimal partitioning by mean and variance, with inequality pruning, in machine code.

The cost of a segment is minus twice its normal log likelihood, constants left out: with `s2` the
mean square about its mean, at least `floor`, ``n (log s2 + squares / (n s2))``. Splitting never
costs more, so what is dear once stays dear: a beginning that costs more than the optimum at t is
never better from ``t + least`` on, where t itself can begin the last segment.

References
----------
Killick, Fearnhead and Eckley (2012), J. American Statistical Association 107, 1590-1598 (PELT).
"""

from math import inf, log

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray, IntArray


@compiled
def _cost(n: int, s1: float, s2: float, floor: float) -> float:
    squares = max(s2 - s1 * s1 / n, 0.0)
    variance = max(squares / n, floor)
    return n * log(variance) + squares / variance


@compiled
def partition_spread(
    y: FloatArray, penalty: float, least: int, floor: float
) -> tuple[FloatArray, IntArray]:
    """Partition at the least sum of costs plus `penalty` for each segment after the first.

    Parameters
    ----------
    y : shape (n,)
        Finite, centred.
    least
        Least length of a segment, 2 or more.
    floor
        Least variance of a segment, above 0.

    Returns
    -------
    cost : shape (n + 1,)
        Of the first t values; infinite where they are fewer than `least`.
    start : shape (n + 1,)
        Where the last segment of the first t values begins.
    """
    n = y.size
    cost = np.full(n + 1, inf)
    cost[0] = -penalty
    begun = np.zeros(n + 1, dtype=np.int64)
    s1 = np.concatenate((np.zeros(1), np.cumsum(y)))
    s2 = np.concatenate((np.zeros(1), np.cumsum(y * y)))
    open_ = np.zeros(n + 1, dtype=np.int64)
    until = np.full(n + 1, n + 1)  # from where a beginning is dropped
    total = np.zeros(n + 1)
    k = 0
    for t in range(least, n + 1):
        begin = t - least
        if cost[begin] < inf:
            open_[k] = begin
            k += 1
        for i in range(k):
            s = open_[i]
            total[i] = cost[s] + _cost(t - s, s1[t] - s1[s], s2[t] - s2[s], floor) + penalty
            if total[i] < cost[t]:
                cost[t] = total[i]
                begun[t] = s
        kept = 0
        for i in range(k):
            s = open_[i]
            if total[i] - penalty > cost[t]:
                until[s] = min(until[s], t + least)
            if until[s] > t + 1:
                open_[kept] = s
                kept += 1
        k = kept
    return cost, begun
