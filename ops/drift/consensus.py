"""The robust middle of a fleet: what most tools agree on, whatever a few do.

References
----------
Huber (1981), Robust Statistics, 6.
"""

import numpy as np

from ops.values import FloatArray


def consensus_weights(level: FloatArray, variance: FloatArray) -> FloatArray:
    """Weights of Huber's estimate of location, which sum to 1.

    A tool within 1.345 robust standard deviations of the middle counts in full, one beyond in
    inverse proportion to its distance; tools that are known less well count less.

    Parameters
    ----------
    level, variance : shape (k,)
        Estimates and their sampling variances.

    Examples
    --------
    >>> consensus_weights(np.array([1.0, 1.0, 1.0]), np.ones(3)).round(3).tolist()
    [0.333, 0.333, 0.333]
    """
    middle = float(np.median(level))
    spread = 1.4826 * float(np.median(np.abs(level - middle)))
    total = np.sqrt(spread**2 + variance)
    weight = np.full(level.size, 1.0 / level.size)
    for _ in range(30):
        away = np.abs(level - middle) / total
        weight = np.minimum(1.0, 1.345 / np.maximum(away, 1e-12)) / total**2
        weight /= weight.sum()
        moved = float(weight @ level)
        if abs(moved - middle) < 1e-12 * float(total.max()):
            break
        middle = moved
    return np.asarray(weight)
