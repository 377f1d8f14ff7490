"""Least distance of two lines of straight pieces in space, in a loop over units.

References
----------
Ericson (2005), Real-Time Collision Detection, 5.1.9 (closest points of two segments).
"""

from math import inf, isnan, nan, sqrt

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray


@compiled
def _clip(x: float) -> float:
    return min(max(x, 0.0), 1.0)


@compiled
def segments_apart(  # noqa: PLR0913  (two segments in space are twelve numbers)
    ax: float, ay: float, az: float, ux: float, uy: float, uz: float,
    bx: float, by: float, bz: float, vx: float, vy: float, vz: float,
) -> float:  # fmt: skip
    """Squared distance of ``a + s u`` and ``b + t v``, s and t in 0 to 1; u and v may be 0."""
    rx, ry, rz = ax - bx, ay - by, az - bz
    a = ux * ux + uy * uy + uz * uz
    e = vx * vx + vy * vy + vz * vz
    b = ux * vx + uy * vy + uz * vz
    c = ux * rx + uy * ry + uz * rz
    f = vx * rx + vy * ry + vz * rz
    s = t = 0.0
    if a > 0.0 and e > 0.0:
        denominator = a * e - b * b
        if denominator > 1e-12 * a * e:  # parallel segments: any s will do
            s = _clip((b * f - c * e) / denominator)
        t = (b * s + f) / e
        if t < 0.0 or t > 1.0:
            t = _clip(t)
            s = _clip((b * t - c) / a)
    elif a > 0.0:
        s = _clip(-c / a)
    elif e > 0.0:
        t = _clip(f / e)
    dx, dy, dz = rx + s * ux - t * vx, ry + s * uy - t * vy, rz + s * uz - t * vz
    return dx * dx + dy * dy + dz * dz


@compiled
def least_distances(
    plan_a: FloatArray, height_a: FloatArray, plan_b: FloatArray, height_b: FloatArray
) -> FloatArray:
    """Least distance of two profiles in each unit.

    Parameters
    ----------
    plan_a, plan_b : shape (points, 2)
        Of the points, the same in all units.
    height_a, height_b : shape (units, points)
        Heights of the points; a unit with NaN has no distance.
    """
    units = height_a.shape[0]
    found = np.empty(units)
    for i in range(units):
        best = inf
        for p in range(plan_a.shape[0] - 1):
            az, uz = height_a[i, p], height_a[i, p + 1] - height_a[i, p]
            for q in range(plan_b.shape[0] - 1):
                bz, vz = height_b[i, q], height_b[i, q + 1] - height_b[i, q]
                if isnan(uz) or isnan(vz):
                    best = nan
                    continue
                apart = segments_apart(
                    plan_a[p, 0], plan_a[p, 1], az,
                    plan_a[p + 1, 0] - plan_a[p, 0], plan_a[p + 1, 1] - plan_a[p, 1], uz,
                    plan_b[q, 0], plan_b[q, 1], bz,
                    plan_b[q + 1, 0] - plan_b[q, 0], plan_b[q + 1, 1] - plan_b[q, 1], vz,
                )  # fmt: skip
                if apart < best:
                    best = apart
        found[i] = sqrt(best)
    return found
