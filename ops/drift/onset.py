"""When a drift began: the bend of a level that held, or moved otherwise, and then drifted.

Two straight lines that meet are fitted to means of equal stretches of time; the place where they
meet is searched. Neighbouring means are alike, so that sums of squares are divided by the long-run
variance of what the lines leave; the p-value pays for the places that were tried.

References
----------
Hinkley (1971), J. American Statistical Association 66, 736-743 (two-phase regression: place by
least squares, interval by the ratio of likelihoods); Davies (1987), Biometrika 74(1), 33-43 (test
where a parameter is there under the alternative alone).
"""

from dataclasses import dataclass
from math import exp, gamma, sqrt

import numpy as np
from scipy.special import chdtrc, stdtr, stdtrit

from ops.drift.evidence import Evidence
from ops.errors import NotEnoughData
from ops.values import FloatArray

BINS, LEAST = 60, 12
EDGE = 3  # bins on each side of a bend
MOST_PHI = 0.9


@dataclass(frozen=True, slots=True)
class Onset:
    """A bend of the level.

    Parameters
    ----------
    t, lower, upper
        Day of the bend, and its interval.
    before, slope
        Slope before and since, a day.
    slope_lower, slope_upper
        Interval of the slope since.
    slope_error, df
        Its standard error, and degrees of freedom.
    p_value
        Of no bend anywhere.
    n, effective
        Values, and how many independent ones the means are worth.
    """

    t: float
    lower: float
    upper: float
    before: float
    slope: float
    slope_lower: float
    slope_upper: float
    slope_error: float
    df: float
    p_value: float
    n: int
    effective: float
    confidence: float

    def evidence(self, *, margin: float, since: int) -> Evidence:
        """Slope since the bend as evidence; `since` is its instant, microseconds since 1970 UTC."""
        beyond = (abs(self.slope) - margin) / self.slope_error if self.slope_error > 0 else 40.0
        p = max(float(stdtr(self.df, -beyond)), self.p_value)
        return Evidence(
            "trend",
            "bend",
            self.slope,
            "value/day",
            self.n,
            lower=self.slope_lower,
            upper=self.slope_upper,
            p_value=p,
            margin=margin,
            since=since,
            effective=self.effective,
            present=p <= 1.0 - self.confidence,
            confidence=self.confidence,
        )


def onset(t: FloatArray, y: FloatArray, *, confidence: float = 0.95) -> Onset | None:
    """Find the bend of a series; None if there is nothing but a straight line.

    Parameters
    ----------
    t, y : shape (n,)
        Days, not decreasing, and finite values, without steps.

    Raises
    ------
    NotEnoughData
        With values in fewer than 12 of up to 60 equal stretches of time.

    Examples
    --------
    >>> t = np.arange(0.0, 40.0, 0.25)
    >>> y = 0.5 * np.maximum(t - 20.0, 0.0) + 0.1 * np.cos(7 * t)
    >>> found = onset(t, y)
    >>> round(found.t), round(found.slope, 1)
    (20, 0.5)
    """
    time, mean = _means(t, y)
    places = time[EDGE:-EDGE]
    left = np.array([_fit(time, mean, k)[1] for k in places])
    best = int(np.argmin(left))
    knot = float(places[best])
    beta, square, rest = _fit(time, mean, knot)
    variance, phi = _long_run(rest)
    flat = _straight(time, mean)
    if not variance > 0 or flat - square <= 1e-12 * flat:
        return None
    p = _p_value((flat - square) / variance, (flat - left) / variance)
    worth = time.size * (1.0 - phi) / (1.0 + phi)
    df = max(worth - 4.0, 2.0)
    reach = float(stdtrit(df, 0.5 + confidence / 2))
    near = places[left - square <= variance * reach**2]
    slope, error = (
        float(beta[1] + beta[2]),
        sqrt(variance) * _slope_error(time, knot, float(beta[2])),
    )
    half = reach * error
    if p > 1.0 - confidence:
        return None
    return Onset(
        t=knot,
        lower=float(near[0]),
        upper=float(near[-1]),
        before=float(beta[1]),
        slope=slope,
        slope_lower=slope - half,
        slope_upper=slope + half,
        slope_error=error,
        df=df,
        p_value=p,
        n=y.size,
        effective=worth,
        confidence=confidence,
    )


def _means(t: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Means of time and value of equal stretches; without those that are empty."""
    span = float(t[-1] - t[0]) if t.size else 0.0
    if not span > 0:
        raise NotEnoughData(f"a bend needs values at {LEAST} different times, got {t.size} values")
    bins = min(BINS, t.size // 2)
    of = np.minimum((t - t[0]) / span * max(bins, 1), max(bins, 1) - 1).astype(np.int64)
    _, of = np.unique(of, return_inverse=True)
    count = np.bincount(of)
    if count.size < LEAST:
        raise NotEnoughData(f"a bend needs values in {LEAST} stretches of time, got {count.size}")
    return np.bincount(of, t) / count, np.bincount(of, y - y[0]) / count + y[0]


def _fit(t: FloatArray, y: FloatArray, knot: float) -> tuple[FloatArray, float, FloatArray]:
    """Least squares of two lines that meet at `knot`: coefficients, sum of squares, and rest."""
    x = np.column_stack((np.ones(t.size), t - knot, np.maximum(t - knot, 0.0)))
    beta = np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], dtype=np.float64)
    rest = y - x @ beta
    return beta, float(rest @ rest), rest


def _slope_error(t: FloatArray, knot: float, bend: float) -> float:
    """Error of the slope since the bend for noise of variance 1, the place being estimated too."""
    late = np.where(t > knot, 1.0, 0.0)
    x = np.column_stack((np.ones(t.size), t - knot, late * (t - knot), -bend * late))
    covariance = np.linalg.pinv(x.T @ x)
    return sqrt(max(float(covariance[1, 1] + 2 * covariance[1, 2] + covariance[2, 2]), 0.0))


def _straight(t: FloatArray, y: FloatArray) -> float:
    """Sum of squares that one straight line leaves."""
    x = t - t.mean()
    away = y - y.mean()
    rest = away - float(x @ away) / float(x @ x) * x
    return float(rest @ rest)


def _long_run(rest: FloatArray) -> tuple[float, float]:
    """Long-run variance of what is left, and its correlation, corrected for four parameters."""
    n, square = rest.size, float(rest @ rest)
    if not square > 0:
        return 0.0, 0.0
    first = float(rest[1:] @ rest[:-1]) / square
    phi = float(np.clip(first + (4.0 + 4.0 * max(first, 0.0)) / n, 0.0, MOST_PHI))
    return square / (n - 4) * (1.0 + phi) / (1.0 - phi), phi


def _p_value(largest: float, profile: FloatArray) -> float:
    """Bound of Davies for the largest of a chi-squared process of one degree of freedom."""
    roots = np.sqrt(np.maximum(profile, 0.0))
    travelled = float(np.sum(np.abs(np.diff(roots))))
    tail = float(chdtrc(1, largest))
    return min(1.0, tail + travelled * exp(-largest / 2) * sqrt(0.5) / gamma(0.5))
