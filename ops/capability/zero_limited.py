"""Families that begin at zero: flatness, run-out, roughness, times.

References
----------
Johnson, Kotz and Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 13, 17, 18, 21.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, gammaln, psi

from ops.values import FloatArray

Theta = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ZeroLimited:
    """One family of u > 0, its parameters as logarithms: shape (if any), then scale.

    Parameters
    ----------
    fit, logpdf, below, above, quantile
        Maximum likelihood, log-density, both tails, and the inverse of the lower one, which gets
        the share below and the share above.
    """

    name: str
    fit: Callable[[FloatArray], Theta]
    logpdf: Callable[[FloatArray, Theta], FloatArray]
    below: Callable[[FloatArray, Theta], FloatArray]
    above: Callable[[FloatArray, Theta], FloatArray]
    quantile: Callable[[float, float, Theta], float]


def _gamma(power: float, shape: float | None, name: str) -> ZeroLimited:
    """Family in which (u / scale) ** power is gamma of the shape; None: the shape is fitted."""

    def parts(theta: Theta) -> tuple[float, float]:
        return (float(np.exp(theta[0])) if shape is None else shape), float(np.exp(theta[-1]))

    def fit(u: FloatArray) -> Theta:
        v = u**power
        if shape is not None:
            return (log(float(v.mean()) / shape) / power,)
        gap = log(float(v.mean())) - float(np.mean(np.log(v)))
        from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

        a = float(brentq(lambda t: t - float(psi(np.exp(t))) - gap, -6.0, 20.0))
        return (a, log(float(v.mean())) - a)

    def logpdf(u: FloatArray, theta: Theta) -> FloatArray:
        a, scale = parts(theta)
        r = u / scale
        with np.errstate(divide="ignore"):
            rest = (a * power - 1.0) * np.log(r) if a * power != 1.0 else np.zeros_like(r)
        return np.asarray(log(power) - log(scale) - gammaln(a) + rest - r**power)

    def below(u: FloatArray, theta: Theta) -> FloatArray:
        a, scale = parts(theta)
        return np.asarray(gammainc(a, (np.maximum(u, 0.0) / scale) ** power), dtype=np.float64)

    def above(u: FloatArray, theta: Theta) -> FloatArray:
        a, scale = parts(theta)
        return np.asarray(gammaincc(a, (np.maximum(u, 0.0) / scale) ** power), dtype=np.float64)

    def quantile(low: float, high: float, theta: Theta) -> float:
        a, scale = parts(theta)
        r = gammaincinv(a, low) if low <= 0.5 else gammainccinv(a, high)
        return float(scale * float(r) ** (1.0 / power))

    return ZeroLimited(name, fit, logpdf, below, above, quantile)


def _fit_weibull(u: FloatArray) -> Theta:
    log_u = np.log(u)
    log_u = log_u - log_u.max()  # powers cannot overflow

    def excess(log_k: float) -> float:
        k = float(np.exp(log_k))
        weight = np.exp(k * log_u)
        return float(weight @ log_u / weight.sum()) - 1.0 / k - float(log_u.mean())

    from scipy.optimize import brentq  # noqa: PLC0415  (loads slowly)

    log_k = float(brentq(excess, -6.0, 16.0))
    k = float(np.exp(log_k))
    top = float(np.log(u).max())
    return (log_k, top + log(float(np.mean(np.exp(k * log_u)))) / k)


def _weibull_logpdf(u: FloatArray, theta: Theta) -> FloatArray:
    k, log_r = float(np.exp(theta[0])), np.log(u) - theta[1]
    return np.asarray(theta[0] - theta[1] + (k - 1.0) * log_r - np.exp(k * log_r))


def _weibull_hazard(u: FloatArray, theta: Theta) -> FloatArray:
    k = float(np.exp(theta[0]))
    return np.asarray((np.maximum(u, 0.0) / float(np.exp(theta[1]))) ** k)


def _weibull_quantile(low: float, high: float, theta: Theta) -> float:
    hazard = -np.log1p(-low) if low <= 0.5 else -log(high)
    return float(np.exp(theta[1]) * hazard ** (1.0 / np.exp(theta[0])))


WEIBULL = ZeroLimited(
    "weibull",
    _fit_weibull,
    _weibull_logpdf,
    lambda u, t: np.asarray(-np.expm1(-_weibull_hazard(u, t))),
    lambda u, t: np.exp(-_weibull_hazard(u, t)),
    _weibull_quantile,
)
GAMMA = _gamma(1.0, None, "gamma")
RAYLEIGH = _gamma(2.0, 1.0, "rayleigh")
HALF_NORMAL = _gamma(2.0, 0.5, "half-normal")
ZERO_LIMITED = {one.name: one for one in (WEIBULL, GAMMA, RAYLEIGH, HALF_NORMAL)}
