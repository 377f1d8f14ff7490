"""Distinct combinations of factors: the contexts of a chunk."""

from collections.abc import Mapping

import numpy as np

from ops.ingest.chunk import Text
from ops.values import IntArray


def combinations(
    factors: Mapping[str, Text], m: int
) -> tuple[tuple[tuple[tuple[str, str], ...], ...], IntArray]:
    """Find the combinations of factors that occur, and which one each row has.

    Parameters
    ----------
    factors
        Labels of m rows each.

    Returns
    -------
    combinations, index
        Each combination as (factor, level) pairs sorted by factor, absent labels left out; `index`
        of shape (m,) points into them.
    """
    names = sorted(factors)
    index = np.zeros(m, np.int64)
    first = np.zeros(min(m, 1), np.int64)
    for name in names:
        text = factors[name]
        joined = index * (len(text.levels) + 1) + text.codes + 1
        _, first, index = np.unique(joined, return_index=True, return_inverse=True)
    found = tuple(
        tuple((n, factors[n].levels[c]) for n in names if (c := int(factors[n].codes[row])) >= 0)
        for row in first
    )
    return found, index
