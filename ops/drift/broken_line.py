"""A series as straight lines with breaks, for one that drifts: penalty raised until it agrees.

A break costs ``3 * V * log n``: it has a place, a level and a slope. `V`, the long-run variance
about the lines, cannot be had from differences of a series that drifts; it is that of the residuals
of the fit. It starts as the variance about one single line and rises: a penalty too small leaves
too many breaks and, in the residuals, correlation that calls for a larger one. Where the residuals
call for no more, that is the fit.

References
----------
Bai and Perron (1998), Econometrica 66, 47-78; Andrews and Monahan (1992), Econometrica 60, 953-966
(long-run variance by a first-order autoregression); Marriott and Pope (1954), Biometrika 41,
390-402 (bias of its coefficient).
"""

from dataclasses import dataclass
from math import log

import numpy as np

from ops.drift.penalty import FACTOR, Noise, Penalty
from ops.values import FloatArray, IntArray

LEAST = 5  # values that a line and what it leaves are told from
ROUNDS = 20
_PHI = 0.95


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """Straight lines: starts, level in the middle and slope of each, noise about them, cost."""

    starts: IntArray
    means: FloatArray
    slopes: FloatArray
    noise: Noise
    penalty: Penalty
    cost: float


def broken_line(y: FloatArray, penalty: Penalty | None, least: int) -> BrokenLine:
    """Fit straight lines with breaks.

    Parameters
    ----------
    y : shape (n,)
        Finite, centred.
    penalty
        None: raised until it agrees with what the lines leave.
    least
        Least length of a line, 2 or more.
    """
    if penalty is not None:
        return _fit(y, penalty, least)
    _, _, residual = _lines(y, np.zeros(1, dtype=np.int64))
    found = _fit(y, _penalty(y, float(residual @ residual) / max(y.size - 2, 1)), least)
    for _ in range(ROUNDS):
        raised = _penalty(y, found.noise.long_run)
        if raised.value <= found.penalty.value * (1.0 + 1e-9):
            break
        found = _fit(y, raised, least)
    return found


def _fit(y: FloatArray, penalty: Penalty, least: int) -> BrokenLine:
    from ops.drift.line_kernel import partition_lines  # noqa: PLC0415  (numba loads slowly)

    total, begun = partition_lines(y, penalty.value, least)
    starts = traced(begun)
    means, slopes, residual = _lines(y, starts)
    cost = float(total[-1]) - penalty.value * (starts.size - 1)
    return BrokenLine(starts, means, slopes, _noise(residual, starts.size), penalty, cost)


def _penalty(y: FloatArray, variance: float) -> Penalty:
    n = max(y.size, 2)
    value = max(FACTOR * variance * log(n), 1e-12 * float(np.ptp(y)) ** 2)
    rule = f"{FACTOR:g} x long-run variance about the lines x log n"
    return Penalty(value, rule, FACTOR, variance, n)


def _noise(residual: FloatArray, lines: int) -> Noise:
    """Noise about fitted lines, of a first-order mixed model; each line takes 2 values."""
    n = residual.size
    square = float(residual @ residual)
    if not square > 0:
        return Noise(0.0, 0.0, 0.0)
    first, second = (
        float(residual[lag:] @ residual[:-lag]) / square + 2.0 * lines / n for lag in (1, 2)
    )
    phi = min(max(first + 4.0 * first * lines / n, -_PHI), _PHI)
    dies = phi
    if phi > 3.0 / n**0.5:
        dies = min(max(second / phi, phi), _PHI)
    variance = square / max(n - 2 * lines, 1)
    inflation = max(1.0 + 2.0 * phi / (1.0 - dies), (1.0 + phi) / (1.0 - phi))
    return Noise(variance**0.5, phi, variance * inflation)


def _lines(y: FloatArray, starts: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean and slope of each line, and what they leave of `y`."""
    size = np.diff(np.r_[starts, y.size])
    x = np.arange(y.size) - np.repeat(starts + (size - 1) / 2.0, size)
    means = np.add.reduceat(y, starts) / size
    away = y - np.repeat(means, size)
    xx = np.add.reduceat(x * x, starts)
    slopes = np.add.reduceat(x * away, starts) / np.where(xx > 0, xx, 1.0)
    return means, slopes, away - np.repeat(slopes, size) * x


def traced(begun: IntArray) -> IntArray:
    """List starts of segments, from where the last one of each beginning of the series began."""
    starts = [int(begun[-1])]
    while starts[-1] > 0:
        starts.append(int(begun[starts[-1]]))
    return np.array(starts[::-1], dtype=np.int64)
