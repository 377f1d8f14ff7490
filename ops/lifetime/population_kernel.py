"""Fits of many populations in one pass, each by its own start, test and climb, in machine code."""

from math import exp, inf, isfinite, log, nan, sqrt

import numpy as np

from ops.compiled import compiled, overwrite
from ops.lifetime.climb_kernel import EXACTS, PP, PQ, QQ, VALUE, P, Q, add_up, climb
from ops.lifetime.kernel import NORMAL, SEV
from ops.lifetime.rows_kernel import (
    DEAD,
    FACTS,
    ORIGIN,
    UNITS,
    W_CELL,
    W_EXACT,
    W_LEFT,
    WINDOWS,
    X_EXACT,
    X_FAILED,
    X_LEAST,
    X_MOST,
    X_RIGHT,
    XX_FAILED,
    Columns,
    lay,
    lay_all,
    survey,
    verdict,
)
from ops.values import FloatArray, IntArray

MU, SIGMA, LOGLIK, VAR_MU, COV, VAR_LOG_SIGMA, REASON, ALL, FAILED, STEPS, SLOPE = range(11)
ANSWERS = 11
TRUNCATION, NOT_CONVERGED = 6, 7  # codes of Reason


@compiled
def standard_start(standard: int, p: float) -> float:
    """Rough quantile of W."""
    if standard == SEV:
        return log(-log(1.0 - p))
    if standard == NORMAL:  # Abramowitz and Stegun (1964), 26.2.23
        t = sqrt(-2.0 * log(min(p, 1.0 - p)))
        above = 2.515517 + t * (0.802853 + t * 0.010328)
        z = t - above / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        return -z if p < 0.5 else z
    return log(p / (1.0 - p))


@compiled
def _sev_location(rows: FloatArray, ends: IntArray, failed: float, sigma: float) -> float:
    """Location that is best for exact and right-censored rows at this sigma (closed form)."""
    most = -inf
    for i in range(ends[4]):
        if rows[2, i] > 0.0:
            most = max(most, rows[0, i] + 0.5 * rows[1, i])
    total = 0.0
    for i in range(ends[4]):
        if rows[2, i] > 0.0:
            total += rows[2, i] * exp((rows[0, i] + 0.5 * rows[1, i] - most) / sigma)
    return most + sigma * log(total / failed)


@compiled
def _start(
    standard: int,
    rows: FloatArray,
    ends: IntArray,
    facts: FloatArray,
    known: float,
    at: FloatArray,
) -> None:
    """Begin from the spread of what failed and the share that did."""
    failed = facts[W_EXACT] + facts[W_LEFT] + facts[W_CELL]
    mean = facts[X_FAILED] / failed
    spread = sqrt(max(facts[XX_FAILED] / failed - mean * mean, 0.0))
    spread = max(spread, 0.1 * (facts[X_MOST] - facts[X_LEAST]))
    share = failed / facts[UNITS]
    tail = (1.0, 1.0, 0.6)[standard]
    sigma = spread * tail * (1.0 - 0.22 * share if standard == SEV else 2.0 - share)
    if known > 0.0:
        sigma = known
    at[1] = sigma
    if standard == SEV:
        at[0] = _sev_location(rows, ends, failed, sigma)
    else:
        middle = (facts[X_FAILED] + facts[X_RIGHT]) / facts[UNITS]
        at[0] = middle - sigma * standard_start(standard, share * (1.0 - 0.5 * share))


@compiled
def _answer(at: FloatArray, sums: FloatArray, known: bool, out: FloatArray) -> None:
    """Write estimate, likelihood and covariance of (mu, log sigma)."""
    a, b, c, sigma = -sums[PP], sums[PQ], -sums[QQ], at[1]
    out[MU], out[SIGMA], out[LOGLIK] = at[0], sigma, sums[VALUE]
    if known:
        out[VAR_MU] = sigma * sigma / a if a > 0.0 else nan
        out[COV], out[VAR_LOG_SIGMA] = 0.0, 0.0
        out[SLOPE] = abs(sums[P]) / out[ALL]
        return
    det = a * c - b * b
    if det > 0.0:
        out[VAR_MU], out[COV] = sigma * sigma * c / det, sigma * b / det
        out[VAR_LOG_SIGMA] = a / det
    out[SLOPE] = max(abs(sums[P]), abs(sums[Q])) / out[ALL]


@compiled
def _runs_off(out: FloatArray, known: bool) -> bool:
    """Whether the climb of truncated rows came to rest on a slope that only flattens."""
    shift = out[VAR_MU] / (out[SIGMA] * out[SIGMA])
    lost = not (shift > 0.0) or shift > 1e6
    return lost or (not known and not (0.0 < out[VAR_LOG_SIGMA] < 1e4))


@compiled
def _to_time(out: FloatArray, facts: FloatArray, log_line: bool) -> None:
    """Bring location and likelihood back from the line about the origin to times."""
    if not log_line:
        out[MU] += facts[ORIGIN]
        return
    out[MU] += log(facts[ORIGIN])
    out[LOGLIK] -= facts[X_EXACT] + facts[W_EXACT] * log(facts[ORIGIN])


@compiled
def _climb_windows(
    standard: int,
    rows: FloatArray,
    ends: IntArray,
    known: bool,
    at: FloatArray,
    sums: FloatArray,
) -> int:
    """Climb truncated rows, which may have several tops, from several places; keep the highest."""
    mu, sigma, steps, highest = at[0], at[1], -1, -inf
    here, found = np.empty(2), np.empty(7)
    for shift, stretch in ((0.0, 1.0), (0.0, 8.0), (8.0, 8.0), (-8.0, 8.0), (0.0, 0.25)):
        here[1] = sigma if known else sigma * stretch
        here[0] = mu + shift * sigma
        found[EXACTS] = sums[EXACTS]
        taken = climb(standard, rows, ends, known, here, found)
        margin = 1e-9 * (1.0 + abs(highest)) if highest > -inf else 0.0
        if isfinite(found[VALUE]) and found[VALUE] > highest + margin:
            highest, steps = found[VALUE], taken
            overwrite(at, here)
            overwrite(sums, found)
    return steps


@compiled
def _fit_one(
    standard: int,
    log_line: bool,
    known: float,
    rows: FloatArray,
    ends: IntArray,
    facts: FloatArray,
    out: FloatArray,
) -> None:
    """Fit the population laid out in `rows`."""
    out[:] = nan
    out[ALL], out[FAILED] = facts[UNITS], facts[DEAD]
    out[STEPS] = 0.0
    out[REASON] = verdict(facts, known > 0.0)
    if out[REASON] != 0.0:
        return
    at, sums = np.empty(2), np.empty(7)
    sums[EXACTS] = facts[W_EXACT]
    _start(standard, rows, ends, facts, known, at)
    truncated = facts[WINDOWS] > 0.0
    if truncated:
        steps = _climb_windows(standard, rows, ends, known > 0.0, at, sums)
    else:
        steps = climb(standard, rows, ends, known > 0.0, at, sums)
    _answer(at, sums, known > 0.0, out)
    out[STEPS] = steps
    if steps < 0 or (truncated and _runs_off(out, known > 0.0)):
        out[MU : VAR_LOG_SIGMA + 1] = nan
        out[REASON] = TRUNCATION if truncated else NOT_CONVERGED
        return
    _to_time(out, facts, log_line)


@compiled
def derivatives(
    columns: Columns, standard: int, log_line: bool, mu: float, sigma: float, out: FloatArray
) -> None:
    """Log-likelihood of the times with slopes and curvatures in (mu, log sigma).

    Parameters
    ----------
    out : shape (6,)
        Filled: value, by mu, by log sigma, by mu twice, mixed, by log sigma twice.
    """
    rows, ends, facts = lay_all(columns, 0, columns[0].size, log_line)
    origin = facts[ORIGIN]
    at, sums = np.empty(2), np.empty(7)
    at[0], at[1] = mu - (log(origin) if log_line else origin), sigma
    sums[EXACTS] = facts[W_EXACT]
    add_up(standard, rows, ends, at, sums)
    jacobian = facts[X_EXACT] + facts[W_EXACT] * log(origin) if log_line else 0.0
    out[0] = sums[VALUE] - jacobian
    out[1], out[2] = -sums[P] / sigma, -sums[Q]
    out[3], out[4] = sums[PP] / (sigma * sigma), (sums[PQ] + sums[P]) / sigma
    out[5] = sums[QQ] + sums[Q]


@compiled
def fit_populations(
    columns: Columns,
    offsets: IntArray,
    standard: int,
    log_line: bool,
    known: float,
    out: FloatArray,
) -> None:
    """Fit every population; the memory beside `out` is that of the largest one.

    Parameters
    ----------
    columns
        lower, upper, weight, entry, exit; the last three may be empty.
    offsets : shape (k + 1,)
        Population i is rows ``offsets[i]:offsets[i + 1]``.
    standard, log_line
        Which W, and whether the logarithm of the time follows it.
    known
        The sigma, or 0 to estimate it.
    out : shape (k, ANSWERS)
        Filled.
    """
    largest = 1
    for i in range(offsets.size - 1):
        largest = max(largest, offsets[i + 1] - offsets[i])
    rows = np.empty((3, largest * (2 if columns[3].size > 0 else 1)))
    ends, facts = np.empty(5, dtype=np.int64), np.empty(FACTS)
    for i in range(offsets.size - 1):
        survey(columns, offsets[i], offsets[i + 1], ends, facts)
        lay(columns, offsets[i], offsets[i + 1], log_line, rows, ends, facts)
        _fit_one(standard, log_line, known, rows, ends, facts, out[i])
