"""Stability: a master measured again and again over time, charted like a process.

Points are individuals, or means of subgroups where a subgroup holds two values. Beside the run
rules, the slope over time is tested: a slow drift of a gauge breaks no rule for long.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-B (guidelines for stability);
Nelson (1984), J. Quality Technology 16(4), 237-239 (run rules).
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.capability.index import Interval
from ops.capability.sigma import within_sigma
from ops.errors import NotEnoughData
from ops.spc.control import ControlChart, control_chart
from ops.values import FloatArray, IntArray

DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Stability:
    """Result of `stability_study`.

    Parameters
    ----------
    ts : shape (points,)
        Microseconds since 1970 UTC, of the first value of each point.
    chart
        Points, limits and the rules that they break.
    drift_per_day, p
        Slope over time in the unit of the data, and the test that it is 0; NaN where all points
        share an instant.
    bias
        Mean of the points minus the reference; None where no reference is known.
    """

    ts: IntArray
    chart: ControlChart
    drift_per_day: Interval
    p: float
    bias: Interval | None

    @property
    def broken(self) -> int:
        """Points that break a rule."""
        return int(np.count_nonzero(self.chart.flags))


def stability_study(
    y: FloatArray,
    ts: IntArray,
    subgroup: IntArray,
    *,
    reference: float | None = None,
    confidence: float = 0.95,
) -> Stability:
    """Chart a master over time.

    Parameters
    ----------
    y : shape (n,)
        Finite values in time order.
    ts : shape (n,)
        Microseconds since 1970 UTC.
    subgroup : shape (n,)
        Code of the subgroup, -1 where there is none.

    Raises
    ------
    NotEnoughData
        With fewer than 3 points.
    """
    value, at, size, sigma = _points(y, ts, subgroup)
    if value.size < 3:
        raise NotEnoughData(f"stability needs 3 points in time, got {value.size}")
    chart = control_chart(
        value,
        stream=np.zeros(value.size, dtype=np.int64),
        starts=np.array([0]),
        size=size,
        sigma=sigma,
    )
    drift, p = _drift(value, at, confidence)
    bias = None
    if reference is not None:
        error = float(value.std(ddof=1)) / sqrt(value.size)
        half = float(stdtrit(value.size - 1, 0.5 + confidence / 2)) * error
        off = float(value.mean()) - reference
        bias = Interval(off, off - half, off + half)
    return Stability(at, chart, drift, p, bias)


def _points(
    y: FloatArray, ts: IntArray, subgroup: IntArray
) -> tuple[FloatArray, IntArray, FloatArray, FloatArray | None]:
    """Value, instant and size of each point; sigma within subgroups, None for individuals."""
    counts = np.bincount(subgroup[subgroup >= 0], minlength=1)
    if counts.max() < 2:
        return y, ts, np.ones(y.size), None
    own = subgroup.copy()
    lone = own < 0
    own[lone] = own.max() + 1 + np.arange(int(lone.sum()))
    _, first, place = np.unique(own, return_index=True, return_inverse=True)
    size = np.bincount(place).astype(np.float64)
    order = np.argsort(first)
    mean = np.bincount(place, y) / size
    sigma = np.array([within_sigma(y, place, "pooled").value])
    return mean[order], ts[first[order]], size[order], sigma


def _drift(value: FloatArray, ts: IntArray, confidence: float) -> tuple[Interval, float]:
    day = (ts - ts[0]) / DAY_US
    x = day - day.mean()
    sxx, df = float(x @ x), value.size - 2
    if not sxx > 0:
        return Interval(nan, nan, nan), nan
    slope = float(x @ value) / sxx
    rest = value - value.mean() - slope * x
    error = sqrt(float(rest @ rest) / df / sxx)
    half = float(stdtrit(df, 0.5 + confidence / 2)) * error
    p = 2.0 * float(stdtr(df, -abs(slope / error))) if error > 0 else nan
    return Interval(slope, slope - half, slope + half), p
