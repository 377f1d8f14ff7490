"""Optimum of a penalised log-loss by Newton steps on the whole Hessian.

Smooth penalties solve each step by Cholesky, absolute values by coordinate descent on the step's
quadratic. Convergence is quadratic, so the last step leaves an error near rounding. Many rows
start from the optimum of a part of them, and near the optimum the Hessian is kept: a step then
costs a gradient only.

References
----------
Lee, Sun and Saunders (2014), SIAM J. Optim. 24(3), 1420-1443 (proximal Newton);
Boyd and Vandenberghe (2004), Convex Optimization, section 9.5 (decrement).
"""

from dataclasses import dataclass

import numpy as np

from ops.classify.models.curve import Curve, curve_of
from ops.classify.models.likelihood import derivatives, gradient_at, log_loss
from ops.values import FloatArray, IntArray

TOLERANCE = 1e-15  # squared length of the last step: 3e-8 standard errors
_KINKED = 1e-12  # the same where a descent, not a factor, makes the steps
_STEPS = 60
_SEARCHED = 1e-3  # squared decrement above which a step's length is looked for
_MANY = 40_000  # rows from which a part goes first
_PART = 10
_NEAR = 2e-3  # of the curvature along the intercept: a fall so small hardly changes the Hessian
_SLOW = 0.05  # of the fall before: an old Hessian that does no better is made anew


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where a penalised log-loss is lowest.

    Parameters
    ----------
    theta : shape (outputs, k + 1)
        Intercept and coefficients of each output.
    steps
        Newton steps on all rows.
    converged
        Whether the decrement fell below the tolerance.
    singular
        Whether the Hessian could not tell some directions apart: the estimate is the one nearest
        to the start among equals.
    """

    theta: FloatArray
    steps: int
    converged: bool
    singular: bool


def minimise(
    x: FloatArray,
    y: IntArray,
    n_classes: int,
    *,
    l1: float,
    l2: float,
    weight: FloatArray | None = None,
    start: FloatArray | None = None,
) -> Optimum:
    """Minimise log-loss + l1 sum |coefficients| + l2 / 2 sum of their squares.

    Parameters
    ----------
    x : shape (n, k)
    y : shape (n,)
        0 to `n_classes` - 1, each present.
    weight : shape (n,)
        Above 0.
    start : shape (outputs, k + 1)
        Near-by optimum, of a neighbouring strength for example.
    """
    theta = frequencies_alone(x.shape[1], y, n_classes, weight) if start is None else start
    if start is None and len(y) >= max(_MANY, 20 * _PART * theta.size):
        part = np.sort(np.random.default_rng(0).choice(len(y), len(y) // _PART, replace=False))
        some = None if weight is None else weight[part]
        pull = (l1 / _PART, l2 / _PART)
        near = _newton(theta, (x[part], y[part], some), *pull, tolerance=1e-1, most=8).theta
        full = (x, y, weight)
        theta = near if _objective(near, full, l1, l2) < _objective(theta, full, l1, l2) else theta
    return _newton(theta, (x, y, weight), l1, l2, tolerance=TOLERANCE, most=_STEPS)


Rows = tuple[FloatArray, IntArray, FloatArray | None]


def frequencies_alone(k: int, y: IntArray, n_classes: int, weight: FloatArray | None) -> FloatArray:
    """Class frequencies alone."""
    share = np.log(np.bincount(y, weight, n_classes) / len(y))
    level = share[1:] - share[0] if n_classes == 2 else share - share.mean()
    return np.column_stack((level, np.zeros((len(level), k))))


def _newton(
    theta: FloatArray, rows: Rows, l1: float, l2: float, *, tolerance: float, most: int
) -> Optimum:
    pulled = np.tile(np.arange(theta.shape[1]) > 0, len(theta)).astype(np.float64)
    curve: Curve | None = None
    singular, last = False, np.inf
    for count in range(1, most + 1):
        if curve is None:
            gradient, hessian = derivatives(theta, *rows)
            curve = curve_of(hessian, l2 * pulled, theta.shape, smooth=l1 == 0.0)
            singular |= curve.singular
        else:
            gradient = gradient_at(theta, *rows)
        slope = gradient.ravel() + l2 * pulled * theta.ravel()
        step = curve.step(slope, theta.ravel(), l1 * pulled)
        kinks = l1 * pulled @ (np.abs(theta.ravel() + step) - np.abs(theta.ravel()))
        fall = -float(slope @ step + kinks)
        theta = _moved(theta, step.reshape(theta.shape), rows, (l1, l2), fall)
        if curve.square(step) <= max(tolerance, _KINKED if l1 > 0.0 else 0.0):
            return Optimum(_centred(theta, l1), count, converged=True, singular=singular)
        near = fall <= _NEAR * curve.mass and fall <= _SLOW * last
        curve, last = curve if near else None, fall
    return Optimum(_centred(theta, l1), most, converged=False, singular=singular)


def _moved(
    theta: FloatArray, step: FloatArray, rows: Rows, pull: tuple[float, float], fall: float
) -> FloatArray:
    """End of the step, halved until the objective falls enough (Armijo)."""
    if fall <= _SEARCHED:
        return theta + step
    now = _objective(theta, rows, *pull)
    length = 1.0
    while _objective(theta + length * step, rows, *pull) > now - 1e-4 * length * fall:
        length /= 2.0
        if length < 1e-10:
            return theta
    return theta + length * step


def _objective(theta: FloatArray, rows: Rows, l1: float, l2: float) -> float:
    free = theta[:, 1:]
    pull = l1 * np.abs(free).sum() + 0.5 * l2 * np.square(free).sum()
    return log_loss(theta, *rows) + float(pull)


def _centred(theta: FloatArray, l1: float) -> FloatArray:
    """Take a shift that is common to all classes out; of the intercepts alone under l1."""
    if len(theta) == 1:
        return theta
    found = theta.copy()
    found[:, 0] -= found[:, 0].mean()
    if l1 == 0.0:
        found[:, 1:] -= found[:, 1:].mean(axis=0)
    return found
