"""How many of some units fail, each group of units with a probability of its own.

The count is Poisson-binomial. Its distribution is exact, by the Fourier transform of the
characteristic function of a sum of binomials, up to a variance of `EXACT`; beyond it the refined
normal approximation (with skewness) is used, which is then right to four digits.

References
----------
Hong (2013), Computational Statistics and Data Analysis 59, 41-51.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from ops.values import FloatArray, IntArray

EXACT = 150.0
MOST = 1 << 14  # points of the transform
GRID = 4096  # counts that are looked at
CHUNK = 2_000_000  # complex numbers that are held at once
LEFT = 1e-14  # what a power series may leave out of a logarithm

ComplexArray = NDArray[np.complex128]


def count_cdf(
    units: FloatArray, chance: FloatArray, at: IntArray, *, more: FloatArray | None = None
) -> FloatArray:
    """Return the probability that at most so many fail, averaged over draws of the chances.

    Parameters
    ----------
    units : shape (g,)
        Units of each group; they need not be whole.
    chance : shape (b, g)
        Probability of each group's units, for each draw.
    at : shape (k,)
        Counts, ascending.
    more : shape (b,)
        Mean of a Poisson count that is added to each draw; nothing if absent.
    """
    added = np.zeros(chance.shape[0]) if more is None else more
    mean = chance @ units + added
    variance = np.sum(chance * (1.0 - chance) * units, axis=1) + added
    exact = (variance <= EXACT) & (mean < MOST / 4)
    total = np.zeros(at.size)
    if exact.any():
        needed = float(np.max(mean[exact] + 12.0 * np.sqrt(variance[exact]))) + 40.0
        total += _transformed(units, chance[exact], at, needed, added[exact])
    if not exact.all():
        total += _refined(units, chance[~exact], at, added[~exact])
    return np.asarray(total / chance.shape[0], dtype=np.float64)


def count_quantile(
    units: FloatArray, chance: FloatArray, p: FloatArray, *, more: FloatArray | None = None
) -> IntArray:
    """Smallest counts that are not exceeded with probabilities `p`, shape as `p`.

    Where the counts that come into question are more than `GRID`, they are looked up on so many of
    them: the answer is then right to one part in `GRID` of their range.
    """
    added = np.zeros(chance.shape[0]) if more is None else more
    mean = chance @ units + added
    sd = np.sqrt(np.sum(chance * (1.0 - chance) * units, axis=1) + added)
    low = max(0.0, np.floor(float(np.min(mean - 8.0 * sd)) - 10.0))
    most = np.inf if more is not None else np.ceil(float(units.sum()))
    high = min(np.ceil(float(np.max(mean + 8.0 * sd)) + 10.0), most)
    points = int(min(high - low + 1.0, GRID))
    at = np.unique(np.round(np.linspace(low, high, points))).astype(np.int64)
    place = np.searchsorted(count_cdf(units, chance, at, more=added), p - 1e-12)
    return at[np.minimum(place, at.size - 1)]


def _logs(units: FloatArray, chance: FloatArray, turn: ComplexArray) -> ComplexArray:
    """Logarithm of the transform of each draw, shape (b, k).

    Where chances are small its power series needs fewer terms than there are groups: one product
    for each term in place of one complex logarithm for each group.
    """
    reach = max(2.0 * float(chance.max()), 1e-3)  # |turn| is 2 at most
    terms = chance.shape[1]
    if reach <= 0.5:
        terms = int(np.ceil(np.log(LEFT / max(float(units.sum()), 1.0)) / np.log(reach)))
    if terms >= chance.shape[1]:
        part = chance[:, :, None]
        return np.asarray(np.einsum("g,bgk->bk", units, np.log(1.0 + part * turn)))
    logs = np.zeros((chance.shape[0], turn.size), dtype=np.complex128)
    for k in range(terms, 0, -1):
        sums = (chance**k) @ units * ((-1.0) ** (k + 1) / k)
        logs = (logs + sums[:, None]) * turn
    return logs


def _transformed(
    units: FloatArray, chance: FloatArray, at: IntArray, needed: float, more: FloatArray
) -> FloatArray:
    """Sum over draws of the distribution, by the transform."""
    size = 1 << int(np.ceil(np.log2(max(needed, float(at[-1]) + 1.0, 64.0))))
    size = min(size, MOST)
    turn = np.expm1(-2j * np.pi * np.arange(size // 2 + 1) / size)
    total = np.zeros(size)
    step = max(1, CHUNK // (turn.size * chance.shape[1]))
    for first in range(0, chance.shape[0], step):
        logs = _logs(units, chance[first : first + step], turn)
        logs += more[first : first + step, None] * turn
        total += np.fft.irfft(np.exp(logs), n=size, axis=1).sum(axis=0)
    below = np.cumsum(np.maximum(total, 0.0))
    found: FloatArray = below[np.minimum(at, size - 1)]
    return found


def _refined(units: FloatArray, chance: FloatArray, at: IntArray, more: FloatArray) -> FloatArray:
    """Sum over draws of the normal distribution corrected for skewness."""
    spread = chance * (1.0 - chance)
    mean, variance = chance @ units + more, spread @ units + more
    third = (spread * (1.0 - 2.0 * chance)) @ units + more
    x = (at + 0.5 - mean[:, None]) / np.sqrt(variance)[:, None]
    skew = (third / variance**1.5)[:, None]
    dense = np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi)
    below = np.clip(ndtr(x) + skew * (1.0 - x * x) * dense / 6.0, 0.0, 1.0)
    return np.asarray(below.sum(axis=0), dtype=np.float64)
