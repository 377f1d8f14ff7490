"""Damped Newton climb of location-scale likelihoods, population by population, in machine code.

The climb goes in (mu / sigma, 1 / sigma), where the log-likelihood of censored rows is concave
(W has a log-concave density), so that it has one maximum and Newton with halving finds it. The
step is written about the present place: da shifts, dk stretches, ``sigma / (1 + dk)`` and
``mu + sigma da``; no difference of large numbers enters it.

References
----------
Burridge (1981), J. Royal Statistical Society B 43, 41-45 (concavity in these parameters).
"""

from math import isfinite, log, nan

import numpy as np

from ops.compiled import compiled, overwrite
from ops.lifetime.kernel import EXACT, INTERVAL, LEFT, RIGHT, interval_terms, point_terms
from ops.values import FloatArray, IntArray

VALUE, P, Q, PP, PQ, QQ, EXACTS = range(7)  # sums over the rows; EXACTS: weight of exact rows
MOST_STEPS = 200
ROUNDING = 1e-12  # of the sum over a million rows, as a share of it
AT_REST = 1e-12  # gain of log-likelihood that the step before the last promised


@compiled
def _add_points(
    standard: int, kind: int, rows: FloatArray, ends: IntArray, at: FloatArray, sums: FloatArray
) -> None:
    value, p, q, pp, pq, qq = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    mu, kappa = at[0], 1.0 / at[1]
    for i in range(ends[kind], ends[kind + 1]):
        z = (rows[0, i] - mu) * kappa
        w = rows[2, i]
        v, g, h = point_terms(standard, kind, z)
        g, h = w * g, w * h
        value += w * v
        p += g
        q += z * g
        pp += h
        pq += z * h
        qq += z * z * h
    sums[VALUE] += value
    sums[P] += p
    sums[Q] += q
    sums[PP] += pp
    sums[PQ] += pq
    sums[QQ] += qq


@compiled
def _add_intervals(
    standard: int, rows: FloatArray, ends: IntArray, at: FloatArray, sums: FloatArray
) -> None:
    mu, kappa = at[0], 1.0 / at[1]
    for i in range(ends[INTERVAL], ends[INTERVAL + 1]):
        z = (rows[0, i] - mu) * kappa
        w = rows[2, i]
        v, p, q, pp, pq, qq = interval_terms(standard, z, rows[1, i] * kappa)
        sums[VALUE] += w * v
        sums[P] += w * p
        sums[Q] += w * q
        sums[PP] += w * pp
        sums[PQ] += w * pq
        sums[QQ] += w * qq


@compiled
def add_up(
    standard: int, rows: FloatArray, ends: IntArray, at: FloatArray, sums: FloatArray
) -> None:
    """Sum the terms of all rows at `at` = (mu, sigma) into `sums`, shape (7,)."""
    exacts = sums[EXACTS]
    sums[:EXACTS] = 0.0
    for kind in (EXACT, RIGHT, LEFT):
        if ends[kind + 1] > ends[kind]:
            _add_points(standard, kind, rows, ends, at, sums)
    if ends[INTERVAL + 1] > ends[INTERVAL]:
        _add_intervals(standard, rows, ends, at, sums)
    sums[VALUE] -= exacts * log(at[1])
    sums[Q] += exacts
    sums[QQ] -= exacts


@compiled
def _step(sums: FloatArray, known: bool) -> tuple[float, float, float]:
    """Newton step (da, dk) and the gain it promises, twice; uphill where not concave."""
    a, b, c = -sums[PP], sums[PQ], -sums[QQ]
    g, k = -sums[P], sums[Q]
    if known:
        a = abs(a) if a != 0.0 else 1.0
        return g / a, 0.0, g * g / a
    a0, c0 = abs(a) + 1e-300, abs(c) + 1e-300
    ridge = 0.0
    while not (a > 0.0 and c > 0.0 and a * c - b * b > 1e-13 * a * c):
        ridge = max(10.0 * ridge, 1e-6)
        a, c = -sums[PP] + ridge * a0, -sums[QQ] + ridge * c0
        if ridge > 1e12:
            return 0.0, 0.0, nan
    det = a * c - b * b
    da, dk = (c * g - b * k) / det, (a * k - b * g) / det
    return da, dk, g * da + k * dk


@compiled
def _move(at: FloatArray, da: float, dk: float, share: float, to: FloatArray) -> None:
    to[1] = at[1] / (1.0 + share * dk)
    to[0] = at[0] + to[1] * share * da


@compiled
def climb(
    standard: int,
    rows: FloatArray,
    ends: IntArray,
    known: bool,
    at: FloatArray,
    sums: FloatArray,
) -> int:
    """Climb from `at` = (mu, sigma) to the maximum, in place; return the steps, -1 if restless."""
    trial, there = np.empty(2), np.empty(7)
    there[EXACTS] = sums[EXACTS]
    add_up(standard, rows, ends, at, sums)
    for step in range(MOST_STEPS):
        da, dk, promised = _step(sums, known)
        if not (isfinite(promised) and 1e-250 < at[1] < 1e250):
            return -1
        share = 1.0
        if dk < -0.8:
            share = -0.8 / dk
        if dk > 9.0:
            share = 9.0 / dk
        least = sums[VALUE] - ROUNDING * (1.0 + abs(sums[VALUE]))
        for _ in range(60):
            _move(at, da, dk, share, trial)
            add_up(standard, rows, ends, trial, there)
            if there[VALUE] >= least and isfinite(there[PP] + there[QQ]):
                break
            share *= 0.5
        else:
            return step if promised < 1e-8 + ROUNDING * abs(sums[VALUE]) else -1
        overwrite(at, trial)
        overwrite(sums, there)
        if promised <= AT_REST:  # also where rounding of many rows halved the last step
            return step + 1
    return -1
