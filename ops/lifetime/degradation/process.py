"""What a process of damage says of life: quantiles with their bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtri

from ops.values import FloatArray

FAR = 1e12  # times the scale of the readings, beyond which no life is looked for


class DamageProcess(Protocol):
    """A fitted process: its life at the estimate, and at parameters near it."""

    @property
    def theta(self) -> FloatArray:
        """Parameters as they were optimised, shape (k,)."""
        ...

    @property
    def covariance(self) -> FloatArray | None:
        """Of `theta`; None where the likelihood has no curvature there."""
        ...

    @property
    def horizon(self) -> float:
        """Longest age that was read."""
        ...

    def cdf_at(self, theta: FloatArray, t: float) -> float:
        """Share that has failed by `t`, at other parameters."""
        ...


@dataclass(frozen=True, slots=True)
class ProcessLife:
    """Time by which a share has failed, with bounds (Wald, on the logarithm of time).

    `lower_one_sided` is what is reported; bounds are None where the likelihood has no curvature.
    """

    p: float
    estimate: float
    lower_one_sided: float | None
    lower: float | None
    upper: float | None
    confidence: float


def process_life(process: DamageProcess, p: float, *, confidence: float = 0.95) -> ProcessLife:
    """Find the quantile `p` of life, by the delta method on its logarithm."""
    estimate = _solved(lambda t: process.cdf_at(process.theta, t), p, process.horizon)
    if process.covariance is None or not np.isfinite(estimate):
        return ProcessLife(p, estimate, None, None, None, confidence)
    slope = np.zeros(process.theta.size)
    for at in range(slope.size):
        step = 1e-4 * (abs(float(process.theta[at])) or 1.0)
        ends: list[float] = []
        for sign in (1.0, -1.0):
            moved = process.theta.copy()
            moved[at] += sign * step
            ends.append(_log_solved(process, moved, p))
        slope[at] = (ends[0] - ends[1]) / (2.0 * step)
    sd = float(np.sqrt(max(0.0, float(slope @ process.covariance @ slope))))
    one, two = float(ndtri(confidence)), float(ndtri(0.5 + confidence / 2.0))
    return ProcessLife(
        p=p,
        estimate=estimate,
        lower_one_sided=estimate * float(np.exp(-one * sd)),
        lower=estimate * float(np.exp(-two * sd)),
        upper=estimate * float(np.exp(two * sd)),
        confidence=confidence,
    )


def _log_solved(process: DamageProcess, theta: FloatArray, p: float) -> float:
    return float(np.log(_solved(lambda t: process.cdf_at(theta, t), p, process.horizon)))


def _solved(cdf: Callable[[float], float], p: float, scale: float) -> float:
    """Time at which a distribution reaches `p`, by halving on the logarithm."""
    low, high = scale * 1e-9, scale
    while cdf(high) < p:
        low, high = high, high * 4.0
        if high > scale * FAR:
            return float("inf")
    for _ in range(200):
        middle = float(np.sqrt(low * high))
        low, high = (low, middle) if cdf(middle) >= p else (middle, high)
        if high / low < 1.0 + 1e-13:
            break
    return high
