"""EWMA of subgroup variances: run length of the upper chart.

The kernel begins where a variance of 0 would lead, so that collocation is used instead of plain
Nystrom: the solution is a polynomial on Legendre nodes, integrated over the standard deviation.
"""

from math import sqrt

import numpy as np
from scipy.special import gammainc, gammaln

from ops.spc.run_length.chain import FARTHEST, legendre
from ops.spc.run_length.lagrange import cardinals
from ops.values import FloatArray

NODES = 40
QUADRATURE = 60


def variance_ewma_arl(*, lambda_: float, width: float, df: int, ratio: float = 1.0) -> float:
    """Mean number of subgroups until an upper EWMA of variances signals.

    The statistic is reset to the in-control variance where it falls below.

    Parameters
    ----------
    lambda_
        Weight of the newest variance.
    width
        Distance of the limit from the in-control variance, in asymptotic standard deviations of
        the statistic.
    df
        Degrees of freedom of one variance: size of the subgroups less 1.
    ratio
        True standard deviation over the in-control one.

    References
    ----------
    Knoth (2005), Statistics and Computing 15, 341-352 (collocation); Knoth (2006), Table 4.

    Examples
    --------
    >>> round(variance_ewma_arl(lambda_=0.15, width=2.4831, df=4), 1)
    100.0
    """
    limit = 1.0 + width * sqrt(lambda_ / (2.0 - lambda_) * 2.0 / df)
    nodes, _ = legendre(NODES)
    z = np.concatenate([np.ones(1), 1.0 + 0.5 * (limit - 1.0) * (nodes + 1.0)])
    scale = df / (lambda_ * ratio**2)
    low = np.sqrt(scale * np.maximum(0.0, 1.0 - (1.0 - lambda_) * z))
    high = np.sqrt(scale * (limit - (1.0 - lambda_) * z))
    t, w = legendre(QUADRATURE)
    half = 0.5 * (high - low)[:, None]
    u = 0.5 * (high + low)[:, None] + half * t
    after = (1.0 - lambda_) * z[:, None] + u * u / scale
    place = np.clip(2.0 * (after - 1.0) / (limit - 1.0) - 1.0, -1.0, 1.0)
    step = np.einsum("iq,iqk->ik", half * w * _chi(u, df), cardinals(NODES, place))
    reset = gammainc(0.5 * df, 0.5 * low * low)[:, None]
    matrix = np.eye(NODES + 1) - np.hstack([reset, step])
    length = float(np.linalg.solve(matrix, np.ones(NODES + 1))[0])
    return length if 0.99 < length < FARTHEST else np.inf


def _chi(u: FloatArray, df: int) -> FloatArray:
    """Density of the chi distribution."""
    log = (df - 1.0) * np.log(u) - 0.5 * u * u - (0.5 * df - 1.0) * np.log(2.0) - gammaln(0.5 * df)
    density: FloatArray = np.exp(log)
    return density
