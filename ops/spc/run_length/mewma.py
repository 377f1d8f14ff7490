"""Multivariate EWMA: run length, by distance from the target and by angle to the shift.

Without a shift only the distance from the target matters: one integral equation over the radius.
With a shift the part along it and the distance across it matter: two dimensions.

References
----------
Rigdon (1995a), J. Statistical Computation and Simulation 52, 351-365 (radius);
Rigdon (1995b), Computational Statistics 10, 149-172 (with a shift);
Runger and Prabhu (1996), J. American Statistical Association 91, 1701-1706.
"""

from math import pi, sqrt

import numpy as np
from scipy.special import gammaln, ive

from ops.spc.run_length.chain import FARTHEST, legendre, nodes_for
from ops.values import FloatArray


def mewma_arl(*, lambda_: float, limit: float, dims: int, shift: float = 0.0) -> float:
    """Mean number of vectors until a multivariate EWMA with a fixed limit signals.

    Parameters
    ----------
    lambda_
        Weight of the newest vector.
    limit
        Of the statistic's squared distance, in its asymptotic covariance ("h4").
    dims
        Number of variables, at least 2.
    shift
        Length of the mean's shift, in Mahalanobis distance of one vector.

    Examples
    --------
    >>> round(mewma_arl(lambda_=0.1, limit=8.63, dims=2))
    200
    """
    radius = sqrt(limit * lambda_ / (2.0 - lambda_))
    if shift == 0.0:
        first, step = _radial(lambda_, radius, dims)
    else:
        first, step = _with_shift(lambda_, radius, dims, shift)
    after = np.linalg.solve(np.eye(first.size) - step, np.ones(first.size))
    length = 1.0 + float(first @ after)
    return length if 0.99 < length < FARTHEST else np.inf


def _radial(lambda_: float, radius: float, dims: int) -> tuple[FloatArray, FloatArray]:
    nodes, weights = legendre(nodes_for(0.5 * radius, lambda_))
    r, w = 0.5 * radius * (nodes + 1.0), 0.5 * radius * weights / lambda_
    start = np.concatenate([np.zeros(1), r])
    kernel = _distance(r[None, :] / lambda_, (1.0 - lambda_) / lambda_ * start[:, None], dims) * w
    return kernel[0], kernel[1:]


def _with_shift(
    lambda_: float, radius: float, dims: int, shift: float
) -> tuple[FloatArray, FloatArray]:
    size = radius / lambda_
    (s, ws), (t, wt) = legendre(int(14 + 3 * size)), legendre(int(8 + 2 * size))
    along = radius * np.sin(0.5 * pi * s)
    width = np.sqrt(radius**2 - along**2)
    across = (0.5 * width[:, None] * (t + 1.0)).ravel()
    w = np.outer(ws * 0.5 * pi * radius * np.cos(0.5 * pi * s) * 0.5 * width, wt).ravel()
    along = np.repeat(along, t.size)
    at = np.concatenate([np.zeros(1), along]), np.concatenate([np.zeros(1), across])
    z = (along[None, :] - (1.0 - lambda_) * at[0][:, None]) / lambda_ - shift
    kernel = np.exp(-0.5 * z * z) * (w / (lambda_**2 * sqrt(2.0 * pi)))
    away = (1.0 - lambda_) / lambda_ * at[1][:, None]
    kernel *= _distance(across[None, :] / lambda_, away, dims - 1)
    return kernel[0], kernel[1:]


def _distance(r: FloatArray, away: FloatArray, dims: int) -> FloatArray:
    """Density at `r` of the length of a normal vector whose mean has the length `away`."""
    order = 0.5 * dims - 1.0
    central = np.exp(
        (dims - 1.0) * np.log(r) - 0.5 * r * r - order * np.log(2.0) - gammaln(0.5 * dims)
    )
    safe = np.maximum(away, 1e-8)
    gap = r - safe
    bessel = r * (r / safe) ** order * np.exp(-0.5 * gap * gap) * ive(order, r * safe)
    density: FloatArray = np.where(away > 1e-8, bessel, central)
    return density
