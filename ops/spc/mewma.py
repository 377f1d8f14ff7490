"""Multivariate EWMA: small, lasting shifts of the mean of several characteristics.

The weighted average of the deviations is judged by its own T-squared. With known parameters its
run length depends on a shift only through its Mahalanobis length.

References
----------
Lowry, Woodall, Champ and Rigdon (1992), Technometrics 34(1), 46-53.
"""

from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
from scipy.special import chdtri

from ops.errors import NotEnoughData
from ops.spc.ewma import ewma_arl
from ops.spc.hotelling import Reference
from ops.spc.run_length.mewma import mewma_arl
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class MewmaChart:
    """A multivariate EWMA chart.

    Parameters
    ----------
    average : shape (n, p)
        Weighted average of the deviations from the reference mean.
    statistic : shape (n,)
        Its T-squared.
    limit
        Upper limit, h4.
    outside
        Indices of vectors at which the statistic is beyond.
    """

    average: FloatArray
    statistic: FloatArray
    limit: float
    outside: tuple[int, ...]


def mewma_chart(
    x: FloatArray, known: Reference, *, limit: float, lambda_: float = 0.1, exact: bool = True
) -> MewmaChart:
    """Chart vectors in time order.

    Parameters
    ----------
    x : shape (n, p)
        Vectors, or means of subgroups of the reference's size; finite.
    known
        Mean and covariance of phase I.
    limit
        h4 of the wanted distance of false alarms (from asymptotic limits).
    lambda_
        Weight of the newest vector, in (0, 1].
    exact
        Use the covariance of the average at each step; False: its limit, as published tables of
        run lengths do.

    Raises
    ------
    NotEnoughData
        Without a vector.
    """
    if x.shape[0] == 0:
        raise NotEnoughData("a multivariate EWMA needs 1 unit, got 0")
    deviation = x - known.mean
    average = np.empty_like(deviation)
    level = np.zeros(known.p)
    for i, row in enumerate(deviation):
        level = level + lambda_ * (row - level)
        average[i] = level
    whitened = np.linalg.solve(np.linalg.cholesky(known.covariance), average.T)
    grown = np.ones(x.shape[0])
    if exact:
        grown = 1.0 - (1.0 - lambda_) ** (2.0 * np.arange(1, x.shape[0] + 1))
    statistic = np.einsum("ij,ij->j", whitened, whitened) * (2.0 - lambda_) / lambda_ / grown
    outside = tuple(int(i) for i in np.flatnonzero(statistic > limit))
    return MewmaChart(average, statistic, limit, outside)


@cache
def mewma_limit(arl0: float, *, p: int, lambda_: float) -> float:
    """Find the limit h4 whose distance of false alarms is `arl0` units, from a start at the mean.

    Examples
    --------
    Rigdon (1995), table 1:

    >>> round(mewma_limit(200.0, p=2, lambda_=0.1), 2)
    8.63
    """
    if lambda_ == 1.0:
        return float(chdtri(p, 1.0 / arl0))

    def excess(limit: float) -> float:
        if p == 1:  # the square of the plain chart
            return ewma_arl(lambda_=lambda_, width=sqrt(limit)) - arl0
        return mewma_arl(lambda_=lambda_, limit=limit, dims=p) - arl0

    above = 2.0 * p + 5.0
    while excess(above) < 0:
        above *= 1.5
    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    return float(brentq(excess, 1e-2, above, xtol=1e-5))
