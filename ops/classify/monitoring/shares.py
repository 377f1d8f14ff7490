"""Shares of two windows in the same cells: levels of a category, values that are missing.

Neighbouring rows resemble each other; the chi-square statistic is divided by the mean design effect
of the cells (Rao and Scott 1981, JASA 76, 221-230, first-order correction). That effect is an
estimate, and F takes the place of chi-square (Thomas and Rao 1987, JASA 82, 630-636).
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.special import fdtrc

from ops.drift.dependence import dependence
from ops.drift.window_mean import window_mean
from ops.values import FloatArray, IntArray

FEWEST = 5.0  # expected rows of a cell; rarer cells are taken together

Lots = tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How far two distributions over cells differ.

    Parameters
    ----------
    moved
        Total variation distance: the share of rows that would have to change their cell.
    p
        Of no change; None where rows are too few to tell.
    """

    moved: float
    p: float | None


def share_change(
    reference: IntArray, current: IntArray, count: int, lots: Lots | None = None
) -> ShareChange:
    """Compare the shares of cells in two windows.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        Cell of each row, in time order, 0 to `count` - 1.
    lots
        Lot of each row of each window: rows of one lot are not independent.

    Examples
    --------
    >>> same = np.arange(200) % 4
    >>> share_change(same, same, 4)
    ShareChange(moved=0.0, p=1.0)
    """
    if not reference.size or not current.size:
        return ShareChange(0.0, None)
    counts = np.array([np.bincount(of, minlength=count) for of in (reference, current)], float)
    shares = counts / counts.sum(axis=1, keepdims=True)
    moved = float(np.abs(shares[1] - shares[0]).sum() / 2.0)
    cell = _joined(counts)
    if cell is None:
        return ShareChange(moved, None if moved > 0 else 1.0)
    pair = cell[reference], cell[current]
    joined = np.array([np.bincount(of, minlength=int(cell.max()) + 1) for of in pair], float)
    expected = np.outer(joined.sum(axis=1), joined.sum(axis=0)) / joined.sum()
    square = float(((joined - expected) ** 2 / expected).sum())
    found = _design_effect(pair, joined.shape[1], lots)
    if found is None:
        return ShareChange(moved, None)
    effect, df = found
    cells = joined.shape[1] - 1
    return ShareChange(moved, float(fdtrc(cells, df, square / effect / cells)))


def _joined(counts: FloatArray) -> IntArray | None:
    """Give each cell its new number, rare ones together; None if fewer than two are left."""
    least = counts.sum(axis=0) * counts.sum(axis=1).min() / counts.sum()
    common = least >= FEWEST
    rare = float(least[~common].sum())
    cell = np.cumsum(common) - 1
    number = int(common.sum())
    if number == 0:
        return None
    if rare >= FEWEST:
        cell[~common], number = number, number + 1
    else:  # too few for a cell of their own: to the largest
        cell[~common] = cell[int(np.argmax(least))]
    return None if number < 2 else cell.astype(np.int64)


def _design_effect(
    pair: tuple[IntArray, IntArray], count: int, lots: Lots | None
) -> tuple[float, float] | None:
    """Mean design effect of the cells, and the fewest degrees of freedom that it is known with."""
    total, weight, fewest = 0.0, 0.0, inf
    for one in range(count):
        inside = [(of == one).astype(np.float64) for of in pair]
        memory = dependence(inside)
        for side, x in enumerate(inside):
            share = float(x.mean())
            if not 0.0 < share < 1.0:
                continue
            found = window_mean(x, memory, None if lots is None else lots[side])
            if found.error is None:
                return None
            total += (1.0 - share) * max(1.0, found.error**2 * x.size / (share * (1.0 - share)))
            weight += 1.0 - share
            fewest = min(fewest, found.df)
    return (total / weight, fewest) if weight > 0 else (1.0, 1e6)
