"""Intervals of capability indices that hold when values come in lots or neighbours are alike.

The interval of the total variance is that of a sum of independent mean squares (modified large
sample); the interval of an index joins it with that of the mean by variance estimates recovered
from both (MOVER).

References
----------
Graybill and Wang (1980), J. Am. Statistical Association 75, 869-873 (modified large sample);
Zou and Donner (2008), Statistics in Medicine 27(10), 1693-1702 (MOVER);
Bissell (1990), Applied Statistics 39(3), 331-340 (the mean's part of the variance of Cpk);
Chan, Cheng and Spiring (1988), J. Quality Technology 20(3), 162-175 (Cpm).
"""

from math import hypot, inf, isfinite, sqrt

from scipy.special import chdtri, ndtri

from ops.capability.effective import EffectiveSize
from ops.capability.index import Indices, Interval, chi_interval, indices
from ops.values import SpecLimits


def total_sigma(size: EffectiveSize, confidence: float = 0.95) -> Interval:
    """Total standard deviation with its interval.

    Examples
    --------
    >>> one = EffectiveSize("lots", 10, 9, 2.0, 0.0, 0.0, ((4.0, 9.0),))
    >>> round(total_sigma(one).lower, 4)  # one part: the chi-square interval
    1.3757
    """
    tail = (1.0 - confidence) / 2
    square, down, up = size.sigma**2, 0.0, 0.0
    for variance, df in size.parts:
        down = hypot(down, (1.0 - df / chdtri(df, tail)) * variance)
        low = chdtri(df, 1.0 - tail)
        up = hypot(up, (df / low - 1.0) * variance if low > 0 else inf)
    return Interval(size.sigma, sqrt(max(square - down, 0.0)), sqrt(square + up))


def total_indices(
    mean: float,
    sigma: float,
    limits: SpecLimits,
    *,
    size: EffectiveSize,
    confidence: float = 0.95,
) -> Indices:
    """Make the indices of the total distribution, with intervals that allow for dependence.

    Parameters
    ----------
    mean, sigma
        Of the sample; the value of an index is made of these. Its bounds are made of the total
        sigma of `size`, and always bracket the value.
    """
    if size.method == "independent":
        return indices(mean, sigma, limits, n=size.n, df=size.df, confidence=confidence)
    total = total_sigma(size, confidence)
    lower = upper = both = None
    if isfinite(limits.lower):
        lower = _side(mean - limits.lower, sigma, total, size.n, confidence)
    if isfinite(limits.upper):
        upper = _side(limits.upper - mean, sigma, total, size.n, confidence)
    if lower is not None and upper is not None:
        sixth = (limits.upper - limits.lower) / 6
        both = _bracket(sixth / sigma, sixth / total.upper, _over(sixth, total.lower))
    sides = [side for side in (lower, upper) if side is not None]
    return Indices(both, lower, upper, min(sides, key=lambda side: side.value))


def total_cpm(
    mean: float,
    sigma: float,
    limits: SpecLimits,
    *,
    size: EffectiveSize,
    confidence: float = 0.95,
) -> Interval:
    """Cpm from the overall sigma; Chan's degrees of freedom with the effective sizes."""
    if limits.target is None or not isfinite(limits.upper - limits.lower):
        raise ValueError("Cpm needs both limits and a target")
    off = (mean - limits.target) / sigma
    value = (limits.upper - limits.lower) / (6 * sigma * sqrt(1 + off**2))
    df = (1 + off**2) ** 2 / (1 / (size.df + 1) + 2 * off**2 / size.n)
    return chi_interval(value, df=df, confidence=confidence)


def _side(margin: float, sigma: float, total: Interval, n: float, confidence: float) -> Interval:
    """Join the bounds of sigma with those of the mean; of a mean outside, the other way round."""
    value, third = margin / (3 * sigma), margin / 3
    of_mean = float(ndtri(0.5 + confidence / 2)) / (3 * sqrt(n))
    center = third / total.value
    ends = sorted((third / total.upper, _over(third, total.lower)))
    low, high = center - hypot(of_mean, center - ends[0]), center + hypot(of_mean, ends[1] - center)
    return _bracket(value, low, high)


def _over(value: float, divisor: float) -> float:
    return value / divisor if divisor > 0 else (inf if value > 0 else -inf)


def _bracket(value: float, lower: float, upper: float) -> Interval:
    return Interval(value, min(value, lower), max(value, upper))
