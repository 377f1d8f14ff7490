"""Rows under several components at once, in machine code: their terms and the sum over classes."""

from math import exp, inf, log

import numpy as np

from ops.compiled import compiled
from ops.lifetime.kernel import EXACT, LEFT, RIGHT, interval_terms, point_terms
from ops.values import FloatArray

VALUE, MU, SCALE, MU_MU, MU_SCALE, SCALE_SCALE = range(6)
IMPOSSIBLE = (-inf, 0.0, 0.0, 0.0, 0.0, 0.0)
CERTAIN = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
Term = tuple[float, float, float, float, float, float]


@compiled
def row_term(standard: int, low: float, high: float, mu: float, log_sigma: float) -> Term:
    """Log-likelihood of a row between two log times, and its derivatives by (mu, log sigma).

    Equal ends are an exact time, of which the density is meant, of the time and not of its log.
    """
    if high == -inf:
        return IMPOSSIBLE
    if low == -inf and high == inf:
        return CERTAIN
    sigma = exp(log_sigma)
    if low != high and low != -inf and high != inf:
        value, p, q, pp, pq, qq = interval_terms(standard, (low - mu) / sigma, (high - low) / sigma)
    else:
        kind = EXACT if low == high else (RIGHT if high == inf else LEFT)
        z = ((high if kind == LEFT else low) - mu) / sigma
        value, p, pp = point_terms(standard, kind, z)
        if not -inf < value < inf:
            return IMPOSSIBLE
        q, pq, qq = z * p, z * pp, z * z * pp
    if low == high:
        return (
            value - log_sigma - low,
            -p / sigma,
            -q - 1.0,
            pp / sigma**2,
            (p + pq) / sigma,
            q + qq,
        )
    return value, -p / sigma, -q, pp / sigma**2, (p + pq) / sigma, q + qq


@compiled
def fill_terms(
    standard: int,
    low: FloatArray,
    high: FloatArray,
    at: tuple[float, float],
    out: FloatArray,
) -> None:
    """Terms of each row, shape (6, n), under one component (mu, log sigma)."""
    for i in range(low.size):
        value, a, b, c, d, e = row_term(standard, low[i], high[i], at[0], at[1])
        out[VALUE, i] = value
        out[MU, i], out[SCALE, i] = a, b
        out[MU_MU, i], out[MU_SCALE, i], out[SCALE_SCALE, i] = c, d, e


@compiled
def class_terms(
    standard: int,
    ends: tuple[float, float],
    parts: tuple[FloatArray, FloatArray, FloatArray],
    extra: tuple[bool, bool],
    terms: FloatArray,
) -> float:
    """Fill terms (c, 6) of one row under each class; return the log of their sum.

    The value of each class becomes its probability given the row. `parts` are mu, log sigma and
    log odds of each class; `extra` whether there are a dead and an immortal class.
    """
    low, high = ends
    mu, log_sigma, odds = parts
    m = mu.size
    top = -inf
    for j in range(m):
        value, a, b, c, d, e = row_term(standard, low, high, mu[j], log_sigma[j])
        terms[j, VALUE] = value + odds[j]
        terms[j, MU], terms[j, SCALE] = a, b
        terms[j, MU_MU], terms[j, MU_SCALE], terms[j, SCALE_SCALE] = c, d, e
        top = max(top, terms[j, VALUE])
    j = m
    if extra[0]:
        terms[j, VALUE] = odds[j] if low == -inf else -inf
        top = max(top, terms[j, VALUE])
        j += 1
    if extra[1]:
        terms[j, VALUE] = odds[j] if high == inf else -inf
        top = max(top, terms[j, VALUE])
    if not -inf < top < inf:
        return -inf
    total = 0.0
    for j in range(odds.size):
        terms[j, VALUE] = exp(terms[j, VALUE] - top)
        total += terms[j, VALUE]
    for j in range(odds.size):
        terms[j, VALUE] /= total
    return top + log(total)


@compiled
def add_row(
    m: int, terms: FloatArray, weight: float, gradient: FloatArray, hessian: FloatArray
) -> None:
    """Add one row's derivatives: means over the classes and their spread (Louis 1982).

    The parameters are mu and log sigma of the m components, then log odds of every class but the
    first.
    """
    c, size = terms.shape[0], gradient.size
    slope = np.zeros(size)
    for j in range(c):
        share = terms[j, VALUE]
        if share <= 0.0:
            continue
        part = weight * share
        if j > 0:
            odd = 2 * m + j - 1
            slope[odd] = share
            hessian[odd, odd] += part
        if j >= m:
            continue
        a, b = terms[j, MU], terms[j, SCALE]
        slope[j], slope[m + j] = share * a, share * b
        hessian[j, j] += part * (terms[j, MU_MU] + a * a)
        hessian[m + j, m + j] += part * (terms[j, SCALE_SCALE] + b * b)
        hessian[j, m + j] += part * (terms[j, MU_SCALE] + a * b)
        if j > 0:
            hessian[j, 2 * m + j - 1] += part * a
            hessian[m + j, 2 * m + j - 1] += part * b
    for k in range(size):
        gradient[k] += weight * slope[k]
        for n in range(k, size):
            hessian[k, n] -= weight * slope[k] * slope[n]


@compiled
def sum_rows(
    standard: int,
    rows: tuple[FloatArray, FloatArray, FloatArray],
    parts: tuple[FloatArray, FloatArray, FloatArray],
    extra: tuple[bool, bool],
    out: tuple[FloatArray, FloatArray],
) -> float:
    """Log-likelihood of rows (low, high, weight); its derivatives are added to `out`."""
    low, high, weight = rows
    terms = np.zeros((parts[2].size, 6))
    total = 0.0
    for i in range(low.size):
        value = class_terms(standard, (low[i], high[i]), parts, extra, terms)
        if value == -inf:
            return -inf
        total += weight[i] * value
        add_row(parts[0].size, terms, weight[i], out[0], out[1])
    return total


@compiled
def fill_shares(
    standard: int,
    rows: tuple[FloatArray, FloatArray],
    parts: tuple[FloatArray, FloatArray, FloatArray],
    extra: tuple[bool, bool],
    out: FloatArray,
) -> None:
    """Probability of each component given each row, shape (m, n)."""
    terms = np.zeros((parts[2].size, 6))
    for i in range(rows[0].size):
        class_terms(standard, (rows[0][i], rows[1][i]), parts, extra, terms)
        out[:, i] = terms[: out.shape[0], VALUE]
