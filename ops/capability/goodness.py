"""How well a distribution fits: Anderson and Darling's statistic and its chance.

A fitted distribution of any family is tested through the normal scores of its values, which are
standardized and tested for normality (Chen and Balakrishnan). Rounded values break ties evenly
within the step of rounding first: rounding alone would reject every distribution.

References
----------
Anderson and Darling (1954), J. Am. Statistical Association 49, 765-769;
D'Agostino and Stephens (1986), Goodness-of-Fit Techniques, table 4.9 (p with both parameters
estimated);
Chen and Balakrishnan (1995), J. Quality Technology 27(2), 154-161.
"""

from dataclasses import dataclass
from math import exp

import numpy as np
from scipy.special import log_ndtr

from ops.values import FloatArray

_ROUNDED = 0.5  # share of distinct values below which data count as rounded


@dataclass(frozen=True, slots=True)
class Goodness:
    """Anderson-Darling statistic, corrected for the sample size, and its p-value."""

    statistic: float
    p: float


def anderson_darling(z: FloatArray, *, worth: float = 1.0) -> Goodness:
    """Test normality of scores, mean and deviation estimated.

    Parameters
    ----------
    z : shape (n,)
        At least 3, not all equal.
    worth
        Independent values over values: dependent ones inflate the statistic by about its inverse.

    Examples
    --------
    >>> anderson_darling(np.arange(9.0)).p > 0.9
    True
    """
    n = z.size
    ordered = np.sort((z - z.mean()) / z.std(ddof=1))
    rank = 2.0 * np.arange(1, n + 1) - 1.0
    total = float(rank @ (log_ndtr(ordered) + log_ndtr(-ordered[::-1])))
    square = (-n - total / n) * (1.0 + 0.75 / n + 2.25 / n**2)
    return Goodness(square, _p(max(square * worth, 0.0)))


def _p(a: float) -> float:
    if a >= 13.0:
        return 0.0
    if a >= 0.6:
        return exp(1.2937 - 5.709 * a + 0.0186 * a * a)
    if a >= 0.34:
        return exp(0.9177 - 4.279 * a - 1.38 * a * a)
    if a >= 0.2:
        return 1.0 - exp(-8.318 + 42.796 * a - 59.938 * a * a)
    return 1.0 - exp(-13.436 + 101.14 * a - 223.73 * a * a)


def step_of_rounding(x: FloatArray) -> float:
    """Return the step to which values are rounded; 0 where most are distinct.

    Examples
    --------
    >>> step_of_rounding(np.array([0.1, 0.2, 0.2, 0.2, 0.4, 0.1]))
    0.1
    """
    distinct = np.unique(x)
    if distinct.size < 2 or distinct.size > _ROUNDED * x.size:
        return 0.0
    gaps = np.diff(distinct)
    gaps = gaps[gaps > 1e-9 * float(np.max(np.abs(distinct)))]
    return round(float(gaps.min()), 12) if gaps.size else 0.0


def spread_ties(x: FloatArray, step: float) -> FloatArray:
    """Spread equal values evenly over the step of rounding around them; sorted."""
    values, count = np.unique(x, return_counts=True)
    first = np.cumsum(count) - count
    place = np.arange(x.size) - np.repeat(first, count)
    shift = ((place + 0.5) / np.repeat(count, count) - 0.5) * step
    return np.asarray(np.repeat(values, count) + shift, dtype=np.float64)
