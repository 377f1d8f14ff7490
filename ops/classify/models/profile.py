"""Profile-likelihood interval of one coefficient of a logistic regression of two classes.

References
----------
Venzon and Moolgavkar (1988), Applied Statistics 37(1), 87-94.
"""

from math import inf

import numpy as np
from scipy.special import chdtri

from ops.classify.models.likelihood import derivatives, log_loss, scores
from ops.classify.models.newton import frequencies_alone, minimise
from ops.values import FloatArray, IntArray

_ROUNDS = 60
_CLOSE = 1e-10
_FAR = 12.0  # log-odds
_LONGEST = 2.0  # standard errors of one step


def profile_interval(
    x: FloatArray,
    y: IntArray,
    column: int,
    *,
    level: float = 0.95,
    weights: FloatArray | None = None,
) -> tuple[float, float]:
    """Interval of a coefficient; an end is infinite where the likelihood never falls enough.

    Better than Wald's for few rows of a class: it follows the likelihood, not its curvature.

    Parameters
    ----------
    x : shape (n, k)
        Of full rank with a column of ones.
    y : shape (n,)
        0 or 1.
    column
        Feature, counted from 0.

    Returns
    -------
    tuple
        Bounds of the coefficient of the column, in log-odds per its unit.
    """
    found = minimise(x, y, 2, l1=0.0, l2=0.0, weight=weights)
    limit = log_loss(found.theta, x, y, weights) + 0.5 * float(chdtri(1, 1.0 - level))
    start = found.theta
    if np.abs(scores(start, x)).max() > _FAR:  # an optimum at infinity has no curvature
        start = frequencies_alone(x.shape[1], y, 2, weights)
    ends = [_end(start, (x, y, weights), column + 1, limit, side) for side in (-1.0, 1.0)]
    return ends[0], ends[1]


def _end(
    theta: FloatArray,
    rows: tuple[FloatArray, IntArray, FloatArray | None],
    at: int,
    limit: float,
    side: float,
) -> float:
    """Where the log-loss, lowest in all others, has risen to the limit.

    Each step solves g + H d = m e with m such that the quadratic reaches the limit: equation 6.
    """
    unit = np.eye(theta.size)[at]
    for _ in range(_ROUNDS):
        gradient, hessian = derivatives(theta, *rows)
        value = log_loss(theta, *rows)
        try:
            along = np.linalg.solve(hessian, np.column_stack((gradient[0], unit)))
        except np.linalg.LinAlgError:
            return side * inf
        if along[at, 1] <= 0.0:  # the likelihood has gone flat
            return side * inf
        reach = 2.0 * (limit - value + 0.5 * float(gradient[0] @ along[:, 0]))
        pull = side * np.sqrt(max(reach, 0.0) / float(along[at, 1]))
        step = pull * along[:, 1] - along[:, 0]
        square = float(step @ hessian @ step)
        theta = theta + step * min(1.0, _LONGEST / np.sqrt(max(square, 1e-300)))
        if square < _CLOSE**2:
            return float(theta[0, at])
    return side * inf
