"""Sums of several columns over blocks, and the differences of means that labellings give.

References
----------
Westfall and Young (1993), Resampling-Based Multiple Testing, Wiley, 2.6 (step-down max-T);
Chung and Romano (2013), Annals of Statistics 41(2), 484-507 (studentized permutation).
"""

from dataclasses import dataclass

import numpy as np

from ops.drift.block_permutation import p_value
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class BlockSums:
    """Sum and count of each column in each block; a missing value is in neither.

    Parameters
    ----------
    total, count : shape (blocks, p)
    """

    total: FloatArray
    count: FloatArray

    def differences(self, labels: IntArray) -> tuple[FloatArray, FloatArray]:
        """Mean of blocks labelled 1 minus that of those labelled 0, and its standard error.

        Parameters
        ----------
        labels : shape (draws, blocks)

        Returns
        -------
        shapes (draws, p)
            The error is that of the block sums about the mean of their side.
        """
        mean1, square1 = self._side(labels.astype(np.float64))
        mean0, square0 = self._side((1 - labels).astype(np.float64))
        return mean1 - mean0, np.sqrt(square1 + square0)

    def _side(self, of: FloatArray) -> tuple[FloatArray, FloatArray]:
        count = np.maximum(of @ self.count, 1e-12)
        blocks = np.maximum(of @ (self.count > 0), 1.0)
        mean = (of @ self.total) / count
        square = (
            of @ self.total**2
            - 2.0 * mean * (of @ (self.total * self.count))
            + mean**2 * (of @ self.count**2)
        )
        grown = blocks / np.maximum(blocks - 1.0, 1.0)
        return mean, grown * np.maximum(square, 0.0) / count**2


def block_sums(value: FloatArray, block: IntArray, blocks: int) -> BlockSums:
    """Add up columns over blocks; columns are best given about their medians: squares lose digits.

    Parameters
    ----------
    value : shape (n, p)
        NaN is left out.
    block : shape (n,)
    """
    there = np.isfinite(value)
    filled = np.where(there, value, 0.0)
    one_hot = np.zeros((blocks, value.shape[0]))
    one_hot[block, np.arange(value.shape[0])] = 1.0
    return BlockSums(one_hot @ filled, one_hot @ there)


def step_down(statistic: FloatArray) -> FloatArray:
    """Adjust p-values of several statistics for their number: step-down by the largest of the rest.

    Parameters
    ----------
    statistic : shape (draws, p)
        At least 0, large against the null; row 0 as observed.

    Returns
    -------
    shape (p,)
        Each controls the chance of any false one among all p.

    Examples
    --------
    >>> step_down(np.array([[3.0, 0.1], [1.0, 2.0], [0.5, 0.2], [1.0, 0.3]])).tolist()
    [0.25, 1.0]
    """
    order = np.argsort(-statistic[0], kind="stable")
    found, worst = np.ones(order.size), 0.0
    rest = np.maximum.accumulate(statistic[:, order[::-1]], axis=1)[:, ::-1]
    for rank, j in enumerate(order):
        column = rest[:, rank].copy()
        column[0] = statistic[0, j]
        worst = max(worst, p_value(column))
        found[j] = worst
    return found
