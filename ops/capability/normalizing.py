"""Transformations that make a skewed or bounded distribution normal, fitted by likelihood.

A family is a monotone function h with a few parameters tau, such that h(u) is normal with mean m
and standard deviation s. For given tau, m and s are closed, so only tau is searched.

References
----------
Johnson (1949), Biometrika 36, 149-176 (S_U, S_B, S_L);
Box and Cox (1964), J. Royal Statistical Society B 26(2), 211-252;
Yeo and Johnson (2000), Biometrika 87(4), 954-959.
"""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from typing import Any

import numpy as np

from ops.values import FloatArray

Tau = tuple[float, ...]
_CLOSEST, _FURTHEST = log(0.02), log(50.0)  # of an end of the support to the data, in sigmas


@dataclass(frozen=True, slots=True)
class Normalizing:
    """One family.

    Parameters
    ----------
    positive
        Whether it begins at zero (values are only scaled), or may lie anywhere.
    h, slope, inverse
        The function, the logarithm of its derivative, and its inverse; NaN outside the support.
    box
        Bounds of what is searched.
    natural
        What is searched, and the data, to tau.
    start
        Where the search begins.
    """

    name: str
    positive: bool
    h: Callable[[FloatArray, Tau], FloatArray]
    slope: Callable[[FloatArray, Tau], FloatArray]
    inverse: Callable[[FloatArray, Tau], FloatArray]
    box: tuple[tuple[float, float], ...] = ()
    natural: Callable[[Tau, FloatArray], Tau] = lambda searched, _: searched
    start: Tau = ()

    def fit(self, u: FloatArray) -> tuple[Tau, float, float]:
        """Maximum likelihood: tau, m and s of h(u); `u` of shape (n,) is scaled, and varies."""
        tau = self.natural(self._search(u), u)
        y = self.h(u, tau)
        return tau, float(y.mean()), float(y.std())

    def _search(self, u: FloatArray) -> Tau:
        if not self.box:
            return ()
        from scipy.optimize import minimize, minimize_scalar  # noqa: PLC0415  (loads slowly)

        def loss(searched: Any) -> float:
            tau = self.natural(tuple(float(v) for v in np.atleast_1d(searched)), u)
            spread = float(np.std(self.h(u, tau)))
            slope = float(np.mean(self.slope(u, tau)))
            found = log(spread) - slope if spread > 0 else 1e9
            return found if np.isfinite(found) else 1e9

        if len(self.box) == 1:
            one = minimize_scalar(loss, bounds=self.box[0], method="bounded")
            return (float(one.x),)
        found = minimize(loss, np.array(self.start), method="L-BFGS-B", bounds=self.box)
        return tuple(np.asarray(found.x, dtype=np.float64).tolist())


def _power(u: FloatArray, lambda_: float) -> FloatArray:
    log_u = np.log(u)
    return np.asarray(np.expm1(lambda_ * log_u) / lambda_ if abs(lambda_) > 1e-8 else log_u)


def _unpower(y: FloatArray, lambda_: float) -> FloatArray:
    if abs(lambda_) <= 1e-8:
        return np.exp(y)
    base = np.maximum(1.0 + lambda_ * y, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(base ** (1.0 / lambda_))


def _yeo_johnson(u: FloatArray, tau: Tau) -> FloatArray:
    right, left = _power(1.0 + np.maximum(u, 0.0), tau[0]), 1.0 + np.maximum(-u, 0.0)
    return np.where(u >= 0, right, -_power(left, 2.0 - tau[0]))


def _un_yeo_johnson(y: FloatArray, tau: Tau) -> FloatArray:
    right = _unpower(np.maximum(y, 0.0), tau[0]) - 1.0
    left = 1.0 - _unpower(np.maximum(-y, 0.0), 2.0 - tau[0])
    return np.where(y >= 0, right, left)


def _logit(u: FloatArray, tau: Tau) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log((u - tau[0]) / (tau[1] - u))


def _unlogit(y: FloatArray, tau: Tau) -> FloatArray:
    return np.asarray(tau[0] + (tau[1] - tau[0]) * 0.5 * (1.0 + np.tanh(0.5 * y)))


def _log_from(u: FloatArray, tau: Tau) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(u - tau[0])


NORMAL = Normalizing("normal", False, lambda u, _: u, lambda u, _: np.zeros_like(u), lambda y, _: y)
LOGNORMAL = Normalizing(
    "lognormal", True, lambda u, _: np.log(u), lambda u, _: -np.log(u), lambda y, _: np.exp(y)
)
BOX_COX = Normalizing(
    "box-cox",
    True,
    lambda u, t: _power(u, t[0]),
    lambda u, t: (t[0] - 1.0) * np.log(u),
    lambda y, t: _unpower(y, t[0]),
    ((-5.0, 5.0),),
)
YEO_JOHNSON = Normalizing(
    "yeo-johnson",
    False,
    _yeo_johnson,
    lambda u, t: np.sign(u) * (t[0] - 1.0) * np.log1p(np.abs(u)),
    _un_yeo_johnson,
    ((-3.0, 5.0),),
)
JOHNSON_SL = Normalizing(
    "johnson-sl",
    False,
    _log_from,
    lambda u, t: -_log_from(u, t),
    lambda y, t: np.asarray(t[0] + np.exp(y)),
    ((_CLOSEST, _FURTHEST),),
    lambda searched, u: (float(u.min()) - exp(searched[0]),),
)
JOHNSON_SB = Normalizing(
    "johnson-sb",
    False,
    _logit,
    lambda u, t: np.log((t[1] - t[0]) / ((u - t[0]) * (t[1] - u))),
    _unlogit,
    ((_CLOSEST, _FURTHEST), (_CLOSEST, _FURTHEST)),
    lambda searched, u: (float(u.min()) - exp(searched[0]), float(u.max()) + exp(searched[1])),
    (0.0, 0.0),
)
JOHNSON_SU = Normalizing(
    "johnson-su",
    False,
    lambda u, t: np.arcsinh((u - t[0]) / t[1]),
    lambda u, t: -0.5 * np.log(t[1] ** 2 + (u - t[0]) ** 2),
    lambda y, t: np.asarray(t[0] + t[1] * np.sinh(y)),
    ((-8.0, 8.0), (-3.0, 4.0)),
    lambda searched, _: (searched[0], exp(searched[1])),
    (0.0, 0.0),
)
NORMALIZING = {
    one.name: one
    for one in (NORMAL, LOGNORMAL, JOHNSON_SL, JOHNSON_SB, JOHNSON_SU, BOX_COX, YEO_JOHNSON)
}
