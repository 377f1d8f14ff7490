"""How long must I still run this test: until it tells a percentile well enough."""

from collections.abc import Callable
from math import exp, inf, log, sqrt

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import is_log, standard_quantile
from ops.lifetime.planning.binomial import check_share
from ops.lifetime.planning.information import conditional_information
from ops.lifetime.planning.remaining_test import RemainingTime, first_root, running_units
from ops.values import FloatArray


def until_precise(
    data: LifeData,
    fit: LifeFit,
    p: float,
    factor: float,
    *,
    confidence: float = 0.95,
) -> RemainingTime:
    """Further time until the life at `p` is known within a factor.

    Information so far (observed) plus what the running units are expected to add. The estimate
    is infinite if even all failures were not enough. The interval comes from the fit's sigma,
    one standard error either way of the wanted confidence.

    Parameters
    ----------
    p
        Share that has failed: 0.1 for B10.
    factor
        > 1: the interval reaches from estimate / factor to estimate * factor.
    """
    check_share(p, "p")
    if not factor > 1.0:
        said = f"the precision factor is {factor:g}: it must be above 1, e.g. 1.5"
        raise BadData(said, (Problem("/factor", said),))
    running, weight = running_units(data)
    normal = float(special.ndtri(0.5 * (1.0 + confidence)))
    aim = log(factor) / normal

    def time_for(scale: float) -> float:
        error = _error_after(fit, running, weight, p, scale)
        if error(inf) > aim:
            return inf
        return first_root(lambda further: error(further) - aim, float(running.max()))

    spread = exp(normal * sqrt(float(fit.covariance[1, 1])))
    ends = [time_for(fit.sigma / spread), time_for(fit.sigma * spread)]
    estimate = time_for(fit.sigma)
    return RemainingTime(
        estimate, min(*ends, estimate), max(*ends, estimate), confidence, estimate == 0.0
    )


def _error_after(
    fit: LifeFit, running: FloatArray, weight: FloatArray, p: float, sigma: float
) -> Callable[[float], float]:
    """Tell the standard error of the log life at `p` against the further time on test."""
    now = np.linalg.inv(fit.covariance)  # of (mu, log sigma)
    z_p = float(standard_quantile(fit.family, np.array([p]))[0])
    gradient = np.array([1.0, fit.sigma * z_p])
    if not is_log(fit.family):
        gradient = gradient / (fit.mu + fit.sigma * z_p)
    line = np.log if is_log(fit.family) else np.asarray
    begin = (line(running) - fit.mu) / sigma

    def error(further: float) -> float:
        end = (line(running + further) - fit.mu) / sigma
        f11, f12, f22 = weight @ conditional_information(fit.family, begin, end)
        more = np.array([[f11 / sigma**2, f12 / sigma], [f12 / sigma, f22]])
        return sqrt(float(gradient @ np.linalg.solve(now + more, gradient)))

    return error
