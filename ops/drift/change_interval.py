"""Each change with intervals of its place and its size, valid under serial correlation.

Place: with a step `size` and long-run variance `V`, ``(size^2 / V) (found - true)`` tends to the
argmax of a two-sided Brownian motion less half the distance, whose distribution is known. Size:
difference of the means of the two segments, without the values inside the interval of the place
where enough others are left: those are the ones that the choice of the place has selected. The
p-value is of the largest standardized difference at any place between the neighbouring changes: it
pays for the choice of this place, not for that of the neighbours, nor for large changes being
found more often than small ones.

References
----------
Yao (1987), Annals of Statistics 15, 1321-1328 (distribution of the place);
Bai (1997), Review of Economics and Statistics 79, 551-563 (long-run variance, equation 11);
Csorgo and Horvath (1997), Limit Theorems in Change-Point Analysis, 1.3.26 (largest difference).
"""

from dataclasses import dataclass
from math import ceil, erfc, exp, inf, isfinite, log, pi, sqrt

import numpy as np
from scipy.special import erfcx, ndtri, ndtri_exp, stdtr, stdtrit

from ops.drift.changepoints import Segmentation
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.errors import BadData
from ops.spc.autocorrelation import effective_size
from ops.values import FloatArray

LEAST = 4  # values on a side, outside of the place's interval, that its mean is taken from


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a series.

    Parameters
    ----------
    index, index_lower, index_upper
        First value after the step, and the interval of it.
    t, lower, upper
        The same in days: time of the first value after; last value before the earliest place that
        the interval holds, first value after the latest.
    size, size_lower, size_upper
        Mean after less mean before, in the unit of the data.
    before, after
        Those means.
    p_value
        Of no step anywhere between the neighbouring changes.
    n, effective
        Values between the neighbouring changes, and how many independent ones they are worth.
    method
        Cost by which it was found, and the penalty's rule.
    """

    index: int
    index_lower: int
    index_upper: int
    t: float
    lower: float
    upper: float
    size: float
    size_lower: float
    size_upper: float
    before: float
    after: float
    p_value: float
    n: int
    effective: float
    method: str
    confidence: float

    def evidence(self, origin: int) -> Evidence:
        """Evidence of a step; `origin` is t = 0 in microseconds since 1970 UTC."""
        return Evidence(
            mechanism="step",
            method=self.method,
            estimate=self.size,
            measure="value",
            n=self.n,
            lower=self.size_lower,
            upper=self.size_upper,
            p_value=self.p_value,
            since=origin + round(self.t * MICROS_PER_DAY),
            effective=self.effective,
            present=self.p_value <= 1.0 - self.confidence,
            confidence=self.confidence,
        )


def changes(
    t: FloatArray, y: FloatArray, segmentation: Segmentation, *, confidence: float = 0.95
) -> tuple[Change, ...]:
    """Describe every change of a segmentation, in time order.

    Parameters
    ----------
    t : shape (n,)
        Days, not decreasing.
    y : shape (n,)
        Values that were segmented.

    The cost ``line`` has the difference of its two lines at the change for a size: a step on top of
    a drift. A mere bend is a change of size near 0.

    Raises
    ------
    BadData
        If `t` or `y` is not as long as what was segmented.
    """
    if not t.size == y.size == segmentation.n:
        raise BadData(f"t has {t.size} and y {y.size} values, segmented were {segmentation.n}")
    bounds = np.r_[segmentation.starts, y.size]
    centre = float(np.median(y)) if y.size else 0.0
    return tuple(
        _change(t, _level(y - centre, segmentation, i), segmentation, i, confidence, centre)
        for i in range(1, bounds.size - 1)
    )


def _level(y: FloatArray, found: Segmentation, i: int) -> FloatArray:
    """Values without the slopes of the segments beside change `i`, as they stand at the change."""
    if not found.slopes.any():
        return y
    x = np.arange(y.size) - float(found.starts[i])
    level: FloatArray = y - np.where(x < 0, found.slopes[i - 1], found.slopes[i]) * x
    return level


def place_cdf(x: float) -> float:
    """Distribution of the argmax of ``W(s) - |s| / 2``, s on the whole line.

    Examples
    --------
    >>> round(place_cdf(11.03), 3), round(place_cdf(7.69), 3)
    (0.975, 0.95)
    """
    if x < 0:
        return 1.0 - place_cdf(-x)
    root = sqrt(x)
    last = 0.5 * float(erfcx(1.5 * root / sqrt(2.0))) * exp(-x / 8.0)  # exp(x) Phi(-1.5 sqrt x)
    tail = 0.5 * erfc(0.5 * root / sqrt(2.0))
    return 1.0 + sqrt(x / (2 * pi)) * exp(-x / 8.0) - 0.5 * (x + 5.0) * tail + 1.5 * last


def place_quantile(p: float) -> float:
    """Quantile of `place_cdf`, for p in (0.5, 1)."""
    low, high = 0.0, 1.0
    while place_cdf(high) < p:
        high *= 2.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if place_cdf(middle) < p else (low, middle)
    return high


def largest_difference_p(z: float, n: float) -> float:
    """Chance that the largest standardized difference of means over all n - 1 places exceeds z.

    Without a change, by the tail of the weighted Brownian bridge; never less than at one place.
    """
    one = erfc(z / sqrt(2.0))
    if z < 1.5 or n < 3:
        return 1.0 if n >= 3 else one
    spread = 2.0 * log(n - 1.0)
    many = z * exp(-0.5 * z * z) / sqrt(2 * pi) * ((1.0 - 1.0 / z**2) * spread + 4.0 / z**2)
    return min(1.0, max(one, many))


def _change(
    t: FloatArray,
    y: FloatArray,
    found: Segmentation,
    i: int,
    confidence: float,
    centre: float,
) -> Change:
    first, index, end = (int(b) for b in np.r_[found.starts, found.n][i - 1 : i + 2])
    bounds = first, index, end
    half = _half_place(y, found, bounds, confidence)
    low, high = max(first + 1, index - half), min(end - 1, index + half)
    left = y[first:low] if low - first >= LEAST else y[first:index]
    right = y[high:end] if end - high >= LEAST else y[index:end]
    before, after = float(left.mean()), float(right.mean())
    size = after - before
    error = _error(found, left.size, right.size)
    effective = effective_size(end - first, max(found.phi, 0.0))
    df = max(effective_size(found.n, max(found.phi, 0.0)) - found.starts.size, 1.0)
    whole = float(y[index:end].mean() - y[first:index].mean())
    ratio = abs(whole) / _error(found, index - first, end - index) if error > 0 else inf
    wide = float(stdtrit(df, 0.5 + confidence / 2)) * error
    return Change(
        index=index,
        index_lower=low,
        index_upper=high,
        t=float(t[index]),
        lower=float(t[low - 1]),
        upper=float(t[high]),
        size=size,
        size_lower=size - wide,
        size_upper=size + wide,
        before=before + centre,
        after=after + centre,
        p_value=largest_difference_p(_normal(ratio, df), effective),
        n=end - first,
        effective=effective,
        method=f"steps, {found.kind} cost, penalty {found.penalty.rule}",
        confidence=confidence,
    )


def _half_place(
    y: FloatArray, found: Segmentation, bounds: tuple[int, int, int], confidence: float
) -> int:
    """Half-width of the interval of the place, in values."""
    first, index, end = bounds
    size = float(y[index:end].mean() - y[first:index].mean())
    variance = max(found.long_run, found.sigma**2)
    if variance == 0.0:
        return 0
    if size == 0.0:
        return end - first
    scaled = place_quantile(0.5 + confidence / 2) * variance / size**2
    return ceil(min(scaled, float(end - first)))


def _error(found: Segmentation, left: int, right: int) -> float:
    """Take the standard error of a difference of means under correlation with the long run."""
    inflation = found.long_run / found.sigma**2 if found.sigma > 0 else 1.0
    phi = min(max((inflation - 1.0) / (inflation + 1.0), 0.0), 0.99)
    worth = 1.0 / effective_size(left, phi) + 1.0 / effective_size(right, phi)
    ends = 2.0 if found.kind == "line" else 1.0  # a line's end has 4 times its middle's variance
    return ends * found.sigma * sqrt(worth)


def _normal(ratio: float, df: float) -> float:
    """Find the normal deviate with the same tail as a t ratio."""
    if not isfinite(ratio):
        return 40.0
    tail = float(stdtr(df, -ratio))
    return -float(ndtri(tail)) if tail > 1e-300 else -float(ndtri_exp(-700.0))
