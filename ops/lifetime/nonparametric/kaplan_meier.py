"""The product-limit estimate of survival (Kaplan-Meier), with Greenwood's variance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit, ndtri

from ops.lifetime.data import LifeData
from ops.lifetime.nonparametric.risk_set import risk_set
from ops.values import FloatArray

Bounds = Literal["log-log", "logit", "log", "plain"]


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Survival, a step at each time of failure; 1 before the first.

    Parameters
    ----------
    time, survival : shape (m,)
        Distinct times of failure, and the share that lasts beyond each.
    std_error, lower, upper : shape (m,)
        Of `survival`; the pointwise bounds are NaN where no unit is left: nothing is known there.
    failed, at_risk : shape (m,)
        Units that failed then, and that were at risk just before.
    confidence
        Of `lower` and `upper` together.
    unit
        Of the times.
    """

    time: FloatArray
    survival: FloatArray
    std_error: FloatArray
    lower: FloatArray
    upper: FloatArray
    failed: FloatArray
    at_risk: FloatArray
    confidence: float
    unit: str

    def at(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        return _step(self.time, self.survival, t)

    def quantile(self, p: float) -> tuple[float, float, float]:
        """Time by which the share `p` has failed, with bounds; infinite where never reached.

        The bounds are the times whose own interval for survival holds 1 - `p`
        (Brookmeyer and Crowley 1982).
        """
        curves = (self.survival, self.lower, self.upper)
        middle, early, late = (_first_at_or_below(self.time, s, 1.0 - p) for s in curves)
        return middle, early, late


def kaplan_meier(
    data: LifeData, *, confidence: float = 0.95, bounds: Bounds = "log-log"
) -> KaplanMeier:
    """Kaplan-Meier estimate of survival.

    A unit that fails at the time at which another is censored fails first; one that enters at a
    time is at risk only after it. A row of weight `w` is `w` units that fail together.

    Parameters
    ----------
    data
        Exact failures and right-censored units; entry (left truncation) is taken into account.
    confidence
        Two-sided, pointwise.
    bounds
        Scale on which the bounds are normal: log(-log S), logit S, log S, or S itself.

    Raises
    ------
    NotEnoughData
        If nothing failed.
    BadData
        If a failure is only known to lie in an interval.

    References
    ----------
    Kaplan and Meier (1958), JASA 53, 457-481; Meeker and Escobar (1998), eq. 3.8 (Greenwood),
    section 3.6.3 (logit); Kalbfleisch and Prentice (2002), section 1.4.1 (log-log).
    """
    found = risk_set(data)
    d, n = found.failed, found.at_risk
    survival = np.cumprod(np.clip(1.0 - d / n, 0.0, 1.0), dtype=np.float64)
    left = n - d
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(left > 0, d / (n * left), 0.0))
    std_error = survival * np.sqrt(greenwood)
    lower, upper = survival_bounds(survival, std_error, confidence, bounds)
    return KaplanMeier(found.time, survival, std_error, lower, upper, d, n, confidence, data.unit)


def survival_bounds(
    survival: FloatArray, std_error: FloatArray, confidence: float, bounds: Bounds = "log-log"
) -> tuple[FloatArray, FloatArray]:
    """Two-sided normal bounds of a probability on a scale, NaN where it is 0 or 1.

    Parameters
    ----------
    survival, std_error : shape (m,)
        The probability and its standard error.
    """
    z = float(ndtri(0.5 + confidence / 2.0))
    inside = (survival > 0.0) & (survival < 1.0)
    s, se = np.where(inside, survival, 0.5), np.where(inside, std_error, 0.0)
    if bounds == "log-log":
        wide = np.exp(z * se / (s * -np.log(s)))
        low, high = s**wide, s ** (1.0 / wide)
    elif bounds == "logit":
        wide = z * se / (s * (1.0 - s))
        low, high = expit(logit(s) - wide), expit(logit(s) + wide)
    elif bounds == "log":
        low, high = s * np.exp(-z * se / s), np.minimum(s * np.exp(z * se / s), 1.0)
    else:
        low, high = np.maximum(s - z * se, 0.0), np.minimum(s + z * se, 1.0)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _step(time: FloatArray, value: FloatArray, t: FloatArray) -> FloatArray:
    steps = np.concatenate([[1.0], value])
    return steps[np.searchsorted(time, np.asarray(t, dtype=np.float64), side="right")]


def _first_at_or_below(time: FloatArray, survival: FloatArray, level: float) -> float:
    reached = np.flatnonzero(survival <= level * (1.0 + 1e-12))
    return float(time[reached[0]]) if reached.size else np.inf
