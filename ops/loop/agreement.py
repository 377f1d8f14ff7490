"""Two ways to measure the same thing: bias, limits of agreement, Deming's line.

Values come in pairs (the same wire by both), pairs in units (the wires of a device). A unit's
wires share what the unit does, so intervals of the bias are those of the means of units, and the
spread of a difference is the sum of its components between and within units.

References
----------
Bland and Altman (1986), Lancet 327, 307-310; (1999), Statistical Methods in Medical Research 8,
135-160 (limits of agreement, slopes on the mean, several pairs of a subject: section 5.3);
Deming (1943), Statistical Adjustment of Data; Linnet (1990), Statistics in Medicine 9, 1463-1473
(jackknife intervals).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

LEAST_UNITS = 5


@dataclass(frozen=True, slots=True)
class Bounded:
    """An estimate and its interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Differences y - x of pairs.

    Parameters
    ----------
    pairs, units
        How many.
    bias
        Mean difference.
    sd, sd_between, sd_within
        Of a single difference, and its parts between units and within them.
    limits
        Lower and upper limit of agreement, each with its interval: 95 % of single differences lie
        between them if they are normal.
    trend
        Change of the difference for each unit of measure of the mean; 0: no proportional bias.
    p_trend
        Of the test that it is 0.
    """

    pairs: int
    units: int
    bias: Bounded
    sd: float
    sd_between: float
    sd_within: float
    limits: tuple[Bounded, Bounded]
    trend: Bounded
    p_trend: float


@dataclass(frozen=True, slots=True)
class DemingLine:
    """``y = intercept + slope x``, both measured with error."""

    slope: Bounded
    intercept: Bounded
    ratio: float


def agreement(
    x: FloatArray, y: FloatArray, unit: IntArray, *, confidence: float = 0.95
) -> Agreement:
    """Compare pairs.

    Parameters
    ----------
    x, y : shape (n,)
        Reference and compared method, in one unit of measure; finite.
    unit : shape (n,)
        Code of the unit that each pair belongs to.

    Raises
    ------
    NotEnoughData
        With fewer than 5 units.

    Notes
    -----
    The interval of a limit uses ``sd^2 (1/k + z^2 / (2 (k - 1)))`` with k units (Bland and Altman
    1999, 8), which is exact enough from about 20 units on.
    """
    _, of = np.unique(unit, return_inverse=True)
    k = int(of.max(initial=-1)) + 1
    if k < LEAST_UNITS:
        raise NotEnoughData(
            f"an agreement needs {LEAST_UNITS} units measured by both, got {k}; widen the window"
        )
    difference = y - x
    between, within = _components(difference, of, k)
    sd = sqrt(between + within)
    t = float(stdtrit(k - 1, 0.5 + confidence / 2))
    mean, error = _clustered_mean(difference, of, k)
    z = 1.959963984540054
    half = t * sd * sqrt(1.0 / k + z * z / (2.0 * (k - 1)))
    limits = tuple(
        Bounded(mean + side * z * sd, mean + side * z * sd - half, mean + side * z * sd + half)
        for side in (-1.0, 1.0)
    )
    trend, p = _trend((x + y) / 2.0, difference, of, confidence)
    return Agreement(
        pairs=x.size,
        units=k,
        bias=Bounded(mean, mean - t * error, mean + t * error),
        sd=sd,
        sd_between=sqrt(between),
        sd_within=sqrt(within),
        limits=(limits[0], limits[1]),
        trend=trend,
        p_trend=p,
    )


def deming(
    x: FloatArray,
    y: FloatArray,
    unit: IntArray,
    *,
    ratio: float = 1.0,
    confidence: float = 0.95,
) -> DemingLine:
    """Fit a line to two methods that both err; intervals by leaving out one unit at a time.

    Parameters
    ----------
    ratio
        Error variance of y over that of x, above 0; 1 is orthogonal regression.

    Raises
    ------
    NotEnoughData
        With fewer than 5 units.
    BadData
        If x or y does not vary, or they do not vary together: there is no line.

    Examples
    --------
    >>> x = np.arange(6.0)
    >>> line = deming(x, 2.0 * x + 1.0, np.arange(6))
    >>> round(line.slope.value, 6), round(line.intercept.value, 6)
    (2.0, 1.0)
    """
    _, of = np.unique(unit, return_inverse=True)
    k = int(of.max(initial=-1)) + 1
    if k < LEAST_UNITS:
        raise NotEnoughData(f"Deming's line needs {LEAST_UNITS} units, got {k}")
    shift_x, shift_y = float(x.mean()), float(y.mean())
    sums = _sums(x - shift_x, y - shift_y, of, k)
    total = sums.sum(axis=1)
    slope, intercept = _line(total, ratio)
    left = np.array([_line(total - sums[:, j], ratio) for j in range(k)])
    pseudo = k * np.array([slope, intercept]) - (k - 1) * left
    error = pseudo.std(axis=0, ddof=1) / sqrt(k)
    # the intercept belongs to shifted values: its error at x = 0 is that of a combination
    moved = pseudo[:, 1] - pseudo[:, 0] * shift_x
    at_zero = intercept + shift_y - slope * shift_x
    t = float(stdtrit(k - 1, 0.5 + confidence / 2))
    half = t * float(moved.std(ddof=1)) / sqrt(k)
    return DemingLine(
        Bounded(slope, slope - t * float(error[0]), slope + t * float(error[0])),
        Bounded(at_zero, at_zero - half, at_zero + half),
        ratio,
    )


def _components(difference: FloatArray, of: IntArray, k: int) -> tuple[float, float]:
    """Variances between and within units, by the method of moments; never below 0."""
    size = np.bincount(of, minlength=k).astype(np.float64)
    n = float(size.sum())
    mean = np.bincount(of, difference, k) / size
    inside = float(np.sum((difference - mean[of]) ** 2))
    overall = float(difference.mean())
    outside = float(np.sum(size * (mean - overall) ** 2))
    typical = (n - float(np.sum(size**2)) / n) / (k - 1)
    if n == k:  # one pair each: nothing is known of the parts
        return outside / (k - 1), 0.0
    within = inside / (n - k)
    between = max(0.0, (outside / (k - 1) - within) / typical)
    return between, within


def _clustered_mean(value: FloatArray, of: IntArray, k: int) -> tuple[float, float]:
    """Mean of all, and its standard error from the sums of units."""
    mean = float(value.mean())
    gap = np.bincount(of, value - mean, k)
    return mean, sqrt(k / (k - 1) * float(gap @ gap)) / value.size


def _trend(
    mean: FloatArray, difference: FloatArray, of: IntArray, confidence: float
) -> tuple[Bounded, float]:
    """Slope of differences on means, with the error of clustered residuals."""
    k = int(of.max()) + 1
    centred = mean - mean.mean()
    square = float(centred @ centred)
    if not square > 0:
        return Bounded(0.0, 0.0, 0.0), 1.0
    slope = float(centred @ difference) / square
    left = difference - difference.mean() - slope * centred
    score = np.bincount(of, centred * left, k)
    error = sqrt(k / (k - 1) * float(score @ score)) / square
    t = float(stdtrit(k - 1, 0.5 + confidence / 2))
    p = 1.0 if slope == 0 else 0.0
    if error > 0:
        p = 2.0 * float(stdtr(k - 1, -abs(slope) / error))
    return Bounded(slope, slope - t * error, slope + t * error), p


def _sums(x: FloatArray, y: FloatArray, of: IntArray, k: int) -> FloatArray:
    """n, sums and sums of products of each unit, shape (6, units)."""
    parts = (np.ones(x.size), x, y, x * x, y * y, x * y)
    return np.array([np.bincount(of, part, k) for part in parts], dtype=np.float64)


def _line(sums: FloatArray, ratio: float) -> tuple[float, float]:
    n, x, y, xx, yy, xy = (float(v) for v in sums)
    sxx, syy, sxy = xx - x * x / n, yy - y * y / n, xy - x * y / n
    if not (sxx > 0 and syy > 0) or sxy == 0:
        raise BadData("the two methods do not vary together: no line can be drawn through them")
    spread = syy - ratio * sxx
    root = sqrt(spread**2 + 4.0 * ratio * sxy**2)
    # of two equal forms the one without a difference of large numbers
    slope = (spread + root) / (2.0 * sxy) if spread > 0 else 2.0 * ratio * sxy / (root - spread)
    return slope, (y - slope * x) / n
