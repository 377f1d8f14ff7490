"""Wiener process: damage that grows steadily with independent noise; its life is inverse Gaussian.

Over operational time L = t^power the damage of a unit gains N(drift L, diffusion L). The drift may
differ from unit to unit, N(drift, ratio * diffusion). A unit fails when its damage first meets the
limit; drift and diffusion of the maximum have closed forms given the ratio and the power.

References
----------
Whitmore & Schenkelberg (1997), Lifetime Data Analysis 3, 27-45 (time scale);
Peng & Tseng (2009), IEEE Transactions on Reliability 58(3), 444-455 (drift by unit).
"""

from dataclasses import dataclass
from math import exp, log, pi
from typing import NamedTuple

import numpy as np
from scipy.special import log_ndtr, ndtr, roots_hermitenorm

from ops.errors import NotEnoughData
from ops.lifetime.degradation.increments import Increments
from ops.lifetime.degradation.likelihood_search import covariance_at, maximum
from ops.values import FloatArray

NODES = 40  # of the quadrature over drifts
POWER = (0.2, 4.0)  # where the exponent of time is looked for
RATIO = (1e-6, 1e6)  # variance of drifts over diffusion, times the mean operational time


class _Sums(NamedTuple):
    """Of each unit: operational time, growth; of all: squares, logs of the steps, their number."""

    time: FloatArray
    growth: FloatArray
    squares: float
    logs: float
    n: int


@dataclass(frozen=True)
class WienerLife:
    """A Wiener process of damage, and the life that follows from it.

    Parameters
    ----------
    drift
        Growth per unit of operational time, mean over units.
    diffusion
        Variance per unit of operational time, > 0.
    between
        Variance of the drift between units; 0 where all are taken to be alike.
    power
        Exponent of time.
    distance
        From the start to the limit, mean of the units.
    horizon
        Longest age that was read.
    loglik, k
        Log-likelihood of the increments, and how many parameters were estimated.
    theta, covariance
        (drift, log diffusion, log between if any, log power if estimated) with their covariance
        from the observed information; None where the likelihood has no curvature.
    """

    drift: float
    diffusion: float
    between: float
    power: float
    distance: float
    horizon: float
    loglik: float
    k: int
    theta: FloatArray
    covariance: FloatArray | None
    family: str = "wiener"

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters by their names."""
        return {
            "drift": self.drift,
            "diffusion": self.diffusion,
            "between": self.between,
            "power": self.power,
        }

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share whose damage has met the limit by `t`, shape as `t`."""
        at = np.asarray(t, dtype=np.float64)
        said = (self.drift, self.diffusion, self.between, self.power)
        return _cdf(at.ravel(), self.distance, *said).reshape(at.shape)

    def cdf_at(self, theta: FloatArray, t: float) -> float:
        """Share that has failed by `t`, at other parameters."""
        named = _named(theta, by_unit=self.between > 0, power=self.power, estimated=self._estimated)
        return float(_cdf(np.array([t]), self.distance, *named)[0])

    @property
    def _estimated(self) -> bool:
        return self.theta.size > (3 if self.between > 0 else 2)


def fit_wiener(
    grown: Increments, *, by_unit: bool = False, power: float | None = 1.0
) -> WienerLife:
    """Fit the process by maximum likelihood.

    Parameters
    ----------
    by_unit
        Whether the drift may differ between units; where the maximum says that it does not, it
        is dropped.
    power
        Exponent of time; None: estimated.

    Raises
    ------
    NotEnoughData
        If the increments do not vary, or drifts of fewer than 3 units are to differ.
    """
    if by_unit and grown.items < 3:
        raise NotEnoughData(f"drifts of units need 3 of them, got {grown.items}")
    reach = float(np.mean(np.bincount(grown.item, weights=grown.end - grown.start)))
    corners = [np.log(RATIO)] if by_unit else []
    corners += [np.log(POWER)] if power is None else []
    low, high = (np.array([corner[side] for corner in corners]) for side in (0, 1))

    def profile(at: FloatArray) -> float:
        exponent = exp(at[-1]) if power is None else power
        ratio = exp(at[0]) / reach**exponent if by_unit else 0.0
        return _profile(_sums(grown, exponent), ratio)[2]

    best = maximum(profile, low, high)
    if by_unit and best[0] < log(RATIO[0]) + 1.0:  # all units drift alike
        return fit_wiener(grown, by_unit=False, power=power)
    exponent = exp(best[-1]) if power is None else power
    ratio = exp(best[0]) / reach**exponent if by_unit else 0.0
    drift, diffusion, loglik = _profile(_sums(grown, exponent), ratio)
    parts = [drift, log(diffusion)] + ([log(ratio * diffusion)] if by_unit else [])
    theta = np.array(parts + ([log(exponent)] if power is None else []))

    def level(at: FloatArray) -> float:
        named = _named(at, by_unit=by_unit, power=exponent, estimated=power is None)
        return _loglik(_sums(grown, named[3]), named[0], named[1], named[2] / named[1])

    return WienerLife(
        drift=drift,
        diffusion=diffusion,
        between=ratio * diffusion,
        power=exponent,
        distance=float(grown.to_go.mean()),
        horizon=float(grown.end.max()),
        loglik=loglik,
        k=theta.size,
        theta=theta,
        covariance=covariance_at(level, theta),
    )


def _sums(grown: Increments, power: float) -> _Sums:
    wide = grown.end**power - grown.start**power
    return _Sums(
        time=np.bincount(grown.item, weights=wide).astype(np.float64),
        growth=np.bincount(grown.item, weights=grown.growth).astype(np.float64),
        squares=float(np.sum(grown.growth**2 / wide)),
        logs=float(np.log(wide).sum()),
        n=wide.size,
    )


def _profile(sums: _Sums, ratio: float) -> tuple[float, float, float]:
    """Drift, diffusion and likelihood of the maximum, given the ratio."""
    shrunk = 1.0 / (1.0 + ratio * sums.time)
    drift = float(np.sum(sums.growth * shrunk) / np.sum(sums.time * shrunk))
    diffusion = _residual(sums, drift, ratio) / sums.n
    if not diffusion > 1e-300:
        raise NotEnoughData("the increments do not vary: a straight line needs no process")
    return drift, diffusion, _loglik(sums, drift, diffusion, ratio)


def _loglik(sums: _Sums, drift: float, diffusion: float, ratio: float) -> float:
    apart = float(np.log1p(ratio * sums.time).sum())
    spread = _residual(sums, drift, ratio) / diffusion
    return -0.5 * (sums.n * log(2.0 * pi * diffusion) + sums.logs + apart + spread)


def _residual(sums: _Sums, drift: float, ratio: float) -> float:
    """Weighted squares about the drift: those of the steps, less what drifts of units explain."""
    left = sums.growth - drift * sums.time
    within = sums.squares - 2.0 * drift * sums.growth.sum() + drift**2 * sums.time.sum()
    return float(within - np.sum(ratio * left**2 / (1.0 + ratio * sums.time)))


def _named(
    theta: FloatArray, *, by_unit: bool, power: float, estimated: bool
) -> tuple[float, float, float, float]:
    """Drift, diffusion, variance between units, power."""
    between = exp(theta[2]) if by_unit else 0.0
    return float(theta[0]), exp(theta[1]), between, exp(theta[-1]) if estimated else power


def _cdf(
    t: FloatArray, distance: float, drift: float, diffusion: float, between: float, power: float
) -> FloatArray:
    drifts, weights = np.array([drift]), np.ones(1)
    if between > 0.0:
        x, w = roots_hermitenorm(NODES)
        drifts, weights = drift + between**0.5 * x, w / w.sum()
    time = np.maximum(t, 1e-300) ** power
    wide = np.sqrt(diffusion * time)
    gone = drifts[:, None] * time
    back = 2.0 * drifts[:, None] * distance / diffusion + log_ndtr(-(distance + gone) / wide)
    passed = ndtr((gone - distance) / wide) + np.exp(np.minimum(back, 0.0))
    found: FloatArray = weights @ np.minimum(passed, 1.0)
    return found
