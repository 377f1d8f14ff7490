"""Bounds of a plotting position: ranks of an ordered sample follow the beta distribution."""

import numpy as np
from scipy.special import betaincinv

from ops.values import FloatArray


def rank_bounds(
    order: FloatArray, n: float, *, confidence: float = 0.90
) -> tuple[FloatArray, FloatArray]:
    """Two-sided beta-binomial bounds of the share that has failed by each ordered failure.

    Each side leaves out (1 - confidence) / 2: two-sided 90 % bounds are the 5 % and 95 % ranks.
    Exact for complete samples; for ranks adjusted for suspensions the customary approximation.

    Parameters
    ----------
    order : shape (k,)
        Rank of each failure, from 1 to `n`; adjusted ranks lie between whole numbers.
    n
        Size of the sample.

    References
    ----------
    Johnson (1964); Abernethy (2006), The New Weibull Handbook, section 7.3 (beta-binomial bounds).

    Examples
    --------
    >>> low, high = rank_bounds(np.array([1.0]), 10)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0051, 0.2589)
    """
    tail = (1.0 - confidence) / 2.0
    rest = n - order + 1.0
    return np.asarray(betaincinv(order, rest, tail), dtype=np.float64), np.asarray(
        betaincinv(order, rest, 1.0 - tail), dtype=np.float64
    )
