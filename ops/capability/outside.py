"""Share of the values outside the specification: counted, and as a normal process would have it.

References
----------
Clopper and Pearson (1934), Biometrika 26(4), 404-413 (exact binomial interval).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtr

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
