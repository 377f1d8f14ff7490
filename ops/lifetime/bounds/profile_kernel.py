"""Likelihood held at a quantile, and its signed root for many samples, in machine code.

With mu + sigma z0 = y0 held, only kappa = 1 / sigma is free: z = (x - y0) kappa + z0. The
log-likelihood is concave along that line as it is over all (W has a log-concave density), and its
slope and curvature are those of the climb along (q - z0 p).

References
----------
Burridge (1981), J. Royal Statistical Society B 43, 41-45 (concavity in mu / sigma, 1 / sigma);
Barndorff-Nielsen and Cox (1994), Inference and Asymptotics (signed root).
"""

from math import inf, isfinite, isnan, nan, sqrt

import numpy as np

from ops.compiled import compiled, overwrite
from ops.lifetime.climb_kernel import (
    AT_REST,
    EXACTS,
    MOST_STEPS,
    PP,
    PQ,
    QQ,
    VALUE,
    P,
    Q,
    add_up,
    climb,
)
from ops.lifetime.kernel import EXACT, INTERVAL, LEFT, RIGHT
from ops.lifetime.rows_kernel import (
    CEILING,
    FACTS,
    FIRST,
    FLOOR,
    LAST,
    UNITS,
    W_CELL,
    W_EXACT,
    W_LEFT,
    W_RIGHT,
    WINDOWS,
    X_LEAST,
    X_LEFT,
    X_MOST,
    X_RIGHT,
    verdict,
)
from ops.values import FloatArray, IntArray

NOTHING = -1
FINITE = 400  # times that sigma is doubled to bring a likelihood out of minus infinity


@compiled
def _begin(
    standard: int,
    rows: FloatArray,
    ends: IntArray,
    y0: float,
    z0: float,
    at: FloatArray,
    sums: FloatArray,
) -> None:
    """Widen sigma until the likelihood is a number."""
    at[0] = y0 - at[1] * z0
    add_up(standard, rows, ends, at, sums)
    for _ in range(FINITE):
        if isfinite(sums[VALUE] + sums[QQ] + sums[PQ]):
            return
        at[1] *= 2.0
        at[0] = y0 - at[1] * z0
        add_up(standard, rows, ends, at, sums)


@compiled
def hold(
    standard: int,
    rows: FloatArray,
    ends: IntArray,
    y0: float,
    z0: float,
    at: FloatArray,
    sums: FloatArray,
) -> float:
    """Climb in sigma alone, mu + sigma z0 held at y0; return the log-likelihood there.

    Parameters
    ----------
    at : shape (2,)
        (mu, sigma); sigma is where it begins, both are where it ends.
    sums : shape (7,)
        As of `climb`; the weight of exact rows is in its last place.
    """
    there = np.empty(7)
    there[EXACTS] = sums[EXACTS]
    _begin(standard, rows, ends, y0, z0, at, sums)
    for _ in range(MOST_STEPS):
        slope = sums[Q] - z0 * sums[P]
        curvature = sums[QQ] - 2.0 * z0 * sums[PQ] + z0 * z0 * sums[PP]
        bent = abs(curvature) if curvature != 0.0 else 1.0
        promised = slope * slope / bent
        step = min(max(slope / bent, -0.8), 9.0)
        whole = step == slope / bent
        sigma = at[1]
        least = sums[VALUE] - 1e-13 * (1.0 + abs(sums[VALUE]))
        for _half in range(60):
            at[1] = sigma / (1.0 + step)
            at[0] = y0 - at[1] * z0
            add_up(standard, rows, ends, at, there)
            if there[VALUE] >= least:
                break
            step *= 0.5
            whole = False
        else:  # nothing better can be told apart: it was at the top
            at[1] = sigma
            at[0] = y0 - sigma * z0
            break
        overwrite(sums, there)
        if promised <= AT_REST and whole:
            break
    return float(sums[VALUE])


@compiled
def signed_root(above: float, best: float, held: float) -> float:
    """Return the signed root of twice a fall in log-likelihood, positive where held below."""
    size = sqrt(2.0 * max(best - held, 0.0))
    return size if above > 0.0 else -size


@compiled
def _kind(low: float, high: float) -> int:
    if low == high:
        return EXACT
    if high == inf:
        return RIGHT if low > -inf else NOTHING
    return LEFT if low == -inf else INTERVAL


@compiled
def _note(facts: FloatArray, kind: int, low: float, high: float, w: float) -> None:
    facts[UNITS] += w
    if kind == EXACT:
        facts[W_EXACT] += w
        facts[FIRST], facts[LAST] = min(facts[FIRST], low), max(facts[LAST], low)
    elif kind == RIGHT:
        facts[W_RIGHT] += w
        facts[X_RIGHT] += w * low
    elif kind == LEFT:
        facts[W_LEFT] += w
        facts[X_LEFT] += w * high
    else:
        facts[W_CELL] += w
    if kind in (RIGHT, INTERVAL):
        facts[FLOOR] = max(facts[FLOOR], low)
    if kind in (LEFT, INTERVAL):
        facts[CEILING] = min(facts[CEILING], high)
    facts[X_LEAST] = min(facts[X_LEAST], low if low > -inf else high)
    facts[X_MOST] = max(facts[X_MOST], high if high < inf else low)


@compiled
def _read(sample: FloatArray, i: int) -> tuple[float, float, int, int]:
    """Return ends and kind of a row, and the kind of its truncation."""
    low, high = sample[0, i], min(sample[1, i], sample[4, i])
    kind = _kind(low, high) if sample[2, i] > 0.0 else NOTHING
    window = _kind(sample[3, i], sample[4, i]) if kind != NOTHING else NOTHING
    return low, high, kind, window


@compiled
def _put(rows: FloatArray, free: IntArray, kind: int, low: float, high: float, w: float) -> None:
    at = free[kind]
    rows[0, at] = high if kind == LEFT else low
    rows[1, at] = high - low if kind == INTERVAL else 0.0
    rows[2, at] = w
    free[kind] += 1


@compiled
def _count(sample: FloatArray, ends: IntArray, facts: FloatArray) -> None:
    """Count the rows of each kind, and note what the existence test asks."""
    facts[:] = 0.0
    facts[FIRST], facts[CEILING], facts[X_LEAST] = inf, inf, inf
    facts[LAST], facts[FLOOR], facts[X_MOST] = -inf, -inf, -inf
    ends[:] = 0
    for i in range(sample.shape[1]):
        low, high, kind, window = _read(sample, i)
        if kind != NOTHING:
            ends[kind + 1] += 1
            _note(facts, kind, low, high, sample[2, i])
        if window != NOTHING:
            ends[window + 1] += 1
            facts[WINDOWS] += 1.0
    for kind in range(4):
        ends[kind + 1] += ends[kind]


@compiled
def lay_line(sample: FloatArray, rows: FloatArray, ends: IntArray, facts: FloatArray) -> None:
    """Lay out one drawn sample, whose times are on the line already, for the climb.

    Parameters
    ----------
    sample : shape (5, m)
        Lower, upper, weight, entry, exit.
    """
    _count(sample, ends, facts)
    free = ends[:4].copy()
    for i in range(sample.shape[1]):
        low, high, kind, window = _read(sample, i)
        if kind != NOTHING:
            _put(rows, free, kind, low, high, sample[2, i])
        if window != NOTHING:
            _put(rows, free, window, sample[3, i], sample[4, i], -sample[2, i])


@compiled
def refit(
    standard: int,
    tests: FloatArray,
    truth: tuple[float, float],
    y0: float,
    z0: float,
    out: FloatArray,
) -> None:
    """Fit drawn tests, and take the signed root of each at mu + sigma z0 = y0.

    Parameters
    ----------
    tests : shape (5, b, m)
        Lower, upper, weight, entry, exit, on the line.
    truth
        (mu, sigma) that they were drawn from: where the climb begins.
    z0
        NaN where no root is asked for.
    out : shape (b, 3)
        Filled with mu, sigma and the root; NaN where there is no maximum.
    """
    rows = np.empty((3, 2 * tests.shape[2]))
    ends, facts = np.empty(5, dtype=np.int64), np.empty(FACTS)
    at, sums = np.empty(2), np.empty(7)
    out[:] = nan
    for b in range(tests.shape[1]):
        lay_line(tests[:, b], rows, ends, facts)
        if verdict(facts, False) != 0:
            continue
        at[0], at[1] = truth
        sums[EXACTS] = facts[W_EXACT]
        if climb(standard, rows, ends, False, at, sums) < 0:
            continue
        out[b, 0], out[b, 1] = at
        if isnan(z0):
            continue
        best, above = sums[VALUE], at[0] + at[1] * z0 - y0
        out[b, 2] = signed_root(above, best, hold(standard, rows, ends, y0, z0, at, sums))
