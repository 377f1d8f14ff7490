"""Optimal partitioning by functional pruning: squared loss, bounded or not, in machine code.

With `F(t)` the least penalised cost of the first `t` values, a segment that began at `s` or before
costs, as a function of its level `u`::

    H_j(u) = min(H_{j-1}(u) + loss(y_j - u), F(j) + penalty)
    F(t)   = min over u of  H_{t-m}(u) + sum of loss(y_i - u), i = t-m+1 .. t

so that the least length `m` of a segment costs no exactness: only `H` is pruned, and always by a
constant. `H` is kept as pieces ``v + a (u - c)^2`` between sorted levels; this form is updated like
a running mean, and loses no digits to large offsets.

References
----------
Maidstone, Hocking, Rigaill and Fearnhead (2017), Statistics and Computing 27, 519-533 (FPOP);
Fearnhead and Rigaill (2019), J. American Statistical Association 114, 169-183 (bounded loss).
"""

from math import inf, sqrt

import numpy as np

from ops.compiled import compiled, overwrite_rows
from ops.values import FloatArray, IntArray

LO, A, C, V, START = range(5)  # rows of the pieces: left end, curvature, centre, least, start


@compiled
def _absorb(p: FloatArray, k: int, y: float) -> int:
    """Add ``(y - u)^2`` to every piece; return the one with the least value."""
    best = 0
    for i in range(k):
        a = p[A, i] + 1.0
        away = y - p[C, i]
        step = away / a
        p[C, i] += step
        p[V, i] += away * (away - step)
        p[A, i] = a
        if p[V, i] < p[V, best]:
            best = i
    return best


@compiled
def _absorb_bounded(p: FloatArray, k: int, y: float, bound: float, to: FloatArray) -> int:
    """Add ``min((y - u)^2, bound^2)`` to every piece; those that straddle its ends are cut."""
    ends = (-inf, y - bound, y + bound, inf)
    found = 0
    part = 0
    for i in range(k):
        lo = p[LO, i]
        hi = p[LO, i + 1]
        while part < 2 and ends[part + 1] <= lo:
            part += 1
        while True:
            for row in range(1, 5):
                to[row, found] = p[row, i]
            to[LO, found] = lo
            if part == 1:
                a = p[A, i] + 1.0
                away = y - p[C, i]
                to[C, found] += away / a
                to[V, found] += away * (away - away / a)
                to[A, found] = a
            else:
                to[V, found] += bound * bound
            found += 1
            if part == 2 or ends[part + 1] >= hi:
                break
            part += 1
            lo = ends[part]
    to[LO, found] = p[LO, k]
    return found


@compiled
def _put(p: FloatArray, k: int, lo: float, level: float, start: float) -> int:
    """Append a constant piece, or lengthen the last one where that is the same."""
    if k > 0 and p[START, k - 1] == start and p[A, k - 1] == 0.0:
        return k
    p[LO, k], p[A, k], p[C, k], p[V, k], p[START, k] = lo, 0.0, 0.0, level, start
    return k + 1


@compiled
def _lower(p: FloatArray, k: int, level: float, start: float, to: FloatArray) -> int:
    """Take the minimum of the pieces and of a constant that begins a segment at `start`."""
    found = 0
    for i in range(k):
        lo = p[LO, i]
        hi = p[LO, i + 1]
        room = level - p[V, i]
        if room <= 0.0:
            found = _put(to, found, lo, level, start)
            continue
        left, right, a = lo, hi, p[A, i]
        if a * max((lo - p[C, i]) ** 2, (hi - p[C, i]) ** 2) > room:
            half = sqrt(room / a)
            left, right = max(lo, p[C, i] - half), min(hi, p[C, i] + half)
        if not left < right:
            found = _put(to, found, lo, level, start)
            continue
        if left > lo:
            found = _put(to, found, lo, level, start)
        to[LO, found], to[A, found], to[C, found] = left, a, p[C, i]
        to[V, found], to[START, found] = p[V, i], p[START, i]
        found += 1
        if right < hi:
            found = _put(to, found, right, level, start)
    to[LO, found] = p[LO, k]
    return found


@compiled
def _least(p: FloatArray, k: int, a: float, c: float, v: float) -> tuple[float, int, float]:
    """Least value of the pieces plus ``v + a (u - c)^2``: it, its piece and its level."""
    best = inf
    piece = 0
    for i in range(k):
        away = c - p[C, i]
        value = p[V, i] + v + a * p[A, i] / (a + p[A, i]) * away * away
        if value < best:
            best = value
            piece = i
    total = a + p[A, piece]
    return best, piece, (a * c + p[A, piece] * p[C, piece]) / total


@compiled
def _least_bounded(
    p: FloatArray, k: int, window: FloatArray, bound: float
) -> tuple[float, int, float]:
    """Least value of the pieces plus the bounded losses of a window: it, its piece and level."""
    m = window.size
    ends = np.sort(np.concatenate((window - bound, window + bound)))
    best, piece, level = inf, 0, 0.0
    end = 0
    for i in range(k):
        lo = p[LO, i]
        while end < 2 * m and ends[end] <= lo:
            end += 1
        at = end
        while lo < p[LO, i + 1]:
            hi = min(p[LO, i + 1], ends[at]) if at < 2 * m else p[LO, i + 1]
            a, c, v = p[A, i], p[C, i], p[V, i]
            middle = 0.5 * (lo + hi)
            for y in window:
                if abs(y - middle) < bound:
                    a += 1.0
                    away = y - c
                    c += away / a
                    v += away * (away - away / a)
                else:
                    v += bound * bound
            u = min(max(c, lo), hi) if a > 0.0 else middle
            value = v + a * (u - c) * (u - c)
            if value < best:
                best, piece, level = value, i, u
            lo = hi
            at += 1
    return best, piece, level


@compiled
def _sums(y: FloatArray) -> FloatArray:
    return np.concatenate((np.zeros(1), np.cumsum(y)))


@compiled
def _window(s1: FloatArray, s2: FloatArray, j: int, t: int) -> tuple[float, float]:
    """Mean and squares about it of values j to t - 1, from running sums."""
    mean = (s1[t] - s1[j]) / (t - j)
    return mean, 0.0 if t == j + 1 else max(s2[t] - s2[j] - (t - j) * mean * mean, 0.0)


@compiled
def _wider(p: FloatArray, k: int) -> FloatArray:
    found = np.zeros((5, 12 * k + 24))
    overwrite_rows(found[:, : k + 1], p[:, : k + 1])
    return found


@compiled
def partition(
    y: FloatArray, penalty: float, least: int, bound: float
) -> tuple[FloatArray, IntArray, FloatArray]:
    """Partition at the least sum of losses plus `penalty` for each segment after the first.

    Parameters
    ----------
    y : shape (n,)
        Finite, centred; n >= `least`.
    least
        Least length of a segment, 1 or more.
    bound
        Distance from which the loss grows no more; infinite for the squared loss.

    Returns
    -------
    cost : shape (n + 1,)
        `cost[t]` of the first `t` values; infinite where they are fewer than `least`.
    start : shape (n + 1,)
        Where the last segment of the first `t` values begins.
    level : shape (n + 1,)
        Level of that segment.
    """
    n = y.size
    cost, level = np.full(n + 1, inf), np.zeros(n + 1)
    cost[0] = -penalty
    begun = np.zeros(n + 1, dtype=np.int64)
    s1, s2 = _sums(y), _sums(y * y)
    p, spare = np.zeros((5, 64)), np.zeros((5, 64))
    p[LO, 0], p[LO, 1] = y.min() - 1.0, y.max() + 1.0
    k, squared = 1, bound == inf
    single = squared and least == 1  # then the optimum is that of the pieces, once t is in
    for t in range(least, n + 1):
        j = t - least
        if single:
            at = _absorb(p, k, y[j])
            cost[t], level[t] = p[V, at], p[C, at]
        elif squared:
            mean, left = _window(s1, s2, j, t)
            cost[t], at, level[t] = _least(p, k, float(least), mean, left)
        else:
            cost[t], at, level[t] = _least_bounded(p, k, y[j:t], bound)
        begun[t] = np.int64(p[START, at])
        if 6 * k + 12 > p.shape[1]:
            p, spare = _wider(p, k), _wider(p, k)
        if squared and not single:
            _absorb(p, k, y[j])
        elif not squared:
            k = _absorb_bounded(p, k, y[j], bound, spare)
            p, spare = spare, p
        if j + 1 >= least:
            k = _lower(p, k, cost[j + 1] + penalty, float(j + 1), spare)
            p, spare = spare, p
    return cost, begun, level
