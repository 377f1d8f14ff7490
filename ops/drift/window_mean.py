"""The mean of a window, and how far chance moves it: under serial correlation, or in lots.

Serial correlation: the long-run variance is the average of the first squared cosine coefficients
of the deviations; their number is the degrees of freedom of Student's t. Lots: the deviations of
each lot are added up, and the sums are what varies.

References
----------
Mueller (2004), Econometric Theory 20; Lazarus, Lewis, Stock and Watson (2018), J. Business and
Economic Statistics 36(4), 541-559, (9)-(11) (equal-weighted cosines, fixed number);
Liang and Zeger (1986), Biometrika 73, 13-22; Kish (1965), Survey Sampling, 5.4 (lots).
"""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from scipy.fft import dct

from ops.drift.dependence import Dependence
from ops.values import FloatArray, IntArray

BIAS = 0.05  # share by which the long-run variance may be too small
SHORTEST = 0.25  # cosines wanted below which not even the wide interval of one is honest
MOST_COSINES = 0.2  # of the number of values: beyond, low frequencies are not low


@dataclass(frozen=True, slots=True)
class WindowMean:
    """A mean with its standard error.

    Parameters
    ----------
    value, error
        In the unit of the data; the error is None where the window is shorter than its memory.
    df
        Degrees of freedom of the error.
    effective
        Independent values whose mean would be as certain; None as `error`.
    n
        Values.
    """

    value: float
    error: float | None
    df: float
    effective: float | None
    n: int


def window_mean(
    value: FloatArray, dependence: Dependence, lot: IntArray | None = None
) -> WindowMean:
    """Mean of a window with its error.

    Parameters
    ----------
    value : shape (n,)
        In time order, finite, n > 0.
    lot : shape (n,)
        Code of the lot of each value: the lots are then what is independent.
    """
    mean = float(value.mean())
    deviation = value - mean
    square = float(deviation @ deviation) / value.size
    found = _of_lots(deviation, lot) if lot is not None else _serial(deviation, dependence)
    if found is None:
        return WindowMean(mean, None, 0.0, None, value.size)
    error, df = found
    effective = square / error**2 if error > 0 else float(value.size)
    return WindowMean(mean, error, df, min(effective, float(value.size)), value.size)


def cosines(n: int, dependence: Dependence) -> int:
    """Count the cosines whose average is too small by at most 5 %: at least 1, or 0 for none.

    Examples
    --------
    >>> cosines(200, Dependence(0.6, 0.6, 400))
    12
    """
    most = int(MOST_COSINES * n)
    if dependence.curvature <= 0:
        return most
    wanted = n * sqrt(6.0 * BIAS / dependence.curvature) / pi
    return 0 if wanted < SHORTEST else max(1, min(most, int(wanted)))


def _serial(deviation: FloatArray, dependence: Dependence) -> tuple[float, float] | None:
    count = cosines(deviation.size, dependence)
    if count < 1:
        return None
    z = dct(deviation, norm="ortho")[1 : count + 1]
    return sqrt(float(z @ z) / count / deviation.size), float(count)


def _of_lots(deviation: FloatArray, lot: IntArray) -> tuple[float, float] | None:
    _, of, sizes = np.unique(lot, return_inverse=True, return_counts=True)
    n, k = deviation.size, sizes.size
    worth = n * n / float(np.sum(sizes.astype(np.float64) ** 2))
    if k < 2 or worth <= 1.2:
        return None
    sums = np.bincount(of, deviation, k)
    # lots of unequal size pull the mean towards themselves: worth / (worth - 1), not k / (k - 1)
    grown = worth / (worth - 1.0)
    return sqrt(grown * float(sums @ sums)) / n, worth - 1.0
