"""The spread of a window, and how far chance moves it: heavy tails, memory, lots.

The variance is the mean of the squared deviations; what moves that mean moves the variance,
whatever the kurtosis. In lots the error is that of leaving out one lot after the other.

References
----------
Cox (1953), Biometrika 40, 318-335; Box and Andersen (1955), J. Royal Statistical Society B 17, 1-26
(the variance of a log variance depends on kurtosis);
Miller (1968), Annals of Mathematical Statistics 39(2), 567-582 (jackknifed log variances).
"""

from dataclasses import dataclass
from math import log

import numpy as np

from ops.drift.dependence import Dependence
from ops.drift.window_mean import WindowMean, window_mean
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class WindowSpread:
    """A standard deviation, and the logarithm of its square with its error.

    Parameters
    ----------
    sd
        In the unit of the data, corrected for serial correlation.
    log_variance
        None where all values are equal.
    """

    sd: float
    log_variance: WindowMean | None


def window_spread(
    value: FloatArray, dependence: Dependence, lot: IntArray | None = None
) -> WindowSpread:
    """Estimate the spread of a window and how far chance moves it.

    Parameters
    ----------
    value : shape (n,)
        In time order, finite, n > 0.
    lot : shape (n,)
        Code of the lot of each value.
    """
    mean = window_mean(value, dependence, lot)
    squares = (value - value.mean()) ** 2
    of = window_mean(squares, dependence, lot)
    if not of.value > 0:
        return WindowSpread(0.0, None)
    # the mean was estimated: what it took away of the variance is given back
    lost = 1.0 / mean.effective if mean.effective else 1.0 / value.size
    variance = of.value / max(1.0 - lost, 0.25)
    error = None if of.error is None else of.error / of.value
    if lot is not None and error is not None:
        error = _jackknife(value, lot)
    at = WindowMean(log(variance), error, of.df, of.effective, of.n)
    return WindowSpread(variance**0.5, at)


def _jackknife(value: FloatArray, lot: IntArray) -> float | None:
    """Error of the log variance, from leaving out one lot after the other.

    Few lots that share a level make the variance of the lots' levels most of what varies; there
    the first-order error of the squares is far too small.
    """
    _, of = np.unique(lot, return_inverse=True)
    k = int(of.max()) + 1
    centred = value - value.mean()
    n, total, square = (np.bincount(of, x, k) for x in (None, centred, centred**2))
    left = n.sum() - n
    variance = (square.sum() - square) / left - ((total.sum() - total) / left) ** 2
    if not bool(np.all(variance > 0)):
        return None
    logs = np.log(variance)
    return float(np.sqrt((k - 1) / k * np.sum((logs - logs.mean()) ** 2)))
