"""Steps under first-order autoregressive noise: the exact optimum, in machine code.

With ``z_t = y_t - phi y_{t-1}`` the least cost of the first t values, given the level u now, is::

    Q_t(u) = min( Q_{t-1}(u) + (z_t - (1 - phi) u)^2,
                  min over w of Q_{t-1}(w) + (z_t + phi w - u)^2 + penalty )

The noise goes on across a step: the level before it, w, is in the residual of the first value
after it. `Q` is the lower envelope of parabolas, each one history of steps; the inner minimum of a
parabola is a parabola. With a least length m of a segment, those of a step wait m - 1 values.

References
----------
Romano, Rigaill, Runge and Fearnhead (2022), J. American Statistical Association 117, 2147-2162
(their recursion without the random walk).
"""

from math import sqrt

import numpy as np

from ops.compiled import compiled, overwrite_rows
from ops.values import FloatArray, IntArray

LO, A, C, V, NODE = range(5)  # rows of the pieces: left end, curvature, centre, least, history
WIDE = 2.0  # ranges of the data that a level may lie outside of it; the best ones lie within one


@compiled
def _absorb(p: FloatArray, k: int, a: float, c: float, v: float) -> None:
    """Add ``v + a (u - c)^2`` to every piece."""
    for i in range(k):
        total = a + p[A, i]
        away = c - p[C, i]
        p[V, i] += v + a * p[A, i] / total * away * away
        p[C, i] += a / total * away
        p[A, i] = total


@compiled
def _cuts(
    a: float, c: float, v: float, at: tuple[float, float, float], lo: float, hi: float
) -> tuple[float, float]:
    """Where two parabolas cross between lo and hi, ends where they do not; about c for digits."""
    curve = a - at[0]
    away = at[1] - c
    middle = -at[0] * away  # curve x^2 - 2 middle x + rest, x = u - c
    rest = v - at[2] - at[0] * away * away
    if abs(curve) < 1e-14 * (a + at[0]):
        slope = 2.0 * at[0] * away
        cut = c - rest / slope if slope != 0.0 else hi
        cut = min(max(cut, lo), hi)
        return cut, hi
    below = middle * middle - curve * rest
    if below <= 0.0:
        return lo, hi
    root = sqrt(below)
    far = middle + root if middle >= 0.0 else middle - root  # no digits are lost in this one
    one, two = far / curve, rest / far if far != 0.0 else 0.0
    first, last = c + min(one, two), c + max(one, two)
    return min(max(first, lo), hi), min(max(last, lo), hi)


@compiled
def _lower(
    p: FloatArray, k: int, curve: tuple[float, float, float], node: float, to: FloatArray
) -> int:
    """Take the minimum of the pieces and of one more parabola."""
    found = 0
    a, c, v = curve
    for i in range(k):
        lo, hi = p[LO, i], p[LO, i + 1]
        first, last = _cuts(p[A, i], p[C, i], p[V, i], curve, lo, hi)
        ends = (lo, first, last, hi)
        for part in range(3):
            left, right = ends[part], ends[part + 1]
            if not left < right:
                continue
            u = 0.5 * (left + right)
            mine = v + a * (u - c) * (u - c)
            is_new = mine < p[V, i] + p[A, i] * (u - p[C, i]) * (u - p[C, i])
            whose = node if is_new else p[NODE, i]
            if found > 0 and to[NODE, found - 1] == whose:
                continue
            to[LO, found], to[NODE, found] = left, whose
            to[A, found] = a if is_new else p[A, i]
            to[C, found] = c if is_new else p[C, i]
            to[V, found] = v if is_new else p[V, i]
            found += 1
    to[LO, found] = p[LO, k]
    return found


@compiled
def _dips(p: FloatArray, k: int, curve: tuple[float, float, float]) -> bool:
    """Whether a parabola is anywhere lower than the pieces; needs no root."""
    a, c, v = curve
    for i in range(k):
        lo, hi = p[LO, i], p[LO, i + 1]
        mine, theirs = hi - c, hi - p[C, i]
        if v + a * mine * mine < p[V, i] + p[A, i] * theirs * theirs:
            return True
        bend = a - p[A, i]
        if bend > 0.0:  # the difference has a least value: looked at where it is in the piece
            u = (a * c - p[A, i] * p[C, i]) / bend
            if lo < u < hi:
                mine, theirs = u - c, u - p[C, i]
                if v + a * mine * mine < p[V, i] + p[A, i] * theirs * theirs:
                    return True
    mine, theirs = p[LO, 0] - c, p[LO, 0] - p[C, 0]
    dips: bool = v + a * mine * mine < p[V, 0] + p[A, 0] * theirs * theirs
    return dips


@compiled
def _stepped(p: FloatArray, k: int, z: float, phi: float, penalty: float, to: FloatArray) -> int:
    """Parabolas after a step, one of each history: their a, c, v and history; count of them."""
    found = 0
    for i in range(k):
        known = False
        for j in range(found):
            known = known or to[NODE, j] == p[NODE, i]
        if known:
            continue
        a = p[A, i]
        to[A, found] = a / (a + phi * phi)  # least of a (w - c)^2 + (z + phi w - u)^2 over w
        to[C, found] = z + phi * p[C, i]
        to[V, found] = p[V, i] + penalty
        to[NODE, found] = p[NODE, i]
        found += 1
    return found


@compiled
def _wider(p: FloatArray, k: int) -> FloatArray:
    found = np.zeros((5, 4 * k + 64))
    overwrite_rows(found[:, : k + 1], p[:, : k + 1])
    return found


@compiled
def _take(
    p: FloatArray, spare: FloatArray, k: int, late: FloatArray, count: int, node: int
) -> tuple[FloatArray, FloatArray, int, int]:
    """Take waiting parabolas in, those that dip as nodes from `node` on; how many these were.

    Their histories move to the front of `late`.
    """
    taken = 0
    for i in range(count):
        curve = (late[A, i], late[C, i], late[V, i])
        if not _dips(p, k, curve):
            continue
        if 3 * k + 4 > spare.shape[1]:
            p, spare = _wider(p, k), _wider(p, k)
        k = _lower(p, k, curve, float(node + taken), spare)
        p, spare = spare, p
        late[NODE, taken] = late[NODE, i]
        taken += 1
    return p, spare, k, taken


@compiled
def _longer(nodes: IntArray, most: int) -> IntArray:
    """Room for at least `most` nodes, a row each: where the step is, and the node before."""
    if most <= nodes.shape[0]:
        return nodes
    found = np.zeros((2 * most, 2), dtype=np.int64)
    found[: nodes.shape[0]] = nodes
    return found


@compiled
def _steps(p: FloatArray, k: int, nodes: IntArray) -> tuple[float, IntArray]:
    """Least value of the pieces, and the steps of its history."""
    best = int(np.argmin(p[V, :k]))
    node = int(p[NODE, best])
    steps = [0]
    while node > 0:
        steps.append(nodes[node, 0])
        node = nodes[node, 1]
    return p[V, best], np.array(steps[:0:-1], dtype=np.int64)


@compiled
def _release(late: FloatArray, count: int, z: FloatArray, phi: float) -> None:
    """Add to waiting parabolas the values that came since."""
    for value in z:
        _absorb(late, count, (1.0 - phi) * (1.0 - phi), value / (1.0 - phi), 0.0)


@compiled
def partition_innovations(
    y: FloatArray, phi: float, penalty: float, least: int
) -> tuple[float, IntArray]:
    """Find the steps of least cost.

    Parameters
    ----------
    y : shape (n,)
        Finite, centred.
    phi
        Coefficient of the noise, in (-1, 1), not 0.
    least
        Least length of a segment.

    Returns
    -------
    cost
        Least sum of squared innovations, ``(1 - phi^2) (y_0 - u)^2`` for the first, plus penalties.
    steps : shape (changes,)
        Index of the first value after each step, increasing.
    """
    n = y.size
    z = y.copy()
    z[1:] -= phi * y[:-1]
    span = WIDE * (y.max() - y.min())
    p, spare = np.zeros((5, 64)), np.zeros((5, 64))
    p[LO, 0], p[LO, 1] = y.min() - span, y.max() + span
    p[A, 0], p[C, 0] = 1.0 - phi * phi, y[0]
    k = 1
    waiting = np.zeros((least, 5, 64))
    count = np.zeros(least, dtype=np.int64)
    nodes = np.zeros((256, 2), dtype=np.int64)
    made = 1
    for t in range(1, n):
        if k + 1 > waiting.shape[2]:
            grown = np.zeros((least, 5, 2 * k + 64))
            grown[:, :, : waiting.shape[2]] = waiting
            waiting = grown
        slot = t % least
        count[slot] = _stepped(p, k, z[t], phi, penalty, waiting[slot]) if t >= least else 0
        _release(p, k, z[t : t + 1], phi)
        begin = t - least + 1
        if begin < 1:
            continue
        late = waiting[begin % least]
        waits = count[begin % least]
        _release(late, waits, z[begin + 1 : t + 1], phi)
        p, spare, k, taken = _take(p, spare, k, late, waits, made)
        nodes = _longer(nodes, made + taken)
        for i in range(taken):
            nodes[made, 0], nodes[made, 1] = begin, np.int64(late[NODE, i])
            made += 1
    return _steps(p, k, nodes)
