"""Whether a constant failure rate may be claimed: the interval of the Weibull shape against 1."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, nan, sqrt
from typing import Literal

import numpy as np
from scipy import special

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit, fit

ShapeState = Literal["constant", "falling", "rising", "unknown"]
Method = Literal["likelihood ratio", "Wald", "none"]
_STEEPEST = 50.0  # shape beyond which the likelihood has come to rest
_STEPS = 60


@dataclass(frozen=True, slots=True)
class ShapeFlag:
    """The Weibull shape of a life test, held against the 1 of a constant rate.

    Parameters
    ----------
    state
        constant: the interval holds 1; falling, rising: it lies below, above; unknown: no
        estimate exists.
    shape, lower, upper
        Estimate and two-sided interval; NaN where unknown. Where the likelihood climbs towards
        a shape of 0 or infinity, that is the estimate and the bound on its side.
    p_value
        Likelihood-ratio test of shape 1; NaN where unknown.
    confidence
        Of the interval.
    method
        likelihood ratio: profile of the shape; Wald: normal approximation of log shape, where
        the profile could not be followed.
    failures
        Units that failed.
    reason
        Why it is unknown.
    """

    state: ShapeState
    shape: float
    lower: float
    upper: float
    p_value: float
    confidence: float
    method: Method
    failures: float
    reason: str = ""

    @property
    def excludes_one(self) -> bool:
        """Whether results that assume a constant rate must be flagged."""
        return self.state in ("falling", "rising")


def shape_flag(data: LifeData, *, confidence: float = 0.95) -> ShapeFlag:
    """Hold the Weibull shape of a life test against 1.

    Parameters
    ----------
    data
        The test: failures between readouts or exact, units that lasted.
    confidence
        Of the two-sided interval by the likelihood ratio.

    References
    ----------
    Lawless (2003), Statistical Models and Methods for Lifetime Data, section 5.2.
    """
    level = float(special.ndtri(0.5 + 0.5 * confidence)) ** 2
    try:
        constant = fit(data, "weibull", sigma=1.0).loglik
        try:
            free = fit(data, "weibull")
        except NotEnoughData:
            if data.exact.any():  # a density at one time has no top
                raise
            return _one_sided(data, constant, confidence, level)
    except NotEnoughData as objection:
        none = (nan, nan, nan, nan)
        return ShapeFlag("unknown", *none, confidence, "none", data.failures, str(objection))
    method: Method = "likelihood ratio"
    try:
        ends = _profile(data, free, level)
    except NotEnoughData:
        width = exp(sqrt(level * float(free.covariance[1, 1])))
        ends, method = (free.sigma / width, free.sigma * width), "Wald"
    lower, upper = 1.0 / ends[1], 1.0 / ends[0]
    p_value = float(special.chdtrc(1.0, max(2.0 * (free.loglik - constant), 0.0)))
    return ShapeFlag(
        _state(lower, upper),
        1.0 / free.sigma,
        lower,
        upper,
        p_value,
        confidence,
        method,
        data.failures,
    )


def _state(lower: float, upper: float) -> ShapeState:
    return "falling" if upper < 1.0 else "rising" if lower > 1.0 else "constant"


def _one_sided(data: LifeData, constant: float, confidence: float, level: float) -> ShapeFlag:
    """Hold a shape against 1 whose likelihood climbs to 0 or to infinity: one bound is left.

    So it is where all failures lie between the same two readouts, or before the first.
    """
    scales = np.geomspace(1.0 / _STEEPEST, _STEEPEST, 25)
    heights = [fit(data, "weibull", sigma=float(sigma)).loglik for sigma in scales]
    top = int(np.argmax(heights))
    best, steep = max(heights[top], constant), top < scales.size // 2

    def fallen(sigma: float) -> float:
        return 2.0 * (best - fit(data, "weibull", sigma=sigma).loglik) - level

    end = 1.0 / _side(float(scales[top]), 2.0 if steep else 0.5, fallen)
    lower, upper = (end, inf) if steep else (0.0, end)
    p_value = float(special.chdtrc(1.0, 2.0 * (best - constant)))
    return ShapeFlag(
        _state(lower, upper),
        inf if steep else 0.0,
        lower,
        upper,
        p_value,
        confidence,
        "likelihood ratio",
        data.failures,
    )


def _profile(data: LifeData, free: LifeFit, drop: float) -> tuple[float, float]:
    """Scales on either side at which twice the log-likelihood has fallen by `drop`."""

    def fallen(sigma: float) -> float:
        return 2.0 * (free.loglik - fit(data, "weibull", sigma=sigma).loglik) - drop

    return _side(free.sigma, 0.5, fallen), _side(free.sigma, 2.0, fallen)


def _side(inner: float, step: float, fallen: Callable[[float], float]) -> float:
    outer = inner * step
    for _ in range(12):
        if fallen(outer) > 0.0:
            break
        inner, outer = outer, outer * step
    else:
        raise NotEnoughData("the likelihood of the shape does not fall off on one side")
    for _ in range(_STEPS):
        middle = sqrt(inner * outer)
        inner, outer = (inner, middle) if fallen(middle) > 0.0 else (middle, outer)
        if abs(outer / inner - 1.0) < 1e-7:
            break
    return sqrt(inner * outer)
