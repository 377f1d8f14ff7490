"""Climb to a maximum by damped Newton steps with exact first and second derivatives."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray

Landscape = Callable[[FloatArray], tuple[float, FloatArray, FloatArray]]
_STEP = 2.0  # longest step of any parameter: they are logarithms and log-odds
_ROUNDS = 200
_DECREMENT = 1e-20  # half the squared Newton step, relative to the height
_HALVINGS = 40
_LAST_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Peak:
    """Where a climb ended.

    Parameters
    ----------
    at : shape (p,)
        Parameters.
    height
        Value there.
    gradient : shape (p,)
        First derivatives there.
    hessian : shape (p, p)
        Second derivatives there.
    steps
        Newton steps taken.
    reached
        Whether it is a maximum: no slope, and curved downwards in every direction.
    """

    at: FloatArray
    height: float
    gradient: FloatArray
    hessian: FloatArray
    steps: int
    reached: bool

    @property
    def covariance(self) -> FloatArray:
        """Inverse of the observed information, shape (p, p)."""
        return np.asarray(np.linalg.inv(-self.hessian), dtype=np.float64)


def ascend(
    landscape: Landscape,
    start: FloatArray,
    *,
    stop: Callable[[FloatArray], bool] = lambda _: False,
) -> Peak:
    """Climb from a start.

    Directions that curve upwards are taken by their size, so that a saddle is left; a step that
    does not gain is halved.

    Parameters
    ----------
    landscape
        Value, gradient and Hessian at parameters.
    start : shape (p,)
        Where to begin.
    stop
        Whether the climb has left what makes sense; it then ends there, not reached.

    References
    ----------
    Nocedal and Wright (2006), Numerical Optimization, 2nd ed., section 3.4 (modified Newton).
    """
    at = np.array(start, dtype=np.float64)
    height, gradient, hessian = landscape(at)
    for step in range(_ROUNDS):
        if not _finite(height, gradient, hessian) or stop(at):
            return Peak(at, height, gradient, hessian, step, reached=False)
        bend, axes = np.linalg.eigh(-hessian)
        along = axes.T @ gradient
        size = np.maximum(np.abs(bend), 1e-10 * max(1.0, float(np.abs(bend).max())))
        decrement = 0.5 * float(along @ (along / size))
        if decrement <= _DECREMENT * (1.0 + abs(height)):
            curved = bool(bend.min() > 1e-10 * bend.max())
            return Peak(at, height, gradient, hessian, step, reached=curved)
        move = axes @ (along / size)
        move *= min(1.0, _STEP / float(np.abs(move).max()))
        ahead = _gain(landscape, at, height, move) or _flatten(landscape, at, gradient, move)
        if ahead is None:  # no digit is left to gain
            curved = bool(bend.min() > 1e-10 * bend.max()) and decrement < 1e-8
            return Peak(at, height, gradient, hessian, step, reached=curved)
        at, (height, gradient, hessian) = ahead
    return Peak(at, height, gradient, hessian, _ROUNDS, reached=False)


def _gain(
    landscape: Landscape, at: FloatArray, height: float, move: FloatArray
) -> tuple[FloatArray, tuple[float, FloatArray, FloatArray]] | None:
    share = 1.0
    for _ in range(_HALVINGS):
        there = at + share * move
        found = landscape(there)
        if _finite(*found) and found[0] > height:
            return there, found
        share *= 0.5
    return None


def _flatten(
    landscape: Landscape, at: FloatArray, gradient: FloatArray, move: FloatArray
) -> tuple[FloatArray, tuple[float, FloatArray, FloatArray]] | None:
    """Take a last step where the height has no digit left to gain but the slope has."""
    if float(np.abs(move).max()) > _LAST_STEP:
        return None
    there = at + move
    found = landscape(there)
    less = _finite(*found) and float(np.abs(found[1]).max()) < 0.5 * float(np.abs(gradient).max())
    return (there, found) if less else None


def _finite(height: float, gradient: FloatArray, hessian: FloatArray) -> bool:
    return bool(np.isfinite(height) and np.isfinite(gradient).all() and np.isfinite(hessian).all())
