"""Block permutation: p-values for two windows of values that remember those before them.

Each window is cut into contiguous blocks, longer than the memory of the series; under the null the
blocks may change places between the windows. Where lots (or days) share a level, the lots are the
blocks. With too few blocks there is no p-value: the distance alone is told.

References
----------
Phipson and Smyth (2010), Statistical Applications in Genetics 9(1), 39 (p = (1 + #)/(1 + B));
Lahiri (2003), Resampling Methods for Dependent Data, 2.5 and 7 (blocks);
Winkler et al. (2015), NeuroImage 123, 253-268 (whole blocks exchanged).
"""

from dataclasses import dataclass
from math import comb

import numpy as np

from ops.drift.dependence import Dependence
from ops.values import FloatArray, IntArray

DRAWS = 999
DEFICIT = 0.1  # of the variance of a long mean that blocks may miss
LEAST_BLOCKS = 4  # in each window
MOST_BLOCKS = 400  # of a window: more only cost memory, longer ones are as good
LEAST_LABELLINGS = 400  # different ones: the smallest p-value is then well below 0.05


@dataclass(frozen=True, slots=True)
class Blocks:
    """Two windows in blocks.

    Parameters
    ----------
    of_reference, of_current
        Block of each value: 0 .. k0 - 1, and k0 .. k0 + k1 - 1.
    k0, k1
        Blocks of the reference, and of the current window.
    length
        Values of a block of either window; None where lots are the blocks.
    """

    of_reference: IntArray
    of_current: IntArray
    k0: int
    k1: int
    length: int | None

    @property
    def are_enough(self) -> bool:
        """Whether labellings are many enough for a p-value."""
        fewest = min(self.k0, self.k1)
        if fewest > LEAST_BLOCKS + 1:  # 924 labellings at least
            return True
        return fewest >= LEAST_BLOCKS and comb(self.k0 + self.k1, fewest) >= LEAST_LABELLINGS

    @property
    def observed(self) -> IntArray:
        """Labels as measured, shape (k0 + k1,)."""
        return np.repeat(np.array([0, 1]), [self.k0, self.k1])

    def labels(self, draws: int, rng: np.random.Generator) -> IntArray:
        """Labels as measured in row 0, then random ones; shape (1 + draws, k0 + k1)."""
        drawn = rng.permuted(np.tile(self.observed, (draws, 1)), axis=1)
        return np.vstack([self.observed[None, :], drawn])


def serial_blocks(n0: int, n1: int, dependence: Dependence) -> Blocks:
    """Cut two windows into contiguous blocks of nearly equal length.

    Examples
    --------
    >>> serial_blocks(7, 4, Dependence(0.0, 0.0, 11)).k0
    7
    """
    length = dependence.block_length(DEFICIT)
    k0, k1 = (max(1, min(n // length, MOST_BLOCKS)) for n in (n0, n1))
    return Blocks(_cut(n0, k0), _cut(n1, k1) + k0, k0, k1, length)


def lot_blocks(reference: IntArray, current: IntArray) -> Blocks:
    """Blocks that are lots; a lot in both windows is a block of each."""
    first, of0 = np.unique(reference, return_inverse=True)
    second, of1 = np.unique(current, return_inverse=True)
    return Blocks(of0, of1 + first.size, first.size, second.size, None)


def p_value(statistic: FloatArray) -> float:
    """Share of labellings that are as extreme as the one in row 0, which is counted too."""
    observed = float(statistic[0])
    edge = observed - 1e-9 * max(abs(observed), 1e-300)
    return float(np.count_nonzero(statistic >= edge)) / statistic.size


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances of two samples, each with its p-value; None: too few blocks, distance only.

    Parameters
    ----------
    ks, ks_p
        Largest difference of the distribution functions, 0 to 1.
    ad, ad_p
        Anderson-Darling, about 1 where nothing differs.
    wasserstein, wasserstein_p
        Mean distance that values have to be moved, in their unit.
    shape, shape_p
        Anderson-Darling after both have mean 0 and variance 1: what level and spread leave over.
    """

    ks: float
    ks_p: float | None
    ad: float
    ad_p: float | None
    wasserstein: float
    wasserstein_p: float | None
    shape: float
    shape_p: float | None


def distances(
    reference: FloatArray,
    current: FloatArray,
    blocks: Blocks,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Distances:
    """Distances of two windows with block permutation p-values.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        Values in time order, finite.
    """
    from ops.drift import permutation_kernel as kernel  # noqa: PLC0415  (numba loads in half a second)

    labels = blocks.labels(draws if blocks.are_enough else 0, rng)
    block = np.concatenate([blocks.of_reference, blocks.of_current])
    value = np.concatenate([reference, current])
    order = np.argsort(value, kind="stable")
    raw = kernel.distances(value[order], block[order], labels)
    level = np.concatenate([_standard(reference), _standard(current)])
    order = np.argsort(level, kind="stable")
    shape = kernel.aligned(level[order], block[order], labels)
    columns = [*raw.T, shape]
    told = [p_value(one) if blocks.are_enough else None for one in columns]
    ks, ad, moved, left = (float(one[0]) for one in columns)
    return Distances(ks, told[0], ad, told[1], moved, told[2], left, told[3])


def _standard(x: FloatArray) -> FloatArray:
    sd = float(x.std())
    centred: FloatArray = x - x.mean()
    return centred / sd if sd > 0 else centred


def _cut(n: int, k: int) -> IntArray:
    return np.arange(n) * k // n
