"""Individuals and moving-range charts used together: run length of the pair.

The state is the last value. Both limits cut the integral, so that the solution is smooth only
between the points that limits less whole moving ranges reach; each piece has its own nodes.
"""

from itertools import pairwise
from math import pi, sqrt

import numpy as np

from ops.spc.run_length.chain import FARTHEST, legendre
from ops.spc.run_length.lagrange import cardinals
from ops.values import FloatArray

NODES = 14  # of a piece


def individuals_arl(*, width: float, range_limit: float, shift: float = 0.0) -> float:
    """Mean number of values until a value or a moving range is beyond its limit.

    Parameters
    ----------
    width
        Limits of the individuals chart, in sigmas.
    range_limit
        Upper limit of the moving range of two values, in sigmas; 3.686 is the usual one.
    shift
        Of the mean, in sigmas.

    Notes
    -----
    The first value has no moving range.

    References
    ----------
    Crowder (1987), J. Quality Technology 19(2), 98-102.

    Examples
    --------
    >>> round(individuals_arl(width=2.0, range_limit=3.0), 2)
    18.23
    """
    edges = _edges(width, range_limit)
    nodes, weights = legendre(NODES)
    low, high = edges[:-1], edges[1:]
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    x = (middle[:, None] + half[:, None] * nodes).ravel()
    step = np.hstack([_over(x, (a, b), range_limit, shift) for a, b in pairwise(edges.tolist())])
    after = np.linalg.solve(np.eye(x.size) - step, np.ones(x.size))
    first = (half[:, None] * weights).ravel() * _density(x - shift)
    length = 1.0 + float(first @ after)
    return length if 0.99 < length < FARTHEST else np.inf


def _edges(width: float, range_limit: float) -> FloatArray:
    count = int(min(2.0 * width / range_limit, 12.0))
    inner = [side * (width - i * range_limit) for i in range(count + 1) for side in (-1, 1)]
    inner += np.linspace(-width, width, 1 + max(1, int(np.ceil(width)))).tolist()
    cuts = np.unique(np.clip(inner, -width, width).round(12))
    kept: FloatArray = cuts[np.concatenate([[True], np.diff(cuts) > 1e-9])]
    return kept


def _over(x: FloatArray, piece: tuple[float, float], reach: float, shift: float) -> FloatArray:
    """Integrals over the part of a piece within `reach` of each `x`, for each of its nodes."""
    nodes, weights = legendre(NODES)
    low, high = np.clip(x - reach, *piece), np.clip(x + reach, *piece)
    half = 0.5 * (high - low)[:, None]
    y = 0.5 * (high + low)[:, None] + half * nodes
    place = np.clip((2.0 * y - piece[0] - piece[1]) / (piece[1] - piece[0]), -1.0, 1.0)
    mass = half * weights * _density(y - shift)
    moves: FloatArray = np.einsum("iq,iqk->ik", mass, cardinals(NODES, place))
    return moves


def _density(z: FloatArray) -> FloatArray:
    density: FloatArray = np.exp(-0.5 * z * z) / sqrt(2.0 * pi)
    return density
