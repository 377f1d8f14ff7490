"""Ridge classifier with a logistic link: for many more features than rows.

Least squares on 0/1 labels with an l2 penalty, whose strength is chosen by exact leave-one-out
errors of one eigendecomposition; a small logistic regression on the leave-one-out scores makes
probabilities of them. Both are linear, so that the whole is kept as a `LogisticRegression`.

References
----------
Golub, Heath and Wahba (1979), Technometrics 21(2), 215-223 (leave-one-out of a linear smoother);
Platt (1999), Advances in Large Margin Classifiers, 61-74 (link).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ops.classify.models.logistic import as_estimator, optimum
from ops.classify.models.settings import RidgeLinkSettings
from ops.classify.models.training import Training
from ops.values import FloatArray

GRID = np.geomspace(1e-6, 1e1, 22)  # of the largest eigenvalue
LINK = 1.0  # strength of the link's own penalty: separated scores have no finite slope
_TINY = 1e-10  # of the largest eigenvalue: directions that rounding makes


@dataclass(frozen=True, slots=True)
class _Rotated:
    """Centred, weighted rows in the directions in which they vary.

    Parameters
    ----------
    u, values
        Orthonormal columns, shape (n, r), and their eigenvalues, shape (r,).
    """

    x: FloatArray
    center: FloatArray
    root: FloatArray
    u: FloatArray
    values: FloatArray


def fit_ridge_link(rows: Training, settings: RidgeLinkSettings) -> tuple[Any, tuple[str, ...]]:
    """Weights by ridge, probabilities by a link, in a `LogisticRegression`."""
    rows = rows.weighing()
    rotated = _rotated(rows)
    target = _targets(rows)
    mean = np.average(target, axis=0, weights=rows.weight())
    y = (target - mean) * rotated.root[:, None]
    grid = GRID * max(float(rotated.values.max(initial=0.0)), 1e-12)
    strength = settings.strength or _best(rotated, y, grid)
    scores = (y - _left_out(rotated, y, strength)) / rotated.root[:, None] + mean
    weight = _weights(rotated, y, strength)
    theta, notes = _link(rows, scores)
    joined = theta[:, 1:] @ weight.T
    offset = theta[:, 0] + theta[:, 1:] @ (mean - rotated.center @ weight)
    told = f"strength {strength:.3g} of {grid.size} by leave-one-out errors"
    notes = notes if settings.strength else (told, *notes)
    return as_estimator(np.column_stack((offset, joined)), strength, 0.0), notes


def _targets(rows: Training) -> FloatArray:
    """One column for two classes, else one for each."""
    hot = np.eye(rows.n_classes)[rows.y]
    return hot[:, 1:] if rows.n_classes == 2 else hot


def _rotated(rows: Training) -> _Rotated:
    weight = rows.weight()
    center = np.average(rows.x, axis=0, weights=weight)
    root = np.sqrt(weight)
    x = (rows.x - center) * root[:, None]
    n, k = x.shape
    if n <= k:
        values, u = np.linalg.eigh(x @ x.T)
        kept = values > _TINY * values[-1]
        return _Rotated(x, center, root, u[:, kept], values[kept])
    values, v = np.linalg.eigh(x.T @ x)
    kept = values > _TINY * values[-1]
    u = (x @ v[:, kept]) / np.sqrt(values[kept])
    return _Rotated(x, center, root, u, values[kept])


def _left_out(rotated: _Rotated, y: FloatArray, strength: float) -> FloatArray:
    """Residual of each row by the fit without it, times the root of its weight: r / (1 - h)."""
    shrunk = rotated.values / (rotated.values + strength)
    residual = y - rotated.u @ (shrunk[:, None] * (rotated.u.T @ y))
    leverage = np.square(rotated.u) @ shrunk + np.square(rotated.root) / np.sum(
        np.square(rotated.root)
    )
    return np.asarray(residual / np.maximum(1.0 - leverage, 1e-9)[:, None])


def _best(rotated: _Rotated, y: FloatArray, grid: FloatArray) -> float:
    errors = [float(np.square(_left_out(rotated, y, float(s))).sum()) for s in grid]
    return float(grid[int(np.argmin(errors))])


def _weights(rotated: _Rotated, y: FloatArray, strength: float) -> FloatArray:
    """Coefficients of the features, shape (k, outputs)."""
    if not rotated.values.size:
        return np.zeros((rotated.x.shape[1], y.shape[1]))
    dual = rotated.u @ ((rotated.u.T @ y) / (rotated.values + strength)[:, None])
    # within the rows' own directions x'(xx' + s)^-1 y is the ridge solution
    return np.asarray(rotated.x.T @ dual)


def _link(rows: Training, scores: FloatArray) -> tuple[FloatArray, tuple[str, ...]]:
    """Parameters of the logistic regression on the scores, shape (outputs, columns + 1)."""
    center, sd = scores.mean(axis=0), scores.std(axis=0)
    sd = np.where(sd > 0, sd, 1.0)
    theta, notes = optimum(replace(rows, x=(scores - center) / sd), LINK, 0.0)
    slope = theta[:, 1:] / sd
    return np.column_stack((theta[:, 0] - slope @ center, slope)), notes
