"""Signed roots of the ratio of two groups' B-lives, in machine code.

With the B-lives of two groups held at a ratio, the B-life of the second is sought between those
at which either group is best, each likelihood being held there.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 8.4 and chapter 17.
"""

from math import inf, isfinite, nan, sqrt

import numpy as np

from ops.compiled import compiled, overwrite_rows
from ops.lifetime.bounds.profile_kernel import hold
from ops.lifetime.climb_kernel import VALUE, P
from ops.lifetime.comparison.groups_kernel import apart, lay, together
from ops.lifetime.rows_kernel import FACTS, verdict
from ops.values import FloatArray, IntArray

ACCURATE = 1e-9  # of the score at a held ratio, in units of the root of the information


@compiled
def _score(
    standard: int, rows: FloatArray, ends: IntArray, q: float, held: tuple[float, float],
    at: FloatArray, sums: FloatArray,
) -> float:  # fmt: skip
    """Slope, by the second group's B-life, of the likelihood with the ratio held."""
    z, delta = held
    hold(standard, rows[0], ends[0], q + delta, z, at[0], sums[0])
    hold(standard, rows[1], ends[1], q, z, at[1], sums[1])
    return float(-sums[0, P] / at[0, 1] - sums[1, P] / at[1, 1])


@compiled
def _held_ratio(
    standard: int, rows: FloatArray, ends: IntArray, held: tuple[float, float], at: FloatArray,
    sums: FloatArray,
) -> float:  # fmt: skip
    """Highest log-likelihood with the ratio held; `at` moves from the maxima there."""
    z, delta = held
    a, b = at[0, 0] + z * at[0, 1] - delta, at[1, 0] + z * at[1, 1]
    unit = 1.0 / at[0, 1] + 1.0 / at[1, 1]
    fa = _score(standard, rows, ends, a, held, at, sums)
    fb = _score(standard, rows, ends, b, held, at, sums)
    stuck = 0
    for _ in range(100):
        if fa == fb or (fa > 0.0) == (fb > 0.0):
            break
        x = (a * fb - b * fa) / (fb - fa)
        fx = _score(standard, rows, ends, x, held, at, sums)
        if abs(fx) <= ACCURATE * unit or abs(b - a) <= 1e-13 * (abs(a) + abs(b)):
            break
        if (fx > 0.0) == (fb > 0.0):
            b, fb = x, fx
            fa = 0.5 * fa if stuck == 1 else fa
            stuck = 1
        else:
            a, fa = x, fx
            fb = 0.5 * fb if stuck == -1 else fb
            stuck = -1
    return float(sums[0, VALUE] + sums[1, VALUE])


@compiled
def ratio_roots(
    standard: int, tests: FloatArray, start: FloatArray, z: float, delta: float, out: FloatArray
) -> None:
    """Signed root of the likelihood ratio of the log ratio of two B-lives, shapes apart.

    Parameters
    ----------
    tests : shape (b, 2, 5, m)
        As of `ops.lifetime.comparison.groups_kernel.heights`.
    start : shape (2, 2)
        (mu, sigma) of both: where the climbs begin.
    z
        Standard quantile of the share.
    delta
        Log ratio that is held: first group over second.
    out : shape (b, 6)
        Filled with the estimate, the signed root (positive where `delta` is below the estimate),
        and (mu, sigma) of both at the held ratio; NaN without a maximum.
    """
    m = tests.shape[3]
    rows, ends = np.empty((2, 3, 2 * m)), np.empty((2, 5), dtype=np.int64)
    facts, sums, at = np.empty((2, FACTS)), np.empty((2, 7)), np.empty((2, 2))
    for b in range(tests.shape[0]):
        out[b, :] = nan
        lay(tests[b], rows, ends, facts, sums)
        overwrite_rows(at, start)
        best = apart(standard, rows, ends, facts, at, sums)
        if not isfinite(best):
            continue
        found = at[0, 0] + z * at[0, 1] - at[1, 0] - z * at[1, 1]
        low = _held_ratio(standard, rows, ends, (z, delta), at, sums)
        root = sqrt(2.0 * max(best - low, 0.0))
        out[b, 0], out[b, 1] = found, root if found > delta else -root
        out[b, 2], out[b, 3] = at[0, 0], at[0, 1]
        out[b, 4], out[b, 5] = at[1, 0], at[1, 1]


@compiled
def _merged(test: FloatArray, delta: float, to: FloatArray) -> None:
    """Join the first group, moved by -delta, with the second; take the others as they are."""
    m = test.shape[2]
    to[:, 2] = 0.0
    overwrite_rows(to[0, :, :m], test[0])
    for column in (0, 1, 3, 4):
        to[0, column, :m] -= delta
    overwrite_rows(to[0, :, m:], test[1])
    for g in range(2, test.shape[0]):
        overwrite_rows(to[g - 1, :, :m], test[g])


@compiled
def shared_roots(
    standard: int, tests: FloatArray, start: FloatArray, delta: float, out: FloatArray
) -> None:
    """As `ratio_roots` with one sigma for all groups: the ratio is that of the first two.

    Parameters
    ----------
    tests : shape (b, G, 5, m)
    start : shape (G, 2)
    out : shape (b, 2 + G + 1)
        Estimate (infinite where one of both has no failure), signed root, mu of each group at the
        held ratio (NaN where it has none), sigma.
    """
    count, m = tests.shape[1], tests.shape[3]
    rows, ends = np.empty((count, 3, 4 * m)), np.empty((count, 5), dtype=np.int64)
    facts, sums, at = np.empty((count, FACTS)), np.empty((count, 7)), np.empty((count, 2))
    moved, on = np.empty((count - 1, 5, 2 * m)), np.empty(count, dtype=np.bool_)
    for b in range(tests.shape[0]):
        out[b, :] = nan
        lay(tests[b], rows, ends, facts, sums)
        for g in range(count):
            on[g] = verdict(facts[g], True) == 0
        if not (on[0] or on[1]):
            continue
        overwrite_rows(at, start)
        best = together(standard, rows, ends, on, at, sums)
        if not isfinite(best):
            continue
        found = at[0, 0] - at[1, 0] if on[0] and on[1] else (inf if on[1] else -inf)
        _merged(tests[b], delta, moved)
        lay(moved, rows, ends, facts, sums)
        sigma = at[1, 1] if on[1] else at[0, 1]
        joined = at[1, 0] if on[1] else at[0, 0] - delta
        for g in range(2, count):
            at[g - 1, 0], on[g - 1] = at[g, 0], on[g]
        at[0, 0], on[0], at[:, 1] = joined, True, sigma
        low = together(standard, rows, ends, on[:-1], at[:-1], sums[:-1])
        root = sqrt(2.0 * max(best - low, 0.0))
        out[b, 0], out[b, 1] = found, root if found > delta else -root
        out[b, 2], out[b, 3], out[b, 2 + count] = at[0, 0] + delta, at[0, 0], at[0, 1]
        for g in range(1, count - 1):
            out[b, 3 + g] = at[g, 0] if on[g] else nan
