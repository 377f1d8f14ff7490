"""Gamma process: damage that only grows; it fails when it has passed the limit.

Over operational time L = t^power the damage gains Gamma(shape = rate L, scale). An increment that
reads zero is one below the resolution of the reading.

References
----------
van Noortwijk (2009), Reliability Engineering and System Safety 94, 2-21;
Lawless & Crowder (2004), Lifetime Data Analysis 10, 213-227.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln, xlogy

from ops.errors import BadData, NotEnoughData
from ops.lifetime.degradation.increments import Increments
from ops.lifetime.degradation.likelihood_search import covariance_at, maximum
from ops.lifetime.degradation.wiener import POWER
from ops.values import FloatArray

STEPS = (1e-4, 1e6)  # shape of the growth of the mean unit


@dataclass(frozen=True)
class GammaLife:
    """A gamma process of damage, and the life that follows from it.

    Parameters
    ----------
    rate
        Shape per unit of operational time.
    scale
        Of the increments, in the unit of the values.
    power
        Exponent of time.
    distance, horizon, loglik, k, theta, covariance
        As in `WienerLife`; `theta` is (log rate, log scale, log power if estimated).
    """

    rate: float
    scale: float
    power: float
    distance: float
    horizon: float
    loglik: float
    k: int
    theta: FloatArray
    covariance: FloatArray | None
    family: str = "gamma-process"

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters by their names."""
        return {"rate": self.rate, "scale": self.scale, "power": self.power}

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share whose damage has passed the limit by `t`, shape as `t`."""
        time = np.asarray(t, dtype=np.float64) ** self.power
        found = gammaincc(self.rate * time, self.distance / self.scale)
        return np.asarray(found, dtype=np.float64)

    def cdf_at(self, theta: FloatArray, t: float) -> float:
        """Share that has failed by `t`, at other parameters."""
        power = exp(theta[2]) if theta.size > 2 else self.power
        return float(gammaincc(exp(theta[0]) * t**power, self.distance / exp(theta[1])))


def fit_gamma_process(
    grown: Increments, *, power: float | None = 1.0, resolution: float | None = None
) -> GammaLife:
    """Fit the process by maximum likelihood.

    Parameters
    ----------
    power
        Exponent of time; None: estimated.
    resolution
        Of a reading: an increment of 0 lies below it; None: the smallest increment seen.

    Raises
    ------
    BadData
        If damage went back: this process cannot.
    NotEnoughData
        If nothing grew, or every increment is in proportion to time.
    """
    back = np.flatnonzero(grown.growth < 0)
    if back.size:
        raise BadData(
            f"{back.size} increments go back: damage of a gamma process only grows; use the Wiener"
            " process, which allows for noise of the reading"
        )
    some = grown.growth[grown.growth > 0]
    if some.size < 3:
        raise NotEnoughData(f"a gamma process needs 3 increments above 0, got {some.size}")
    least = float(some.min()) if resolution is None else resolution
    total, exposed = float(grown.growth.sum()), grown.end - grown.start
    reach = float(exposed.sum()) / grown.items

    def level(at: FloatArray) -> float:
        return _loglik(grown, exp(at[0]), exp(at[1]), exp(at[2]) if at.size > 2 else power, least)

    def theta_of(at: FloatArray) -> FloatArray:
        exponent = exp(at[1]) if power is None else power
        rate = exp(at[0]) / reach**exponent
        wide = float(np.sum(grown.end**exponent - grown.start**exponent))
        start = [log(rate), log(total / (rate * wide))]
        return np.array(start + ([log(exponent)] if power is None else []))

    corners = [np.log(STEPS)] + ([np.log(POWER)] if power is None else [])
    low, high = (np.array([corner[side] for corner in corners]) for side in (0, 1))
    best = maximum(lambda at: level(theta_of(at)), low, high)
    if best[0] > log(STEPS[1]) - 1.0:
        raise NotEnoughData("every increment is in proportion to time: a line needs no process")
    theta = theta_of(best)
    return GammaLife(
        rate=exp(theta[0]),
        scale=exp(theta[1]),
        power=exp(theta[2]) if power is None else power,
        distance=float(grown.to_go.mean()),
        horizon=float(grown.end.max()),
        loglik=level(theta),
        k=theta.size,
        theta=theta,
        covariance=covariance_at(level, theta),
    )


def _loglik(
    grown: Increments, rate: float, scale: float, power: float | None, least: float
) -> float:
    at = 1.0 if power is None else power
    shape = rate * (grown.end**at - grown.start**at)
    y, none = grown.growth, grown.growth == 0
    seen = xlogy(shape - 1.0, y) - y / scale - gammaln(shape) - shape * log(scale)
    below = np.log(np.maximum(gammainc(shape[none], least / scale), 1e-300))
    return float(seen[~none].sum() + below.sum())
