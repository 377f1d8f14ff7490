"""Correction demand: whether a tool is corrected ever more often, ever more, ever one way.

A correction hides a drift from the measurements: the drift is then in the corrections. Three
questions, each with its own interval: is the rate of corrections constant, does their size grow,
and how much per day do they take back. Observation ends at a time, not at a correction.

References
----------
Cox and Lewis (1966), The Statistical Analysis of Series of Events, 3.3 (Laplace's test);
Crow (1974), Reliability and Biometry, SIAM, 379-410; MIL-HDBK-189 (1981), C (growth of a rate and
its exact conditional test); Cox (1962), Renewal Theory, 8.3 (cumulative processes).
"""

from dataclasses import dataclass
from math import erfc, isfinite, sqrt

import numpy as np
from scipy.special import chdtrc, gammaincinv, stdtr, stdtrit

from ops.drift.evidence import Evidence
from ops.errors import BadData
from ops.values import FloatArray

LEAST = 3  # corrections without which a growth says nothing
EARLIEST = 1e-6  # share of the time at which a correction at its very start is taken to be


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval and the p-value that nothing changes; None where not known."""

    value: float
    lower: float | None
    upper: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class CorrectionDemand:
    """What the corrections of a tool say.

    Parameters
    ----------
    rate
        Corrections a day, on average.
    growth
        Exponent of the number of corrections with time: 1 is a constant rate, 2 one that grows in
        proportion to time. Its p-value is exact given the number; None with fewer than 3.
    laplace
        Two-sided p-value of Laplace's test of a constant rate; None as `growth`.
    size
        Change of the size of a correction (its amount, either way) per day; None without sizes.
    absorbed
        What the corrections add up to per day, with sign: the drift they take back is its
        opposite. None without sizes.
    n, days
        Corrections, and days observed.
    """

    rate: Estimate
    growth: Estimate | None
    laplace: float | None
    size: Estimate | None
    absorbed: Estimate | None
    n: int
    days: float
    confidence: float

    def evidence(self, *, since: int | None = None) -> tuple[Evidence, ...]:
        """Return each growth as evidence; `since` is the stamp at which observation starts."""
        named = (
            ("rate-growth", self.growth, "ratio", 1.0),
            ("size-trend", self.size, "value/day", 0.0),
            ("cumulative-offset", self.absorbed, "value/day", None),
        )
        return tuple(
            Evidence(
                mechanism="corrections",
                method=method,
                estimate=found.value,
                measure="ratio" if measure == "ratio" else "value/day",
                n=self.n,
                lower=found.lower,
                upper=found.upper,
                p_value=found.p_value,
                since=since,
                effective=float(self.n),
                present=_grows(found, neutral, 1 - self.confidence),
                confidence=self.confidence,
            )
            for method, found, measure, neutral in named
            if found is not None
        )


def correction_demand(
    t: FloatArray,
    size: FloatArray | None = None,
    *,
    start: float,
    end: float,
    confidence: float = 0.95,
) -> CorrectionDemand:
    """Rate, size and sum of corrections within a time of observation.

    Parameters
    ----------
    t : shape (n,)
        Times of the corrections in days, not decreasing, in [start, end].
    size : shape (n,)
        Signed size of each in the unit of the characteristic, NaN where it was not noted.
    start, end
        Of the observation, in days.

    Raises
    ------
    BadData
        If `end` is not after `start`, or a time is outside or out of order.

    Examples
    --------
    >>> found = correction_demand(np.array([4.0, 7, 8, 9, 9.5]), start=0.0, end=10.0)
    >>> round(found.growth.value, 2), round(found.growth.p_value, 3)
    (3.03, 0.053)
    """
    days = end - start
    if not days > 0:
        raise BadData(f"end {end} is not after start {start}: observation needs some time")
    if t.size and (t.min() < start or t.max() > end or np.any(np.diff(t) < 0)):
        raise BadData(f"corrections from {t.min()} to {t.max()} must lie in order in {start}-{end}")
    if size is not None and size.size != t.size:
        raise BadData(f"t has {t.size} corrections and size {size.size}: give one for each")
    tail = 0.5 * (1 - confidence)
    at = t - start
    growth, laplace = _growth(at, days, tail) if t.size >= LEAST else (None, None)
    noted = np.full(t.size, np.nan) if size is None else size
    told = np.isfinite(noted)
    sized = int(told.sum()) >= LEAST
    return CorrectionDemand(
        rate=_rate(t.size, days, tail),
        growth=growth,
        laplace=laplace,
        size=_size_trend(at[told], np.abs(noted[told]), tail) if sized else None,
        absorbed=_absorbed(at[told], noted[told], days, tail) if sized else None,
        n=t.size,
        days=days,
        confidence=confidence,
    )


def corrections_of_offsets(t: FloatArray, offset: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find times and signed sizes of the corrections in a series of program offsets.

    Parameters
    ----------
    t, offset : shape (n,)
        Times in days, and the offset in force from then on; NaN is left out.

    Examples
    --------
    >>> at, size = corrections_of_offsets(np.arange(4.0), np.array([0.0, 0.0, 0.5, 0.25]))
    >>> at.tolist(), size.tolist()
    ([2.0, 3.0], [0.5, -0.25])
    """
    told = np.isfinite(offset)
    t, offset = t[told], offset[told]
    change = np.diff(offset)
    moved = np.flatnonzero(change != 0)
    return t[moved + 1], change[moved]


def _rate(n: int, days: float, tail: float) -> Estimate:
    """Exact interval of a Poisson rate (Garwood)."""
    lower = float(gammaincinv(n, tail)) / days if n else 0.0
    return Estimate(n / days, lower, float(gammaincinv(n + 1, 1 - tail)) / days, None)


def _growth(at: FloatArray, days: float, tail: float) -> tuple[Estimate, float]:
    """Exponent of a power law, whose n / estimate x 2 is chi-squared, and Laplace's p-value."""
    n = at.size
    logs = float(np.sum(np.log(days / np.maximum(at, EARLIEST * days))))
    z = (float(at.mean()) / days - 0.5) * sqrt(12.0 * n)
    laplace = erfc(abs(z) / sqrt(2.0))
    if not logs > 0:  # all at the very end: nothing came before
        return Estimate(float(n), None, None, None), laplace
    above = float(chdtrc(2 * n, 2 * logs))
    lower, upper = (float(gammaincinv(n, p)) / logs for p in (tail, 1 - tail))
    return Estimate(n / logs, lower, upper, min(1.0, 2 * min(above, 1 - above))), laplace


def _size_trend(at: FloatArray, amount: FloatArray, tail: float) -> Estimate:
    """Least-squares slope of the amounts with time."""
    x = at - at.mean()
    square, df = float(x @ x), at.size - 2
    if not square > 0:
        return Estimate(0.0, None, None, None)
    slope = float(x @ amount) / square
    rest = amount - amount.mean() - slope * x
    error = sqrt(float(rest @ rest) / df / square)
    return _student(slope, error, df, tail)


def _absorbed(at: FloatArray, size: FloatArray, days: float, tail: float) -> Estimate:
    """Sum of the sizes per day: a cumulative process, whose variance is that of size less gap."""
    n, slope = size.size, float(size.sum()) / days
    rest = size - slope * np.diff(at, prepend=0.0)
    return _student(slope, sqrt(n * float(rest.var(ddof=1))) / days, n - 1, tail)


def _student(value: float, error: float, df: int, tail: float) -> Estimate:
    half = float(stdtrit(df, 1 - tail)) * error
    if not error > 0:
        return Estimate(value, value, value, 1.0 if value == 0 else 0.0)
    p_value = 2.0 * float(stdtr(df, -abs(value) / error))
    return Estimate(value, value - half, value + half, p_value if isfinite(p_value) else None)


def _grows(found: Estimate, neutral: float | None, level: float) -> bool | None:
    """Whether it is shown to be above `neutral`, or, where that is None, to differ from 0."""
    if found.p_value is None:
        return None
    return found.p_value <= level and (neutral is None or found.value > neutral)
