"""Wald bounds: the estimate and its standard error, on a scale that is named.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 8.4.
"""

from math import exp, inf, log, sqrt
from typing import Literal

import numpy as np
from scipy.special import ndtri

from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import is_log
from ops.values import FloatArray

Scale = Literal["log", "linear"]


def wald_line(fit: LifeFit, z0: float, level: float) -> float:
    """Bound of mu + sigma z0 on the line of the family: below if `level` > 1/2, else above."""
    slope = np.array([1.0, fit.sigma * z0])
    return fit.mu + fit.sigma * z0 - _z(level) * _error(fit, slope)


def wald_linear(fit: LifeFit, z0: float, level: float) -> float:
    """Bound of the quantile on the scale of the times (delta method), put back on the line.

    It is minus infinity on a logarithmic line where the bound of the time is not above 0.
    """
    if not is_log(fit.family):
        return wald_line(fit, z0, level)
    slope = np.array([1.0, fit.sigma * z0])
    factor = 1.0 - _z(level) * _error(fit, slope)
    return fit.mu + fit.sigma * z0 + log(factor) if factor > 0.0 else -inf


def wald_standard(fit: LifeFit, y0: float, level: float) -> float:
    """Bound of (mu - y0) / sigma, the standard quantile of the reliability at `y0`, upward."""
    z = (y0 - fit.mu) / fit.sigma
    return -z - _z(level) * _error(fit, np.array([-1.0 / fit.sigma, -z]))


def wald_parameter(
    fit: LifeFit, name: str, *, confidence: float = 0.95, scale: Scale = "log"
) -> tuple[float, float]:
    """Two-sided interval of a parameter by its name: eta, alpha, beta, mu or sigma.

    Parameters
    ----------
    scale
        ``log`` or ``linear``; `mu` has only the linear one.
    """
    estimate = estimate_of(fit, name)
    location = name in ("eta", "alpha", "mu")
    error = sqrt(float(fit.covariance[0, 0] if location else fit.covariance[1, 1]))
    z = _z(0.5 + confidence / 2.0)
    if name == "mu":
        return estimate - z * error, estimate + z * error
    if scale == "log":
        return estimate * exp(-z * error), estimate * exp(z * error)
    return estimate * (1.0 - z * error), estimate * (1.0 + z * error)


def estimate_of(fit: LifeFit, name: str) -> float:
    """Maximum likelihood of a parameter by its name; `mu` and `sigma` of any family."""
    return {"mu": fit.mu, "sigma": fit.sigma, **fit.parameters}[name]


def _error(fit: LifeFit, slope: FloatArray) -> float:
    return sqrt(float(slope @ fit.covariance @ slope))


def _z(level: float) -> float:
    return float(ndtri(level))
