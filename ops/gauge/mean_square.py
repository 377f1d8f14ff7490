"""Linear combinations of mean squares: estimates with modified large-sample intervals.

A variance component of a balanced study is a weighted sum of independent mean squares, some of them
with negative weight; no exact interval exists. The modified large-sample interval is exact in the
limits and holds its level closely in between.

References
----------
Graybill and Wang (1980), J. American Statistical Association 75, 869-873 (positive weights);
Ting, Burdick, Graybill, Jeyaratnam and Lu (1990), J. Statistical Computation and Simulation 35,
135-143 (weights of both signs);
Burdick, Borror and Montgomery (2003), J. Quality Technology 35(4), 342-354 (gauge studies).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import chdtri, fdtri

from ops.capability.index import Interval
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class MeanSquare:
    """A row of an analysis of variance; `f` and `p` are None where nothing tests it."""

    name: str
    value: float
    df: float
    f: float | None = None
    p: float | None = None


def combined(weight: FloatArray, squares: tuple[MeanSquare, ...], confidence: float) -> Interval:
    """Estimate a weighted sum of mean squares, with its modified large-sample interval.

    Parameters
    ----------
    weight : shape (squares,)
        Of either sign, or 0.
    confidence
        Two-sided level, in (0, 1).

    Returns
    -------
    Interval
        Not truncated: value and bounds may be below 0.

    Examples
    --------
    >>> found = combined(np.array([1.0]), (MeanSquare("e", 2.0, 10.0),), 0.95)
    >>> round(found.lower, 3), round(found.upper, 3)
    (0.976, 6.16)
    """
    term = weight * np.array([square.value for square in squares])
    df = np.array([square.df for square in squares])
    used = term != 0
    term, df, tail = term[used], df[used], (1.0 - confidence) / 2
    value = float(term.sum())
    return Interval(value, value - sqrt(_gap(term, df, tail)), value + sqrt(_gap(-term, df, tail)))


def _gap(term: FloatArray, df: FloatArray, tail: float) -> float:
    """Square of the distance to the lower bound; of the upper bound for the negative terms."""
    below = 1.0 - df / chdtri(df, tail)
    above = df / chdtri(df, 1.0 - tail) - 1.0
    plus, minus = np.flatnonzero(term > 0), np.flatnonzero(term < 0)
    own = float(np.sum((below * term)[plus] ** 2) + np.sum((above * term)[minus] ** 2))
    if minus.size == 0:
        return own
    for q in plus:
        f = fdtri(df[q], df[minus], 1.0 - tail)
        mixed = ((f - 1.0) ** 2 - (below[q] * f) ** 2 - above[minus] ** 2) / f
        own += float(np.sum(mixed * term[q] * np.abs(term[minus])))
    return max(own + _among(term[plus], df[plus], below[plus], tail), 0.0)


def _among(term: FloatArray, df: FloatArray, below: FloatArray, tail: float) -> float:
    """Cross terms of the positive ones (the starred coefficients of Ting et al.)."""
    found = 0.0
    for q in range(term.size):
        for t in range(q + 1, term.size):
            both = df[q] + df[t]
            joint = (1.0 - both / chdtri(both, tail)) ** 2 * both**2 / (df[q] * df[t])
            own = below[q] ** 2 * df[q] / df[t] + below[t] ** 2 * df[t] / df[q]
            found += float((joint - own) / (term.size - 1) * term[q] * term[t])
    return found
