"""Climbing a likelihood of variances: Newton steps by average information, never below zero.

A variance that the likelihood pushes below zero stays at zero until its score there is positive. A
step that does not climb is halved; where halving does not help, an EM step, which always climbs.

References
----------
Johnson and Thompson (1995), J. Dairy Science 78, 449-456 (average information with EM steps);
Dempster, Laird and Rubin (1977), J. Royal Statistical Society B 39, 1-38 (EM).
"""

import numpy as np

from ops.values import BoolArray, FloatArray
from ops.variance.likelihood import Likelihood, Method, Structure, likelihood

MOST_STEPS = 200
_HALVINGS = 12
ENOUGH = 1e-11
_LEAST_RESIDUAL = 0.05  # of the present one, in a single step


def climb(
    structure: Structure,
    theta: FloatArray,
    *,
    free: BoolArray,
    method: Method = "reml",
    enough: float = ENOUGH,
) -> Likelihood:
    """Find the variances of the largest likelihood; those not `free` stay as they are.

    Parameters
    ----------
    theta : shape (k + 1,)
        Where to begin; the residual, last, above 0.
    enough
        Expected gain in log likelihood below which the top is reached.
    """
    here = likelihood(structure, theta, method)
    for _ in range(MOST_STEPS):
        moving = free & ~((here.theta <= 0) & (here.score <= 0))
        if not moving.any():
            break
        step = _newton(here, moving)
        if float(here.score @ step) < enough:
            break
        found = _advance(structure, here, step, method)
        if found is None:
            found = _em(structure, here, moving, method)
        if found is None:
            break
        here = found
    return here


def _newton(here: Likelihood, moving: BoolArray) -> FloatArray:
    inner = here.information[np.ix_(moving, moving)]
    scale = 1.0 / np.sqrt(np.maximum(np.diag(inner), 1e-300))
    scaled = inner * scale * scale[:, None]
    scaled[np.diag_indices_from(scaled)] += 1e-10  # two factors that the data hardly tell apart
    step = np.zeros(here.theta.size)
    step[moving] = scale * np.linalg.solve(scaled, scale * here.score[moving])
    return step


def _advance(
    structure: Structure, here: Likelihood, step: FloatArray, method: Method
) -> Likelihood | None:
    least = np.zeros(step.size)
    least[-1] = _LEAST_RESIDUAL * here.theta[-1]
    for _ in range(_HALVINGS):
        theta = np.maximum(here.theta + step, least)
        found = likelihood(structure, theta, method)
        if found.value > here.value:
            return found
        step = step / 2
    return None


def _em(
    structure: Structure, here: Likelihood, moving: BoolArray, method: Method
) -> Likelihood | None:
    size = np.append(np.array(structure.levels, dtype=np.float64), structure.n)
    theta = here.theta + np.where(moving, 2.0 * here.theta**2 * here.score / size, 0.0)
    found = likelihood(structure, theta, method)
    return found if found.value > here.value * (1 + np.sign(here.value) * 1e-14) else None
