"""Exchanging one open site for a closed one as long as that pays: Teitz and Bart's heuristic."""

import numpy as np

from solvers.values import FloatArray, IntArray

_LEAST_GAIN = 1e-10  # of the cost: below it rounding might exchange for ever


def total(cost: FloatArray, fixed: FloatArray, sites: IntArray) -> float:
    """Money for serving everybody from the cheapest of some sites, opening included."""
    return float(cost[:, sites].min(axis=1).sum() + fixed[sites].sum())


def interchange(cost: FloatArray, fixed: FloatArray, sites: IntArray) -> IntArray:
    """Improve sites by the best exchange of one for another until none pays.

    The gains of all exchanges are found at once from the cheapest and second cheapest site of
    each customer: opening f gains what it saves; closing r costs the way to the second cheapest
    one, less what f softens.

    Parameters
    ----------
    cost : shape (n, m)
        Finite; a way that is forbidden costs more than all others together.
    fixed : shape (m,)
        Money for opening.
    sites : shape (p,)
        Where to begin.

    Returns
    -------
    IntArray
        Sites of shape (p,), rising; no single exchange is better.

    References
    ----------
    Teitz and Bart (1968), Operations Research 16(5), 955-961. Gains of all pairs at once: Resende
    and Werneck (2007), European J. of Operational Research 174(1), 54-68.
    """
    sites = np.sort(sites)
    if sites.size == 1:
        return np.array([np.argmin(cost.sum(axis=0) + fixed)])
    now = total(cost, fixed, sites)
    while True:
        gain = _gains(cost, fixed, sites)
        out, in_ = np.unravel_index(int(np.argmax(gain)), gain.shape)
        changed = np.sort(np.append(np.delete(sites, out), in_))
        then = total(cost, fixed, changed)
        if gain[out, in_] <= 0 or then >= now - _LEAST_GAIN * abs(now):
            return sites
        sites, now = changed, then


def _gains(cost: FloatArray, fixed: FloatArray, sites: IntArray) -> FloatArray:
    """Gain of closing each of p sites for each of m candidates, shape (p, m); -inf if open."""
    n = cost.shape[0]
    own = cost[:, sites]
    order = np.argpartition(own, 1, axis=1)
    rows = np.arange(n)
    nearest = order[:, 0]
    first, second = own[rows, nearest], own[rows, order[:, 1]]
    saved = np.maximum(first[:, None] - cost, 0.0).sum(axis=0)
    softened = np.maximum(second[:, None] - np.maximum(cost, first[:, None]), 0.0)
    member = np.zeros((sites.size, n))
    member[nearest, rows] = 1.0
    loss = np.bincount(nearest, weights=second - first, minlength=sites.size)
    gain: FloatArray = saved[None, :] - loss[:, None] + member @ softened
    gain += fixed[sites][:, None] - fixed[None, :]
    gain[:, sites] = -np.inf
    return gain


def greedy(cost: FloatArray, fixed: FloatArray, p: int, sites: IntArray | None = None) -> IntArray:
    """Open the site that saves most, one after another, until there are p."""
    chosen = [] if sites is None else [int(s) for s in sites]
    nearest = np.full(cost.shape[0], np.inf) if not chosen else cost[:, chosen].min(axis=1)
    while len(chosen) < p:
        best = np.minimum(cost, nearest[:, None]).sum(axis=0) + fixed
        best[chosen] = np.inf
        chosen.append(int(np.argmin(best)))
        nearest = np.minimum(nearest, cost[:, chosen[-1]])
    return np.sort(np.array(chosen, dtype=np.int64))
