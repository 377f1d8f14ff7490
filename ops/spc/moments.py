"""Mean, standard deviation and lag-1 autocorrelation, to the digits that the data hold.

Two passes, the second around the mean of the first and corrected for what that mean is off: the
error grows neither with the distance of the values from 0 nor with their number.

References
----------
Chan, Golub and LeVeque (1983), The American Statistician 37(3), 242-247, equation (1.7).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Moments:
    """Of one series.

    Parameters
    ----------
    n
        Values.
    mean, sd
        In the unit of the data; `sd` has n - 1 degrees of freedom.
    autocorrelation
        Of neighbours: sum of products of neighbouring deviations over the sum of their squares;
        None where all values are equal.
    """

    n: int
    mean: float
    sd: float
    autocorrelation: float | None


def moments(x: FloatArray) -> Moments:
    """Mean, standard deviation and lag-1 autocorrelation of a series.

    Parameters
    ----------
    x : shape (n,)
        Values in time order, finite.

    Raises
    ------
    NotEnoughData
        If `x` has fewer than 2 values.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.12 (autocorrelation).

    Examples
    --------
    >>> moments(np.array([10000001.0, 10000003.0, 10000002.0]))
    Moments(n=3, mean=10000002.0, sd=1.0, autocorrelation=-0.5)
    """
    if x.size < 2:
        raise NotEnoughData(f"a standard deviation needs 2 values, got {x.size}")
    near = float(x.mean())
    away = x - near  # exact for values within a factor of two of the mean (Sterbenz)
    off = float(away.mean())
    away = away - off
    squares = float(np.dot(away, away)) - float(away.sum()) ** 2 / x.size
    alike = squares <= 0.0
    products = float(np.dot(away[1:], away[:-1]))
    return Moments(
        n=int(x.size),
        mean=near + off,
        sd=0.0 if alike else sqrt(squares / (x.size - 1)),
        autocorrelation=None if alike else products / squares,
    )
