"""Straight lines under noise that remembers, for many series at the same times, in machine code.

The noise is a first-order autoregression in continuous time plus white noise. A filter with one
state turns values and regressors into independent innovations; its gains depend on the times only,
so that all series share them.

References
----------
Harvey and Phillips (1979), Biometrika 66(1), 49-58 (likelihood by the filter);
Jones (1981) in Applied Time Series Analysis II, Academic Press, 651-682 (unequal spacing).
"""

import numpy as np

from ops.compiled import compiled, overwrite
from ops.values import FloatArray

LEAST_NUGGET = 1e-8  # keeps two values at one time from a singular matrix
TILE = 128  # series whose states stay in the nearest cache


@compiled
def innovations(
    gap: FloatArray, x: FloatArray, rate: float, share: float
) -> tuple[FloatArray, float]:
    """Filter the regressors of a line, and say how to filter values.

    Parameters
    ----------
    gap : shape (n,)
        Time since the point before, 0 for the first.
    x : shape (n,)
        Times about their mean.
    rate
        1 / correlation time.
    share
        Part of the variance that remembers; 0 for white noise.

    Returns
    -------
    shape (n, 5): memory, gain, square root of the weight of each innovation, and the weighted
    innovations of the constant and of `x`; and the logarithm of the determinant of the covariance.
    """
    table, log_det = np.empty((gap.size, 5)), 0.0
    nugget = max(1.0 - share, LEAST_NUGGET)
    variance, one, line = share, 0.0, 0.0
    for i in range(gap.size):
        memory = np.exp(-gap[i] * rate) if i else 0.0
        one, line = memory * one, memory * line
        variance = memory * memory * variance + share * (1.0 - memory * memory) if i else share
        total = variance + nugget
        gain = variance / total
        root = 1.0 / np.sqrt(total)
        log_det += np.log(total)
        table[i, 0], table[i, 1], table[i, 2] = memory, gain, root
        table[i, 3], table[i, 4] = (1.0 - one) * root, (x[i] - line) * root
        one += gain * (1.0 - one)
        line += gain * (x[i] - line)
        variance *= 1.0 - gain
    return table, log_det


@compiled
def _products(y: FloatArray, first: int, last: int, table: FloatArray, out: FloatArray) -> None:
    """Sum the products of the innovations of series with those of 1, of x, and of themselves."""
    level = np.zeros(last - first)
    ones, lines, squares = np.zeros(level.size), np.zeros(level.size), np.zeros(level.size)
    for i in range(y.shape[0]):
        memory, gain, root = table[i, 0], table[i, 1], table[i, 2]
        one, line = table[i, 3], table[i, 4]
        row = y[i, first:last]
        for j in range(row.size):
            guess = memory * level[j]
            error = row[j] - guess
            level[j] = guess + gain * error
            error *= root
            ones[j] += one * error
            lines[j] += line * error
            squares[j] += error * error
    overwrite(out[0, first:last], ones)
    overwrite(out[1, first:last], lines)
    overwrite(out[2, first:last], squares)


@compiled
def fit_lines(
    gap: FloatArray, x: FloatArray, y: FloatArray, nodes: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Fit a line to each series by generalized least squares, for each kind of noise.

    Parameters
    ----------
    gap, x : shape (n,)
        As for `innovations`.
    y : shape (n, m)
        Series in columns, with no great mean or trend left.
    nodes : shape (k, 2)
        Rate and share of each kind of noise.

    Returns
    -------
    Intercept at x = 0, slope, and weighted sum of squares about the line, each of shape (k, m);
    variance of the slope for one of the noise, shape (k,), and the logarithm of the determinants
    of the covariance of the values and of the information on the line, shape (k,).
    """
    m, k = y.shape[1], nodes.shape[0]
    center, slope, rest = np.empty((k, m)), np.empty((k, m)), np.empty((k, m))
    factor, log_dets = np.empty(k), np.empty(k)
    sums = np.empty((3, m))
    for node in range(k):
        table, log_det = innovations(gap, x, nodes[node, 0], nodes[node, 1])
        one, line = table[:, 3], table[:, 4]
        a, b, c = np.sum(one * one), np.sum(one * line), np.sum(line * line)
        det = a * c - b * b
        factor[node], log_dets[node] = a / det, log_det + np.log(det)
        for first in range(0, m, TILE):
            _products(y, first, min(first + TILE, m), table, sums)
        for j in range(m):
            center[node, j] = (c * sums[0, j] - b * sums[1, j]) / det
            slope[node, j] = (a * sums[1, j] - b * sums[0, j]) / det
            rest[node, j] = sums[2, j] - center[node, j] * sums[0, j] - slope[node, j] * sums[1, j]
    return center, slope, rest, factor, log_dets
