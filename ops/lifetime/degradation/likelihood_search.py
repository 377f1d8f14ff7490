"""Maximum of a likelihood of one or two parameters, and the curvature at a maximum of several."""

from collections.abc import Callable

import numpy as np

from ops.values import FloatArray

GRID = 11  # points of a side
ROUNDS = 20  # each draws the box to two steps about the best point


def maximum(value: Callable[[FloatArray], float], low: FloatArray, high: FloatArray) -> FloatArray:
    """Place of the maximum within a box, by a grid that is drawn closer around its best point.

    Parameters
    ----------
    low, high : shape (d,)
        Corners of the box; d is 0, 1 or 2.
    """
    if not low.size:
        return low
    best = (low + high) / 2.0
    for _ in range(ROUNDS):
        sides = [np.linspace(a, b, GRID) for a, b in zip(low, high, strict=True)]
        points = np.stack([side.ravel() for side in np.meshgrid(*sides, indexing="ij")], axis=1)
        best = points[int(np.argmax([value(point) for point in points]))]
        reach = 2.0 * (high - low) / (GRID - 1)
        low, high = np.maximum(low, best - reach), np.minimum(high, best + reach)
    return best


def covariance_at(value: Callable[[FloatArray], float], at: FloatArray) -> FloatArray | None:
    """Inverse of the observed information by central differences; None where it has none."""
    d = at.size
    step = np.where(at == 0.0, 1e-4, 1e-4 * np.abs(at))
    curve = np.zeros((d, d))
    for i in range(d):
        for j in range(i, d):
            one, other = np.zeros(d), np.zeros(d)
            one[i], other[j] = step[i], step[j]
            corners = [value(at + a * one + b * other) for a in (1, -1) for b in (1, -1)]
            curve[i, j] = curve[j, i] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (
                4 * step[i] * step[j]
            )
    if not (np.isfinite(curve).all() and (np.linalg.eigvalsh(curve) > 0).all()):
        return None
    return np.asarray(np.linalg.inv(curve), dtype=np.float64)
