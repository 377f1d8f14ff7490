"""Whether the level or the distribution of a number changed between two windows, by ranks.

Ranks of the two windows together are compared with the error of their means, which knows how long
the series remembers; neither heavy tails nor ties upset that. Level: mean rank (Wilcoxon). The
rest, spread and shape: shares of the values in cells of equal count of both windows together.
"""

import numpy as np
from scipy.special import stdtr

from ops.classify.monitoring.shares import Lots, share_change
from ops.drift.dependence import dependence
from ops.drift.equivalence import welch
from ops.drift.window_mean import window_mean
from ops.values import FloatArray

CELLS = 8


def level_p(reference: FloatArray, current: FloatArray, lots: Lots | None = None) -> float | None:
    """P-value of an equal level; None where chance cannot be told.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        Finite, in time order.
    lots
        Lot of each value of each window.
    """
    ranks = _ranks(np.concatenate([reference, current]))
    pair = ranks[: reference.size], ranks[reference.size :]
    memory = dependence(list(pair))
    first, second = (None, None) if lots is None else lots
    found = welch(window_mean(pair[0], memory, first), window_mean(pair[1], memory, second))
    if found.error is None or found.df <= 0:
        return None
    return min(1.0, 2.0 * float(stdtr(found.df, -abs(found.estimate) / found.error)))


def shape_p(reference: FloatArray, current: FloatArray, lots: Lots | None = None) -> float | None:
    """P-value of an equal distribution; as `level_p`."""
    both = np.concatenate([reference, current])
    edges = np.unique(np.quantile(both, np.arange(1, CELLS) / CELLS, method="inverted_cdf"))
    cell0, cell1 = (
        np.searchsorted(edges, x, side="left").astype(np.int64) for x in (reference, current)
    )
    return share_change(cell0, cell1, edges.size + 1, lots).p


def _ranks(x: FloatArray) -> FloatArray:
    """Ranks, ties at their mean, as shares of the count."""
    _, place, count = np.unique(x, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2.0)[place] / x.size)
