"""Crossed random effects: the likelihood by a Cholesky factor as large as the levels together.

References
----------
Bates, Maechler, Bolker and Walker (2015), J. Statistical Software 67(1), sec. 3 (the scaled
system ``I + S Z'Z S``, which also stands where a variance is 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.linalg import block_diag, cholesky, solve_triangular
from scipy.sparse import csr_array

from ops.errors import BadData
from ops.values import FloatArray, IntArray
from ops.variance.likelihood import Solved

MOST_LEVELS = 6000


@dataclass(frozen=True, slots=True)
class Crossed:
    """Random factors that need not be nested; q levels together.

    Parameters
    ----------
    n
        Values.
    levels
        Levels of each factor.
    overlap : shape (q, q)
        Values that two levels share: ``Z'Z``.
    sums : shape (m, q)
        Sums of the m columns of data at each level.
    cross : shape (m, m)
        Products of the columns over all values.
    """

    n: int
    levels: tuple[int, ...]
    overlap: FloatArray
    sums: FloatArray
    cross: FloatArray

    def solve(self, theta: FloatArray) -> Solved:
        """Solve at some variances, the residual last."""
        residual = float(theta[-1])
        half = np.repeat(np.sqrt(theta[:-1] / residual), self.levels)
        system = half[:, None] * self.overlap * half
        system[np.diag_indices_from(system)] += 1.0
        factor: FloatArray = cholesky(system, lower=True)
        seen: FloatArray = solve_triangular(factor, (half * self.sums).T, lower=True)
        back: FloatArray = solve_triangular(factor, half[:, None] * self.overlap, lower=True)
        log_det = self.n * log(residual) + 2.0 * float(np.log(np.diag(factor)).sum())
        diagonal = (np.diag(self.overlap) - np.sum(back * back, axis=0)) / residual
        sums = (self.sums - seen.T @ back) / residual
        bounds = np.cumsum(self.levels)[:-1]

        def between(g: Sequence[FloatArray]) -> FloatArray:
            stacked = block_diag(*g)
            through = stacked @ back.T
            inner: FloatArray = stacked @ self.overlap @ stacked.T - through @ through.T
            return inner / residual

        return Solved(
            log_det=log_det,
            cross=(self.cross - seen.T @ seen) / residual,
            traces=np.array([part.sum() for part in np.split(diagonal, bounds)]),
            sums=tuple(np.split(sums, bounds, axis=1)),
            between=between,
        )


def cross(factors: Sequence[IntArray], columns: FloatArray) -> Crossed:
    """Structure of crossed factors over values.

    Parameters
    ----------
    factors
        Level of each value for each factor, 0, 1, ... without gaps.
    columns : shape (m, n)
        Fixed effects, then the values.

    Raises
    ------
    BadData
        If the factors have more than 6000 levels together.
    """
    n = columns.shape[1]
    levels = tuple(int(f.max()) + 1 for f in factors)
    if sum(levels) > MOST_LEVELS:
        raise BadData(
            f"crossed factors have {sum(levels)} levels together, at most {MOST_LEVELS} can be"
            " solved; leave out the finest, or nest the factors"
        )
    first = np.concatenate(([0], np.cumsum(levels)[:-1])).astype(np.int64)
    at = np.stack([f + start for f, start in zip(factors, first, strict=True)], axis=1)
    ones = np.ones(at.size)
    z = csr_array((ones, at.ravel(), np.arange(n + 1) * len(levels)), shape=(n, sum(levels)))
    overlap = np.asarray((z.T @ z).toarray(), dtype=np.float64)
    sums = np.asarray((z.T @ columns.T).T, dtype=np.float64)
    return Crossed(n, levels, overlap, sums, columns @ columns.T)
