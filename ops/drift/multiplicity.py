"""The number of questions paid for: Holm's adjustment of p-values."""

import numpy as np

from ops.values import FloatArray


def holm(p: FloatArray) -> FloatArray:
    """Adjust p-values so that the chance of any false finding is paid for.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    steps = p[order] * (p.size - np.arange(p.size))
    found = np.empty_like(p)
    found[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return found
