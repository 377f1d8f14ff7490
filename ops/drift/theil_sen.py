"""Theil-Sen slope: the median of the slopes of all pairs of points, exact, without the pairs.

References
----------
Theil (1950), Proc. Koninklijke Nederlandse Akademie van Wetenschappen A 53, 386-392;
Sen (1968), J. American Statistical Association 63, 1379-1389 (interval, equation 2.6).
"""

from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np
from scipy.special import ndtri

from ops.drift.evidence import Evidence
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

LEAST = 3


@dataclass(frozen=True, slots=True)
class TheilSen:
    """A robust straight line.

    Parameters
    ----------
    slope
        Median slope, unit of the values per unit of time.
    intercept
        Median value less slope times median time.
    lower, upper
        Sen's interval of the slope; it takes the values for independent.
    n
        Points.
    """

    slope: float
    intercept: float
    lower: float
    upper: float
    n: int
    confidence: float

    def evidence(self, *, p_value: float | None = None, margin: float = 0.0) -> Evidence:
        """State the slope as evidence of a trend.

        Parameters
        ----------
        p_value
            Of a rank test of the same data, e.g. `mann_kendall`.
        margin
            Slope up to which nothing counts, unit of the values per day.
        """
        inside = -margin < self.lower and self.upper < margin
        return Evidence(
            "trend",
            "theil-sen",
            self.slope,
            "value/day",
            self.n,
            lower=self.lower,
            upper=self.upper,
            p_value=p_value,
            margin=margin,
            present=self.lower > margin or self.upper < -margin,
            absent=inside,
            confidence=self.confidence,
        )


def theil_sen(t: FloatArray, y: FloatArray, *, confidence: float = 0.95) -> TheilSen:
    """Fit a line by the median of all pairwise slopes.

    Pairs at equal times have no slope and are left out. The interval reads two ranks around the
    middle, by the variance of Kendall's S with ties in time and value; constant values give the
    slope 0 with the interval 0 to 0.

    Parameters
    ----------
    t : shape (n,)
        Times in any unit and order, ties allowed.
    y : shape (n,)
        Values.
    confidence
        Of the interval, in (0, 1).

    Raises
    ------
    BadData
        If a time or value is not finite.
    NotEnoughData
        With fewer than 3 points, or where all times are equal.

    Examples
    --------
    >>> theil_sen(np.array([0.0, 1.0, 3.0, 4.0]), np.array([1.0, 3.0, 7.0, 50.0])).slope
    7.125
    """
    t, y = checked_points(t, y)
    order = np.lexsort((y, t))
    t, y = t[order], y[order]
    n = t.size
    same_t, same_y = tie_sizes(t), tie_sizes(np.sort(y))
    pairs = n * (n - 1) // 2 - int(np.sum(same_t * (same_t - 1) // 2))
    squared = score_variance(np.array([n])) - score_variance(same_t) - score_variance(same_y)
    sigma = sqrt(max(squared, 0.0))
    z = -float(ndtri(0.5 - confidence / 2))
    last = min(round((pairs + z * sigma) / 2.0), pairs - 1)
    first = max(round((pairs - z * sigma) / 2.0) - 1, 0)
    lower, slope, upper = _order_statistics(t, y, first, last, pairs)
    intercept = float(np.median(y) - slope * np.median(t))
    return TheilSen(slope, intercept, lower, upper, n, confidence)


def checked_points(t: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Take times and values as doubles: finite, at least 3, at two times or more."""
    t, y = np.asarray(t, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if t.shape != y.shape or t.ndim != 1:
        raise BadData(f"a trend needs one time for each value, got {t.size} and {y.size}")
    bad = int(np.count_nonzero(~(np.isfinite(t) & np.isfinite(y))))
    if bad:
        raise BadData(f"{bad} of {t.size} times or values are not finite: leave them out first")
    if t.size < LEAST:
        raise NotEnoughData(f"a trend needs {LEAST} values, got {t.size}")
    if t.min() == t.max():
        raise NotEnoughData(f"a trend needs two different times, all {t.size} are equal")
    return t, y


def tie_sizes(ordered: FloatArray) -> IntArray:
    """Count the values of each group of equal ones; those that stand alone are left out."""
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1], True])
    sizes = np.diff(begins)
    return sizes[sizes > 1].astype(np.int64)


def score_variance(sizes: IntArray) -> float:
    """Sum the variance of Kendall's S over groups of these sizes, each without ties."""
    k = sizes.astype(np.float64)
    return float(np.sum(k * (k - 1) * (2 * k + 5))) / 18.0


def _order_statistics(
    t: FloatArray, y: FloatArray, first: int, last: int, pairs: int
) -> tuple[float, float, float]:
    """Slopes of the ranks `first` and `last`, and the median between them."""
    from ops.drift.theil_sen_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        opening_draw,
        select_slope,
    )

    opening = opening_draw(t, y, pairs)
    middle, after = select_slope(t, y, (pairs - 1) // 2, pairs, opening)
    if pairs % 2 == 0:
        if isnan(after):
            after, _ = select_slope(t, y, pairs // 2, pairs, opening)
        middle = (middle + after) / 2.0
    lower, upper = (select_slope(t, y, rank, pairs, opening)[0] for rank in (first, last))
    return lower, middle, upper
