"""Tolerance intervals: limits that hold a share of the process with a stated confidence.

Normal: mean ± k sigma. Two-sided k is exact, the integral over the mean of the chi-square
probability that sigma is large enough; one-sided k is a quantile of the noncentral t. Free of a
distribution: a pair of order statistics. Fewer independent values than there are, as when values
come in lots, widen the normal interval.

References
----------
ISO 16269-6:2014, Determination of statistical tolerance intervals, tables C and D (exact factors);
Howe (1969), J. Am. Statistical Association 64, 610-620 (two-sided factor);
Wilks (1941), Annals of Mathematical Statistics 12(1), 91-96 (order statistics).
"""

from dataclasses import dataclass
from functools import lru_cache
from math import inf, sqrt

import numpy as np
from scipy.special import bdtr, bdtrc, chdtrc, chdtri, chndtrix, nctdtrit, ndtri

from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Limits that hold `coverage` of the process with `confidence`; a side may be infinite."""

    lower: float
    upper: float
    coverage: float
    confidence: float
    method: str


@lru_cache(maxsize=4096)
def two_sided_factor(n: float, df: float, coverage: float, confidence: float) -> float:
    """Exact factor k of a two-sided normal tolerance interval.

    Parameters
    ----------
    n, df
        Independent values behind the mean, degrees of freedom behind sigma.

    Examples
    --------
    >>> round(two_sided_factor(10, 9, 0.95, 0.95), 3)
    3.393
    """
    nodes, gauss = np.polynomial.legendre.leggauss(64)
    half = 8.0 / sqrt(n)  # the mean lies within 8 of its standard errors
    z = half * (nodes + 1.0) / 2  # the integrand is even
    weight = 2.0 * gauss * half / 2 * np.exp(-0.5 * n * z * z) * sqrt(n / (2.0 * np.pi))
    radius = chndtrix(coverage, 1.0, z * z)  # squared half-width around the true mean needed
    if not np.all(np.isfinite(radius)):
        return float("nan")

    def short(k: float) -> float:
        return float(weight @ chdtrc(df, df * radius / (k * k))) - confidence

    howe = ndtri((1 + coverage) / 2) * sqrt((1 + 1 / n) * df / chdtri(df, confidence))
    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(short, howe / 4, howe * 4, xtol=1e-12))


def one_sided_factor(n: float, df: float, coverage: float, confidence: float) -> float:
    """Exact factor k of a one-sided normal tolerance limit.

    Examples
    --------
    >>> round(one_sided_factor(10, 9, 0.95, 0.95), 3)
    2.911
    """
    return float(nctdtrit(df, ndtri(coverage) * sqrt(n), confidence)) / sqrt(n)


def normal_tolerance(
    mean: float,
    sigma: float,
    *,
    n: float,
    df: float,
    coverage: float = 0.9973,
    confidence: float = 0.95,
    sides: str = "both",
) -> Tolerance:
    """Make the normal tolerance interval; `sides` is both, lower (from below only) or upper."""
    if sides == "both":
        half = two_sided_factor(n, df, coverage, confidence) * sigma
        return Tolerance(mean - half, mean + half, coverage, confidence, "normal, exact")
    half = one_sided_factor(n, df, coverage, confidence) * sigma
    low, high = (mean - half, inf) if sides == "lower" else (-inf, mean + half)
    return Tolerance(low, high, coverage, confidence, "normal, noncentral t")


def free_tolerance(
    x: FloatArray, *, coverage: float = 0.9973, confidence: float = 0.95
) -> Tolerance | None:
    """Two-sided interval of order statistics, symmetric in rank; None where n is too small.

    The r-th smallest and r-th largest hold the coverage with the probability that a binomial of
    n and 1 - coverage is at least 2 r.

    Parameters
    ----------
    x : shape (n,)

    Examples
    --------
    >>> free_tolerance(np.arange(92.0), coverage=0.95) is None  # 93 values are needed
    True
    """
    n, miss = x.size, 1.0 - coverage
    if n < 2 or bdtrc(1, n, miss) < confidence:
        return None
    low, high = 1, max(n // 2, 1)
    while low < high:  # the largest r that is still sure enough
        middle = (low + high + 1) // 2
        sure = 1.0 - float(bdtr(2 * middle - 1, n, miss)) >= confidence
        low, high = (middle, high) if sure else (low, middle - 1)
    ends = np.partition(x, (low - 1, n - low))
    return Tolerance(
        float(ends[low - 1]), float(ends[n - low]), coverage, confidence, "order statistics"
    )
