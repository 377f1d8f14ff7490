"""The course of an episode on an even grid of time, and its level, slope, bend and turn.

Episodes are measured at irregular times; they are compared on a grid whose values are means of
bins. A course of q bins is described by four numbers: its components along the Legendre polynomials
of degree 0 to 3, scaled so that the sum of squared differences of components is the mean square
distance of the two smoothed courses, in the unit of the characteristic.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

POINTS = 48  # bins of the current episode
LEAST = 8
MOST_MISSING = 0.25  # share of empty bins of a stretch
MOST_EMPTY = 0.4  # the same of the current episode
DEGREE = 3


@dataclass(frozen=True, slots=True)
class Course:
    """Means of bins of `step` days from the begin of an episode; NaN where a bin is empty."""

    step: float
    mean: FloatArray

    def filled(self) -> FloatArray:
        """Bridge empty bins by straight lines, the ends held."""
        there = np.isfinite(self.mean)
        place = np.arange(self.mean.size, dtype=np.float64)
        return np.interp(place, place[there], self.mean[there])

    def starts(self, q: int) -> IntArray:
        """Where a stretch of `q` bins may begin: at the start, then every eighth of it."""
        there = np.isfinite(self.mean)
        found = [
            start
            for start in range(0, self.mean.size - q + 1, max(1, q // 8))
            if np.count_nonzero(there[start : start + q]) >= (1 - MOST_MISSING) * q
        ]
        return np.array(found, dtype=np.int64)


def course_of(t: FloatArray, y: FloatArray, *, step: float) -> Course:
    """Average the values of each bin.

    Parameters
    ----------
    t, y : shape (n,)
        Days since the begin, and finite values.
    step
        Width of a bin in days, > 0.

    Examples
    --------
    >>> course_of(np.array([0.0, 0.5, 2.5]), np.array([1.0, 3.0, 7.0]), step=1.0).mean.tolist()
    [2.0, nan, 7.0]
    """
    place = np.floor(t / step * (1 + 1e-12)).astype(np.int64)
    count = np.bincount(place)
    # about a value of its own, so that a large offset costs no digit
    total = np.bincount(place, y - y[0])
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return Course(step, mean + y[0])


def even_course(t: FloatArray, y: FloatArray, *, most: int = POINTS) -> Course:
    """Choose the finest grid, up to `most` bins, of which three fifths are occupied.

    Parameters
    ----------
    t, y : shape (n,)
        Days since the begin, where the first bin begins, and finite values.

    Raises
    ------
    NotEnoughData
        If there is none of 8 bins.
    """
    days = float(t[-1]) if t.size else 0.0
    bins = min(most, y.size)
    while bins >= LEAST and days > 0:
        found = course_of(t, y, step=days / (bins - 0.5))
        if np.count_nonzero(np.isfinite(found.mean)) >= (1 - MOST_EMPTY) * bins:
            return found
        bins = bins * 3 // 4
    raise NotEnoughData(
        f"a course needs {LEAST} values spread over time, got {y.size} over {days:.3g} days"
    )


@lru_cache(maxsize=64)
def basis(q: int) -> FloatArray:
    """Legendre polynomials on `q` bins, shape (q, 4), orthogonal, of mean square 1."""
    raw = np.polynomial.legendre.legvander(np.linspace(-1.0, 1.0, q), DEGREE)
    found, triangle = np.linalg.qr(raw)
    found *= np.sign(np.diag(triangle)) * np.sqrt(q)
    found.flags.writeable = False
    return found


def components(values: FloatArray) -> FloatArray:
    """Level, slope, bend and turn of each row of `values`, shape (..., q); (..., 4)."""
    q = values.shape[-1]
    return np.asarray(values @ basis(q) / q)
