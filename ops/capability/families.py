"""A fitted distribution of any family: its tails, its quantiles, how well it fits.

Values are shifted and scaled before a fit, so that a large offset costs no digits. Families that
begin at zero are only scaled. A family of one skew is fitted to the mirror image where the data
are skewed to the left.

References
----------
Burnham and Anderson (2002), Model Selection and Multimodel Inference, 2.4 (AICc), 6.4.1 (BIC).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, isfinite, log, pi
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ops.capability.normalizing import NORMALIZING, Normalizing
from ops.capability.zero_limited import ZERO_LIMITED
from ops.errors import BadData
from ops.values import FloatArray

FamilyName = Literal[
    "normal", "lognormal", "weibull", "gamma", "rayleigh", "half-normal",
    "johnson-sl", "johnson-sb", "johnson-su", "box-cox", "yeo-johnson",
]  # fmt: skip
ZERO_FAMILIES: tuple[FamilyName, ...] = (
    "lognormal", "weibull", "gamma", "rayleigh", "half-normal", "box-cox",
)  # fmt: skip
LINE_FAMILIES: tuple[FamilyName, ...] = (
    "normal", "johnson-sl", "johnson-sb", "johnson-su", "yeo-johnson",
)  # fmt: skip

_NEAREST = 1e-3  # sigma over mean, where a family that begins at zero can still be told


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted family: ``x = shift + scale u``, and u has the family's parameters `theta`.

    Parameters
    ----------
    theta
        Tau, m and log s of a normalizing family; log shape and log scale of a zero-limited one.
    scale
        Negative where the mirror image was fitted.
    loglik
        Log-likelihood of the values in their own unit.
    """

    family: FamilyName
    theta: tuple[float, ...]
    shift: float
    scale: float
    n: int
    loglik: float

    @property
    def parameters(self) -> int:
        """Number of fitted parameters."""
        return len(self.theta)

    @property
    def aicc(self) -> float:
        """Akaike's criterion, corrected for small samples; less is better."""
        k, n = self.parameters, self.n
        return 2.0 * k - 2.0 * self.loglik + (2.0 * k * (k + 1) / (n - k - 1) if n > k + 1 else inf)

    @property
    def bic(self) -> float:
        """Bayesian criterion; less is better, 10 less is very strong evidence."""
        return self.parameters * log(self.n) - 2.0 * self.loglik

    def tails(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Share below and share above each value, both exact in their tail."""
        u = (np.asarray(x, dtype=np.float64) - self.shift) / self.scale
        below, above = _tails(self.family, u, self.theta)
        return (below, above) if self.scale > 0 else (above, below)

    def quantile(self, share: float, above: float | None = None) -> float:
        """Value with that share below it; `above` is 1 - share where that is tiny."""
        high = 1.0 - share if above is None else above
        low, high = (share, high) if self.scale > 0 else (high, share)
        return self.shift + self.scale * _quantile(self.family, low, high, self.theta)

    def scores(self, x: FloatArray) -> FloatArray:
        """Turn values into normal scores: standard normal if the family is right."""
        below, above = self.tails(x)
        tiny = np.finfo(np.float64).tiny
        low, high = ndtri(np.maximum(below, tiny)), ndtri(np.maximum(above, tiny))
        return np.where(below <= 0.5, low, -high)

    def moved(self, theta: tuple[float, ...]) -> "Fit":
        """Return the same family with other parameters."""
        return Fit(self.family, theta, self.shift, self.scale, self.n, self.loglik)


def fit(x: FloatArray, family: FamilyName) -> Fit:
    """Fit one family by maximum likelihood.

    Parameters
    ----------
    x : shape (n,)
        At least 3 values, not all equal.

    Raises
    ------
    BadData
        If a family that begins at zero is asked of values at or below zero, or far away from it.

    Examples
    --------
    >>> found = fit(np.array([1.0, 2.0, 4.0, 8.0, 16.0]), "lognormal")
    >>> round(found.quantile(0.5), 6)
    4.0
    """
    zero = family in ZERO_FAMILIES
    lowest = float(x.min())
    if zero and (lowest < 0 or (lowest == 0 and family not in ("half-normal",))):
        raise BadData(
            f"{family} begins at zero, the smallest value is {lowest:g}: choose a family that may"
            " lie anywhere"
        )
    if zero and float(x.std()) < _NEAREST * abs(float(x.mean())):
        raise BadData(
            f"{family} begins at zero, the values are {float(x.mean() / x.std()):.0f} sigmas away"
            " from it: choose a family that may lie anywhere"
        )
    shift = 0.0 if zero else float(x.mean())
    scale = float(x.mean() if zero else x.std())
    if family == "johnson-sl" and float(np.mean((x - shift) ** 3)) < 0:
        scale = -scale
    u = (x - shift) / scale
    theta = _fitted(family, u)
    loglik = float(np.sum(log_density(family, u, theta))) - x.size * log(abs(scale))
    return Fit(family, theta, shift, scale, x.size, loglik)


def _fitted(family: FamilyName, u: FloatArray) -> tuple[float, ...]:
    if family in ZERO_LIMITED:
        return ZERO_LIMITED[family].fit(u)
    tau, m, s = NORMALIZING[family].fit(u)
    return (*tau, m, log(max(s, 1e-300)))


def log_density(family: FamilyName, u: FloatArray, theta: tuple[float, ...]) -> FloatArray:
    """Log-density of shifted and scaled values; minus infinity or NaN outside the support."""
    if family in ZERO_LIMITED:
        return ZERO_LIMITED[family].logpdf(u, theta)
    one = NORMALIZING[family]
    tau, m, log_s = theta[:-2], theta[-2], theta[-1]
    z = (one.h(u, tau) - m) / exp(log_s)
    return np.asarray(-0.5 * (z * z + log(2.0 * pi)) - log_s + one.slope(u, tau))


def _tails(
    family: FamilyName, u: FloatArray, theta: tuple[float, ...]
) -> tuple[FloatArray, FloatArray]:
    if family in ZERO_LIMITED:
        one = ZERO_LIMITED[family]
        return one.below(u, theta), one.above(u, theta)
    shape = NORMALIZING[family]
    tau, m, s = theta[:-2], theta[-2], exp(theta[-1])
    inside, y = _support(shape, u, tau)
    z = np.where(inside == 0, (y - m) / s, np.where(inside < 0, -inf, inf))
    return ndtr(z), ndtr(-z)


def _support(
    shape: Normalizing, u: FloatArray, tau: tuple[float, ...]
) -> tuple[FloatArray, FloatArray]:
    """Tell whether each value is below (-1), inside (0) or above (1) the support; h inside."""
    low, high = -inf, inf
    if shape.positive:
        low = 0.0
    elif shape.name in ("johnson-sl", "johnson-sb"):
        low, high = tau[0], tau[1] if shape.name == "johnson-sb" else inf
    inside = np.where(u <= low, -1.0, np.where(u >= high, 1.0, 0.0))
    safe = np.where(inside == 0, u, shape.inverse(np.zeros(1), tau)[0])
    return inside, shape.h(safe, tau)


def _quantile(family: FamilyName, low: float, high: float, theta: tuple[float, ...]) -> float:
    if family in ZERO_LIMITED:
        return ZERO_LIMITED[family].quantile(low, high, theta)
    z = float(ndtri(low)) if low <= 0.5 else -float(ndtri(high))
    y = np.array([theta[-2] + exp(theta[-1]) * z])
    return float(NORMALIZING[family].inverse(y, theta[:-2])[0])


def covariance(found: Fit, x: FloatArray) -> FloatArray | None:
    """Inverse of the observed information of `theta`; None where the likelihood has no peak.

    Parameters
    ----------
    x : shape (n,)
        The values that were fitted.
    """
    u = (x - found.shift) / found.scale
    k = found.parameters
    step = np.array([1e-3 * max(abs(t), 0.1) for t in found.theta])

    def loglik(theta: FloatArray) -> float:
        with np.errstate(all="ignore"):
            return float(np.sum(log_density(found.family, u, tuple(theta.tolist()))))

    at, unit = np.array(found.theta), np.eye(k) * step
    information = np.empty((k, k))
    for i in range(k):
        for j in range(i, k):
            corners = [
                a * b * loglik(at + a * unit[i] + b * unit[j]) for a in (1, -1) for b in (1, -1)
            ]
            information[i, j] = information[j, i] = -sum(corners) / (4 * step[i] * step[j])
    if not np.all(np.isfinite(information)) or np.linalg.eigvalsh(information).min() <= 0:
        return None
    return np.asarray(np.linalg.inv(information), dtype=np.float64)


def delta(
    found: Fit, x: FloatArray, of: Callable[[Fit], float], spread: FloatArray | None = None
) -> float | None:
    """Estimate the standard error of a number that is made of a fit (delta method).

    Parameters
    ----------
    of
        The number, e.g. an index.
    spread
        The result of `covariance`, if it is known.
    """
    spread = covariance(found, x) if spread is None else spread
    if spread is None:
        return None
    gradient = np.empty(found.parameters)
    for i, value in enumerate(found.theta):
        step = 1e-4 * max(abs(value), 0.1)
        ends = [
            of(found.moved((*found.theta[:i], value + s, *found.theta[i + 1 :])))
            for s in (step, -step)
        ]
        gradient[i] = (ends[0] - ends[1]) / (2 * step)
    variance = float(gradient @ spread @ gradient)
    return variance**0.5 if isfinite(variance) and variance >= 0 else None
