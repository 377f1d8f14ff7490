"""Damped Newton climb of a location-scale regression, in machine code.

At `at` = (coefficients, sigma of each group) the slopes and curvatures are those by the
coefficients and by dk = -d log sigma. With one sigma the step is taken in (coefficients / sigma,
1 / sigma), where the likelihood of censored rows is concave; with several it is taken in
(coefficients, 1 / sigma), where it need not be; a ridge keeps it uphill.
"""

from math import inf, isfinite, log, nan, sqrt

import numpy as np

from ops.compiled import compiled, overwrite, overwrite_rows
from ops.lifetime.climb_kernel import AT_REST, MOST_STEPS
from ops.lifetime.kernel import EXACT, INTERVAL, Cell, interval_terms, point_terms
from ops.lifetime.rows_kernel import NOTHING, Columns, place, row_of, window_of
from ops.values import FloatArray, IntArray

Layout = tuple[IntArray, IntArray, FloatArray]  # kind, row of the design, (position, width, weight)
Plan = tuple[FloatArray, IntArray]  # design (n, p), scale group (n,)


@compiled
def lay_flat(columns: Columns, log_line: bool) -> Layout:
    """Rows in the order they stand, each window (negative weight) after its row."""
    n = columns[0].size
    most = 2 * n if columns[3].size > 0 else n
    kinds, source = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    rows = np.empty((3, most))
    origin = 1.0 if log_line else 0.0
    m = 0
    for i in range(n):
        low, high, weight, kind = row_of(columns, i)
        if kind == NOTHING:
            continue
        kinds[m], source[m], rows[2, m] = kind, i, weight
        rows[0, m], rows[1, m] = place(log_line, origin, kind, low, high)
        m += 1
        window = window_of(columns, i)
        if window != NOTHING:
            low, high = columns[3][i], columns[4][i]
            kinds[m], source[m], rows[2, m] = window, i, -weight
            rows[0, m], rows[1, m] = place(log_line, origin, window, low, high)
            m += 1
    return kinds[:m].copy(), source[:m].copy(), rows[:, :m].copy()


@compiled
def _terms(standard: int, kind: int, z: float, d: float, log_sigma: float) -> Cell:
    if kind == INTERVAL:
        return interval_terms(standard, z, d)
    v, g, h = point_terms(standard, kind, z)
    if kind == EXACT:
        return v - log_sigma, g, z * g + 1.0, h, z * h, z * z * h - 1.0
    return v, g, z * g, h, z * h, z * z * h


@compiled
def add_rows(
    standard: int,
    layout: Layout,
    plan: Plan,
    concave: bool,
    at: FloatArray,
    slope: FloatArray,
    curve: FloatArray,
) -> float:
    """Log-likelihood on the line at `at`; fills `slope` (m,) and `curve` (m, m)."""
    kinds, source, rows = layout
    design, group = plan
    p = design.shape[1]
    slope[:] = 0.0
    curve[:, :] = 0.0
    value = 0.0
    for r in range(kinds.size):
        x = design[source[r]]
        s = p + group[source[r]]
        sigma, eta = at[s], 0.0
        for j in range(p):
            eta += x[j] * at[j]
        z, d = (rows[0, r] - eta) / sigma, rows[1, r] / sigma
        v, g, q, h, pq, qq = _terms(standard, kinds[r], z, d, log(sigma))
        w, per = rows[2, r], rows[2, r] / sigma
        value += w * v
        slope[s] += w * q
        curve[s, s] += w * qq
        mixed = pq if concave else pq + g
        for j in range(p):
            slope[j] -= per * g * x[j]
            curve[s, j] -= per * mixed * x[j]
            for k in range(j + 1):
                curve[j, k] += per / sigma * h * x[j] * x[k]
    return value


@compiled
def _factor(curve: FloatArray, free: int, ridge: float, root: FloatArray) -> bool:
    """Cholesky root of the negated curvature with a ridge; False if it is not positive definite."""
    for j in range(free):
        for k in range(j + 1):
            total = -curve[j, k]
            if j == k:
                total += ridge * (abs(total) + 1e-300)
            full = abs(total)
            for i in range(k):
                total -= root[j, i] * root[k, i]
            if j > k:
                root[j, k] = total / root[k, k]
            elif total > 1e-13 * full:
                root[j, j] = sqrt(total)
            else:
                return False
    return True


@compiled
def _newton(
    slope: FloatArray, curve: FloatArray, free: int, root: FloatArray, step: FloatArray
) -> float:
    """Fill `step`; return twice the gain it promises, NaN where no way leads up."""
    ridge = 0.0
    while not _factor(curve, free, ridge, root):
        ridge = max(10.0 * ridge, 1e-6)
        if ridge > 1e12:
            return nan
    step[:] = 0.0
    for j in range(free):
        total = slope[j]
        for i in range(j):
            total -= root[j, i] * step[i]
        step[j] = total / root[j, j]
    for j in range(free - 1, -1, -1):
        total = step[j]
        for i in range(j + 1, free):
            total -= root[i, j] * step[i]
        step[j] = total / root[j, j]
    return float(np.dot(slope[:free], step[:free]))


@compiled
def _reach(step: FloatArray, p: int) -> float:
    """Share of the step that keeps every sigma within a fifth to ten of itself."""
    share = 1.0
    for s in range(p, step.size):
        if step[s] < -0.8:
            share = min(share, -0.8 / step[s])
        if step[s] > 9.0:
            share = min(share, 9.0 / step[s])
    return share


@compiled
def _go(at: FloatArray, step: FloatArray, share: float, p: int, concave: bool) -> FloatArray:
    to = at.copy()
    for s in range(p, at.size):
        to[s] = at[s] / (1.0 + share * step[s])
    stretch = 1.0 + share * step[p] if concave else 1.0
    for j in range(p):
        to[j] = at[j] + share * step[j] / stretch
    return to


@compiled
def climb_plane(
    standard: int, layout: Layout, plan: Plan, known: bool, at: FloatArray
) -> tuple[int, float, FloatArray, FloatArray]:
    """Climb from `at`, in place, to the maximum.

    Returns
    -------
    steps, value, slope, curve
        Steps are -1 where the climb found no rest.
    """
    m, p = at.size, plan[0].shape[1]
    concave, free = m == p + 1, p if known else m
    slope, curve = np.empty(m), np.empty((m, m))
    near, bend = np.empty(m), np.empty((m, m))
    root, step = np.zeros((m, m)), np.zeros(m)
    value = add_rows(standard, layout, plan, concave, at, slope, curve)
    for steps in range(MOST_STEPS):
        promised = _newton(slope, curve, free, root, step)
        if not (isfinite(promised + value) and np.min(at[p:]) > 1e-250 and np.max(at[p:]) < 1e250):
            return -1, value, slope, curve
        share = _reach(step, p)
        whole = share == 1.0
        found = -inf
        for _ in range(60):
            to = _go(at, step, share, p, concave)
            found = add_rows(standard, layout, plan, concave, to, near, bend)
            if found >= value - 1e-13 * (1.0 + abs(value)) and isfinite(np.sum(bend)):
                break
            share *= 0.5
            whole = False
        else:
            return steps if promised < 1e-8 else -1, value, slope, curve
        overwrite(at, to)
        overwrite(slope, near)
        overwrite_rows(curve, bend)
        value = found
        if whole and promised <= AT_REST:
            add_rows(standard, layout, plan, False, at, slope, curve)
            return steps + 1, value, slope, curve
    return -1, value, slope, curve
