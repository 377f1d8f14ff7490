"""Fisher-matrix bounds at any estimate, as packages give them beside a rank regression."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from ops.lifetime.data import LifeData
from ops.lifetime.likelihood import derivatives_at
from ops.lifetime.location_scale import Family, is_log, standard_quantile
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its standard error and two-sided bounds; NaN where there are none."""

    estimate: float
    std_error: float
    lower: float
    upper: float


def fisher_covariance(data: LifeData, family: Family, mu: float, sigma: float) -> FloatArray | None:
    """Covariance of (mu, log sigma) by the curvature at an estimate that need be no maximum.

    The curvature is taken in the parameters that packages print, (eta, beta) or (mu, sigma): away
    from the maximum it depends on them. None where it is no covariance.

    Returns
    -------
    FloatArray or None
        Shape (2, 2).
    """
    found = derivatives_at(data, family, mu, sigma)
    slope, bend = found.gradient, found.hessian.copy()
    by_shape = family in ("weibull", "loglogistic")  # eta and beta: mu = log eta, sigma = 1 / beta
    # second derivatives of (mu, log sigma) by the logarithms of the printed parameters, and of
    # these by the parameters themselves, fold the slope into the curvature
    if by_shape:
        bend[0, 0] -= slope[0]
    bend[1, 1] += slope[1] if by_shape else -slope[1]
    try:
        np.linalg.cholesky(-bend)
    except np.linalg.LinAlgError:
        return None
    return np.asarray(np.linalg.inv(-bend), dtype=np.float64)


def wald_parameters(
    family: Family, mu: float, sigma: float, covariance: FloatArray | None, confidence: float
) -> dict[str, Interval]:
    """Bounds of the printed parameters: of positive ones normal in their logarithm."""
    z = float(ndtri(0.5 + confidence / 2.0))
    se = np.full(2, np.nan) if covariance is None else np.sqrt(np.diag(covariance))
    scale = _positive(sigma, float(se[1]), z)
    place = Interval(mu, float(se[0]), mu - z * float(se[0]), mu + z * float(se[0]))
    if family not in ("weibull", "loglogistic"):
        return {"mu": place, "sigma": scale}
    name = "eta" if family == "weibull" else "alpha"
    beta = _positive(1.0 / sigma, float(se[1]), z)
    return {name: _positive(float(np.exp(mu)), float(se[0]), z), "beta": beta}


def wald_life(
    family: Family, mu: float, sigma: float, covariance: FloatArray | None,
    confidence: float, p: float,
) -> Interval:  # fmt: skip
    """Bounds of the time by which the share `p` has failed: normal in its logarithm."""
    w = float(standard_quantile(family, np.array(p)))
    line = mu + sigma * w
    se = np.nan
    if covariance is not None:
        side = np.array([1.0, sigma * w])
        se = float(np.sqrt(side @ covariance @ side))
    z = float(ndtri(0.5 + confidence / 2.0))
    if is_log(family):
        return _positive(float(np.exp(line)), se, z)
    return Interval(line, se, line - z * se, line + z * se)


def _positive(estimate: float, se: float, z: float) -> Interval:
    """Bounds of a positive number whose logarithm has the standard error `se`."""
    wide = float(np.exp(z * se))
    return Interval(estimate, estimate * se, estimate / wide, estimate * wide)
