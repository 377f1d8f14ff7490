"""Shifts of the members of a group, what they have in common, and the tests of both.

References
----------
Hotelling (1931), Annals of Mathematical Statistics 2(3), 360-378;
Mason, Young and Tracy (1995), J. Quality Technology 27(2), 99-108 (terms given all others);
Chung and Romano (2013), Annals of Statistics 41(2), 484-507 (studentized permutation).
"""

from dataclasses import dataclass

import numpy as np

from ops.drift.block_permutation import p_value
from ops.drift.block_sums import BlockSums, block_sums, step_down
from ops.values import FloatArray, IntArray

WINSOR = 4.0  # robust sigmas beyond which a value counts as the edge


@dataclass(frozen=True, slots=True)
class Shifts:
    """Shifts of the p members, current minus reference, and what they have in common.

    Parameters
    ----------
    shift, error, p : shape (p,)
        Difference of means, its error, and its p-value adjusted for all members.
    own, own_p : shape (p,)
        What is left after the common shift, and its adjusted p-value.
    common, common_error, common_p
        Median of the shifts; its error is that of the mean of the group.
    t_squared, t_p
        Of the whole group against no shift.
    given_others : shape (p,)
        Part of T-squared that no other member explains.
    """

    shift: FloatArray
    error: FloatArray
    p: FloatArray
    own: FloatArray
    own_p: FloatArray
    common: float
    common_error: float
    common_p: float
    t_squared: float
    t_p: float
    given_others: FloatArray


def group_shifts(x: FloatArray, block: IntArray, labels: IntArray, *, margin: float) -> Shifts:
    """Compare the means of two windows of a group, robustly, member by member and as a whole.

    Parameters
    ----------
    x : shape (n, p)
        Both windows, in one unit; NaN where missing.
    block : shape (n,)
        Block of each row.
    labels : shape (draws, blocks)
        Row 0 as measured.
    margin
        Shift that counts as nothing.
    """
    x = _winsorized(x)
    k = labels.shape[1]
    centred = x - np.nanmedian(x, axis=0)
    sums = block_sums(centred, block, k)
    shift, error = sums.differences(labels)
    row = np.nanmean(centred, axis=1, keepdims=True)
    apart = centred - np.nanmedian(centred, axis=1, keepdims=True)  # one far off moves no other
    _, own_error = block_sums(apart, block, k).differences(labels)
    _, row_error = block_sums(row, block, k).differences(labels)
    common = np.median(shift, axis=1)
    own = shift - common[:, None]
    t_squared, t_p, given = _hotelling(sums, shift, labels)
    return Shifts(
        shift[0], error[0], step_down(_beyond(shift, error, margin)),
        own[0], step_down(_beyond(own, own_error, margin)),
        float(common[0]), float(row_error[0, 0]),
        p_value(_beyond(common[:, None], np.median(error, axis=1)[:, None], margin)[:, 0]),
        t_squared, t_p, given,
    )  # fmt: skip


def _beyond(shift: FloatArray, error: FloatArray, margin: float) -> FloatArray:
    """Studentize shifts; the one observed counts only as far as it is beyond the margin."""
    size = np.abs(shift)
    size[0] = np.maximum(size[0] - margin, 0.0)
    floor = 1e-12 * (1.0 + float(np.max(size)))
    found: FloatArray = size / np.maximum(error, floor)
    return found


def _hotelling(
    sums: BlockSums, shift: FloatArray, labels: IntArray
) -> tuple[float, float, FloatArray]:
    """T-squared on block sums, its p-value, and the part of each member given all others.

    The covariance is drawn towards its diagonal where blocks are few for the members. Under
    permutation T-squared on the covariance of both windows together orders as that within them.
    """
    k, p = sums.total.shape
    mean = sums.total.sum(axis=0) / sums.count.sum(axis=0)
    whole = _shrunk(sums.total - mean * sums.count, p / (p + k))  # the same for every labelling
    statistic = np.einsum("ij,jk,ik->i", shift, np.linalg.inv(whole), shift)
    side = labels[0][:, None]
    n = [np.maximum((sums.count * (side == s)).sum(axis=0), 1.0) for s in (0, 1)]
    means = [(sums.total * (side == s)).sum(axis=0) / n[s] for s in (0, 1)]
    within = sums.total - np.where(side == 1, means[1], means[0]) * sums.count
    inverse = np.linalg.inv(_shrunk(within / np.where(side == 1, n[1], n[0]), p / (p + k)))
    told = inverse @ shift[0]
    return float(shift[0] @ told), p_value(statistic), told**2 / np.diag(inverse)


def _shrunk(deviation: FloatArray, towards: float) -> FloatArray:
    """Products of deviations of blocks added up, drawn towards their diagonal by a share."""
    found: FloatArray = deviation.T @ deviation
    diagonal = np.diag(found).copy()
    found = (1.0 - towards) * found
    np.fill_diagonal(found, np.maximum(diagonal, 1e-12 * float(diagonal.max()) + 1e-300))
    return found


def _winsorized(x: FloatArray) -> FloatArray:
    """Values drawn to 4 robust sigmas about the median of their column."""
    middle = np.nanmedian(x, axis=0)
    sigma = 1.4826 * np.nanmedian(np.abs(x - middle), axis=0)
    sigma = np.where(sigma > 0, sigma, np.inf)
    return np.clip(x, middle - WINSOR * sigma, middle + WINSOR * sigma)
