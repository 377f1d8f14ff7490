"""Coordinate descent on a quadratic with absolute values, as machine code."""

import numpy as np

from ops.compiled import compiled
from ops.values import BoolArray, FloatArray


@compiled
def descend(
    hessian: FloatArray,
    gradient: FloatArray,
    theta: FloatArray,
    l1: FloatArray,
    tolerance: float,
    sweeps: int,
) -> FloatArray:
    """Step d that minimises g'd + d'Hd / 2 + sum of l1 |theta + d|.

    Parameters
    ----------
    hessian : shape (p, p)
        Not negative.
    gradient, theta, l1 : shape (p,)
    tolerance
        Largest fall of the quadratic by one coordinate in the last sweep.
    sweeps
        Most sweeps over all coordinates; between them only those that are not 0 are visited.

    References
    ----------
    Friedman, Hastie and Tibshirani (2010), J. Stat. Software 33(1), sections 2 and 3.
    """
    p = len(theta)
    step = np.zeros(p)
    slope = gradient.copy()  # g + H d
    visited = np.ones(p, dtype=np.bool_)
    everything = True
    for _ in range(sweeps):
        most = _sweep(hessian, slope, theta, step, l1, visited)
        if most > tolerance:
            everything = False
            visited[:] = theta + step != 0.0
        elif everything:
            break
        else:
            everything = True
            visited[:] = True
    return step


@compiled
def _sweep(
    hessian: FloatArray,
    slope: FloatArray,
    theta: FloatArray,
    step: FloatArray,
    l1: FloatArray,
    visited: BoolArray,
) -> float:
    """Best value of one coordinate after the other; largest change, by its curvature."""
    most = 0.0
    for j in range(len(theta)):
        curve = hessian[j, j]
        if curve <= 0.0 or not visited[j]:
            continue
        at = theta[j] + step[j]
        goal = curve * at - slope[j]
        change = np.sign(goal) * max(abs(goal) - l1[j], 0.0) / curve - at
        if change != 0.0:
            step[j] += change
            most = max(most, curve * change * change)
            for i in range(len(theta)):
                slope[i] += hessian[j, i] * change
    return most
