"""Groups of a life test fitted apart, with one spread, and as one, in machine code.

With one sigma for all groups the climb goes in (mu of each group / sigma, 1 / sigma), where the
log-likelihood is concave; its Hessian is an arrow, so that a step costs one pass over the groups.

References
----------
Burridge (1981), J. Royal Statistical Society B 43, 41-45 (concavity in these parameters);
Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 8.4 and chapter 17.
"""

from math import inf, isfinite, nan

import numpy as np

from ops.compiled import compiled, overwrite_rows
from ops.lifetime.bounds.profile_kernel import lay_line
from ops.lifetime.climb_kernel import AT_REST, EXACTS, PP, PQ, QQ, VALUE, P, Q, add_up, climb
from ops.lifetime.rows_kernel import FACTS, W_EXACT, verdict
from ops.values import BoolArray, FloatArray, IntArray

MOST_STEPS = 200
HALVINGS = 60
APART, COMMON, ONE = range(3)


@compiled
def lay(
    sample: FloatArray, rows: FloatArray, ends: IntArray, facts: FloatArray, sums: FloatArray
) -> None:
    """Lay out the groups of one test; shapes (G, 5, m), (G, 3, 2 m), (G, 5), (G, FACTS), (G, 7)."""
    for g in range(sample.shape[0]):
        lay_line(sample[g], rows[g], ends[g], facts[g])
        sums[g, EXACTS] = facts[g, W_EXACT]


@compiled
def _all(
    standard: int, rows: FloatArray, ends: IntArray, on: BoolArray, at: FloatArray, sums: FloatArray
) -> float:
    value = 0.0
    for g in range(on.size):
        if on[g]:
            add_up(standard, rows[g], ends[g], at[g], sums[g])
            value += sums[g, VALUE]
    return value


@compiled
def _arrow(on: BoolArray, sums: FloatArray, da: FloatArray) -> tuple[float, float]:
    """Newton step: `da` of each group, and dk of all; return dk and the gain promised, twice."""
    k, c = 0.0, 0.0
    for g in range(on.size):
        if on[g]:
            a = abs(sums[g, PP]) + 1e-300
            k += sums[g, Q] + sums[g, PQ] * sums[g, P] / a
            c -= sums[g, QQ] + sums[g, PQ] * sums[g, PQ] / a
    dk = k / c if c > 0.0 else k / (abs(c) + 1e-300)
    promised = k * dk
    for g in range(on.size):
        if on[g]:
            a = abs(sums[g, PP]) + 1e-300
            da[g] = (-sums[g, P] - sums[g, PQ] * dk) / a
            promised += sums[g, P] * sums[g, P] / a
    return dk, promised


@compiled
def _moved(
    on: BoolArray, at: FloatArray, da: FloatArray, dk: float, share: float, to: FloatArray
) -> None:
    for g in range(on.size):
        if on[g]:
            to[g, 1] = at[g, 1] / (1.0 + share * dk)
            to[g, 0] = at[g, 0] + to[g, 1] * share * da[g]


@compiled
def together(
    standard: int, rows: FloatArray, ends: IntArray, on: BoolArray, at: FloatArray, sums: FloatArray
) -> float:
    """Climb with one sigma for the groups that are `on`, in place; NaN if it finds no rest.

    Parameters
    ----------
    at : shape (G, 2)
        (mu, sigma) of each group, sigma being equal.
    sums : shape (G, 7)
        As of `climb`, with the weight of exact rows in the last place.
    """
    to, there, da = at.copy(), sums.copy(), np.zeros(on.size)
    value = _all(standard, rows, ends, on, at, sums)
    for _ in range(MOST_STEPS):
        dk, promised = _arrow(on, sums, da)
        if not (isfinite(promised) and isfinite(value)):
            return nan
        share = -0.8 / dk if dk < -0.8 else (9.0 / dk if dk > 9.0 else 1.0)
        least = value - 1e-13 * (1.0 + abs(value))
        found = -inf
        for _half in range(HALVINGS):
            _moved(on, at, da, dk, share, to)
            found = _all(standard, rows, ends, on, to, there)
            if found >= least:
                break
            share *= 0.5
        else:
            return value if promised < 1e-8 else nan
        overwrite_rows(at, to)
        overwrite_rows(sums, there)
        value = found
        if promised <= AT_REST and share == 1.0:
            return value
    return nan


@compiled
def apart(
    standard: int, rows: FloatArray, ends: IntArray, facts: FloatArray, at: FloatArray,
    sums: FloatArray,
) -> float:  # fmt: skip
    """Climb each group by itself, in place; NaN if one has no maximum."""
    value = 0.0
    for g in range(at.shape[0]):
        if verdict(facts[g], False) != 0:
            return nan
        if climb(standard, rows[g], ends[g], False, at[g], sums[g]) < 0:
            return nan
        value += sums[g, VALUE]
    return value


@compiled
def heights(standard: int, tests: FloatArray, start: FloatArray, out: FloatArray) -> None:
    """Log-likelihood of drawn tests: groups apart, with a common sigma, and as one.

    Parameters
    ----------
    tests : shape (b, G, 5, m)
        Lower, upper, weight, entry, exit of each group, on the line; weight 0: no row.
    start : shape (G, 2)
        (mu, sigma) of each group: where the climbs begin.
    out : shape (b, 3)
        Filled; NaN where a group has no maximum.
    """
    count, m = tests.shape[1], tests.shape[3]
    rows, ends = np.empty((count, 3, 2 * m)), np.empty((count, 5), dtype=np.int64)
    facts, sums, at = np.empty((count, FACTS)), np.empty((count, 7)), np.empty((count, 2))
    one, on = np.empty((1, 5, count * m)), np.ones(count, dtype=np.bool_)
    row1, end1 = np.empty((1, 3, 2 * count * m)), np.empty((1, 5), dtype=np.int64)
    fact1, sum1, at1 = np.empty((1, FACTS)), np.empty((1, 7)), np.empty((1, 2))
    for b in range(tests.shape[0]):
        lay(tests[b], rows, ends, facts, sums)
        overwrite_rows(at, start)
        out[b, APART] = apart(standard, rows, ends, facts, at, sums)
        overwrite_rows(at, start)
        out[b, COMMON] = together(standard, rows, ends, on, at, sums)
        for g in range(count):
            overwrite_rows(one[0, :, g * m : (g + 1) * m], tests[b, g])
        lay(one, row1, end1, fact1, sum1)
        at1[0, 0], at1[0, 1] = start[:, 0].mean(), start[0, 1]
        out[b, ONE] = apart(standard, row1, end1, fact1, at1, sum1)
