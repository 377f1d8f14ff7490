"""Look up every curve of an additive model and add up what they say; machine code."""

import numpy as np
from numpy.typing import NDArray

from ops.compiled import compiled
from ops.values import FloatArray


@compiled
def _bin(x: float, cuts: FloatArray, start: int, end: int) -> int:
    """Bin of a value: 0 is for missing ones, 1 for those below the first cut."""
    if x != x:
        return 0
    low, high = start, end
    while low < high:
        middle = (low + high) // 2
        if cuts[middle] <= x:
            low = middle + 1
        else:
            high = middle
    return low - start + 1


@compiled
def summed(
    x: FloatArray, term: NDArray[np.int32], cuts: FloatArray, value: FloatArray
) -> FloatArray:
    """Add up the terms of each row of `x`, (n, k) to (n, outputs); parameters of AdditiveScorer."""
    total = np.zeros((x.shape[0], value.shape[1]))
    for row in range(x.shape[0]):
        for t in range(term.shape[0]):
            at = _bin(x[row, term[t, 0]], cuts, term[t, 1], term[t, 2])
            if term[t, 3] >= 0:
                second = _bin(x[row, term[t, 3]], cuts, term[t, 4], term[t, 5])
                at = at * term[t, 7] + second
            for column in range(value.shape[1]):
                total[row, column] += value[term[t, 6] + at, column]
    return total
