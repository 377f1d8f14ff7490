"""Shewhart charts of measured values: means or individuals, and their chart of spread.

References
----------
Montgomery, Introduction to Statistical Quality Control, 6.2 (X-bar and R), 6.3 (X-bar and S,
varying sizes), 6.4 (individuals and moving range).
"""

from collections.abc import Callable
from math import sqrt

import numpy as np

from ops.spc.constants import c4, d2, d3
from ops.spc.line import Frozen, Line, around
from ops.spc.points import PlottedPoints
from ops.values import BoolArray, FloatArray


def mean_line(points: PlottedPoints, frozen: Frozen, width: float) -> Line:
    """Means (or individuals) around the centre: ``center +- width sigma / sqrt(n)``."""
    return around(points.value, frozen.center, frozen.sigma / np.sqrt(points.size), width)


def range_line(points: PlottedPoints, sigma: FloatArray, width: float) -> Line:
    """Ranges of subgroups: ``(d2 +- width d3) sigma``, not below 0 (D3 and D4)."""
    expected, error = _of_size(points.size, d2), _of_size(points.size, d3)
    return around(points.range, expected * sigma, error * sigma, width, floor=0.0)


def sd_line(points: PlottedPoints, sigma: FloatArray, width: float) -> Line:
    """Deviations of subgroups: ``(c4 +- width sqrt(1 - c4^2)) sigma``, not below 0 (B5 and B6)."""
    expected = _of_size(points.size, c4)
    error = np.sqrt(1.0 - expected**2)
    return around(points.sd, expected * sigma, error * sigma, width, floor=0.0)


def moving_range_line(
    value: FloatArray,
    sigma: FloatArray,
    begins: BoolArray,
    width: float,
    before: FloatArray | None = None,
) -> Line:
    """Range of each value and the one before in its segment: ``(d2 +- width d3) sigma`` of two.

    Parameters
    ----------
    before
        As of `moving_ranges`.
    """
    ranges = moving_ranges(value, begins, before)
    there = np.where(np.isnan(ranges), np.nan, sigma)
    return around(ranges, d2(2) * there, d3(2) * there, width, floor=0.0)


def moving_ranges(
    value: FloatArray, begins: BoolArray, before: FloatArray | None = None
) -> FloatArray:
    """Absolute difference of each value from the one before; NaN where a segment begins.

    Parameters
    ----------
    before : shape (segments,)
        Value before the first one of each segment, NaN for none; absent: none has one.

    Examples
    --------
    >>> moving_ranges(np.array([1.0, 3.0, 9.0]), np.array([True, False, True])).tolist()
    [nan, 2.0, nan]
    """
    ranges = np.full(value.size, np.nan)
    ranges[1:] = np.abs(np.diff(value))
    ranges[begins] = np.nan if before is None else np.abs(value[begins] - before)
    return ranges


def factors(n: int) -> dict[str, float]:
    """Textbook factors of control limits for subgroups of `n` values, computed, at 3 sigma.

    Examples
    --------
    >>> round(factors(5)["D4"], 4)
    2.1145
    """
    spread, tail = d3(n) / d2(n), sqrt(1.0 - c4(n) ** 2) / c4(n)
    return {
        "A2": 3.0 / (d2(n) * sqrt(n)),
        "A3": 3.0 / (c4(n) * sqrt(n)),
        "D3": max(0.0, 1.0 - 3.0 * spread),
        "D4": 1.0 + 3.0 * spread,
        "B3": max(0.0, 1.0 - 3.0 * tail),
        "B4": 1.0 + 3.0 * tail,
    }


def _of_size(size: FloatArray, constant: Callable[[int], float]) -> FloatArray:
    """Constant of each size; NaN for subgroups of one value."""
    sizes, place = np.unique(size, return_inverse=True)
    of = [constant(int(n)) if n >= 2 else np.nan for n in sizes]
    return np.array(of, dtype=np.float64)[place.reshape(-1)]
