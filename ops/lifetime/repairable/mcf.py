"""Mean cumulative function: how many events (or how much cost) a system has by an age, on average.

Nothing is assumed of the process. At each age with an event the mean grows by the events over the
systems then watched. The variance is the robust one, whole histories of systems being independent,
or the one of independent increments, events of one age counted one after another, which is what
most packages print.

References
----------
Nelson (2003), Recurrent Events Data Analysis, SIAM; Lawless & Nadeau (1995), Technometrics 37,
158-168 (robust variance); bounds are of the logarithm, as a mean is positive.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ops.errors import NotEnoughData
from ops.lifetime.repairable.data import RecurrentData
from ops.values import FloatArray, IntArray

Variance = Literal["robust", "increments"]


@dataclass(frozen=True, slots=True)
class MeanCumulative:
    """Mean cumulative function at the ages where it jumps.

    Parameters
    ----------
    time : shape (m,)
        Ages with events, increasing.
    mean, variance, lower, upper : shape (m,)
        Events (or cost) of a system by then, its variance, its two-sided pointwise bounds.
    watched : shape (m,)
        Systems watched at the age.
    """

    time: FloatArray
    mean: FloatArray
    variance: FloatArray
    lower: FloatArray
    upper: FloatArray
    watched: FloatArray
    confidence: float
    method: Variance

    def at(self, age: float) -> tuple[float, float, float]:
        """Return mean, lower and upper bound by an age; zeros before the first event."""
        place = int(np.searchsorted(self.time, age, side="right")) - 1
        if place < 0:
            return 0.0, 0.0, 0.0
        return float(self.mean[place]), float(self.lower[place]), float(self.upper[place])


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """Mean cumulative function of one group less that of another, at the ages of either.

    `lower` and `upper` are pointwise; `p_value` is of no difference at the last age that both
    reach, two-sided.
    """

    time: FloatArray
    difference: FloatArray
    lower: FloatArray
    upper: FloatArray
    confidence: float
    p_value: float | None


def mean_cumulative(
    data: RecurrentData, *, confidence: float = 0.95, method: Variance = "robust"
) -> MeanCumulative:
    """Estimate the mean cumulative function.

    Raises
    ------
    NotEnoughData
        If no system had an event.
    """
    if not data.time.size:
        raise NotEnoughData("no system had an event yet: there is no cumulative function to show")
    time, place = np.unique(data.time, return_inverse=True)
    watched = _watched(data, time)
    step = np.bincount(place, weights=data.cost, minlength=time.size) / watched
    mean = np.cumsum(step)
    if method == "robust":
        variance = _robust(data, time, place.astype(np.int64), watched, step)
    else:
        apart = data.cost**2 * (1.0 - 1.0 / watched[place]) / watched[place] ** 2
        apart_by_age = np.bincount(place, weights=apart, minlength=time.size)
        variance = np.cumsum(apart_by_age.astype(np.float64))
    z = float(ndtri(0.5 + confidence / 2))
    wide = np.exp(z * np.sqrt(np.maximum(variance, 0.0)) / np.where(mean > 0, mean, 1.0))
    return MeanCumulative(
        time, mean, variance, mean / wide, mean * wide, watched, confidence, method
    )


def mean_difference(
    one: RecurrentData, other: RecurrentData, *, confidence: float = 0.95
) -> MeanDifference:
    """Compare two groups of systems by their mean cumulative functions.

    Ages beyond those that both groups reach are left out.
    """
    first, second = (mean_cumulative(group, confidence=confidence) for group in (one, other))
    last = min(float(one.end.max()), float(other.end.max()))
    time = np.union1d(first.time, second.time)
    time = time[time <= last]
    mean = [_stepped(part.time, part.mean, time) for part in (first, second)]
    variance = sum(_stepped(part.time, part.variance, time) for part in (first, second))
    difference = mean[0] - mean[1]
    wide = float(ndtri(0.5 + confidence / 2)) * np.sqrt(variance)
    p_value = None
    if time.size and wide[-1] > 0:
        z = abs(difference[-1]) * ndtri(0.5 + confidence / 2) / wide[-1]
        p_value = float(2.0 * ndtr(-z))
    return MeanDifference(
        time, difference, difference - wide, difference + wide, confidence, p_value
    )


def _watched(data: RecurrentData, time: FloatArray) -> FloatArray:
    """Systems under watch at each age: from after `start` up to and with `end`."""
    begun = np.searchsorted(np.sort(data.start), time, side="left")
    ended = np.searchsorted(np.sort(data.end), time, side="left")
    found: FloatArray = (begun - ended).astype(np.float64)
    return found


def _robust(
    data: RecurrentData,
    time: FloatArray,
    place: IntArray,
    watched: FloatArray,
    step: FloatArray,
) -> FloatArray:
    """Sum over systems of the square of their part in the estimate, by age.

    A system's part is ``sum_i (d_ji - m_i) / r_i`` over the ages at which it is watched.
    """
    part = np.zeros(time.size)
    expected = np.concatenate([[0.0], np.cumsum(step / watched)])
    order = np.argsort(data.system, kind="stable")
    bounds = np.searchsorted(data.system[order], np.arange(len(data.systems) + 1))
    for system in range(len(data.systems)):
        mine = order[bounds[system] : bounds[system + 1]]
        seen = np.bincount(place[mine], weights=data.cost[mine], minlength=time.size) / watched
        first, last = np.searchsorted(time, (data.start[system], data.end[system]), side="right")
        at = np.clip(np.arange(1, time.size + 1), first, last)
        part += (np.cumsum(seen) - (expected[at] - expected[first])) ** 2
    return part


def _stepped(time: FloatArray, value: FloatArray, at: FloatArray) -> FloatArray:
    place = np.searchsorted(time, at, side="right")
    found: FloatArray = np.concatenate([[0.0], value])[place]
    return found
