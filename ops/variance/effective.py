"""What values that come in lots are worth: independent values with the same precision.

The mean of a group varies by each component as its values crowd into few levels; the squares of the
shares of those levels say how much. The degrees of freedom of its standard deviation follow in the
same way (Satterthwaite).

References
----------
Kish (1965), Survey Sampling, Wiley, 5.4 (design effect);
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Worth:
    """Of each group: independent values its mean is worth, degrees of freedom of its sigma."""

    mean: FloatArray
    df: FloatArray


def worth(
    group: IntArray,
    nodes: Sequence[IntArray],
    variances: Sequence[float],
    *,
    groups: int,
    fixed_within: bool = True,
) -> Worth:
    """Effective sizes of groups.

    Parameters
    ----------
    group : shape (n,)
        Group of each value, -1 for none.
    nodes
        Node of each value, shape (n,), of each random factor, each nested in the one before.
    variances
        Of each factor and, last, of the residual.
    groups
        Number of groups.
    fixed_within
        Whether a factor with one level in a group belongs to what the group is, rather than to
        chance: the mean of a tool includes the effect of that tool.

    Examples
    --------
    >>> lot = np.repeat([0, 1], 5)
    >>> worth(np.zeros(10, int), [lot], [1.0, 0.0], groups=1).mean.tolist()
    [2.0]
    """
    here = group >= 0
    of = group[here]
    size = np.bincount(of, minlength=groups).astype(np.float64)
    safe = np.maximum(size, 1.0)
    total, of_mean, of_square = (np.zeros(groups) for _ in range(3))
    for node, variance in zip((*nodes, None), variances, strict=True):
        if variance <= 0:
            continue
        crowding = 1.0 / safe if node is None else crowding_of(of, node[here], safe)
        counted = variance * ~(fixed_within & (crowding >= 1.0 - 1e-12) & (size > 1))
        of_mean += counted * crowding
        of_square += counted * (counted + 2.0 * total) * crowding  # `total`: of those outside
        total += counted
    mean = np.where(of_mean > 0, total / np.where(of_mean > 0, of_mean, 1.0), size)
    df = np.where(of_square > 0, total**2 / np.where(of_square > 0, of_square, 1.0), size) - 1.0
    return Worth(np.minimum(mean, size), np.clip(df, 0.0, np.maximum(size - 1.0, 0.0)))


def crowding_of(of: IntArray, node: IntArray, size: FloatArray) -> FloatArray:
    """Sum of the squared shares of the nodes in each group: 1 where there is only one.

    Parameters
    ----------
    of, node : shape (n,)
        Group and node of each value.
    size : shape (groups,)
        Values of each group, at least 1.
    """
    order = np.lexsort((node, of))
    group, inner = of[order], node[order]
    first = np.ones(of.size, dtype=np.bool_)
    first[1:] = (np.diff(group) != 0) | (np.diff(inner) != 0)
    starts = np.flatnonzero(first)
    count = np.diff(np.append(starts, of.size)).astype(np.float64)
    squares = np.bincount(group[starts], count * count, size.size)
    found: FloatArray = squares / size**2
    return found
