"""Polynomial through values at nodes, evaluated elsewhere: the matrix of Lagrange's cardinals."""

from functools import lru_cache

import numpy as np

from ops.spc.run_length.chain import legendre
from ops.values import FloatArray


@lru_cache(maxsize=32)
def _barycentric(n: int) -> tuple[FloatArray, FloatArray]:
    """Legendre nodes and their barycentric weights (Wang, Huybrechs and Vandewalle 2014)."""
    nodes, weights = legendre(n)
    signs = np.where(np.arange(n) % 2 == 0, 1.0, -1.0)
    return nodes, signs * np.sqrt((1.0 - nodes * nodes) * weights)


def cardinals(n: int, at: FloatArray) -> FloatArray:
    """Value at each point (first axes) of the polynomial that is 1 at one node (last axis).

    Parameters
    ----------
    n
        Number of Legendre nodes on [-1, 1].
    at
        Points, in [-1, 1].

    Examples
    --------
    >>> nodes, _ = legendre(5)
    >>> bool(np.isclose(cardinals(5, np.array([0.3])) @ nodes**3, 0.027)[0])
    True
    """
    nodes, weights = _barycentric(n)
    gap = at[..., None] - nodes
    hit = gap == 0.0
    terms = weights / np.where(hit, 1.0, gap)
    shares: FloatArray = terms / terms.sum(axis=-1, keepdims=True)
    return np.where(hit.any(axis=-1, keepdims=True), hit.astype(np.float64), shares)
