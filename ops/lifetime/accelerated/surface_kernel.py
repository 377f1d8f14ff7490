"""Log-likelihood of a regression with part of the location tied to sigma, in machine code."""

from math import exp

import numpy as np

from ops.compiled import compiled
from ops.lifetime.kernel import EXACT, INTERVAL, interval_terms, point_terms
from ops.values import FloatArray, IntArray

Layout = tuple[IntArray, IntArray, FloatArray]  # kind, row of the data, (position, width, weight)
Plan = tuple[FloatArray, FloatArray, FloatArray]  # design (n, q), offset (n,), shift (n,)


@compiled
def survey(
    standard: int, layout: Layout, plan: Plan, theta: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Log-likelihood on the line at (phi, log sigma), its gradient and its Hessian.

    The standardized end of a row is ``(x - design phi - offset) / sigma - shift``.
    """
    kinds, source, rows = layout
    design, offset, shift = plan
    q = design.shape[1]
    sigma = exp(theta[q])
    slope, curve = np.zeros(q + 1), np.zeros((q + 1, q + 1))
    value = 0.0
    for r in range(kinds.size):
        i = source[r]
        location = offset[i]
        for j in range(q):
            location += design[i, j] * theta[j]
        s, w = shift[i], rows[2, r]
        z = (rows[0, r] - location) / sigma - s
        if kinds[r] == INTERVAL:
            v, p, zp, pp, zpp, zzpp = interval_terms(standard, z, rows[1, r] / sigma)
        else:
            v, p, pp = point_terms(standard, kinds[r], z)
            zp, zpp, zzpp = z * p, z * pp, z * z * pp
        up = zp + s * p  # u = z + shift is what log sigma stretches
        upp, uupp = zpp + s * pp, zzpp + 2.0 * s * zpp + s * s * pp
        own = 1.0 if kinds[r] == EXACT else 0.0
        value += w * (v - own * theta[q])
        slope[q] -= w * (up + own)
        curve[q, q] += w * (uupp + up)
        for j in range(q):
            x = design[i, j] / sigma
            slope[j] -= w * p * x
            curve[q, j] += w * (upp + p) * x
            for k in range(j + 1):
                curve[j, k] += w * pp * x * design[i, k] / sigma
    for j in range(q + 1):
        for k in range(j):
            curve[k, j] = curve[j, k]
    return value, slope, curve
