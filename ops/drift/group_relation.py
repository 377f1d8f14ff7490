"""Whether spreads and relations within a group changed: variances and correlations, by name.

References
----------
Fisher (1921), Metron 1, 3-32 (arctanh of a correlation);
Zhu, Lopes, Singh and Guindani (2017) and Cai, Liu and Xia (2013), J. American Statistical
Association 108, 265-277 (largest entry as the test of two covariance matrices).
"""

from dataclasses import dataclass

import numpy as np

from ops.drift.block_sums import step_down
from ops.values import BoolArray, FloatArray, IntArray

MOST_COLUMNS = 30  # beyond, pairs are too many to be looked at one by one
EDGE = 0.999


@dataclass(frozen=True, slots=True)
class Relation:
    """Correlation of two characteristics before and now; `p_value` adjusted for all pairs."""

    first: int
    second: int
    reference: float
    current: float
    p_value: float


@dataclass(frozen=True, slots=True)
class CovarianceChange:
    """Change of spreads and relations.

    Parameters
    ----------
    ratio, ratio_p : shape (p,)
        Current variance over reference variance, and p-values adjusted for the p columns.
    relations
        Pairs whose correlation changed most, the clearest first; empty with too many columns.
    p_value
        That any correlation changed; None with too many columns.
    """

    ratio: FloatArray
    ratio_p: FloatArray
    relations: tuple[Relation, ...]
    p_value: float | None


def covariance_change(
    value: FloatArray, current: BoolArray, block: IntArray, labels: IntArray, *, most: int = 5
) -> CovarianceChange:
    """Compare variances and correlations of two windows by block permutation.

    Parameters
    ----------
    value : shape (n, p)
        Both windows, rows in time order; NaN where missing.
    current, block : shape (n,)
        Which rows are current, and the block of each.
    labels : shape (draws, blocks)
        Row 0 as measured.
    most
        Pairs that are told.
    """
    z = _centred(value, current)
    there = np.isfinite(z)
    filled = np.where(there, z, 0.0)
    variances = _sides(filled**2, there, block, labels)
    spread = np.log(np.maximum(variances[1], 1e-12) / np.maximum(variances[0], 1e-12))
    ratio_p = step_down(np.abs(spread))
    p = value.shape[1]
    if p > MOST_COLUMNS:
        return CovarianceChange(np.exp(spread[0]), ratio_p, (), None)
    i, j = np.triu_indices(p, 1)
    products = _sides(filled[:, i] * filled[:, j], there[:, i] & there[:, j], block, labels)
    r0, r1 = (
        np.clip(c / np.sqrt(np.maximum(v[:, i] * v[:, j], 1e-24)), -EDGE, EDGE)
        for c, v in zip(products, variances, strict=True)
    )
    moved = np.abs(np.arctanh(r1) - np.arctanh(r0))
    pair_p = step_down(moved)
    first = np.lexsort((-moved[0], pair_p))[:most]
    told = tuple(
        Relation(int(i[k]), int(j[k]), float(r0[0, k]), float(r1[0, k]), float(pair_p[k]))
        for k in first
    )
    return CovarianceChange(np.exp(spread[0]), ratio_p, told, float(pair_p.min()))


def _centred(value: FloatArray, current: BoolArray) -> FloatArray:
    """Deviations from the mean of the window, each column over its deviation overall."""
    z = value.copy()
    for side in (current, ~current):
        z[side] -= np.nanmean(value[side], axis=0)
    sd = np.sqrt(np.nanmean(z**2, axis=0))
    found: FloatArray = z / np.where(sd > 0, sd, 1.0)
    return found


def _sides(
    x: FloatArray, there: BoolArray, block: IntArray, labels: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Mean of the reference side and of the current side for each labelling, (draws, columns)."""
    one_hot = np.zeros((labels.shape[1], block.size))
    one_hot[block, np.arange(block.size)] = 1.0
    total, count = one_hot @ x, one_hot @ there
    of = labels.astype(np.float64)
    sum1, n1 = of @ total, of @ count
    sum0, n0 = total.sum(axis=0) - sum1, count.sum(axis=0) - n1
    return sum0 / np.maximum(n0, 1.0), sum1 / np.maximum(n1, 1.0)
