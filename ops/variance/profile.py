"""Intervals of a variance component from its profile likelihood.

The bounds are where twice the fall of the log likelihood, all other variances fitted anew, reaches
the chi-square quantile of one degree of freedom; a lower bound that would lie below zero is zero.

References
----------
Venzon and Moolgavkar (1988), Applied Statistics 37(1), 87-94;
Pawitan (2001), In All Likelihood, Oxford, 3.4 (the envelope gives the slope of the profile).
"""

from math import isfinite, log, sqrt

import numpy as np
from scipy.special import ndtri

from ops.values import BoolArray, FloatArray
from ops.variance.ascent import climb
from ops.variance.likelihood import Likelihood, Method, Structure

_STEPS = 40
_CLOSE = 2e-4  # in standard normal units of the bound
_ENOUGH = 1e-5  # in log likelihood: less than _CLOSE


def profile_bounds(
    structure: Structure,
    top: Likelihood,
    k: int,
    *,
    free: BoolArray,
    method: Method,
    confidence: float,
) -> tuple[float, float]:
    """Lower and upper bound of variance `k` around the top of the likelihood.

    Parameters
    ----------
    top
        At the largest likelihood.
    k
        Index into its variances; the last one is the residual.
    free : shape (variances,)
        Which of them are fitted anew.
    """
    z = float(ndtri(0.5 + confidence / 2))
    width = 1.0 / sqrt(max(float(top.information[k, k]), 1e-300))
    at = float(top.theta[k])
    lower = 0.0
    if at > 0:
        first = at * float(np.exp(-min(z * width / at, 4.0)))
        lower = _bound(structure, top, k, (first, -1.0, z), (free, method))
    first = at * float(np.exp(min(z * width / at, 3.0))) if at > 0 else z * width
    return lower, _bound(structure, top, k, (first, 1.0, z), (free, method))


def _bound(
    structure: Structure,
    top: Likelihood,
    k: int,
    aim: tuple[float, float, float],
    how: tuple[BoolArray, Method],
) -> float:
    """Newton steps in the logarithm, kept inside a bracket."""
    t, side, z = aim
    near, far = max(float(top.theta[k]), 0.0), np.inf if side > 0 else 0.0
    start = top.theta
    if side < 0 and k < start.size - 1:
        at_zero = _fixed(structure, k, 0.0, start, how)
        if _fall(at_zero, top) <= z:
            return 0.0
    for _ in range(_STEPS):
        found = _fixed(structure, k, t, start, how)
        root = _fall(found, top)
        if abs(root - z) < _CLOSE:
            break
        near, far = (t, far) if root < z else (near, t)
        slope = -side * float(found.score[k]) * t / max(root, 1e-12)  # by log t, outward
        step = (z - root) / slope if slope > 0 else np.inf
        moved = t * float(np.exp(side * min(max(step, -3.0), 3.0))) if isfinite(step) else t
        t, start = _inside(moved, near, far, side), found.theta
    return t


def _inside(t: float, near: float, far: float, side: float) -> float:
    low, high = (near, far) if side > 0 else (far, near)
    if low < t < high:
        return t
    if not isfinite(high):
        return 2.0 * low if low > 0 else 1.0
    if low <= 0:
        return high / 4.0
    return float(np.exp(0.5 * (log(low) + log(high))))


def _fall(found: Likelihood, top: Likelihood) -> float:
    return sqrt(max(2.0 * (top.value - found.value), 0.0))


def _fixed(
    structure: Structure, k: int, t: float, start: FloatArray, how: tuple[BoolArray, Method]
) -> Likelihood:
    theta, free = start.copy(), how[0].copy()
    theta[k], free[k] = t, False
    return climb(structure, theta, free=free, method=how[1], enough=_ENOUGH)
