"""Trend of one series under noise that remembers, with its tests and interval (see `ar_trends`)."""

from dataclasses import dataclass

from ops.drift.ar_trends import ArTrends, ar_trends
from ops.drift.evidence import Evidence
from ops.drift.theil_sen import checked_points
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class ArTrend:
    """Trend of one series under noise that remembers.

    Parameters
    ----------
    slope, lower, upper
        Unit of the values per day, with its interval.
    intercept
        Value of the line at t = 0.
    p_value
        Of the null that there is no trend.
    df
        Effective degrees of freedom; n - 2 if the memory were known.
    phi, share
        Memory between points a median spacing apart, and part of the variance that has it.
    correlation_days
        Correlation time, days; 0 for white noise.
    sigma
        Standard deviation of one value about the line.
    effective
        Independent values that would tell as much of the slope.
    """

    slope: float
    intercept: float
    lower: float
    upper: float
    p_value: float
    df: float
    phi: float
    share: float
    correlation_days: float
    sigma: float
    effective: float
    n: int
    confidence: float
    noise: ArTrends

    def exceeds(self, margin: float) -> float:
        """P-value of the null |slope| <= `margin`, unit of the values per day."""
        return float(self.noise.exceeds(margin)[0])

    def within(self, margin: float) -> float:
        """P-value of the null |slope| >= `margin`: small where there is no trend to speak of."""
        above, below = self.noise.chance_above(margin)[0], self.noise.chance_below(-margin)[0]
        return float(max(above, below))

    def evidence(self, *, margin: float = 0.0, level: float = 0.05) -> Evidence:
        """State the slope as evidence of a trend of more than `margin` per day."""
        p = self.exceeds(margin)
        return Evidence(
            "trend",
            "ar-gls",
            self.slope,
            "value/day",
            self.n,
            lower=self.lower,
            upper=self.upper,
            p_value=p,
            margin=margin,
            effective=self.effective,
            present=p <= level,
            absent=margin > 0 and self.within(margin) <= level,
            confidence=self.confidence,
        )


def ar_trend(t: FloatArray, y: FloatArray, *, confidence: float = 0.95) -> ArTrend:
    """Fit a line to a series whose noise may remember.

    Constant values, and those on a line, give their slope with an interval of no width.

    Parameters
    ----------
    t : shape (n,)
        Times in days, any order, gaps and ties allowed.
    y : shape (n,)
        Values.
    confidence
        Of the interval, in (0, 1).

    Raises
    ------
    BadData
        If a time or value is not finite.
    NotEnoughData
        With fewer than 8 values, or fewer than 3 different times.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.arange(40.0)
    >>> found = ar_trend(t, 0.5 * t + np.sin(t * t))
    >>> round(found.slope, 1), found.p_value < 0.001
    (0.5, True)
    """
    t, y = checked_points(t, y)
    found = ar_trends(t, y[:, None])
    lower, upper = (float(found.bound(0.5 + s * confidence / 2)[0]) for s in (-1, 1))
    one = {
        name: float(getattr(found, name)[0])
        for name in ("slope", "intercept", "phi", "share", "correlation_days", "sigma", "effective")
    }
    return ArTrend(
        **one,
        lower=lower,
        upper=upper,
        p_value=float(found.exceeds()[0]),
        df=float(found.df()[0]),
        n=found.n,
        confidence=confidence,
        noise=found,
    )
