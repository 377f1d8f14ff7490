"""Local linear trend: a level and a slope that change, seen through noise, at any times.

References
----------
Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, ch. 4 and 9;
Shephard and Harvey (1990), J. Time Series Analysis 11(4), 339-347 (variances put at 0 too often).
"""

from dataclasses import dataclass
from math import log, pi, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.drift.evidence import Evidence
from ops.drift.theil_sen import checked_points
from ops.errors import NotEnoughData
from ops.values import BoolArray, FloatArray, IntArray

LEAST = 8
TIMES = 4
AT_ONCE = 1e-5  # of the mean spacing: less lets two near times swamp the first slope
EXACT = 1e-13  # residuals below this share of the values are rounding


@dataclass(frozen=True, slots=True)
class Ahead:
    """Forecast: mean, standard deviation of the level and of one value, each of shape (h,)."""

    mean: FloatArray
    level_sd: FloatArray
    value_sd: FloatArray


@dataclass(frozen=True, slots=True)
class LocalTrend:
    """Level and slope through time.

    Parameters
    ----------
    t : shape (n,)
        Distinct times, days, ascending; the first of those that are nearly one.
    level, level_sd, slope, slope_sd : shape (n,)
        Smoothed, with their standard deviations given the variances; unit of the values, per day.
    covariance
        Of level and slope at the last time.
    noise, level_gain, slope_gain
        Variance of a value about the level; of what the level gains in a day beside its slope; of
        what the slope gains in a day.
    log_likelihood
        Diffuse, at these variances.
    n
        Values.
    """

    t: FloatArray
    level: FloatArray
    level_sd: FloatArray
    slope: FloatArray
    slope_sd: FloatArray
    covariance: float
    noise: float
    level_gain: float
    slope_gain: float
    log_likelihood: float
    n: int

    def ahead(self, days: FloatArray) -> Ahead:
        """Forecast some days after the last time; it widens with their number.

        Parameters
        ----------
        days : shape (h,)
            At least 0.
        """
        h = np.asarray(days, dtype=np.float64)
        variance = self.level_sd[-1] ** 2 + h * (2.0 * self.covariance + h * self.slope_sd[-1] ** 2)
        variance = variance + self.level_gain * h + self.slope_gain * h**3 / 3.0
        mean = self.level[-1] + h * self.slope[-1]
        return Ahead(mean, np.sqrt(variance), np.sqrt(variance + self.noise))

    def evidence(
        self, *, margin: float = 0.0, confidence: float = 0.95, level: float = 0.05
    ) -> Evidence:
        """State the slope at the last time as evidence of a trend of more than `margin` per day.

        The variances are taken for known: with few values the p-value is somewhat too small.
        """
        slope, sd, df = float(self.slope[-1]), float(self.slope_sd[-1]), self.n - 2
        half = float(stdtrit(df, 0.5 + confidence / 2)) * sd
        ends = abs(slope) - margin, abs(slope) + margin
        if sd > 0:
            p = sum(float(stdtr(df, -end / sd)) for end in ends)
        else:
            p = 0.0 if ends[0] > 0 else 1.0
        return Evidence(
            "trend",
            "local-linear-trend",
            slope,
            "value/day",
            self.n,
            lower=slope - half,
            upper=slope + half,
            p_value=min(p, 1.0),
            margin=margin,
            present=p <= level,
            absent=-margin < slope - half and slope + half < margin,
            confidence=confidence,
        )


def local_trend(
    t: FloatArray, y: FloatArray, *, gains: tuple[float, float] | None = None
) -> LocalTrend:
    """Fit and smooth a local linear trend by maximum likelihood.

    Values at one time, or nearly, count as repeats. A straight line comes back with no spread.

    Parameters
    ----------
    t : shape (n,)
        Times in days, any order, gaps and ties allowed.
    y : shape (n,)
        Values.
    gains
        Variance that level and slope gain in a day, as multiples of the noise's; fitted unless
        given.

    Raises
    ------
    BadData
        If a time or value is not finite.
    NotEnoughData
        With fewer than 8 values or 4 different times.

    Examples
    --------
    >>> t = np.arange(30.0)
    >>> found = local_trend(t, 2.0 * t + np.cos(t * t))
    >>> round(float(found.slope[-1]), 1), found.ahead(np.array([10.0])).mean.round()
    (2.0, array([78.]))
    """
    from ops.drift.local_trend_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        backward,
        forward,
        likeliest,
    )

    t, y = checked_points(t, y)
    n = t.size
    order, apart = _grouped(t)
    t, y, of = t[order], y[order], np.cumsum(apart) - 1
    times, size = t[apart], np.bincount(of).astype(np.float64)
    if n < LEAST or times.size < TIMES:
        raise NotEnoughData(
            f"a local trend needs {LEAST} values at {TIMES} times, got {n} at {times.size}"
        )
    spacing = float(times[-1] - times[0]) / (times.size - 1)
    x, mean = (t - t.mean()) / spacing, float(y.mean())
    first = float(x @ (y - mean) / (x @ x))
    rest = y - mean - first * x
    scale = sqrt(float(np.mean(rest**2)))
    exact = scale <= EXACT * float(np.abs(y).max())
    unit = np.zeros(n) if exact else rest / scale
    means = np.bincount(of, unit) / size
    within = float(np.sum((unit - means[of]) ** 2))
    gap = np.diff(times, prepend=times[0]) / spacing
    level, slope = 0.0, 0.0
    if gains is not None:
        level, slope = gains[0] * spacing, gains[1] * spacing**3
    elif not exact:
        level, slope = likeliest(gap, means, size, within)
    _, _, squares, logs = forward(gap, means, size, level, slope)
    smooth = backward(gap, means, size, level, slope)
    noise = 0.0 if exact else scale**2 * (squares + within) / (n - 2)
    logs += float(np.sum(np.log(size))) + 2.0 * log(spacing)
    spread = (n - 2) * (log(noise) + 1.0) if noise > 0 else -np.inf
    return LocalTrend(
        t=times,
        level=scale * smooth[:, 0] + mean + first * (times - t.mean()) / spacing,
        level_sd=np.sqrt(noise * smooth[:, 2]),
        slope=(scale * smooth[:, 1] + first) / spacing,
        slope_sd=np.sqrt(noise * smooth[:, 4]) / spacing,
        covariance=noise * float(smooth[-1, 3]) / spacing,
        noise=noise,
        level_gain=noise * level / spacing,
        slope_gain=noise * slope / spacing**3,
        log_likelihood=-0.5 * (n * log(2 * pi) + spread + logs),
        n=n,
    )


def _grouped(t: FloatArray) -> tuple[IntArray, BoolArray]:
    """Order by time, and where in it another time begins."""
    order = np.argsort(t, kind="stable")
    ordered = t[order]
    least = AT_ONCE * (ordered[-1] - ordered[0]) / t.size
    return order, np.diff(ordered, prepend=-np.inf) > least
