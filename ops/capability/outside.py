"""Share of the values outside the specification: counted, and as a normal process would have it.

References
----------
Clopper and Pearson (1934), Biometrika 26(4), 404-413 (exact binomial interval);
Chou and Owen (1984), Commun. Statist. - Theory Meth. 13(4), 463-478 (share of a normal process).
"""

from dataclasses import dataclass
from math import exp, isfinite, pi, sqrt

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from ops.capability.families import Fit, delta
from ops.capability.index import Interval
from ops.values import FloatArray, SpecLimits


@dataclass(frozen=True, slots=True)
class Outside:
    """Shares in 0..1: counted (with exact interval), and expected of a normal process."""

    below: int
    above: int
    counted: Interval
    expected: float


def outside(
    x: FloatArray, limits: SpecLimits, *, mean: float, sigma: float, confidence: float = 0.95
) -> Outside:
    """Count what lies beyond the limits; a value on a limit is inside.

    Parameters
    ----------
    x : shape (n,)
        At least one value.
    mean, sigma
        Of the normal process whose share outside is reported as expected; `sigma` > 0.
    """
    below = int(np.count_nonzero(x < limits.lower))
    above = int(np.count_nonzero(x > limits.upper))
    expected = expected_share(limits, mean=mean, sigma=sigma)
    return Outside(below, above, clopper_pearson(below + above, x.size, confidence), expected)


def expected_share(limits: SpecLimits, *, mean: float, sigma: float) -> float:
    """Share of a normal process beyond the limits.

    Examples
    --------
    >>> round(expected_share(SpecLimits(-3.0, 3.0), mean=0.0, sigma=1.0), 4)
    0.0027
    """
    return float(ndtr((limits.lower - mean) / sigma) + ndtr((mean - limits.upper) / sigma))


def clopper_pearson(k: int, n: int, confidence: float = 0.95) -> Interval:
    """Exact interval of a binomial share.

    Examples
    --------
    >>> round(clopper_pearson(0, 100).upper, 4)
    0.0362
    """
    tail = (1.0 - confidence) / 2
    lower = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    upper = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1.0 - tail))
    return Interval(k / n, lower, upper)


def normal_share(
    limits: SpecLimits,
    *,
    mean: float,
    sigma: float,
    n: float,
    df: float,
    confidence: float = 0.95,
) -> Interval:
    """Share of a normal process beyond the limits, with interval.

    The bounds are those of its normal score (delta method): close to Chou and Owen's on one side,
    and defined on two.

    Parameters
    ----------
    n, df
        Independent values behind the mean, degrees of freedom behind sigma.

    Examples
    --------
    >>> found = normal_share(SpecLimits(-3.0, 3.0), mean=0.0, sigma=1.0, n=100, df=99)
    >>> found.lower < found.value < found.upper
    True
    """
    share = expected_share(limits, mean=mean, sigma=sigma)
    z = [(mean - limits.lower) / sigma, (limits.upper - mean) / sigma]
    density = [exp(-0.5 * v * v) / sqrt(2.0 * pi) if isfinite(v) else 0.0 for v in z]
    by_mean = density[1] - density[0]
    by_sigma = sum(d * v for d, v in zip(density, z, strict=True) if isfinite(v))
    score = float(ndtri(share))
    slope = exp(-0.5 * score * score) / sqrt(2.0 * pi) if isfinite(score) else 0.0
    if slope > 0.0:
        error = sqrt((by_mean / slope) ** 2 / n + (by_sigma / slope) ** 2 / (2.0 * df))
    else:  # so far out that no density is left: the nearer limit alone, on its own score
        score = -min(z)
        error = sqrt(1.0 / n + score**2 / (2.0 * df))
    return _around(share, score, error, confidence)


def fitted_share(
    found: Fit,
    x: FloatArray,
    limits: SpecLimits,
    *,
    widening: float = 1.0,
    confidence: float = 0.95,
) -> Interval:
    """Share of a fitted family beyond the limits, with interval (delta method, normal score).

    Parameters
    ----------
    x : shape (n,)
        The values that were fitted.
    widening
        Factor of the half-width where values depend on each other.
    """

    def share(one: Fit) -> float:
        below, _ = one.tails(np.array([limits.lower])) if isfinite(limits.lower) else _NONE
        _, above = one.tails(np.array([limits.upper])) if isfinite(limits.upper) else _NONE
        return float(below[0] + above[0])

    value = share(found)
    score = float(ndtri(value))
    error = delta(found, x, lambda one: float(ndtri(share(one)))) if isfinite(score) else None
    if error is None:
        return Interval(value, 0.0, 1.0)
    return _around(value, score, error * widening, confidence)


_NONE = (np.zeros(1), np.zeros(1))


def _around(share: float, score: float, error: float, confidence: float) -> Interval:
    half = float(ndtri(0.5 + confidence / 2)) * error
    return Interval(share, float(ndtr(score - half)), float(ndtr(score + half)))
