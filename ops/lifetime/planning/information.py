"""Expected Fisher information of one unit on test, for a log-location-scale family."""

from functools import cache

import numpy as np

from ops.lifetime.location_scale import (
    Family,
    standard_log_pdf,
    standard_quantile,
    standard_sf,
)
from ops.values import FloatArray

NODES = 32  # of Gauss and Legendre on each panel
_STEP = 1.0  # width of a panel in standard units
_TAIL = 1e-15  # probability left out at each end


def unit_information(family: Family, censor: FloatArray) -> FloatArray:
    """Information on (mu / sigma, log sigma) from a unit on test until a standard time.

    The information of a right-censored time is the integral of the squared score of the log
    hazard over the density of what is seen (Efron and Johnstone 1990, Annals of Statistics 18(1),
    38-62). With h the hazard of the standard variable, and u = d log h / dz:
    ``integral of (u, 1 + z u)' (u, 1 + z u) f(z) dz`` up to the time of censoring.

    Parameters
    ----------
    censor : shape (k,)
        Standard times (log t - mu) / sigma at which units that last are taken off.

    Returns
    -------
    shape (k, 3)
        Entries 11, 12, 22. Divide by sigma**2 for mu itself.

    Examples
    --------
    Complete Weibull data: 1, 1 - Euler's constant, its square + pi**2 / 6.

    >>> np.round(unit_information("weibull", np.array([np.inf])), 4).tolist()
    [[1.0, 0.4228, 1.8237]]
    """
    low, high = _range(family)
    edges, sums = _cumulated(family)
    at = np.clip(np.asarray(censor, dtype=np.float64), low, high)
    panel = np.minimum(((at - low) / _STEP).astype(np.int64), edges.size - 2)
    return sums[panel] + _integral(family, edges[panel], at)


def conditional_information(family: Family, begin: FloatArray, end: FloatArray) -> FloatArray:
    """Further information from units that have lasted until `begin`, if watched until `end`.

    As `unit_information`, given survival: shape (k, 3).
    """
    lasted = np.asarray(standard_sf(family, np.asarray(begin, dtype=np.float64)))
    more = unit_information(family, end) - unit_information(family, begin)
    share = np.maximum(lasted, 1e-300)[:, None]
    return np.asarray(more / share, dtype=np.float64)


def _range(family: Family) -> tuple[float, float]:
    ends = standard_quantile(family, np.array([_TAIL, 1.0 - _TAIL]))
    return float(ends[0]) - 1.0, float(ends[1]) + 1.0


@cache
def _cumulated(family: Family) -> tuple[FloatArray, FloatArray]:
    """Edges of the panels and the information up to each of them."""
    low, high = _range(family)
    edges = np.append(np.arange(low, high, _STEP), high)
    parts = _integral(family, edges[:-1], edges[1:])
    return edges, np.vstack([np.zeros((1, 3)), np.cumsum(parts, axis=0)])


def _integral(family: Family, begin: FloatArray, end: FloatArray) -> FloatArray:
    """Information between pairs of standard times not far apart, shape (k, 3)."""
    x, w = np.polynomial.legendre.leggauss(NODES)
    half = 0.5 * (end - begin)
    z = begin[:, None] + half[:, None] * (x + 1.0)
    density = np.exp(standard_log_pdf(family, z)) * w * half[:, None]
    u = hazard_slope(family, z)
    scale = 1.0 + z * u
    return np.stack([np.sum(part * density, axis=1) for part in (u * u, u * scale, scale**2)], 1)


def hazard_slope(family: Family, z: FloatArray) -> FloatArray:
    """Differentiate the log hazard of the standard variable, shape as `z`."""
    if family in ("weibull", "gumbel"):
        return np.ones_like(z)
    sf = np.asarray(standard_sf(family, z))
    if family in ("loglogistic", "logistic"):
        return sf
    hazard = np.exp(standard_log_pdf(family, z)) / np.maximum(sf, 1e-300)
    return hazard - z
