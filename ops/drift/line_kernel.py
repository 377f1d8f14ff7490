"""Optimal partitioning into straight lines, with inequality pruning, in machine code.

The cost of a segment is the residual sum of squares about its own line, over the index. Splitting
never costs more: a beginning dearer than the optimum at t is never better from ``t + least`` on.

References
----------
Killick, Fearnhead and Eckley (2012), J. American Statistical Association 107, 1590-1598 (PELT);
Bai and Perron (1998), Econometrica 66, 47-78 (breaks of a regression).
"""

from math import inf

import numpy as np

from ops.compiled import compiled, overwrite
from ops.values import FloatArray, IntArray

S, Y, YY, X, XY, COST, UNTIL = range(7)  # rows of the open beginnings; sums about (S, Y)


@compiled
def _add(open_: FloatArray, i: int, t: int, y: float) -> float:
    """Add value t - 1 to a beginning; return its residual sum of squares (moments are running)."""
    n = t - open_[S, i]
    x = n - 1.0
    dx = x - open_[X, i]
    dy = y - open_[Y, i]
    share = (n - 1.0) / n
    open_[X, i] += dx / n
    open_[Y, i] += dy / n
    open_[YY, i] += share * dy * dy
    open_[XY, i] += share * dx * dy
    if n < 2.0:
        return 0.0
    xx = n * (n * n - 1.0) / 12.0
    squares: float = open_[YY, i] - open_[XY, i] * open_[XY, i] / xx
    return max(squares, 0.0)


@compiled
def _drop(open_: FloatArray, total: FloatArray, k: int, most: float, t: int, least: int) -> int:
    """Drop beginnings whose time has come; for those dearer than `most` it is ``t + least``."""
    kept = 0
    for i in range(k):
        if total[i] > most:
            open_[UNTIL, i] = min(open_[UNTIL, i], float(t + least))
        if open_[UNTIL, i] > t + 1:
            if kept < i:
                overwrite(open_[:, kept], open_[:, i])
            kept += 1
    return kept


@compiled
def partition_lines(y: FloatArray, penalty: float, least: int) -> tuple[FloatArray, IntArray]:
    """Partition at the least sum of squares plus `penalty` for each segment after the first.

    Parameters
    ----------
    y : shape (n,)
        Finite, centred.
    least
        Least length of a segment, 2 or more.

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
    open_ = np.zeros((7, n + 1))
    total = np.zeros(n + 1)
    k = 0
    for t in range(1, n + 1):
        if cost[t - 1] < inf:
            open_[:, k] = 0.0
            open_[S, k], open_[COST, k], open_[UNTIL, k] = t - 1.0, cost[t - 1], inf
            k += 1
        for i in range(k):
            total[i] = open_[COST, i] + penalty + _add(open_, i, t, y[t - 1])
            if t - open_[S, i] >= least and total[i] < cost[t]:
                cost[t] = total[i]
                begun[t] = np.int64(open_[S, i])
        k = _drop(open_, total, k, cost[t] + penalty, t, least)
    return cost, begun
