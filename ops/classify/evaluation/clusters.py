"""Groups of rows by code, a row without a group being one of its own."""

import numpy as np

from ops.values import BoolArray, IntArray


def cluster_codes(groups: IntArray) -> IntArray:
    """Codes 0, 1, ... without gaps; each -1 gets a code of its own.

    Examples
    --------
    >>> cluster_codes(np.array([4, -1, 4, -1])).tolist()
    [0, 1, 0, 2]
    """
    alone: BoolArray = groups < 0
    filled = np.where(alone, groups.max(initial=-1) + np.cumsum(alone), groups)
    return np.unique(filled, return_inverse=True)[1].astype(np.int64)
