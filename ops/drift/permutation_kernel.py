"""Distances of two samples under many labellings of their blocks, as machine code."""

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray, IntArray


@compiled
def distances(value: FloatArray, block: IntArray, labels: IntArray) -> FloatArray:
    """Kolmogorov-Smirnov, Anderson-Darling (midranks) and Wasserstein-1 of each labelling.

    Parameters
    ----------
    value : shape (n,)
        Both samples together, ascending.
    block : shape (n,)
        Block of each value.
    labels : shape (draws, blocks)
        1 where a block counts as current, 0 where as reference.

    Returns
    -------
    shape (draws, 3)

    References
    ----------
    Scholz and Stephens (1987), J. American Statistical Association 82, 918-924, (7).
    """
    n = value.size
    found = np.zeros((labels.shape[0], 3))
    for draw in range(labels.shape[0]):
        label = labels[draw]
        n1 = 0
        for i in range(n):
            n1 += label[block[i]]
        n0 = n - n1
        c0, c1, i = 0, 0, 0
        ks, ad, area = 0.0, 0.0, 0.0
        while i < n:
            j, f1 = i, 0
            while j < n and value[j] == value[i]:
                f1 += label[block[j]]
                j += 1
            f0 = j - i - f1
            ad += _term(n0, n1, c0 + 0.5 * f0, c1 + 0.5 * f1, j - i)
            c0 += f0
            c1 += f1
            gap = abs(c1 / n1 - c0 / n0)
            ks = max(ks, gap)
            if j < n:
                area += gap * (value[j] - value[i])
            i = j
        found[draw, 0] = ks
        found[draw, 1] = ad * (n - 1) / n
        found[draw, 2] = area
    return found


@compiled
def _term(n0: int, n1: int, m0: float, m1: float, ties: int) -> float:
    """Summand of the Anderson-Darling statistic at one distinct value."""
    n = n0 + n1
    middle = m0 + m1
    scale = middle * (n - middle) - 0.25 * n * ties
    if scale <= 0:
        return 0.0
    off0, off1 = n * m0 - n0 * middle, n * m1 - n1 * middle
    return ties / n * (off0 * off0 / n0 + off1 * off1 / n1) / scale


@compiled
def aligned(value: FloatArray, block: IntArray, labels: IntArray) -> FloatArray:
    """Anderson-Darling of each labelling once both samples have mean 0 and variance 1.

    Returns
    -------
    shape (draws,)
        0 where one of the samples is constant.
    """
    found = np.zeros(labels.shape[0])
    for draw in range(labels.shape[0]):
        of = labels[draw][block]
        x0, x1 = value[of == 0], value[of == 1]
        s0, s1 = x0.std(), x1.std()
        if s0 > 0 and s1 > 0:
            found[draw] = _anderson((x0 - x0.mean()) / s0, (x1 - x1.mean()) / s1)
    return found


@compiled
def _anderson(x0: FloatArray, x1: FloatArray) -> float:
    """Anderson-Darling of two ascending samples."""
    n0, n1 = x0.size, x1.size
    i, j, total = 0, 0, 0.0
    while i < n0 or j < n1:
        at = x0[i] if j >= n1 or (i < n0 and x0[i] <= x1[j]) else x1[j]
        i0, j0 = i, j
        while i < n0 and x0[i] == at:
            i += 1
        while j < n1 and x1[j] == at:
            j += 1
        total += _term(n0, n1, 0.5 * (i0 + i), 0.5 * (j0 + j), i - i0 + j - j0)
    return total * (n0 + n1 - 1) / (n0 + n1)
