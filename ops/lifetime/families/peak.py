"""The maximum of a smooth log-likelihood of few parameters, evaluated many points at a time.

A damped Newton whose derivatives are central differences: all points of a step are one call, so
that a family needs nothing but its distribution. Directions in which the surface is not concave
are turned uphill by the size of their curvature.

References
----------
Nocedal and Wright (2006), Numerical Optimization, 3.4 (modified Newton) and 8.1 (differences).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray

Objective = Callable[[FloatArray], FloatArray]

_STEP = 1e-4  # of the differences, in units of a parameter's own scale
_LENGTHS = np.array([1.0, 2.0, 0.5, 0.25, 0.1, 0.03, 0.01, 1e-3])
_FARTHEST = 3.0  # of one step, in the same units
_ENOUGH = 1e-11  # gain that a further step is expected to bring
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Peak:
    """A maximum, or the place where the climb ended.

    Parameters
    ----------
    theta : shape (k,)
        Where it is.
    value
        What the objective is there.
    gradient, information : shape (k,), (k, k)
        Derivatives, and the negative of the second ones.
    converged
        Whether no step was expected to gain anything.
    """

    theta: FloatArray
    value: float
    gradient: FloatArray
    information: FloatArray
    converged: bool
    steps: int

    @property
    def is_maximum(self) -> bool:
        """Whether the surface bends down in every direction here."""
        if not (self.converged and np.isfinite(self.information).all()):
            return False
        spread = np.sqrt(np.maximum(np.abs(np.diag(self.information)), 1e-300))
        return bool(np.linalg.eigvalsh(self.information / np.outer(spread, spread))[0] > 1e-9)

    @property
    def covariance(self) -> FloatArray:
        """Inverse of the information, shape (k, k)."""
        return np.asarray(np.linalg.inv(self.information), dtype=np.float64)


def climb(objective: Objective, start: FloatArray, scale: FloatArray) -> Peak:
    """Climb from a start to the maximum above it.

    Parameters
    ----------
    objective
        Values (m,) at points (m, k); -infinity where a point is impossible.
    start : shape (k,)
        A possible point.
    scale : shape (k,)
        How far each parameter moves for a change that counts, > 0.
    """
    theta = np.array(start, dtype=np.float64)
    value, gradient, information = derivatives(objective, theta, scale)
    for step in range(_STEPS):
        if not (np.isfinite(value) and np.isfinite(information).all()):
            return Peak(theta, value, gradient, information, False, step)
        move = _uphill(gradient * scale, information * np.outer(scale, scale)) * scale
        if gradient @ move < _ENOUGH * max(1.0, 1e-3 * abs(value)):
            return Peak(theta, value, gradient, information, True, step)
        tried = theta + _LENGTHS[:, None] * move
        found = objective(tried)
        best = int(np.argmax(found))
        if not found[best] > value:  # rounding is all that is left, or the climb is stuck
            flat = bool(gradient @ move < 1e-6 * max(1.0, abs(value)))
            return Peak(theta, value, gradient, information, flat, step)
        theta = tried[best]
        value, gradient, information = derivatives(objective, theta, scale)
    return Peak(theta, value, gradient, information, False, _STEPS)


def derivatives(
    objective: Objective, theta: FloatArray, scale: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Value, gradient and negative second derivatives by central differences, in one call."""
    k = theta.size
    h = _STEP * scale
    axes = np.diag(h)
    first, second = np.triu_indices(k, 1)
    both = axes[first] + axes[second]
    found = objective(theta + np.vstack([np.zeros((1, k)), axes, -axes, both, -both]))
    value, up, down = found[0], found[1 : 1 + k], found[1 + k : 1 + 2 * k]
    upper, lower = np.split(found[1 + 2 * k :], 2)
    with np.errstate(invalid="ignore"):
        gradient = (up - down) / (2 * h)
        curved = up + down - 2 * value
        mixed = upper + lower - 2 * value - curved[first] - curved[second]
    information = np.diag(-curved / h**2)
    information[first, second] = information[second, first] = -mixed / (2 * h[first] * h[second])
    return float(value), gradient, information


def _uphill(gradient: FloatArray, information: FloatArray) -> FloatArray:
    curvature, axes = np.linalg.eigh(information)
    size = np.maximum(np.abs(curvature), 1e-9 * max(1e-3, float(np.abs(curvature).max())))
    move = axes @ ((axes.T @ gradient) / size)
    length = float(np.abs(move).max())
    return np.asarray(move * min(1.0, _FARTHEST / length) if length > 0 else move)
