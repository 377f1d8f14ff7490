"""The lowest frequencies of a series: where drift lives, and where any short memory looks white.

A series of n points becomes the B coordinates ``c_j = sqrt(2/n) sum_i y_i cos(pi j (i + 1/2) / n)``
of its slowest cosines. Whatever the noise, as long as its memory is short against n, these are
independent and normal with nearly one variance; what is left of a slope in the spectrum is taken
out by the shape of a first-order autoregression, ``1 / (1 - 2 phi cos w + phi^2)``, of which only
the shape within the band counts. A movement of the mean is a vector of the same coordinates, and
the test of it is a regression on B numbers: Student's t with B - 1 degrees of freedom.

References
----------
Mueller and Watson (2008), Econometrica 76(5), 979-1016, and (2017), low-frequency econometrics,
in Advances in Economics and Econometrics, vol. 2 (cosine weighted averages);
Mueller (2014), J. Business and Economic Statistics 32(3), 311-322 (t of q degrees of freedom);
Lazarus, Lewis, Stock and Watson (2018), same journal 36(4), 541-559 (how many: 0.4 n^(2/3) where
nothing is whitened);
Marriott and Pope (1954), Biometrika 41, 390-402 (bias of autocorrelations).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

LEAST = 16  # points: fewer leave no degrees of freedom for a test far in the tail
PHIS = np.round(np.arange(0.0, 0.96, 0.05), 2)  # memories that are told apart
PLACES = 48  # where a movement may begin


@dataclass(frozen=True, slots=True)
class Band:
    """The lowest frequencies of n points.

    Parameters
    ----------
    cosines : shape (n, B)
        Orthonormal, each orthogonal to a constant.
    weights : shape (phis, B)
        1 / spectrum of each memory of `PHIS`, relative to that at frequency 0.
    """

    cosines: FloatArray
    weights: FloatArray

    @property
    def size(self) -> int:
        """Number of coordinates."""
        return int(self.cosines.shape[1])


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Series of one length in their low frequencies.

    Parameters
    ----------
    n
        Points of each series.
    c : shape (series, B)
        Coordinates, in the unit of the series.
    memory : shape (series,)
        Which of `PHIS` its memory is.
    """

    n: int
    c: FloatArray
    memory: IntArray


def band_size(n: int) -> int:
    """Coordinates that are used of n points: 0.75 n^(2/3), so that the band narrows as n grows."""
    return min(n - 3, int(np.rint(0.75 * np.cbrt(n) ** 2)))


@lru_cache(maxsize=64)
def band(n: int) -> Band:
    """Lowest frequencies of n points.

    Raises
    ------
    NotEnoughData
        With fewer than 16 points.
    """
    if n < LEAST:
        raise NotEnoughData(f"a drift test needs {LEAST} points, got {n}; widen the window")
    frequency = np.pi * np.arange(1, band_size(n) + 1) / n
    cosines = np.sqrt(2 / n) * np.cos(np.outer(np.arange(n) + 0.5, frequency))
    shape = 1 - 2 * np.outer(PHIS, np.cos(frequency)) + PHIS[:, None] ** 2
    return Band(cosines, shape / ((1 - PHIS) ** 2)[:, None])


def coordinates(y: FloatArray) -> Coordinates:
    """Take series of one length to their low frequencies.

    Parameters
    ----------
    y : shape (series, n)
        Finite values in time order.

    Raises
    ------
    NotEnoughData
        With fewer than 16 points.
    """
    n = y.shape[1]
    level = y - y.mean(axis=1, keepdims=True)
    return Coordinates(n=n, c=level @ band(n).cosines, memory=_memory(level))


def _memory(y: FloatArray) -> IntArray:
    """Which of `PHIS` is the memory of each series, rather too long than too short.

    Around a parabola and around the best step, whichever leaves less: a movement is no memory. A
    standard error more, since too long a memory makes the tests cautious.
    """
    n = y.shape[1]
    t = np.linspace(-1, 1, n)
    basis = np.linalg.qr(np.stack((np.ones(n), t, t * t), axis=1))[0]
    phi = np.minimum(_remembered(y - (y @ basis) @ basis.T), _remembered(_without_step(y)))
    phi = np.clip(phi, 0.0, 1.0)
    phi += np.sqrt((1 - phi**2) / n)
    return np.clip(np.rint(phi / 0.05), 0, PHIS.size - 1).astype(np.int64)


def _remembered(e: FloatArray) -> FloatArray:
    """First-order coefficient of residuals: the larger of r1 and r2 / r1, corrected for bias.

    An autoregression behind white noise has the second; a fit of three numbers takes
    (3 + 6 r) / n from either.
    """
    n = e.shape[1]
    squares = np.maximum(np.einsum("ij,ij->i", e, e), np.finfo(float).tiny)
    r1 = np.einsum("ij,ij->i", e[:, 1:], e[:, :-1]) / squares
    r2 = np.einsum("ij,ij->i", e[:, 2:], e[:, :-2]) / squares
    r1, r2 = r1 + (3 + 6 * r1) / n, r2 + (3 + 6 * r2) / n
    clear = (r1 > 2 / n**0.5) & (r2 > 0)
    behind: FloatArray = np.where(clear, r2 / np.where(clear, r1, 1.0), 0.0)
    return np.asarray(np.maximum(r1, behind), dtype=np.float64)


def best_step(y: FloatArray) -> IntArray:
    """First point after the step that leaves the least squares, of each series.

    Parameters
    ----------
    y : shape (series, n)
        Each with mean 0.
    """
    n = y.shape[1]
    before = np.arange(1, n)
    gain = np.cumsum(y, axis=1)[:, :-1] ** 2 / (before * (n - before))
    return np.asarray(1 + np.argmax(gain, axis=1), dtype=np.int64)


def _without_step(y: FloatArray) -> FloatArray:
    n = y.shape[1]
    place = best_step(y)
    total = np.take_along_axis(np.cumsum(y, axis=1), place[:, None] - 1, axis=1)
    later = np.arange(n) >= place[:, None]
    return y - np.where(later, -total / (n - place)[:, None], total / place[:, None])
